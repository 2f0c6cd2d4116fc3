"""People, their sessions, their calculations, and the audit of what others change."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP

revision = "0001"
down_revision = None

INSTANT = TIMESTAMP(timezone=True)
NOW = sa.text("now()")

AUDIT = """
CREATE FUNCTION audit_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    actor bigint := nullif(current_setting('app.actor_id', true), '')::bigint;
    old_row jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) - 'password_hash' END;
    new_row jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) - 'password_hash' END;
    one jsonb := coalesce(new_row, old_row);
    noun text := CASE TG_TABLE_NAME WHEN 'users' THEN 'user' ELSE 'calculation' END;
    owner bigint := (one ->> CASE noun WHEN 'user' THEN 'id' ELSE 'user_id' END)::bigint;
BEGIN
    IF actor IS NULL THEN
        RAISE EXCEPTION 'app.actor_id is not set: a change without an actor'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF actor <> owner THEN
        INSERT INTO public.audit_events (actor_id, action, object, owner_id, number, reason, before, after)
        VALUES (actor, lower(TG_OP), noun, owner, (one ->> 'number')::bigint,
                coalesce(current_setting('app.reason', true), ''),
                -- what is purged is gone: its content does not live on here
                CASE WHEN TG_OP = 'UPDATE' THEN old_row END, new_row);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER audit_calculations AFTER UPDATE OR DELETE ON calculations
    FOR EACH ROW EXECUTE FUNCTION audit_change();
CREATE TRIGGER audit_users AFTER UPDATE OF email, password_hash, role, active OR DELETE ON users
    FOR EACH ROW EXECUTE FUNCTION audit_change();
CREATE TRIGGER audit_new_administrators AFTER INSERT ON users
    FOR EACH ROW WHEN (NEW.role = 'admin') EXECUTE FUNCTION audit_change();

CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit_events can only be added to' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE ON audit_events
    FOR EACH ROW EXECUTE FUNCTION audit_stays();
CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON audit_events
    FOR EACH STATEMENT EXECUTE FUNCTION audit_stays();
"""

# The web's role may do what the pages do, and no more: no DDL, no TRUNCATE, no new owner for a record.
GRANTS = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'calc_app') THEN
        GRANT USAGE ON SCHEMA public TO calc_app;
        GRANT SELECT, INSERT, UPDATE ON users TO calc_app;
        GRANT SELECT, INSERT, UPDATE, DELETE ON sessions TO calc_app;
        GRANT SELECT, INSERT ON calculations TO calc_app;
        GRANT UPDATE (expression, decimal_comma, read, answer, exact, value, certainty, unit, note, starred,
                      version, updated_at, deleted_at, deleted_by) ON calculations TO calc_app;
        GRANT SELECT, INSERT ON calculation_versions TO calc_app;
        GRANT SELECT, INSERT, DELETE ON calculation_uses TO calc_app;
        GRANT SELECT ON audit_events TO calc_app;
    END IF;
END $$;
"""


def upgrade():
    op.create_table(
        "users",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), server_default="user", nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("last_number", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("decimal_comma", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("digits", sa.SmallInteger(), server_default="15", nullable=False),
        sa.Column("angle_unit", sa.Text(), server_default="rad", nullable=False),
        sa.Column("date_style", sa.Text(), server_default="iso", nullable=False),
        sa.Column("time_zone", sa.Text(), server_default="UTC", nullable=False),
        sa.Column("keep_history", sa.Text(), server_default="always", nullable=False),
        sa.Column("created_at", INSTANT, server_default=NOW, nullable=False),
        sa.Column("updated_at", INSTANT, server_default=NOW, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.UniqueConstraint("email", name="uq_users_email"),
        sa.CheckConstraint(
            r"email ~ '^[a-z0-9.!#$%&''*+/=?^_`{|}~-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+$' AND length(email) <= 254",
            name=op.f("ck_users_email"),
        ),
        sa.CheckConstraint("password_hash LIKE '$argon2id$%'", name=op.f("ck_users_password_hash")),
        sa.CheckConstraint("role IN ('user', 'admin')", name=op.f("ck_users_role")),
        sa.CheckConstraint("last_number >= 0", name=op.f("ck_users_last_number")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_users_version")),
        sa.CheckConstraint("digits IN (15, 30, 100, 1000)", name=op.f("ck_users_digits")),
        sa.CheckConstraint("angle_unit IN ('rad', 'deg')", name=op.f("ck_users_angle_unit")),
        sa.CheckConstraint("date_style IN ('iso', 'day', 'month')", name=op.f("ck_users_date_style")),
        sa.CheckConstraint("keep_history IN ('always', '30 days', 'never')", name=op.f("ck_users_keep_history")),
        sa.CheckConstraint("length(time_zone) BETWEEN 1 AND 64", name=op.f("ck_users_time_zone")),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("remembered", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("browser", sa.Text(), server_default="", nullable=False),
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", INSTANT, server_default=NOW, nullable=False),
        sa.Column("last_seen_at", INSTANT, server_default=NOW, nullable=False),
        sa.Column("confirmed_at", INSTANT, server_default=NOW, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sa.UniqueConstraint("token_hash", name="uq_sessions_token_hash"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], ondelete="CASCADE", name="fk_sessions_user_id_users"),
        sa.CheckConstraint("length(token_hash) = 32", name=op.f("ck_sessions_token_hash")),
        sa.CheckConstraint("length(browser) <= 300", name=op.f("ck_sessions_browser")),
        sa.CheckConstraint("length(address) <= 45", name=op.f("ck_sessions_address")),
    )
    op.create_index("ix_sessions_user_id", "sessions", ["user_id"])
    op.create_table(
        "calculations",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("expression", sa.Text(), nullable=False),
        sa.Column("decimal_comma", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("read", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("exact", sa.Text()),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("certainty", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text()),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("starred", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("idempotency_key", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", INSTANT, server_default=NOW, nullable=False),
        sa.Column("updated_at", INSTANT, server_default=NOW, nullable=False),
        sa.Column("deleted_at", INSTANT),
        sa.Column("deleted_by", sa.BigInteger()),
        sa.PrimaryKeyConstraint("user_id", "number", name="pk_calculations"),
        sa.UniqueConstraint("user_id", "idempotency_key", name="uq_calculations_user_id_idempotency_key"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], ondelete="RESTRICT", name="fk_calculations_user_id_users"),
        sa.ForeignKeyConstraint(
            ["deleted_by"], ["users.id"], ondelete="SET NULL", name="fk_calculations_deleted_by_users"
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_calculations_number")),
        sa.CheckConstraint("length(expression) BETWEEN 1 AND 1000", name=op.f("ck_calculations_expression")),
        sa.CheckConstraint(
            "length(read) >= 1 AND length(answer) >= 1 AND length(value) >= 1",
            name=op.f("ck_calculations_answer"),
        ),
        sa.CheckConstraint("certainty IN ('exact', 'certified', 'undecided')", name=op.f("ck_calculations_certainty")),
        sa.CheckConstraint("length(note) <= 500", name=op.f("ck_calculations_note")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_calculations_version")),
        sa.CheckConstraint("deleted_by IS NULL OR deleted_at IS NOT NULL", name=op.f("ck_calculations_deleted")),
    )
    op.create_table(
        "calculation_versions",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("expression", sa.Text(), nullable=False),
        sa.Column("read", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("exact", sa.Text()),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("certainty", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text()),
        sa.Column("replaced_at", INSTANT, server_default=NOW, nullable=False),
        sa.Column("replaced_by", sa.BigInteger()),
        sa.PrimaryKeyConstraint("user_id", "number", "version", name="pk_calculation_versions"),
        sa.ForeignKeyConstraint(
            ["user_id", "number"],
            ["calculations.user_id", "calculations.number"],
            ondelete="CASCADE",
            name="fk_calculation_versions_user_id_number_calculations",
        ),
        sa.ForeignKeyConstraint(
            ["replaced_by"],
            ["users.id"],
            ondelete="SET NULL",
            name="fk_calculation_versions_replaced_by_users",
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_calculation_versions_version")),
    )
    op.create_table(
        "calculation_uses",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("used_number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "number", "used_number", name="pk_calculation_uses"),
        sa.ForeignKeyConstraint(
            ["user_id", "number"],
            ["calculations.user_id", "calculations.number"],
            ondelete="CASCADE",
            name="fk_calculation_uses_user_id_number_calculations",
        ),
        sa.ForeignKeyConstraint(
            ["user_id", "used_number"],
            ["calculations.user_id", "calculations.number"],
            ondelete="CASCADE",
            name="fk_calculation_uses_user_id_used_number_calculations",
        ),
        sa.CheckConstraint("number <> used_number", name=op.f("ck_calculation_uses_not_itself")),
    )
    op.create_index("ix_calculation_uses_user_id_used_number", "calculation_uses", ["user_id", "used_number"])
    op.create_table(
        "audit_events",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("at", INSTANT, server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("transaction", sa.BigInteger(), server_default=sa.text("txid_current()"), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("object", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger()),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("before", JSONB()),
        sa.Column("after", JSONB()),
        sa.PrimaryKeyConstraint("id", name="pk_audit_events"),
        sa.CheckConstraint("object IN ('calculation', 'user')", name=op.f("ck_audit_events_object")),
        sa.CheckConstraint("action IN ('insert', 'update', 'delete')", name=op.f("ck_audit_events_action")),
    )
    op.create_index("ix_audit_events_owner_id_id", "audit_events", ["owner_id", "id"])
    op.execute(AUDIT)
    op.execute(GRANTS)


def downgrade():
    op.drop_table("audit_events")
    op.drop_table("calculation_uses")
    op.drop_table("calculation_versions")
    op.drop_table("calculations")
    op.drop_table("sessions")
    op.drop_table("users")
    op.execute("DROP FUNCTION audit_change()")
    op.execute("DROP FUNCTION audit_stays()")
