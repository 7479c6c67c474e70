"""Keep the drafts of a grid beside its versions."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "grid_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("base_version_id", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["property_id", "base_version_id"],
            ["grid_version.property_id", "grid_version.id"],
            name=op.f("fk_grid_draft_property_id_base_version_id_grid_version"),
        ),
        sa.ForeignKeyConstraint(["property_id"], ["property.id"], name=op.f("fk_grid_draft_property_id_property")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grid_draft")),
    )
    op.create_index("ix_grid_draft_property", "grid_draft", ["property_id"])


def downgrade() -> None:
    raise NotImplementedError("the schema goes forward only")
