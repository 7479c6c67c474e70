"""Keep until when a stay of a feed is told to no other channel."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("channel_stay") as batch:
        batch.add_column(sa.Column("quiet_until", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("the schema goes forward only")
