"""A long tape made in one statement, to look at and to measure with."""

from __future__ import annotations

from sqlalchemy import Connection, text

FILL = text("""
INSERT INTO calculations (user_id, number, expression, read, answer, exact, value, certainty, note, starred, search,
                          idempotency_key, created_at, updated_at)
SELECT person, number, amount || ' * ' || times, amount || ' * ' || times, total,
       CASE WHEN cents % 100 <> 0 THEN fraction END, fraction, 'exact', note, number % 50 = 0,
       translate(lower(concat_ws(E'\\n', note, amount || ' * ' || times, amount || ' * ' || times, total)), 'üé', 'ue'),
       gen_random_uuid(), at, at
FROM (
    SELECT person.id AS person, number, amount, times, trim_scale(amount * times)::text AS total, cents, at,
           concat_ws('/', cents / gcd(cents, 100), nullif(100 / gcd(cents, 100), 1)) AS fraction,
           CASE WHEN number % :one_in = 0 THEN concat_ws(' ',
                (cast(:places AS text[]))[1 + number / :one_in * 7 % cardinality(cast(:places AS text[]))],
                (cast(:things AS text[]))[1 + number / :one_in * 11 % cardinality(cast(:things AS text[]))],
                number) ELSE '' END AS note
    FROM (SELECT id, last_number FROM users WHERE id = ANY (:people)) AS person,
         LATERAL (SELECT last_number + n AS number, round((n * 7919 % 100000)::numeric / 100, 2) AS amount,
                         1 + n % 12 AS times, now() - (:count - n) * cast(:pause AS interval) AS at
                  FROM generate_series(1, cast(:count AS bigint)) AS n) AS made,
         LATERAL (SELECT cast(amount * times * 100 AS bigint) AS cents) AS counted
) AS rows
""")
COUNT = text("UPDATE users SET last_number = last_number + :count WHERE id = ANY (:people)")
PLACES = ["Kitchen", "Garden", "Küche", "Office", "Roof", "Invoice", "Trip", "Car", "School", "Shop", "Café", "Attic"]
THINGS = [
    "paint", "tiles", "wood", "net", "gross", "fuel", "rent", "flour", "cable", "glass", "screws", "tax", "paper",
    "stones", "hours", "water", "light",
]  # fmt: skip


def fill(
    connection: Connection, people: list[int], count: int, *, places=PLACES, things=THINGS, one_in=3, pause="10 minutes"
) -> None:
    """Put so many records behind each person's last one; one in three has a note. Raises nothing that a retry would
    not."""
    connection.execute(text("SELECT set_config('app.actor_id', '0', true), set_config('statement_timeout', '0', true)"))
    notes = {"places": places, "things": things, "one_in": one_in, "pause": pause}
    connection.execute(FILL, {"people": people, "count": count, **notes})
    connection.execute(COUNT, {"people": people, "count": count})
