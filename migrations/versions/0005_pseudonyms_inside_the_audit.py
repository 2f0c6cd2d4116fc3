"""Let who left become a pseudonym inside of what the audit tells of others, too; and nothing else."""

from alembic import op

revision = "0005"
down_revision = "0004"

# Whether what an event shows is what it showed, but for a person who is gone and has a negative number now.
SAYS_THE_SAME = """
CREATE FUNCTION audit_says_the_same(shows jsonb, showed jsonb) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
    SELECT shows IS NOT DISTINCT FROM showed
        OR (shows - 'deleted_by' = showed - 'deleted_by'
            AND (shows ->> 'deleted_by')::bigint < 0 AND (showed ->> 'deleted_by')::bigint > 0
            AND NOT EXISTS (SELECT FROM public.users WHERE id = (showed ->> 'deleted_by')::bigint))
$$;
"""

AUDIT_STAYS = """
CREATE OR REPLACE FUNCTION audit_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND (NEW.id, NEW.at, NEW.transaction, NEW.action, NEW.object, NEW.number, NEW.reason)
            IS NOT DISTINCT FROM (OLD.id, OLD.at, OLD.transaction, OLD.action, OLD.object, OLD.number, OLD.reason)
        AND (NEW.actor_id = OLD.actor_id OR (NEW.actor_id < 0 AND OLD.actor_id > 0
             AND NOT EXISTS (SELECT FROM public.users WHERE id = OLD.actor_id)))
        AND (NEW.owner_id = OLD.owner_id OR (NEW.owner_id < 0 AND OLD.owner_id > 0
             AND NOT EXISTS (SELECT FROM public.users WHERE id = OLD.owner_id)))
        AND (public.audit_says_the_same(NEW.before, OLD.before) OR (NEW.before IS NULL AND NEW.owner_id < 0))
        AND (public.audit_says_the_same(NEW.after, OLD.after) OR (NEW.after IS NULL AND NEW.owner_id < 0))
        AND NEW IS DISTINCT FROM OLD
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'audit_events can only be added to' USING ERRCODE = 'insufficient_privilege';
END $$;
"""

AUDIT_STAYED = """
CREATE OR REPLACE FUNCTION audit_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND (NEW.id, NEW.at, NEW.transaction, NEW.action, NEW.object, NEW.number)
            IS NOT DISTINCT FROM (OLD.id, OLD.at, OLD.transaction, OLD.action, OLD.object, OLD.number)
        AND (NEW.actor_id = OLD.actor_id OR (NEW.actor_id < 0 AND OLD.actor_id > 0
             AND NOT EXISTS (SELECT FROM public.users WHERE id = OLD.actor_id)))
        AND (NEW.owner_id = OLD.owner_id OR (NEW.owner_id < 0 AND OLD.owner_id > 0
             AND NOT EXISTS (SELECT FROM public.users WHERE id = OLD.owner_id)))
        AND (NEW.actor_id, NEW.owner_id) <> (OLD.actor_id, OLD.owner_id)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'audit_events can only be added to' USING ERRCODE = 'insufficient_privilege';
END $$;
"""


def upgrade():
    op.execute(SAYS_THE_SAME)
    op.execute(AUDIT_STAYS)


def downgrade():
    op.execute(AUDIT_STAYED)
    op.execute("DROP FUNCTION audit_says_the_same(jsonb, jsonb)")
