"""An index that knows of each three characters in a row, signs among them."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

# The index of 0006 knew of words alone: of several frequent ones it went through all records that have them, of `12*7`
# through all that have 12, and of `+++` through everybody's. What it looks at has letters for signs now. The column is
# filled by the server, also for code from before, which searches without an index meanwhile. Nobody reads or writes the
# table until it is written anew, a minute for a million records.
PLACES = """(ARRAY[(user_id << 32) | (number >> 14),
            -((user_id << 32) | (EXTRACT(epoch FROM created_at AT TIME ZONE 'UTC')::bigint >> 22))])"""
SOUGHT = "translate(search, ' \n.,-()/''\"#:*+=^%_\\<>[]&!$', 'QJXZWVKYUFBHGPCMDLTIONSREA')"


def upgrade():
    op.execute("SET LOCAL statement_timeout = 0")
    op.execute("DROP INDEX IF EXISTS ix_calculations_search")
    op.add_column("calculations", sa.Column("sought", sa.Text(), sa.Computed(SOUGHT, persisted=True), nullable=False))
    op.execute(made("ix_calculations_sought", "sought"))


def downgrade():
    op.execute("SET LOCAL statement_timeout = 0")
    op.execute("DROP INDEX IF EXISTS ix_calculations_sought")
    op.drop_column("calculations", "sought")
    op.execute(made("ix_calculations_search", "search"))


def made(index: str, column: str) -> str:
    """The index, where the server has what it needs."""
    return f"""
DO $$ BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE INDEX {index} ON calculations USING gin ({PLACES}, {column} gin_trgm_ops) WITH (fastupdate = off);
EXCEPTION WHEN insufficient_privilege OR undefined_file OR undefined_object OR feature_not_supported THEN
    RAISE NOTICE 'search goes without an index: %', SQLERRM;
END $$;
"""
