"""Page through all records, and write down what administrators do to log-ins and to their own things."""

from alembic import op

revision = "0003"
down_revision = "0002"

# What an account's row may show in the audit: never what opens it.
AUDIT = """
CREATE OR REPLACE FUNCTION audit_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    actor bigint := nullif(current_setting('app.actor_id', true), '')::bigint;
    why text := coalesce(current_setting('app.reason', true), '');
    noun text := rtrim(TG_TABLE_NAME, 's');
    old_row jsonb := CASE WHEN TG_OP <> 'INSERT' THEN audit_shows(noun, to_jsonb(OLD)) END;
    new_row jsonb := CASE WHEN TG_OP <> 'DELETE' THEN audit_shows(noun, to_jsonb(NEW)) END;
    one jsonb := coalesce(new_row, old_row);
    owner bigint := (one ->> CASE noun WHEN 'user' THEN 'id' ELSE 'user_id' END)::bigint;
BEGIN
    IF actor IS NULL AND noun <> 'session' THEN
        RAISE EXCEPTION 'app.actor_id is not set: a change without an actor'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    -- one's own changes are one's own business, but whoever gives a reason acts as an administrator;
    -- log-ins that the command line clears away were over
    IF actor IS NOT NULL AND (actor <> owner OR why <> '') AND NOT (noun = 'session' AND actor = 0) THEN
        INSERT INTO public.audit_events (actor_id, action, object, owner_id, number, reason, before, after)
        VALUES (actor, lower(TG_OP), noun, owner, (one ->> 'number')::bigint, why,
                -- what is purged is gone: its content does not live on here
                CASE WHEN TG_OP = 'UPDATE' OR noun = 'session' THEN old_row END, new_row);
    END IF;
    RETURN NULL;
END $$;
"""

SHOWS = """
CREATE FUNCTION audit_shows(noun text, whole jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
    SELECT CASE noun
        WHEN 'calculation' THEN whole
        ELSE (SELECT jsonb_object_agg(key, value) FROM jsonb_each(whole)
              WHERE key IN ('id', 'user_id', 'email', 'role', 'active', 'version', 'browser', 'address',
                            'remembered', 'created_at', 'last_seen_at'))
        END
$$;
"""

SESSIONS = """
CREATE TRIGGER audit_sessions AFTER DELETE ON sessions FOR EACH ROW EXECUTE FUNCTION audit_change();
"""

AUDIT_BEFORE = """
CREATE OR REPLACE FUNCTION audit_change() RETURNS trigger
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
"""

# The audit is only added to: what it says of sessions stays, and the narrower rule binds what comes later.
ONLY_TWO_OBJECTS = """
ALTER TABLE audit_events ADD CONSTRAINT ck_audit_events_object CHECK (object IN ('calculation', 'user')) NOT VALID;
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM audit_events WHERE object = 'session') THEN
        ALTER TABLE audit_events VALIDATE CONSTRAINT ck_audit_events_object;
    END IF;
END $$;
"""


def upgrade():
    op.create_index("ix_calculations_created_at_user_id_number", "calculations", ["created_at", "user_id", "number"])
    op.drop_constraint("ck_audit_events_object", "audit_events")
    op.create_check_constraint(
        op.f("ck_audit_events_object"), "audit_events", "object IN ('calculation', 'user', 'session')"
    )
    op.execute(SHOWS)
    op.execute(AUDIT)
    op.execute(SESSIONS)


def downgrade():
    op.execute("DROP TRIGGER audit_sessions ON sessions")
    op.execute(AUDIT_BEFORE)
    op.execute("DROP FUNCTION audit_shows(text, jsonb)")
    op.drop_constraint("ck_audit_events_object", "audit_events")
    op.execute(ONLY_TWO_OBJECTS)
    op.drop_index("ix_calculations_created_at_user_id_number", "calculations")
