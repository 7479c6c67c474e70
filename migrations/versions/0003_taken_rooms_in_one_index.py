"""Let one index say which rooms are taken on which nights, and by whom."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_room_night_property_night", "room_night")
    op.create_index("ix_room_night_taken", "room_night", ["property_id", "night", "room_id", "claim_id"])


def downgrade() -> None:
    raise NotImplementedError("the schema goes forward only")
