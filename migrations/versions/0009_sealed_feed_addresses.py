"""Seal the addresses of feeds, which until now lay open in the database."""

import sqlalchemy as sa
from alembic import op
from flask import current_app

from app.gateways.sealing import Vault
from app.services.channels.feeds import host_of

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

COLUMNS = (("sealed_url", sa.Text()), ("url_mark", sa.String(length=64)), ("url_host", sa.String(length=253)))


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("PRAGMA secure_delete=ON")  # what is dropped below is overwritten in the file
    with op.batch_alter_table("feed") as batch:
        for name, kind in COLUMNS:
            batch.add_column(sa.Column(name, kind, server_default="", nullable=False))
    seal_what_is_there()
    with op.batch_alter_table("feed") as batch:
        for name, _ in COLUMNS:
            batch.alter_column(name, server_default=None)
        batch.drop_column("import_url")
        batch.create_index(op.f("ix_feed_url_mark"), ["url_mark"])


def seal_what_is_there() -> None:
    """Seal with the key of this installation; what seals is today's code, for it is that which will open."""
    vault = Vault(current_app.config["HOUSE"].vault_keys)
    feed = sa.table(
        "feed", *(sa.column(name) for name in ("id", "import_url", "sealed_url", "url_mark", "url_host"))
    )
    database = op.get_bind()
    for feed_id, url in database.execute(
        sa.select(feed.c.id, feed.c.import_url).where(feed.c.import_url != "")
    ).all():
        database.execute(
            sa.update(feed)
            .where(feed.c.id == feed_id)
            .values(
                import_url="", sealed_url=vault.seal(url), url_mark=vault.mark(url), url_host=host_of(url)
            )
        )


def downgrade() -> None:
    raise NotImplementedError("the schema goes forward only")
