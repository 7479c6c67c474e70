"""Keep partners' codes and gifts beside the price, and the words of guests about a price that is settled."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_partner_codes()
    create_stay_support()
    create_price_messages()


def create_partner_codes() -> None:
    op.create_table(
        "partner_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("partner", sa.String(length=120), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("bracket", sa.Integer(), nullable=True),
        sa.Column("cap_minor", sa.Integer(), nullable=True),
        sa.Column("most_uses", sa.Integer(), nullable=False),
        sa.Column("erased_uses", sa.Integer(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "bracket IS NOT NULL OR cap_minor IS NOT NULL", name=op.f("ck_partner_code_gives_something")
        ),
        sa.CheckConstraint("cap_minor > 0", name=op.f("ck_partner_code_cap_positive")),
        sa.CheckConstraint("most_uses > 0", name=op.f("ck_partner_code_has_uses")),
        sa.ForeignKeyConstraint(
            ["property_id"], ["property.id"], name=op.f("fk_partner_code_property_id_property")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_code")),
        sa.UniqueConstraint("property_id", "id", name=op.f("uq_partner_code_property_id_id")),
        sa.UniqueConstraint("property_id", "code", name=op.f("uq_partner_code_property_id_code")),
    )


def create_stay_support() -> None:
    op.create_table(
        "stay_support",
        sa.Column("booking_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("gift_minor", sa.Integer(), nullable=False),
        sa.Column("partner_code_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("gift_minor >= 0", name=op.f("ck_stay_support_gift_not_negative")),
        sa.ForeignKeyConstraint(
            ["property_id", "booking_id"],
            ["booking.property_id", "booking.id"],
            name=op.f("fk_stay_support_property_id_booking_id_booking"),
        ),
        sa.ForeignKeyConstraint(
            ["property_id", "partner_code_id"],
            ["partner_code.property_id", "partner_code.id"],
            name=op.f("fk_stay_support_property_id_partner_code_id_partner_code"),
        ),
        sa.ForeignKeyConstraint(
            ["property_id"], ["property.id"], name=op.f("fk_stay_support_property_id_property")
        ),
        sa.PrimaryKeyConstraint("booking_id", name=op.f("pk_stay_support")),
    )
    op.create_index("ix_stay_support_code", "stay_support", ["partner_code_id"])


def create_price_messages() -> None:
    op.create_table(
        "price_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("wish", sa.String(length=10), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("wish IN ('less', 'more')", name=op.f("ck_price_message_wish_known")),
        sa.ForeignKeyConstraint(
            ["property_id", "booking_id"],
            ["booking.property_id", "booking.id"],
            name=op.f("fk_price_message_property_id_booking_id_booking"),
        ),
        sa.ForeignKeyConstraint(
            ["property_id", "letter_id"],
            ["letter.property_id", "letter.id"],
            name=op.f("fk_price_message_property_id_letter_id_letter"),
        ),
        sa.ForeignKeyConstraint(
            ["property_id"], ["property.id"], name=op.f("fk_price_message_property_id_property")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_message")),
    )
    op.create_index("ix_price_message_open", "price_message", ["property_id", "answered_at"])
    op.create_index("ix_price_message_booking", "price_message", ["booking_id"])


def downgrade() -> None:
    raise NotImplementedError("the schema goes forward only")
