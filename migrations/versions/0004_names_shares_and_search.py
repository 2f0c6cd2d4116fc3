"""Names, shared links, and what the search of the tape needs."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, TIMESTAMP

revision = "0004"
down_revision = "0003"

INSTANT = TIMESTAMP(timezone=True)
NOW = sa.text("now()")

# One index for “this person's records that contain this text”. The extensions are the server's to give: where it has
# none, or lets nobody add them, the search goes through the tape piece by piece instead.
SEARCH_INDEX = """
DO $$ BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE EXTENSION IF NOT EXISTS btree_gin;
    CREATE INDEX ix_calculations_search ON calculations USING gin (user_id, search gin_trgm_ops)
        WITH (fastupdate = off);
EXCEPTION WHEN insufficient_privilege OR undefined_file OR undefined_object OR feature_not_supported THEN
    RAISE NOTICE 'search goes without an index: %', SQLERRM;
END $$;
"""

# Nobody changed these records: the triggers that write down who did have nothing to say.
FILL = """
ALTER TABLE calculations DISABLE TRIGGER USER;
UPDATE calculations SET search = lower(concat_ws(E'\\n', note, expression, read, answer));
ALTER TABLE calculations ENABLE TRIGGER USER;
"""

GRANTS = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'calc_app') THEN
        GRANT UPDATE (search, hints, digits, defines) ON calculations TO calc_app;
        GRANT SELECT, INSERT, UPDATE ON names TO calc_app;
        GRANT SELECT, INSERT, DELETE ON shares TO calc_app;
    END IF;
END $$;
"""


def upgrade():
    op.add_column("calculations", sa.Column("search", sa.Text(), server_default="", nullable=False))
    op.add_column("calculations", sa.Column("hints", ARRAY(sa.Text()), server_default="{}", nullable=False))
    op.add_column("calculations", sa.Column("digits", sa.SmallInteger(), server_default="15", nullable=False))
    op.add_column("calculations", sa.Column("defines", sa.Text()))
    op.execute(FILL)
    op.create_index(
        "ix_calculations_live", "calculations", ["user_id", "number"], postgresql_where=sa.text("deleted_at IS NULL")
    )
    op.create_index(
        "ix_calculations_starred",
        "calculations",
        ["user_id", "number"],
        postgresql_where=sa.text("starred AND deleted_at IS NULL"),
    )
    op.create_index(
        "ix_calculations_deleted",
        "calculations",
        ["user_id", "number"],
        postgresql_where=sa.text("deleted_at IS NOT NULL"),
    )
    op.create_index(
        "ix_calculations_defines",
        "calculations",
        ["user_id", "defines", "number"],
        postgresql_where=sa.text("defines IS NOT NULL"),
    )
    op.create_index("ix_calculations_user_id_created_at", "calculations", ["user_id", "created_at"])
    op.execute(SEARCH_INDEX)
    op.create_table(
        "names",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text()),
        sa.Column("number", sa.BigInteger()),
        sa.Column("created_at", INSTANT, server_default=NOW, nullable=False),
        sa.Column("updated_at", INSTANT, server_default=NOW, nullable=False),
        sa.Column("deleted_at", INSTANT),
        sa.PrimaryKeyConstraint("user_id", "name", name="pk_names"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], ondelete="CASCADE", name="fk_names_user_id_users"),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 100", name=op.f("ck_names_name")),
        sa.CheckConstraint("length(definition) >= 1", name=op.f("ck_names_definition")),
    )
    op.create_table(
        "shares",
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, server_default=NOW, nullable=False),
        sa.PrimaryKeyConstraint("token", name="pk_shares"),
        sa.UniqueConstraint("user_id", "number", name="uq_shares_user_id_number"),
        sa.ForeignKeyConstraint(
            ["user_id", "number"],
            ["calculations.user_id", "calculations.number"],
            ondelete="CASCADE",
            name="fk_shares_user_id_number_calculations",
        ),
        sa.CheckConstraint("length(token) >= 22", name=op.f("ck_shares_token")),
    )
    op.execute(GRANTS)


def downgrade():
    op.drop_table("shares")
    op.drop_table("names")
    op.execute("DROP INDEX IF EXISTS ix_calculations_search")
    for index in ("user_id_created_at", "defines", "deleted", "starred", "live"):
        op.drop_index(f"ix_calculations_{index}", "calculations")
    for column in ("defines", "digits", "hints", "search"):
        op.drop_column("calculations", column)
