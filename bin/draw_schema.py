"""Draw the tables from the database's own catalog: `python bin/draw_schema.py URL >docs/schema.svg`."""

import sys
from collections import defaultdict
from html import escape

import psycopg2

TABLES = """
SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, EXISTS (
    SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary AND a.attnum = ANY (i.indkey))
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname <> 'alembic_version'
ORDER BY c.relname, a.attnum
"""
REFERENCES = """
SELECT conrelid::regclass::text, confrelid::regclass::text,
       (SELECT array_agg(attname::text ORDER BY place)
        FROM unnest(conkey) WITH ORDINALITY AS k (attnum, place)
        JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = k.attnum),
       CASE confdeltype
           WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'r' THEN 'RESTRICT' ELSE 'NO ACTION' END
FROM pg_constraint
WHERE contype = 'f' AND connamespace = 'public'::regnamespace
ORDER BY conrelid::regclass::text, conname
"""
SHORT = {
    "timestamp with time zone": "timestamptz",
    "character varying": "varchar",
    "double precision": "float8",
}
WIDTH, LINE, HEAD, GAP, BETWEEN = 268, 19, 30, 26, 92
STYLE = """
  svg { --ink: #1d2a24; --paper: #fbfaf6; --line: #9aa79f; --accent: #1c6b4a; --soft: #5f6b63 }
  @media (prefers-color-scheme: dark) {
    svg { --ink: #e6ece8; --paper: #17201b; --line: #4d5a53; --accent: #6cc79d; --soft: #94a39a } }
  .paper { fill: var(--paper) } .box { stroke: var(--line) } path.box { fill: none }
  text { font: 12.5px ui-monospace, Menlo, Consolas, monospace; fill: var(--ink) }
  .name { font-weight: 700; font-size: 14px; fill: var(--accent) }
  .type { fill: var(--soft); text-anchor: end }
  .key { font-weight: 700 } .edge { fill: none; stroke: var(--accent); stroke-width: 1.4; opacity: .75 }
  .rule { font-size: 10.5px; fill: var(--soft) }
"""


def read_catalog(url):
    """Columns by table, and references as (from, to, columns, rule)."""
    tables = defaultdict(list)
    with psycopg2.connect(url.replace("+psycopg2", "")) as connection, connection.cursor() as cursor:
        cursor.execute(TABLES)
        for table, *column in cursor.fetchall():
            tables[table].append(column)
        cursor.execute(REFERENCES)
        references = cursor.fetchall()
    connection.close()
    return tables, references


def ranks(tables, references):
    """How many references away from a table that refers to nothing."""
    rank = dict.fromkeys(tables, 0)
    for _ in tables:
        for source, target, _columns, _rule in references:
            if source != target:
                rank[source] = max(rank[source], min(rank[target] + 1, len(tables)))
    return rank


def height(columns):
    return HEAD + LINE * len(columns) + 10


def place(tables, rank):
    """Each rank is a column of boxes, tallest first, as two where one would grow long."""
    spots, x = {}, 20
    for level in sorted(set(rank.values())):
        names = sorted((t for t in tables if rank[t] == level), key=lambda t: (-len(tables[t]), t))
        stacks = max(1, round(sum(height(tables[t]) for t in names) / 640))
        bottoms = [20] * stacks
        for name in names:
            stack = bottoms.index(min(bottoms))
            spots[name] = (x + stack * (WIDTH + BETWEEN), bottoms[stack])
            bottoms[stack] += height(tables[name]) + GAP
        x += stacks * (WIDTH + BETWEEN)
    return spots


def draw(tables, references):
    spots = place(tables, ranks(tables, references))
    wide = max(x for x, _ in spots.values()) + WIDTH + 20
    high = max(y + height(tables[t]) for t, (_, y) in spots.items()) + 20
    names = ", ".join(sorted(tables))
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" role="img">',
        f"<title>The tables of Calcapp</title><desc>{escape(names)}</desc>",
        f"<style>{STYLE}</style>",
        '<defs><marker id="to" viewBox="0 0 8 8" refX="8" refY="4" orient="auto" markerWidth="8"'
        ' markerHeight="8">'
        '<path d="M0 0 8 4 0 8z" fill="var(--accent)"/></marker></defs>',
        f'<rect class="paper" width="{wide}" height="{high}"/>',
    ]
    for nth, (source, target, columns, rule) in enumerate(references):
        out.append(edge(tables, spots, source, target, columns, rule, nth))
    for table, columns in tables.items():
        out += box(table, columns, *spots[table])
    return "\n".join([*out, "</svg>"]) + "\n"


def box(table, columns, x, y):
    yield f'<rect class="box paper" x="{x}" y="{y}" width="{WIDTH}" height="{height(columns)}" rx="5"/>'
    yield f'<text class="name" x="{x + 12}" y="{y + 20}">{escape(table)}</text>'
    yield f'<path class="box" d="M{x} {y + HEAD}h{WIDTH}"/>'
    for row, (name, kind, not_null, primary) in enumerate(columns):
        base = y + HEAD + LINE * (row + 1) - 2
        shown = SHORT.get(kind, kind) + ("" if not_null else "?")
        yield f'<text class="{"key" if primary else "column"}" x="{x + 12}" y="{base}">{escape(name)}</text>'
        yield f'<text class="type" x="{x + WIDTH - 12}" y="{base}">{escape(shown)}</text>'


def edge(tables, spots, source, target, columns, rule, nth):
    """From the referring column to the head of what it refers to."""
    (sx, sy), (tx, ty) = spots[source], spots[target]
    row = [name for name, *_ in tables[source]].index(columns[-1])
    y1, y2 = sy + HEAD + LINE * row + 13, ty + 12 + (nth % 5) * 4
    if sx > tx:
        start, end = sx, tx + WIDTH
        bend = start - 16 - (nth % 7) * 8
    else:
        start, end = sx + WIDTH, tx + WIDTH
        bend = max(start, end) + 14 + (nth % 7) * 8
    words = f"{', '.join(columns)}: on delete {rule}"
    return (
        f"<g><title>{escape(f'{source} → {target} ({words})')}</title>"
        f'<path class="edge" marker-end="url(#to)" d="M{start} {y1}H{bend}V{y2}H{end}"/></g>'
    )


if __name__ == "__main__":
    sys.stdout.write(draw(*read_catalog(sys.argv[1])))
