"""Let a hold wait for its mailed link, keep one hold of a session, and count holds by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

IS_HOLD_OF_SESSION = sa.text("status = 'tentative' AND ordered_at IS NULL AND session_key <> ''")

# Two posts at the same moment may have left two holds of one session: the earlier one lapses without it.
FORGET_EARLIER_HOLDS = """
UPDATE booking SET session_key = ''
WHERE status = 'tentative' AND ordered_at IS NULL AND session_key <> '' AND EXISTS (
    SELECT 1 FROM booking AS later
    WHERE later.property_id = booking.property_id AND later.session_key = booking.session_key
    AND later.status = 'tentative' AND later.ordered_at IS NULL AND later.id > booking.id
)
"""


def upgrade() -> None:
    op.execute(FORGET_EARLIER_HOLDS)
    op.create_index("ix_booking_created_at", "booking", ["property_id", "created_at"])
    op.create_index("ix_booking_network", "booking", ["property_id", "network_key"])
    op.create_index(
        "uq_booking_hold_of_session",
        "booking",
        ["property_id", "session_key"],
        unique=True,
        sqlite_where=IS_HOLD_OF_SESSION,
        postgresql_where=IS_HOLD_OF_SESSION,
    )
    op.create_index("uq_letter_property_id_id", "letter", ["property_id", "id"], unique=True)
    op.create_table(
        "waiting_hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=10), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=True),
        sa.Column("arrival", sa.Date(), nullable=False),
        sa.Column("departure", sa.Date(), nullable=False),
        sa.Column("adults", sa.Integer(), nullable=False),
        sa.Column("children", sa.JSON(), nullable=False),
        sa.Column("offer_key", sa.Text(), nullable=False),
        sa.Column("bracket", sa.Integer(), nullable=True),
        sa.Column("amount_minor", sa.Integer(), nullable=True),
        sa.Column("shown_minor", sa.Integer(), nullable=False),
        sa.Column("guest_name", sa.String(length=120), nullable=False),
        sa.Column("guest_email", sa.String(length=254), nullable=False),
        sa.Column("guest_telephone", sa.String(length=40), nullable=False),
        sa.Column("guest_message", sa.Text(), nullable=False),
        sa.Column("arrival_time", sa.Time(), nullable=True),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("departure > arrival", name=op.f("ck_waiting_hold_has_nights")),
        sa.ForeignKeyConstraint(
            ["property_id", "booking_id"],
            ["booking.property_id", "booking.id"],
            name=op.f("fk_waiting_hold_property_id_booking_id_booking"),
        ),
        sa.ForeignKeyConstraint(
            ["property_id", "letter_id"],
            ["letter.property_id", "letter.id"],
            name=op.f("fk_waiting_hold_property_id_letter_id_letter"),
        ),
        sa.ForeignKeyConstraint(
            ["property_id"], ["property.id"], name=op.f("fk_waiting_hold_property_id_property")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_hold")),
        sa.UniqueConstraint("letter_id", name=op.f("uq_waiting_hold_letter_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_waiting_hold_reference")),
    )
    op.create_index("ix_waiting_hold_created_at", "waiting_hold", ["created_at"])


def downgrade() -> None:
    raise NotImplementedError("the schema goes forward only")
