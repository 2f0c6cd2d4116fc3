"""Whether an answer was worked out here, or only imported."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

TABLES = ("calculations", "calculation_versions")
GRANTS = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'calc_app') THEN
        GRANT UPDATE (confirmed) ON calculations TO calc_app;
    END IF;
END $$;
"""


def upgrade():
    for table in TABLES:
        op.add_column(table, sa.Column("confirmed", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.execute(GRANTS)


def downgrade():
    for table in TABLES:
        op.drop_column(table, "confirmed")
