"""Throttle, mailed links, second factor, passkeys, leaving; sessions end with rights."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

revision = "0002"
down_revision = "0001"

INSTANT = TIMESTAMP(timezone=True)
NOW = sa.text("now()")

# Whoever takes away a right need not remember to end the sessions that were begun with it.
SESSIONS_END = """
CREATE FUNCTION sessions_end() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    DELETE FROM public.sessions WHERE user_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER sessions_end AFTER UPDATE OF active, role ON users FOR EACH ROW
    WHEN ((OLD.active AND NOT NEW.active) OR (OLD.role = 'admin' AND NEW.role <> 'admin'))
    EXECUTE FUNCTION sessions_end();
"""

# The one change that the audit allows: a person who is gone becomes a pseudonym, a negative number, and the
# content of that person's records goes too.
AUDIT_STAYS = """
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

AUDIT_STAYED = """
CREATE OR REPLACE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit_events can only be added to' USING ERRCODE = 'insufficient_privilege';
END $$;
"""

GRANTS = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'calc_app') THEN
        GRANT SELECT, INSERT, UPDATE, DELETE ON throttle_counts TO calc_app;
        GRANT SELECT, INSERT, UPDATE, DELETE ON mailed_links TO calc_app;
        GRANT SELECT, INSERT, UPDATE, DELETE ON authenticators TO calc_app;
        GRANT SELECT, INSERT, DELETE ON recovery_codes TO calc_app;
        GRANT SELECT, INSERT, DELETE ON passkeys TO calc_app;
        GRANT UPDATE (sign_count, last_used_at) ON passkeys TO calc_app;
    END IF;
END $$;
"""


def upgrade():
    op.add_column("users", sa.Column("email_verified_at", INSTANT))
    op.add_column("users", sa.Column("leaving_at", INSTANT))
    op.add_column("sessions", sa.Column("strong", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "throttle_counts",
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("until", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_throttle_counts"),
        sa.CheckConstraint("length(key) = 32", name=op.f("ck_throttle_counts_key")),
    )
    op.create_index("ix_throttle_counts_until", "throttle_counts", ["until"])
    op.create_table(
        "mailed_links",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "purpose", name="pk_mailed_links"),
        sa.UniqueConstraint("token_hash", name="uq_mailed_links_token_hash"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], ondelete="CASCADE", name="fk_mailed_links_user_id_users"),
        sa.CheckConstraint("purpose IN ('reset', 'verify', 'change', 'stay')", name=op.f("ck_mailed_links_purpose")),
        sa.CheckConstraint("length(token_hash) = 32", name=op.f("ck_mailed_links_token_hash")),
        sa.CheckConstraint("length(email) <= 254", name=op.f("ck_mailed_links_email")),
    )
    op.create_table(
        "authenticators",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sealed_secret", sa.Text(), nullable=False),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, server_default=NOW, nullable=False),
        sa.PrimaryKeyConstraint("user_id", name="pk_authenticators"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], ondelete="CASCADE", name="fk_authenticators_user_id_users"),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "code_hash", name="pk_recovery_codes"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], ondelete="CASCADE", name="fk_recovery_codes_user_id_users"),
        sa.CheckConstraint("length(code_hash) = 32", name=op.f("ck_recovery_codes_code_hash")),
    )
    op.create_table(
        "passkeys",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", INSTANT, server_default=NOW, nullable=False),
        sa.Column("last_used_at", INSTANT),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_passkeys"),
        sa.UniqueConstraint("credential_id", name="uq_passkeys_credential_id"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], ondelete="CASCADE", name="fk_passkeys_user_id_users"),
        sa.CheckConstraint("length(credential_id) BETWEEN 1 AND 1023", name=op.f("ck_passkeys_credential_id")),
        sa.CheckConstraint("length(public_key) BETWEEN 1 AND 2000", name=op.f("ck_passkeys_public_key")),
        sa.CheckConstraint("sign_count >= 0", name=op.f("ck_passkeys_sign_count")),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 60", name=op.f("ck_passkeys_name")),
    )
    op.execute(SESSIONS_END)
    op.execute(AUDIT_STAYS)
    op.execute(GRANTS)


def downgrade():
    op.execute(AUDIT_STAYED)
    op.execute("DROP TRIGGER sessions_end ON users")
    op.execute("DROP FUNCTION sessions_end()")
    for table in ("passkeys", "recovery_codes", "authenticators", "mailed_links", "throttle_counts"):
        op.drop_table(table)
    op.drop_column("sessions", "strong")
    op.drop_column("users", "leaving_at")
    op.drop_column("users", "email_verified_at")
