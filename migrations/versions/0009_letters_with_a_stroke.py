"""Plain letters where the search is to find `Łódź` by `lodz`."""

from alembic import op

revision = "0009"
down_revision = "0008"

LETTERS = "[øłđħŧðıæœþ]"
PLAIN = "translate(search, 'øłđħŧðı', 'oldhtdi')"
for letter, letters in (("æ", "ae"), ("œ", "oe"), ("þ", "th")):
    PLAIN = f"replace({PLAIN}, '{letter}', '{letters}')"
# Nobody changed these records: the triggers that write down who did have nothing to say.
FILL = """
ALTER TABLE calculations DISABLE TRIGGER USER;
UPDATE calculations SET search = {} WHERE {} ~ '{}';
ALTER TABLE calculations ENABLE TRIGGER USER;
"""
AS_TYPED = "lower(concat_ws(E'\\n', note, expression, read, answer))"


def upgrade():
    op.execute("SET LOCAL statement_timeout = 0")
    op.execute(FILL.format(PLAIN, "search", LETTERS))


def downgrade():
    op.execute("SET LOCAL statement_timeout = 0")
    op.execute(FILL.format(AS_TYPED, AS_TYPED, LETTERS))
