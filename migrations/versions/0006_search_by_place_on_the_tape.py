"""An index that finds words by their place on a person's tape."""

from alembic import op

revision = "0006"
down_revision = "0005"

# The index of 0004 began with the owner, in a type that no query asked in, so that everybody's records were looked
# through. This one begins with places: the stretch of 16,384 numbers that a record stands in, and the seven weeks
# that it was made in, each with its owner. It takes the old one's name, so that code from before uses it too. Readers
# go on meanwhile; who writes waits, some 20 s for a million records.
PLACES = """(ARRAY[(user_id << 32) | (number >> 14),
            -((user_id << 32) | (EXTRACT(epoch FROM created_at AT TIME ZONE 'UTC')::bigint >> 22))])"""


def upgrade():
    op.execute("SET LOCAL statement_timeout = 0")
    op.execute(made("pg_trgm", PLACES))


def downgrade():
    op.execute("SET LOCAL statement_timeout = 0")
    op.execute(made("btree_gin", "user_id"))


def made(extension: str, first: str) -> str:
    """The index, where the server has what it needs, in place of the one that was there."""
    return f"""
DO $$ BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE EXTENSION IF NOT EXISTS {extension};
    DROP INDEX IF EXISTS ix_calculations_search;
    CREATE INDEX ix_calculations_search ON calculations
        USING gin ({first}, search gin_trgm_ops) WITH (fastupdate = off);
EXCEPTION WHEN insufficient_privilege OR undefined_file OR undefined_object OR feature_not_supported THEN
    RAISE NOTICE 'search goes without an index: %', SQLERRM;
END $$;
"""
