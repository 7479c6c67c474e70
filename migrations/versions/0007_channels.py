"""Keep what a channel was shown, what its feed changed, who read ours, and what a platform says of its stays."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    widen_feed()
    widen_channel_stay()
    widen_others()
    create_feed_change()
    create_feed_reading()
    create_platform_terms()


def widen(table: str, columns: Sequence[sa.Column[Any]], *constraints: tuple[Any, ...]) -> None:
    """Add columns; a value that rows of today need is given by the database once, and never again."""
    with op.batch_alter_table(table) as batch:
        for column in columns:
            batch.add_column(column)
        for name, what, *rest in constraints:
            getattr(batch, name)(what, *rest)
    filled = [column for column in columns if column.server_default is not None]
    if filled:
        with op.batch_alter_table(table) as batch:
            for column in filled:
                batch.alter_column(column.name, server_default=None)


def flag(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False)


def words(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, server_default="", nullable=False)


def ranges(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.JSON(), server_default="[]", nullable=False)


def moment(name: str, *, is_null: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=is_null)


def widen_feed() -> None:
    widen(
        "feed",
        [
            *map(flag, ("is_end_inclusive", "stays_only", "is_transparent_free", "is_aggregator", "is_timed")),
            *map(moment, ("trusted_at", "old_token_until", "told_stale_at", "changed_at")),
            *map(ranges, ("shown", "echoes", "never_echoes")),
            words("body_digest", sa.String(length=64)),
        ],
    )
    # Whoever read well before had been looked at by then.
    op.execute("UPDATE feed SET trusted_at = read_well_at")


def widen_channel_stay() -> None:
    widen(
        "channel_stay",
        [
            words("told_kind", sa.String(length=20)),
            flag("is_moved"),
            sa.Column("booking_id", sa.Integer(), nullable=True),
        ],
        (
            "create_check_constraint",
            op.f("ck_channel_stay_told_kind_known"),
            "told_kind IN ('', 'reservation', 'block')",
        ),
        (
            "create_foreign_key",
            op.f("fk_channel_stay_property_id_booking_id_booking"),
            "booking",
            ["property_id", "booking_id"],
            ["property_id", "id"],
        ),
    )
    op.create_index("ix_channel_stay_booking", "channel_stay", ["booking_id"])


def widen_others() -> None:
    widen("block", [flag("waits_for_reading")])
    widen(
        "conflict",
        [words("resolution", sa.String(length=20)), words("relocated_to", sa.Text())],
        (
            "create_check_constraint",
            op.f("ck_conflict_resolution_known"),
            "resolution IN ('', 'moved', 'kept', 'relocated')",
        ),
    )
    widen("property", [words("urgent_recipients", sa.Text())])


def create_feed_change() -> None:
    op.create_table(
        "feed_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("feed_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("channel_stay_id", sa.Integer(), nullable=True),
        moment("at", is_null=False),
        sa.Column("verb", sa.String(length=20), nullable=False),
        *(
            sa.Column(name, sa.Date(), nullable=True)
            for name in ("old_arrival", "old_departure", "new_arrival", "new_departure")
        ),
        sa.ForeignKeyConstraint(
            ["property_id", "feed_id"],
            ["feed.property_id", "feed.id"],
            name=op.f("fk_feed_change_property_id_feed_id_feed"),
        ),
        sa.ForeignKeyConstraint(
            ["property_id", "room_id"],
            ["room.property_id", "room.id"],
            name=op.f("fk_feed_change_property_id_room_id_room"),
        ),
        sa.ForeignKeyConstraint(
            ["property_id"], ["property.id"], name=op.f("fk_feed_change_property_id_property")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_change")),
    )
    op.create_index("ix_feed_change_room", "feed_change", ["property_id", "room_id", "id"])
    op.create_index("ix_feed_change_feed", "feed_change", ["feed_id", "id"])
    keep_append_only("feed_change")


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


def create_feed_reading() -> None:
    op.create_table(
        "feed_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("feed_id", sa.Integer(), nullable=False),
        moment("at", is_null=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("network", sa.String(length=60), nullable=False),
        sa.Column("user_agent", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["property_id", "feed_id"],
            ["feed.property_id", "feed.id"],
            name=op.f("fk_feed_reading_property_id_feed_id_feed"),
        ),
        sa.ForeignKeyConstraint(
            ["property_id"], ["property.id"], name=op.f("fk_feed_reading_property_id_property")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_reading")),
    )
    op.create_index("ix_feed_reading_feed", "feed_reading", ["feed_id", "at"])
    op.create_index("ix_feed_reading_at", "feed_reading", ["at"])


def create_platform_terms() -> None:
    op.create_table(
        "platform_terms",
        sa.Column("booking_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("platform_reference", sa.String(length=60), nullable=False),
        sa.Column("gross_minor", sa.Integer(), nullable=True),
        sa.Column("commission_minor", sa.Integer(), nullable=True),
        sa.Column("payout_minor", sa.Integer(), nullable=True),
        sa.Column("tax_collector", sa.String(length=20), nullable=False),
        *(
            sa.CheckConstraint(f"{name}_minor >= 0", name=op.f(f"ck_platform_terms_{name}_not_negative"))
            for name in ("gross", "commission", "payout")
        ),
        sa.CheckConstraint(
            "tax_collector IN ('house', 'channel', 'unknown')",
            name=op.f("ck_platform_terms_tax_collector_known"),
        ),
        sa.ForeignKeyConstraint(
            ["property_id", "booking_id"],
            ["booking.property_id", "booking.id"],
            name=op.f("fk_platform_terms_property_id_booking_id_booking"),
        ),
        sa.ForeignKeyConstraint(
            ["property_id"], ["property.id"], name=op.f("fk_platform_terms_property_id_property")
        ),
        sa.PrimaryKeyConstraint("booking_id", name=op.f("pk_platform_terms")),
    )


def downgrade() -> None:
    raise NotImplementedError("the schema goes forward only")
