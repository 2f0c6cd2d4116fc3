"""Faults of those who ask: answers lost on the way, forms sent at once, slow, greedy and hostile people."""

import contextlib
import socket
import threading
import time
import uuid
from collections import Counter
from urllib.parse import urlencode

from benchmarks.faults.cut_proxy import Link
from benchmarks.faults.fault import fault, said
from benchmarks.faults.front import NGINX, front
from benchmarks.faults.swarm import NO_ANSWER, Person, Swarm
from benchmarks.faults.system import System, pause
from tests.wire import FORM, Wire

ROUNDS = 50
POISON = [
    *("9**9**9", "9^9^9^9", "1e9999999", "int(1e9999999)", "99999!", "1e400!", "2^(2^40)", "1/0", "sqrt(", "NaN"),
    *("(" * 900, "-" * 900, "[" * 500, "1" * 990, "9" * 400 + "^" + "9" * 400, "٣+٤", "１２", "1_000", "0x", "sNaN"),
    *("sum(k, k, 1, 10^9)", "gamma(10^9)", "10^9 choose 5*10^8", "factor(10^60+7)", "sin(10^10^5)", "exp(exp(exp(9)))"),
    *("fib(10^8)", "((((1+1)^99)^99)^99)^99", "1/(10^-9999999)", "0.1^0.1^0.1^99999", "7 mod 0", "log(0)", "ans ans"),
    *("#1#2#3", "x=x", "f(x)=f(x); f(1)", "'; DROP TABLE users --", "<script>", "{{7*7}}", "%s" * 300, "\u202e1+1"),
]  # fmt: skip


@fault("F2", "twenty answers are lost on the way; the form is sent again")
def lose_answers(system: System, swarm: Swarm) -> list[str]:
    left = [20]

    def rule(link: Link, upward: bool, piece: bytes) -> bytes | None:
        if upward:
            if piece.startswith(b"POST /calculations") and left[0] > 0:
                left[0] -= 1
                link.marked = True
            return piece
        return None if link.marked else piece

    system.to_web.rule = rule
    for _ in range(100):
        if left[0] <= 0:
            break
        pause(0.1)
    system.to_web.rule = None
    unsure = sum(entry.number is None for entry in swarm.ledger.entries)
    return said(unsure < 10, f"only {unsure} answers were lost")


@fault("F3", "one form is sent forty times at once, twice; then with another expression", must_hurt=False)
def forty_at_once(system: System, swarm: Swarm) -> list[str]:
    broken = []
    for person in swarm.people[:2]:
        broken += forty(person)
    return broken


def forty(person: Person) -> list[str]:
    fields = person.form()
    entry = person.ledger.write(person.email, fields["key"], "*", 7, person.mark)
    at_once(40, lambda: person.send(entry, fields["csrf_token"]))
    other = person.wire.post("/calculations", expression=f"1+1 # {person.mark}", **fields)
    statuses = Counter(entry.said)
    return [
        *said(not {*statuses} <= {303, 503} or len(entry.numbers) != 1, f"forty forms: {statuses}, {entry.numbers}"),
        *said(other.status != 409, f"another expression with this key: {other.status}"),
    ]


@fault("F3b", "gunicorn is started anew, and the first forty forms come at once", must_hurt=False)
def the_first_forty(system: System, swarm: Swarm) -> None:
    person = swarm.people[0]
    token = person.form()["csrf_token"]
    entries = [person.ledger.write(person.email, str(uuid.uuid4()), "+", 9, person.mark) for _ in range(40)]
    new = system.start_web()
    system.until_ready(new)
    system.lead_to(new)
    at_once(40, lambda: person.send(entries.pop(), token))


def at_once(count: int, act) -> None:
    start = threading.Barrier(count)

    def run() -> None:
        start.wait()
        act()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)


HELD = """
SELECT query FROM pg_stat_activity WHERE state LIKE 'idle in transaction%' AND now() - state_change > '2 s'
"""


@fault("F13", "sixteen people send half a form, a byte a second, to the proxy", must_hurt=False)
def half_sent(system: System, swarm: Swarm) -> list[str]:
    if NGINX is None:
        return ["left out: no nginx is installed here"]
    head = b"POST /calculations HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 500\r\n"
    with front(system) as port, contextlib.ExitStack() as open_:
        slow = [open_.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10)) for _ in range(16)]
        for number, sender in enumerate(slow):
            sender.sendall(head + (b"\r\nexpression=1" if number % 2 else b""))
        live = set()
        for _ in range(8):
            pause(1.0)
            live.add(system.status(port, "/healthz/live"))
            for sender in slow:
                with contextlib.suppress(OSError):
                    sender.sendall(b"x")
    return said(live != {200}, f"the proxy answers {live}")


@fault("F14", "four people read a long export a byte a second, through the proxy", must_hurt=False)
def slow_readers(system: System, swarm: Swarm) -> list[str]:
    if NGINX is None:
        return ["left out: no nginx is installed here"]
    reader = Person(system, swarm.ledger, "reader", swarm.dice)
    system.flask("demo", reader.email, "--records", "2000")
    cookies = "; ".join(f"{name}={value}" for name, value in reader.wire.cookies.items())
    asked = f"GET /calculations.json HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\n\r\n".encode()
    with front(system) as port, contextlib.ExitStack() as open_:
        readers = [open_.enter_context(socket.create_connection(("127.0.0.1", port), timeout=20)) for _ in range(4)]
        for each in readers:
            each.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            each.sendall(asked)
        for _ in range(5):
            pause(1.0)
            first = [each.recv(1) for each in readers]
        pause(3.0)  # all of it has reached the proxy by now
        held = system.sql(HELD)
    return said(b"" in first, "an export ended early") + said(bool(held), f"held: {held}")


@fault("F15", "five hundred people come at once", recovers=15.0, judges_alive=False)
def five_hundred(system: System, swarm: Swarm) -> list[str]:
    seconds, statuses = [], Counter()

    def ask() -> None:
        began = time.monotonic()
        try:
            statuses[Wire(f"http://127.0.0.1:{system.port}", 30).send("GET", "/").status] += 1
        except NO_ANSWER as trouble:
            statuses[type(trouble).__name__] += 1
        seconds.append(time.monotonic() - began)

    at_once(500, ask)
    seconds.sort()
    print(f"    {dict(statuses)}, median {seconds[250]:.2f} s, p99 {seconds[494]:.2f} s")
    return [f"{many} × {status}" for status, many in statuses.items() if status not in (200, 503, 429)]


@fault("F17", "two administrators edit one record at once, fifty times", must_hurt=False)
def edit_at_once(system: System, swarm: Swarm) -> list[str]:
    both, ends = (swarm.grace, swarm.heidi), Counter()
    with swarm.resting(swarm.grace):
        for _ in range(ROUNDS):
            jobs = [(person, person.form(swarm.record)) for person in both]
            answers = []

            def edit(jobs=jobs, answers=answers) -> None:
                person, fields = jobs.pop()
                answers.append(person.edit(fields["version"], fields["csrf_token"]))

            at_once(2, edit)
            ends[tuple(sorted(answer.status if answer else 0 for answer in answers))] += 1
    wrong = {end: many for end, many in ends.items() if end.count(303) > 1 or not {303, 503} & {*end}}
    return said(bool(wrong) or not ends[(303, 409)], f"two edits at once: {dict(ends)}")


@fault("F18", "two administrators delete and restore the same twenty records in opposite order", must_hurt=False)
def cross_over(system: System, swarm: Swarm) -> list[str]:
    person, statuses = swarm.people[2], Counter()
    ((owner,),) = system.sql("SELECT id FROM users WHERE email = %s", person.email)
    names = [f"{owner}.{number}" for number in range(1, 21)]
    tokens = [(who.wire, who.form()["csrf_token"]) for who in (swarm.grace, swarm.heidi)]
    for act in ("delete", "restore") * 10:
        jobs = list(zip(tokens, (names, names[::-1]), strict=True))

        def send(jobs=jobs, act=act) -> None:
            (wire, token), order = jobs.pop()
            form = [("csrf_token", token), ("reason", "crossing over"), *(("records", name) for name in order)]
            statuses[wire.send("POST", f"/admin/calculations/{act}", urlencode(form), FORM).status] += 1

        at_once(2, send)
    return said(not {*statuses} <= {303, 503}, f"crossing over: {dict(statuses)}")


@fault("F25", "poisonous expressions, two hundred, four at a time", must_hurt=False)
def poison(system: System, swarm: Swarm) -> list[str]:
    before = list(swarm.ledger.requests)
    workers, slow, statuses = system.workers(), [], Counter()
    mallory = Person(system, swarm.ledger, "mallory", swarm.dice)
    todo = (POISON * 5)[:200]

    def drink() -> None:
        while todo:
            expression = todo.pop()
            began = time.monotonic()
            form = {"expression": expression, "key": str(uuid.uuid4()), "csrf_token": token}
            try:
                statuses[mallory.wire.post("/calculations", **form).status] += 1
            except NO_ANSWER as trouble:
                statuses[type(trouble).__name__] += 1
            slow.append((time.monotonic() - began, expression[:40]))

    token = mallory.form()["csrf_token"]
    at_once(4, drink)
    print(f"    {dict(statuses)}, slowest {max(slow)}, before it p99 {p99(before):.2f} s")
    return [
        *said(system.workers() != workers, "a worker was started anew"),
        *(f"{many} × {status}" for status, many in statuses.items() if status not in (303, 422, 503)),
    ]


def p99(requests) -> float:
    return sorted(request.seconds for request in requests)[int(len(requests) * 0.99)] if requests else 0.0
