"""Keep who takes the money of a platform's stay, whether its sums are to check, and since when it is withdrawn."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

FLAGS = ("is_paid_to_house", "is_to_check")


def upgrade() -> None:
    with op.batch_alter_table("platform_terms") as batch:
        for name in FLAGS:
            batch.add_column(sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False))
        batch.add_column(sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("platform_terms") as batch:
        for name in FLAGS:
            batch.alter_column(name, server_default=None)


def downgrade() -> None:
    raise NotImplementedError("the schema goes forward only")
