"""Keep the solidarity fund, and what a year is expected to cost and to bring; both append-only."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ADDS_UP = (
    "guests_minor + aids_minor + grants_minor + gifts_minor + vouchers_minor + costs_minor + fund_minor = 0"
)
NOT_NEGATIVE = "fixed_minor >= 0 AND reserve_minor >= 0 AND grants_minor >= 0 AND night_cost_minor >= 0"


def keep_append_only(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_append_only_{verb} BEFORE {verb} ON {table}\n"
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}\n"
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def upgrade() -> None:
    op.create_table(
        "fund_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=True),
        sa.Column("guests_minor", sa.Integer(), nullable=False),
        sa.Column("aids_minor", sa.Integer(), nullable=False),
        sa.Column("grants_minor", sa.Integer(), nullable=False),
        sa.Column("gifts_minor", sa.Integer(), nullable=False),
        sa.Column("vouchers_minor", sa.Integer(), nullable=False),
        sa.Column("costs_minor", sa.Integer(), nullable=False),
        sa.Column("fund_minor", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('stay', 'voucher', 'grant', 'gift', 'reversal')",
            name=op.f("ck_fund_entry_kind_known"),
        ),
        sa.CheckConstraint(
            "(kind = 'reversal') = (reverses_id IS NOT NULL)",
            name=op.f("ck_fund_entry_reversal_names_entry"),
        ),
        sa.CheckConstraint(ADDS_UP, name=op.f("ck_fund_entry_adds_up")),
        sa.ForeignKeyConstraint(
            ["property_id", "booking_id"],
            ["booking.property_id", "booking.id"],
            name=op.f("fk_fund_entry_property_id_booking_id_booking"),
        ),
        sa.ForeignKeyConstraint(
            ["property_id", "reverses_id"],
            ["fund_entry.property_id", "fund_entry.id"],
            name=op.f("fk_fund_entry_property_id_reverses_id_fund_entry"),
        ),
        sa.ForeignKeyConstraint(["property_id"], ["property.id"], name=op.f("fk_fund_entry_property_id_property")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_entry")),
        sa.UniqueConstraint("property_id", "id", name=op.f("uq_fund_entry_property_id_id")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_fund_entry_reverses_id")),
    )
    op.create_index("ix_fund_entry_booking", "fund_entry", ["booking_id"])
    op.create_index("ix_fund_entry_day", "fund_entry", ["property_id", "day"])
    op.create_table(
        "budget",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("fixed_minor", sa.Integer(), nullable=False),
        sa.Column("reserve_minor", sa.Integer(), nullable=False),
        sa.Column("grants_minor", sa.Integer(), nullable=False),
        sa.Column("night_cost_minor", sa.Integer(), nullable=False),
        sa.Column("nights", sa.JSON(), nullable=False),
        sa.Column("shares", sa.JSON(), nullable=False),
        sa.Column("weight", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.CheckConstraint(NOT_NEGATIVE, name=op.f("ck_budget_amounts_not_negative")),
        sa.ForeignKeyConstraint(["property_id"], ["property.id"], name=op.f("fk_budget_property_id_property")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget")),
    )
    op.create_index("ix_budget_property", "budget", ["property_id"])
    for table in ("fund_entry", "budget"):
        keep_append_only(table)


def downgrade() -> None:
    raise NotImplementedError("the schema goes forward only")
