"""Lay every table of the house, and keep the ledgers append-only."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


APPEND_ONLY = ("event", "folio_line")


def keep_append_only() -> None:
    """Let the database itself refuse to change or remove a line of a ledger (decision 22)."""
    if op.get_bind().dialect.name == "sqlite":
        for table in APPEND_ONLY:
            for verb in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_append_only_{verb} BEFORE {verb} ON {table}\n"
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS\n"
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}\n"
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def upgrade() -> None:
    op.create_table(
        "job_run",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("slot_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", "slot_at", name=op.f("pk_job_run")),
    )
    op.create_table(
        "processor_notice",
        sa.Column("event_id", sa.String(length=120), nullable=False),
        sa.Column("type", sa.String(length=80), nullable=False),
        sa.Column("object_id", sa.String(length=120), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_processor_notice")),
    )
    op.create_table(
        "property",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("timezone", sa.String(length=40), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("telephone", sa.String(length=40), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("check_in_from", sa.Time(), nullable=False),
        sa.Column("check_in_until", sa.Time(), nullable=False),
        sa.Column("check_out_until", sa.Time(), nullable=False),
        sa.Column("desk_opens", sa.Time(), nullable=False),
        sa.Column("desk_closes", sa.Time(), nullable=False),
        sa.Column("free_cancellation_days", sa.Integer(), nullable=False),
        sa.Column("free_cancellation_until", sa.Time(), nullable=False),
        sa.Column("most_nights_of_a_stay", sa.Integer(), nullable=False),
        sa.Column("horizon", sa.Date(), nullable=True),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_property")),
        sa.UniqueConstraint("code", name=op.f("uq_property_code")),
    )
    op.create_table(
        "role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
        sa.UniqueConstraint("name", name=op.f("uq_role_name")),
    )
    op.create_table(
        "throttle",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("window_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "window_at", name=op.f("pk_throttle")),
    )
    with op.batch_alter_table("throttle", schema=None) as batch_op:
        batch_op.create_index("ix_throttle_window_at", ["window_at"], unique=False)

    op.create_table(
        "bracket_count",
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("bracket", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("season", sa.String(length=40), nullable=False),
        sa.Column("room_nights", sa.Integer(), nullable=False),
        sa.CheckConstraint("room_nights >= 0", name=op.f("ck_bracket_count_room_nights_not_negative")),
        sa.ForeignKeyConstraint(
            ["property_id"], ["property.id"], name=op.f("fk_bracket_count_property_id_property")
        ),
        sa.PrimaryKeyConstraint("property_id", "month", "bracket", "season", name=op.f("pk_bracket_count")),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("verb", sa.String(length=40), nullable=False),
        sa.Column("noun", sa.String(length=40), nullable=False),
        sa.Column("noun_id", sa.Integer(), nullable=False),
        sa.Column("field_names", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["property_id"], ["property.id"], name=op.f("fk_event_property_id_property")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index("ix_event_noun", ["property_id", "noun", "noun_id"], unique=False)

    op.create_table(
        "grid_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("vote_reference", sa.String(length=120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["property_id"], ["property.id"], name=op.f("fk_grid_version_property_id_property")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grid_version")),
        sa.UniqueConstraint("property_id", "id", name=op.f("uq_grid_version_property_id_id")),
        sa.UniqueConstraint("property_id", "number", name=op.f("uq_grid_version_property_id_number")),
    )
    op.create_table(
        "property_host",
        sa.Column("host", sa.String(length=253), nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["property_id"], ["property.id"], name=op.f("fk_property_host_property_id_property")
        ),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_property_host")),
    )
    op.create_table(
        "room_type",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("descriptions", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("sleeps", sa.Integer(), nullable=False),
        sa.Column("cots", sa.Integer(), nullable=False),
        sa.Column("is_instant", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("sleeps > 0", name=op.f("ck_room_type_sleeps_somebody")),
        sa.ForeignKeyConstraint(
            ["property_id"], ["property.id"], name=op.f("fk_room_type_property_id_property")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_type")),
        sa.UniqueConstraint("property_id", "code", name=op.f("uq_room_type_property_id_code")),
        sa.UniqueConstraint("property_id", "id", name=op.f("uq_room_type_property_id_id")),
    )
    op.create_table(
        "tourist_tax_rate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("fraction", sa.String(length=20), nullable=False),
        sa.Column("cap_minor", sa.Integer(), nullable=False),
        sa.Column("surcharges", sa.JSON(), nullable=False),
        sa.Column("rounding", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["property_id"], ["property.id"], name=op.f("fk_tourist_tax_rate_property_id_property")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tourist_tax_rate")),
        sa.UniqueConstraint(
            "property_id", "valid_from", name=op.f("uq_tourist_tax_rate_property_id_valid_from")
        ),
    )
    op.create_table(
        "user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.ForeignKeyConstraint(["property_id"], ["property.id"], name=op.f("fk_user_property_id_property")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("email", name=op.f("uq_user_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_user_fs_uniquifier")),
    )
    op.create_table(
        "booking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=10), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("arrival", sa.Date(), nullable=False),
        sa.Column("departure", sa.Date(), nullable=False),
        sa.Column("guest_name", sa.String(length=120), nullable=False),
        sa.Column("guest_email", sa.String(length=254), nullable=False),
        sa.Column("guest_telephone", sa.String(length=40), nullable=False),
        sa.Column("guest_message", sa.Text(), nullable=False),
        sa.Column("contact_key", sa.String(length=64), nullable=False),
        sa.Column("session_key", sa.String(length=64), nullable=False),
        sa.Column("network_key", sa.String(length=64), nullable=False),
        sa.Column("arrival_time", sa.Time(), nullable=True),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("grid_version_id", sa.Integer(), nullable=True),
        sa.Column("policy", sa.JSON(), nullable=False),
        sa.Column("terms_version", sa.String(length=20), nullable=False),
        sa.Column("is_instant", sa.Boolean(), nullable=False),
        sa.Column("is_price_open", sa.Boolean(), nullable=False),
        sa.Column("is_paid_by_card", sa.Boolean(), nullable=False),
        sa.Column("hold_renewals", sa.Integer(), nullable=False),
        sa.Column("link_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lapses_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_reason", sa.String(length=200), nullable=False),
        sa.Column("choice_erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("departure > arrival", name=op.f("ck_booking_has_nights")),
        sa.ForeignKeyConstraint(
            ["property_id", "grid_version_id"],
            ["grid_version.property_id", "grid_version.id"],
            name=op.f("fk_booking_property_id_grid_version_id_grid_version"),
        ),
        sa.ForeignKeyConstraint(
            ["property_id"], ["property.id"], name=op.f("fk_booking_property_id_property")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking")),
        sa.UniqueConstraint("property_id", "id", name=op.f("uq_booking_property_id_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_booking_reference")),
    )
    with op.batch_alter_table("booking", schema=None) as batch_op:
        batch_op.create_index("ix_booking_choice_erased", ["choice_erased_at", "departure"], unique=False)
        batch_op.create_index("ix_booking_contact", ["property_id", "contact_key"], unique=False)
        batch_op.create_index("ix_booking_departure", ["property_id", "departure"], unique=False)
        batch_op.create_index("ix_booking_lapses_at", ["lapses_at"], unique=False)
        batch_op.create_index("ix_booking_status_arrival", ["property_id", "status", "arrival"], unique=False)

    op.create_table(
        "room",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("type_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("picture", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["property_id", "type_id"],
            ["room_type.property_id", "room_type.id"],
            name=op.f("fk_room_property_id_type_id_room_type"),
        ),
        sa.ForeignKeyConstraint(["property_id"], ["property.id"], name=op.f("fk_room_property_id_property")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
        sa.UniqueConstraint("property_id", "id", name=op.f("uq_room_property_id_id")),
        sa.UniqueConstraint("property_id", "name", name=op.f("uq_room_property_id_name")),
    )
    op.create_table(
        "staff_session",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_staff_session_user_id_user")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_staff_session")),
    )
    with op.batch_alter_table("staff_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_session_user_id"), ["user_id"], unique=False)

    op.create_table(
        "user_role",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name=op.f("fk_user_role_role_id_role")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_user_role_user_id_user")),
        sa.PrimaryKeyConstraint("user_id", "role_id", name=op.f("pk_user_role")),
    )
    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("arrival", sa.Date(), nullable=False),
        sa.Column("departure", sa.Date(), nullable=False),
        sa.Column("is_live", sa.Boolean(), nullable=False),
        sa.Column("lapses_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("departure > arrival", name=op.f("ck_claim_has_nights")),
        sa.ForeignKeyConstraint(
            ["property_id", "room_id"],
            ["room.property_id", "room.id"],
            name=op.f("fk_claim_property_id_room_id_room"),
        ),
        sa.ForeignKeyConstraint(["property_id"], ["property.id"], name=op.f("fk_claim_property_id_property")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sa.UniqueConstraint("property_id", "id", name=op.f("uq_claim_property_id_id")),
    )
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.create_index("ix_claim_live_lapses_at", ["is_live", "lapses_at"], unique=False)
        batch_op.create_index(
            "ix_claim_live_room", ["property_id", "room_id", "is_live", "departure"], unique=False
        )

    op.create_table(
        "feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("import_url", sa.Text(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("token_version", sa.Integer(), nullable=False),
        sa.Column("is_paused", sa.Boolean(), nullable=False),
        sa.Column("etag", sa.String(length=200), nullable=False),
        sa.Column("last_modified", sa.String(length=80), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_well_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure_count", sa.Integer(), nullable=False),
        sa.Column("fault_code", sa.String(length=40), nullable=False),
        sa.Column("fault", sa.String(length=300), nullable=False),
        sa.Column("served_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["property_id", "room_id"],
            ["room.property_id", "room.id"],
            name=op.f("fk_feed_property_id_room_id_room"),
        ),
        sa.ForeignKeyConstraint(["property_id"], ["property.id"], name=op.f("fk_feed_property_id_property")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed")),
        sa.UniqueConstraint("property_id", "id", name=op.f("uq_feed_property_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_feed_public_id")),
        sa.UniqueConstraint("room_id", "channel", name=op.f("uq_feed_room_id_channel")),
    )
    op.create_table(
        "folio",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["property_id", "booking_id"],
            ["booking.property_id", "booking.id"],
            name=op.f("fk_folio_property_id_booking_id_booking"),
        ),
        sa.ForeignKeyConstraint(["property_id"], ["property.id"], name=op.f("fk_folio_property_id_property")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_folio")),
        sa.UniqueConstraint("booking_id", name=op.f("uq_folio_booking_id")),
        sa.UniqueConstraint("property_id", "id", name=op.f("uq_folio_property_id_id")),
    )
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("message_id", sa.String(length=120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("gave_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fault", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["property_id", "booking_id"],
            ["booking.property_id", "booking.id"],
            name=op.f("fk_letter_property_id_booking_id_booking"),
        ),
        sa.ForeignKeyConstraint(
            ["property_id"], ["property.id"], name=op.f("fk_letter_property_id_property")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("message_id", name=op.f("uq_letter_message_id")),
    )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.create_index("ix_letter_waiting", ["sent_at", "gave_up_at", "due_at"], unique=False)

    op.create_table(
        "payment_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("amount_minor", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("is_captured_later", sa.Boolean(), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("session_id", sa.String(length=120), nullable=True),
        sa.Column("session_url", sa.Text(), nullable=True),
        sa.Column("intent_id", sa.String(length=120), nullable=True),
        sa.Column("capture_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fault", sa.String(length=200), nullable=False),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_payment_attempt_amount_positive")),
        sa.ForeignKeyConstraint(
            ["property_id", "booking_id"],
            ["booking.property_id", "booking.id"],
            name=op.f("fk_payment_attempt_property_id_booking_id_booking"),
        ),
        sa.ForeignKeyConstraint(
            ["property_id"], ["property.id"], name=op.f("fk_payment_attempt_property_id_property")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_attempt")),
        sa.UniqueConstraint("intent_id", name=op.f("uq_payment_attempt_intent_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_payment_attempt_public_id")),
        sa.UniqueConstraint("session_id", name=op.f("uq_payment_attempt_session_id")),
    )
    with op.batch_alter_table("payment_attempt", schema=None) as batch_op:
        batch_op.create_index("ix_payment_attempt_booking", ["booking_id"], unique=False)
        batch_op.create_index("ix_payment_attempt_state", ["state", "checked_at"], unique=False)

    op.create_table(
        "block",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["property_id", "claim_id"],
            ["claim.property_id", "claim.id"],
            name=op.f("fk_block_property_id_claim_id_claim"),
        ),
        sa.ForeignKeyConstraint(["property_id"], ["property.id"], name=op.f("fk_block_property_id_property")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_block")),
        sa.UniqueConstraint("claim_id", name=op.f("uq_block_claim_id")),
    )
    op.create_table(
        "booked_room",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("type_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=True),
        sa.Column("arrival", sa.Date(), nullable=False),
        sa.Column("departure", sa.Date(), nullable=False),
        sa.Column("adults", sa.Integer(), nullable=False),
        sa.Column("children", sa.JSON(), nullable=False),
        sa.Column("bracket", sa.Integer(), nullable=True),
        sa.Column("is_pinned", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("adults >= 0", name=op.f("ck_booked_room_adults_not_negative")),
        sa.CheckConstraint("departure > arrival", name=op.f("ck_booked_room_has_nights")),
        sa.ForeignKeyConstraint(
            ["property_id", "booking_id"],
            ["booking.property_id", "booking.id"],
            name=op.f("fk_booked_room_property_id_booking_id_booking"),
        ),
        sa.ForeignKeyConstraint(
            ["property_id", "claim_id"],
            ["claim.property_id", "claim.id"],
            name=op.f("fk_booked_room_property_id_claim_id_claim"),
        ),
        sa.ForeignKeyConstraint(
            ["property_id", "room_id"],
            ["room.property_id", "room.id"],
            name=op.f("fk_booked_room_property_id_room_id_room"),
        ),
        sa.ForeignKeyConstraint(
            ["property_id", "type_id"],
            ["room_type.property_id", "room_type.id"],
            name=op.f("fk_booked_room_property_id_type_id_room_type"),
        ),
        sa.ForeignKeyConstraint(
            ["property_id"], ["property.id"], name=op.f("fk_booked_room_property_id_property")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booked_room")),
        sa.UniqueConstraint("property_id", "id", name=op.f("uq_booked_room_property_id_id")),
    )
    with op.batch_alter_table("booked_room", schema=None) as batch_op:
        batch_op.create_index("ix_booked_room_booking", ["booking_id"], unique=False)
        batch_op.create_index("ix_booked_room_claim", ["claim_id"], unique=False)

    op.create_table(
        "channel_stay",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("feed_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=True),
        sa.Column("uid", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("arrival", sa.Date(), nullable=False),
        sa.Column("departure", sa.Date(), nullable=False),
        sa.Column("missing_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("missed_count", sa.Integer(), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("departure > arrival", name=op.f("ck_channel_stay_has_nights")),
        sa.ForeignKeyConstraint(
            ["property_id", "claim_id"],
            ["claim.property_id", "claim.id"],
            name=op.f("fk_channel_stay_property_id_claim_id_claim"),
        ),
        sa.ForeignKeyConstraint(
            ["property_id", "feed_id"],
            ["feed.property_id", "feed.id"],
            name=op.f("fk_channel_stay_property_id_feed_id_feed"),
        ),
        sa.ForeignKeyConstraint(
            ["property_id"], ["property.id"], name=op.f("fk_channel_stay_property_id_property")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_stay")),
        sa.UniqueConstraint("claim_id", name=op.f("uq_channel_stay_claim_id")),
    )
    with op.batch_alter_table("channel_stay", schema=None) as batch_op:
        batch_op.create_index("ix_channel_stay_feed", ["feed_id", "ended_at"], unique=False)

    op.create_table(
        "conflict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.String(length=80), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["property_id", "claim_id"],
            ["claim.property_id", "claim.id"],
            name=op.f("fk_conflict_property_id_claim_id_claim"),
        ),
        sa.ForeignKeyConstraint(
            ["property_id"], ["property.id"], name=op.f("fk_conflict_property_id_property")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict")),
        sa.UniqueConstraint("claim_id", name=op.f("uq_conflict_claim_id")),
    )
    op.create_table(
        "folio_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("folio_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("night", sa.Date(), nullable=True),
        sa.Column("amount_minor", sa.Integer(), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("provider_reference", sa.String(length=120), nullable=True),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('charge', 'payment')", name=op.f("ck_folio_line_kind_known")),
        sa.ForeignKeyConstraint(
            ["property_id", "folio_id"],
            ["folio.property_id", "folio.id"],
            name=op.f("fk_folio_line_property_id_folio_id_folio"),
        ),
        sa.ForeignKeyConstraint(
            ["property_id", "reverses_id"],
            ["folio_line.property_id", "folio_line.id"],
            name=op.f("fk_folio_line_property_id_reverses_id_folio_line"),
        ),
        sa.ForeignKeyConstraint(
            ["property_id"], ["property.id"], name=op.f("fk_folio_line_property_id_property")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_folio_line")),
        sa.UniqueConstraint("property_id", "id", name=op.f("uq_folio_line_property_id_id")),
        sa.UniqueConstraint("provider_reference", name=op.f("uq_folio_line_provider_reference")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_folio_line_reverses_id")),
    )
    with op.batch_alter_table("folio_line", schema=None) as batch_op:
        batch_op.create_index("ix_folio_line_folio", ["folio_id"], unique=False)

    op.create_table(
        "room_night",
        sa.Column("room_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("night", sa.Date(), nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["property_id", "claim_id"],
            ["claim.property_id", "claim.id"],
            name=op.f("fk_room_night_property_id_claim_id_claim"),
        ),
        sa.ForeignKeyConstraint(
            ["property_id", "room_id"],
            ["room.property_id", "room.id"],
            name=op.f("fk_room_night_property_id_room_id_room"),
        ),
        sa.ForeignKeyConstraint(
            ["property_id"], ["property.id"], name=op.f("fk_room_night_property_id_property")
        ),
        sa.PrimaryKeyConstraint("room_id", "night", name=op.f("pk_room_night")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("room_night", schema=None) as batch_op:
        batch_op.create_index("ix_room_night_claim", ["claim_id"], unique=False)
        batch_op.create_index("ix_room_night_property_night", ["property_id", "night"], unique=False)

    op.create_table(
        "booked_night",
        sa.Column("booked_room_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("night", sa.Date(), nullable=False),
        sa.Column("property_id", sa.Integer(), nullable=False),
        sa.Column("reference_minor", sa.Integer(), nullable=True),
        sa.Column("due_minor", sa.Integer(), nullable=True),
        sa.Column("chosen_minor", sa.Integer(), nullable=True),
        sa.CheckConstraint("chosen_minor >= 0", name=op.f("ck_booked_night_chosen_not_negative")),
        sa.ForeignKeyConstraint(
            ["property_id", "booked_room_id"],
            ["booked_room.property_id", "booked_room.id"],
            name=op.f("fk_booked_night_property_id_booked_room_id_booked_room"),
        ),
        sa.ForeignKeyConstraint(
            ["property_id"], ["property.id"], name=op.f("fk_booked_night_property_id_property")
        ),
        sa.PrimaryKeyConstraint("booked_room_id", "night", name=op.f("pk_booked_night")),
        sqlite_with_rowid=False,
    )
    keep_append_only()


def downgrade() -> None:
    raise NotImplementedError("nothing is older than the first revision")
