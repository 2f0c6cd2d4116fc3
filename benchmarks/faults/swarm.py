"""A few people who calculate without a pause, an administrator who edits, and somebody who asks whether it lives."""

import contextlib
import http.client
import random
import re
import secrets
import threading
import time
from collections.abc import Callable, Iterator

from benchmarks.faults.ledger import OPERATIONS, Entry, Ledger
from benchmarks.faults.system import System
from tests.cast import PASSWORD
from tests.wire import Answer, Wire

PATIENCE = 12.0  # seconds; no request may take ten
BREATH = 0.03  # between an answer and the next request
AFTER_NOTHING = 0.2  # before trying again where no answer came
MARK = re.compile(r"canary-[0-9a-f]{8}")
NUMBER = re.compile(r"/\?answer=(\d+)")
ALIVE_EVERY = 0.2
NO_ANSWER = (OSError, http.client.HTTPException)


class Person:
    """Somebody with an account, whose every record bears a mark that nobody else may ever see."""

    sees_all = False

    def __init__(self, system: System, ledger: Ledger, name: str, dice: random.Random) -> None:
        self.email = f"{name}-{secrets.token_hex(3)}@example.org"
        self.mark = f"canary-{secrets.token_hex(4)}"
        self.ledger, self.dice = ledger, dice
        self.busy = threading.Lock()
        self.wire = Wire(system.address, PATIENCE)
        self.wire.register(self.email, PASSWORD)

    def act(self) -> None:
        """Open the desk, type, press Calculate."""
        page = self.request("GET / ", lambda: self.wire.send("GET", "/"))
        if page is None or page.status != 200 or 'name="key"' not in page.text:
            return
        fields = self.wire.fields(page.text)
        sign, second = self.dice.choice([*OPERATIONS]), self.dice.randint(1, 999)
        self.send(self.ledger.write(self.email, fields["key"], sign, second, self.mark), fields["csrf_token"])

    def send(self, entry: Entry, token: str) -> None:
        form = {"expression": entry.expression, "key": str(entry.key), "csrf_token": token}
        answer = self.request("POST", lambda: self.wire.post("/calculations", **form), typed=f"{entry.first}")
        entry.said.append(answer.status if answer else None)
        kept = answer and answer.status == 303 and NUMBER.search(answer.location)
        if kept:
            entry.number = int(kept[1])
            entry.numbers.add(entry.number)

    def send_again(self, entry: Entry) -> None:
        self.send(entry, self.form()["csrf_token"])

    def form(self, path: str = "/") -> dict[str, str]:
        """The hidden fields of a page, asked for until there is one."""
        for _ in range(50):
            with contextlib.suppress(*NO_ANSWER):
                page = self.wire.send("GET", path)
                if page.status == 200:
                    return self.wire.fields(page.text, "csrf_token", "key", "version")
            time.sleep(AFTER_NOTHING)
        raise AssertionError(f"{path} does not come back")

    def request(self, what: str, ask: Callable[[], Answer], typed: str = "") -> Answer | None:
        """Ask, and write down how long it took and whether the answer was an honest one."""
        began = time.monotonic()
        try:
            answer = ask()
        except NO_ANSWER:
            self.ledger.request(began, None, what, self.email)
            time.sleep(AFTER_NOTHING)
            return None
        self.ledger.request(began, answer.status, what, self.email, self.trouble_with(answer, typed))
        return answer

    def trouble_with(self, answer: Answer, typed: str) -> str:
        strange = set(MARK.findall(answer.text)) - {self.mark}
        if strange and not self.sees_all:
            self.ledger.seen_elsewhere.append(f"{self.mark} was shown {strange}")
        if answer.status >= 500 and answer.status != 503:
            return f"{answer.status}"
        if answer.status == 503 and not answer.headers["Retry-After"]:
            return "503 without Retry-After"
        if answer.status == 503 and typed not in answer.text:
            return "503 that lost what was typed"
        if "Traceback" in answer.text:
            return "a trace"
        if answer.status == 303 and "/login" in (answer.location or ""):
            return "logged out"
        return ""


class Administrator(Person):
    """Edits one record of somebody's, over and over, each time for a reason of its own."""

    sees_all = True

    def __init__(self, system: System, ledger: Ledger, name: str, dice: random.Random, record: str) -> None:
        super().__init__(system, ledger, name, dice)
        self.record = record
        system.flask("admin", "create", self.email)  # logs an administrator's other sessions out
        token = self.wire.form("/login")["csrf_token"]
        self.wire.post("/login", email=self.email, password=PASSWORD, csrf_token=token)

    def act(self) -> None:
        page = self.request("GET record", lambda: self.wire.send("GET", self.record))
        if page is None or page.status != 200:
            return
        fields = self.wire.fields(page.text, "csrf_token", "version")
        self.edit(fields["version"], fields["csrf_token"])

    def edit(self, version: str, token: str) -> Answer | None:
        reason = f"edit {secrets.token_hex(6)}"
        self.ledger.edits[reason] = False
        form = {"expression": f"1+{self.dice.randint(1, 10**6)}", "reason": reason}
        answer = self.request(
            "POST edit",
            lambda: self.wire.post(f"{self.record}/edit", **form, version=version, csrf_token=token),
            typed=reason,
        )
        if answer and answer.status == 303:
            self.ledger.edits[reason] = True
        return answer


class Swarm:
    """The same people for the whole run; a new ledger for each fault."""

    def __init__(self, system: System, many: int, dice: random.Random) -> None:
        self.system, self.dice, self.ledger = system, dice, Ledger()
        self.people = [Person(system, self.ledger, f"person{n}", dice) for n in range(many)]
        owner = self.people[0]
        owner.wire.post("/calculations", expression="1+1", **owner.wire.form())
        ((owner_id,),) = system.sql("SELECT id FROM users WHERE email = %s", owner.email)
        self.edited = (owner_id, 1)
        self.record = f"/admin/calculations/{owner_id}/1"
        self.grace, self.heidi = (
            Administrator(system, self.ledger, name, dice, self.record) for name in ("grace", "heidi")
        )
        self.alive: list[float] = []

    def open_ledger(self) -> Ledger:
        self.ledger, self.alive = Ledger(), []
        for person in (*self.people, self.grace, self.heidi):
            person.ledger = self.ledger
        return self.ledger

    @contextlib.contextmanager
    def at_work(self) -> Iterator[None]:
        home = threading.Event()
        everybody = (*self.people, self.grace)
        threads = [threading.Thread(target=until_home, args=(home, person)) for person in everybody]
        threads.append(threading.Thread(target=self.ask_whether_it_lives, args=(home,)))
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            home.set()
            for thread in threads:
                thread.join(PATIENCE * 3)

    @contextlib.contextmanager
    def resting(self, person: Person) -> Iterator[None]:
        """At home for a while, once the request under way has ended."""
        with person.busy:
            yield

    def ask_whether_it_lives(self, home: threading.Event) -> None:
        while not home.wait(ALIVE_EVERY):
            began = time.monotonic()
            status = self.system.get("/healthz/live")
            self.alive.append(time.monotonic() - began if status == 200 else float("inf"))

    def person_of(self, entry: Entry) -> Person:
        return next(person for person in self.people if person.email == entry.person)


def until_home(home: threading.Event, person: Person) -> None:
    while not home.wait(BREATH):
        with person.busy:
            person.act()
