"""What a forgotten limit lets through ends only its own request."""

import contextlib
import json
import os
import queue
import resource
import runpy
import signal
import socket
import subprocess
import sys
import threading
from datetime import date

import pytest

from calcapp import engine
from calcapp.engine import DividedByZero, Known, Result, TooLarge, cell, guarded, template
from calcapp.engine.guarded import Cells, evaluate_all_guarded, evaluate_guarded


@pytest.fixture(scope="module")
def loaded():
    """What has loaded the engine that runs away: once for all."""
    loaded = template.Template("tests.engine.runaway")
    yield loaded
    loaded.end()


@pytest.fixture
def cells(loaded):
    """Cells whose engine runs away when it is told to."""
    cells = Cells("tests.engine.runaway")
    cells._template = loaded
    yield cells
    if cells._template is loaded:
        cells._template = template.Template(cells.module)
    cells.end()


def ask(cells, text):
    plain = {"digits": 15, "decimal_comma": False, "angle_unit": "rad", "known": None, "today": None}
    return cells.ask({"text": text, **plain})


RUNAWAYS = ("spin", "hold", "stop", "abort", "divide", "crash", "eat", "gather", "leave")


@pytest.mark.security(42)
@pytest.mark.parametrize("runaway", RUNAWAYS)
def test_a_runaway_is_told_that_it_is_too_large_and_the_next_one_is_worked_out(cells, runaway):
    with pytest.raises(TooLarge) as told:
        ask(cells, runaway)
    assert (told.value.start, told.value.end) == (0, len(runaway))
    assert "smaller numbers" in told.value.message
    assert ask(cells, "1/4").answer == "0.25"


def test_others_go_on_while_somebodys_calculation_runs_away(cells):
    def run_away():
        with contextlib.suppress(TooLarge):
            ask(cells, "spin")

    runaway = threading.Thread(target=run_away)
    ask(cells, "1")
    runaway.start()
    while cells._idle:
        pass  # until the runaway holds its cell
    answers = [ask(cells, f"{n} * 2").answer for n in range(20)]
    assert runaway.is_alive()
    assert answers == [str(2 * n) for n in range(20)]
    runaway.join()


def test_nobody_waits_for_ever_when_every_cell_is_taken(monkeypatch):
    monkeypatch.setattr(guarded, "PATIENCE", 0.01)
    cells = Cells("tests.engine.runaway", most=1)
    ask(cells, "1")
    held = cells._take()
    with pytest.raises(TooLarge, match="in a moment"):
        ask(cells, "2")
    cells._give_back(held)
    assert ask(cells, "2").answer == "2"
    cells.end()


def test_cells_are_given_in_the_order_in_which_people_came():
    """Were a cell laid down for whoever comes by, many quick ones could keep one person waiting."""
    cells = Cells("tests.engine.runaway", most=1)
    held, served = cells._take(), []

    def waits(name):
        served.append((name, cells._take()))

    waiting = [threading.Thread(target=waits, args=(name,)) for name in ("Alice", "Bob")]
    for count, thread in enumerate(waiting, 1):
        thread.start()
        while len(cells._waiting) < count:
            pass  # until they stand in line
    cells._give_back(held)
    waiting[0].join()
    assert served == [("Alice", held)]
    cells._gone()
    waiting[1].join()
    assert served[1][0] == "Bob"
    assert served[1][1] is not held
    held.end()
    served[1][1].end()


def test_a_cell_that_comes_at_the_last_moment_is_taken():
    cells = Cells("tests.engine.runaway", most=1)

    class Late:
        calls = 0

        def get(self, timeout=None):
            self.calls += 1
            if self.calls == 1:
                raise queue.Empty
            return "cell"

    assert cells._waited(Late()) == "cell"


def test_many_are_worked_out_together_as_if_each_were_alone(cells):
    """A runaway among them ends only itself, and a long one goes by itself."""
    texts = ["1/4", "1/0", "abort", *(f"{n} * 2" for n in range(20)), "1 + 0", "6 * 7"]
    long = Known(gone={1: "Gone. " * 2**13})
    told = cells.ask_all([guarded.question(text, known=long if "+" in text else None) for text in texts])
    assert isinstance(told[1], DividedByZero)
    assert [isinstance(each, TooLarge) for each in told] == [text == "abort" for text in texts]
    assert [each.answer for each in told[3:]] == [*(str(2 * n) for n in range(20)), "1", "42"]
    assert told[0].answer == "0.25"


def test_many_together_go_to_one_cell_at_once(cells):
    first, second, third = cells.ask_all([guarded.question("pid")] * 3)
    assert first == second == third
    (cell,) = cells._idle
    assert cell.uses == 3


def test_many_wait_like_everybody_for_a_cell(monkeypatch):
    monkeypatch.setattr(guarded, "PATIENCE", 0.01)
    cells = Cells("tests.engine.runaway", most=1)
    held = cells._take()
    told = cells.ask_all([guarded.question("1"), guarded.question("2")])
    assert ["in a moment" in each.message for each in told] == [True, True]
    held.end()


def test_a_cell_that_died_in_its_sleep_costs_nobody_an_answer(cells):
    pid = int(ask(cells, "pid").answer)
    os.kill(pid, signal.SIGKILL)
    wait_until_gone(pid)
    assert ask(cells, "6 * 7").answer == "42"


def test_a_cell_is_replaced_before_anything_can_pile_up_in_it(monkeypatch):
    monkeypatch.setattr(guarded, "USES", 2)
    cells = Cells("tests.engine.runaway")
    first, second, third = (ask(cells, "pid").answer for _ in range(3))
    assert first == second != third
    cells.end()


def test_a_fault_of_the_engine_is_reported_as_one(cells):
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        ask(cells, "fail")
    assert ask(cells, "2").answer == "2"


def test_a_cell_that_cannot_start_is_reported():
    with pytest.raises(RuntimeError, match="does not start"):
        ask(Cells("tests.engine.nothing_here"), "1")


def test_without_room_for_another_process_people_are_asked_to_try_again(monkeypatch):
    monkeypatch.setattr(template.subprocess, "Popen", no_more)
    cells = Cells()
    with pytest.raises(TooLarge, match="in a moment"):
        ask(cells, "1")
    cells.end()


def test_without_room_for_another_cell_people_are_asked_to_try_again(monkeypatch, at_hand):
    cells = Cells()
    monkeypatch.setattr(cells._template, "cell", lambda: at_hand(cell.NO_ROOM)[0])
    with pytest.raises(TooLarge, match="in a moment"):
        ask(cells, "1")
    assert cells._count == 0


def test_without_room_a_runaway_is_not_replaced_and_nobody_has_a_cell_beforehand(monkeypatch, cells):
    ask(cells, "1")
    monkeypatch.setattr(cells._template, "cell", no_more)
    with pytest.raises(TooLarge, match="smaller numbers"):
        ask(cells, "abort")
    cells.start()
    assert (cells._idle, cells._count) == ([], 0)


def no_more(*_, **__):
    raise BlockingIOError("Resource temporarily unavailable")


@pytest.fixture
def at_hand():
    """A cell that has said this already, and its other side."""
    with contextlib.ExitStack() as opened:

        def cell(*said):
            here, there = map(opened.enter_context, socket.socketpair())
            for line in said:
                there.sendall(line)
            return template.Cell(here), there

        yield cell


def test_an_interrupted_thread_leaves_no_cell_behind(monkeypatch):
    cells = Cells("tests.engine.runaway")
    ask(cells, "1")
    monkeypatch.setattr(guarded.Cell, "ask_all", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        ask(cells, "1")
    with pytest.raises(KeyboardInterrupt):
        cells.ask_all([guarded.question("1")] * 2)
    assert cells._count == 0


def test_a_forked_process_gets_cells_of_its_own(cells):
    mine = ask(cells, "pid").answer
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, ask(cells, "pid").answer.encode())
        cells.end()
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(reading, 100).decode() != mine
    assert ask(cells, "pid").answer == mine
    os.close(reading)
    os.close(writing)


def test_the_cells_end_with_the_process_that_started_them():
    script = (
        "from tests.engine.test_guarded import *; c = Cells('tests.engine.runaway'); "
        "print(ask(c, 'pid').answer, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False).stdout
    wait_until_gone(int(said))


def wait_until_gone(pid):
    while True:
        try:
            with open(f"/proc/{pid}/stat", encoding="ascii") as state:
                if state.read().rsplit(")", 1)[1].split()[0] == "Z":
                    return
        except (FileNotFoundError, ProcessLookupError):
            return


def test_the_guarded_answer_is_the_answer():
    guarded.start()
    known = Known(records={3: "1/3"}, last=3, names={"vat": "19%"}, gone={4: "#4 was deleted."})
    for text in ("#3 * 3", "ans + 1", "100 + vat", "1 / 7 # a note"):
        given = {"digits": 30, "known": known, "today": date(2026, 11, 23)}
        assert evaluate_guarded(text, **given) == engine.evaluate(text, **given)
        assert evaluate_all_guarded([guarded.question(text, **given)]) == [engine.evaluate(text, **given)]


def test_the_guarded_mistake_is_the_mistake():
    for text in ("1/0", "3 + * 4", "nonsense(2)", "#9"):
        with pytest.raises(engine.Mistake) as plain:
            engine.evaluate(text)
        with pytest.raises(type(plain.value)) as told:
            evaluate_guarded(text)
        assert told.value.__reduce__() == plain.value.__reduce__()


def test_a_cell_knows_nothing_that_was_told_in_confidence(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "hush")
    monkeypatch.setenv("DATABASE_URL", "postgresql://hush@db/calcapp")
    assert not {name for name in template.environment() if name not in ("PYTHONPATH", "PYTHONUTF8", *template.KEPT)}


def test_a_cell_can_wait_for_whoever_comes_first(cells):
    cells.start()
    (waiting,) = cells._idle
    assert int(ask(cells, "pid").answer) == waiting.pid


def test_cells_are_children_of_one_process_and_of_another_when_it_has_ended(cells):
    held, parents = [], []
    for number in range(3):
        if number == 2:
            cells._template.process.kill()
            cells._template.process.wait()
        parents.append((parent(ask(cells, "pid").answer), cells._template.process.pid))
        held.append(cells._take())
    (first, one), (second, same), (third, other) = parents
    assert (first, second, third) == (one, one, other)
    assert one == same != other
    for each in held:
        cells._give_back(each)


def parent(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii") as state:
        return int(state.read().rsplit(")", 1)[1].split()[1])


def test_who_waits_for_the_processor_is_told_from_who_sleeps(cells):
    ask(cells, "1")
    (idle,) = cells._idle
    while idle.starved():
        pass  # until it sleeps
    idle.pid = os.getpid()
    assert idle.starved()
    idle.pid = 2**30
    assert not idle.starved()


def test_who_waits_for_the_processor_gets_more_time(monkeypatch, at_hand):
    monkeypatch.setattr(template, "SOON", 0.01)
    busy, there = at_hand(b"1\n")
    monkeypatch.setattr(busy, "starved", lambda: there.sendall(b"42\n") is None)
    assert busy.ask(b"6 * 7\n") == b"42\n"


def test_who_got_no_processor_is_asked_once_more(monkeypatch, cells):
    really_started = cells._template.cell
    monkeypatch.setattr(cells._template, "cell", lambda: starving.pop() if starving else really_started())
    starving = [Starving()]
    assert ask(cells, "6 * 7").answer == "42"
    cells.end()
    starving = [Starving(), Starving()]
    with pytest.raises(TooLarge, match="in a moment"):
        ask(cells, "6 * 7")


class Starving:
    uses = 0

    def ask(self, line):
        raise template.Starved

    def end(self):
        pass


@pytest.fixture
def hungry(monkeypatch, at_hand):
    """A cell that waits for the processor, its other side, and what it was ended by."""
    monkeypatch.setattr(template, "SOON", 0.01)
    monkeypatch.setattr(template, "GRACE", 0.02)
    monkeypatch.setattr(template, "AT_MOST", 0.01)
    busy, there = at_hand(b"1\n")
    killed = []
    monkeypatch.setattr(busy, "starved", lambda: True)
    monkeypatch.setattr(busy, "_kill", lambda: killed.append(True))
    return busy, there, killed


def test_who_waited_for_the_processor_until_the_end_has_starved(hungry):
    busy, _, killed = hungry
    with pytest.raises(template.Starved):
        busy.ask(b"6 * 7\n")
    assert killed


@pytest.mark.parametrize(("time", "starved"), [(0.01, True), (60, False)])
def test_who_ended_before_the_time_was_over_has_done_its_work(monkeypatch, hungry, time, starved):
    busy, there, killed = hungry
    monkeypatch.setattr(template, "AT_MOST", time)
    monkeypatch.setattr(busy, "starved", lambda: there.close() is None)
    with pytest.raises(template.Lost) as lost:
        busy.ask(b"6 * 7\n")
    assert (isinstance(lost.value, template.Starved), killed) == (starved, [])


def test_a_cell_that_never_begins_is_given_up(monkeypatch, at_hand):
    monkeypatch.setattr(template, "STARTING", 0.01)
    with pytest.raises(template.NeverAsked):
        at_hand()[0].ask(b"6 * 7\n")


def test_a_cell_that_ends_with_a_question_unread_is_lost(at_hand):
    ended, there = at_hand(b"1\n")
    ended._begin()
    ended.channel.sendall(b"6 * 7\n")
    there.close()
    with pytest.raises(template.Lost):
        ended._read(1)


def test_what_was_forked_leaves_the_cells_to_its_parent(cells):
    ask(cells, "1")
    process = cells._template.process
    cells._start_over()
    assert (cells._idle, cells._count, process.returncode) == ([], 0, 0)
    process.returncode = None
    process.wait()  # its socket has ended
    cells._start_over()
    assert ask(cells, "6 * 7").answer == "42"


# The inside of a cell


def spoken(*requests):
    """What `serve` answers, without a process of its own."""
    here, there = socket.socketpair()
    with here, there, here.makefile("rw", encoding="ascii") as lines:
        for request in requests:
            lines.write(json.dumps(request) + "\n")
        lines.flush()
        here.shutdown(socket.SHUT_WR)
        cell.serve(there.makefile("rwb"))
        there.shutdown(socket.SHUT_WR)
        return [json.loads(line) for line in lines]


def request(text, **more):
    plain = {"digits": 15, "decimal_comma": False, "angle_unit": "rad", "known": None, "today": None}
    return {"text": text, **plain, **more}


def test_a_cell_answers_line_by_line():
    known = {"records": {"3": "1/3"}, "last": 3, "names": {}, "gone": {}}
    first, second = spoken(request("1/0"), request("#3 * 3", known=known, today="2026-11-23"))
    assert first["mistake"] == DividedByZero.__name__
    assert Result(**{k: tuple(v) if isinstance(v, list) else v for k, v in second["result"].items()}).answer == "1"


def test_memory_that_ends_is_too_large_and_a_fault_is_a_fault(monkeypatch):
    def fails_with(fault):
        def evaluate(**_):
            raise fault

        return evaluate

    monkeypatch.setattr(engine, "evaluate", fails_with(MemoryError()))
    assert cell.answer(request("1"))["mistake"] == "TooLarge"
    monkeypatch.setattr(engine, "evaluate", fails_with(KeyError("a bug")))
    assert "a bug" in cell.answer(request("1"))["fault"]


def test_a_result_is_plain_data():
    result = engine.evaluate("1/3")
    assert json.loads(json.dumps(vars(result)))["exact"] == "1/3"


def test_a_template_becomes_a_cell_for_each_socket_it_is_handed(monkeypatch):
    forks = iter((lambda: 7, no_more, lambda: 0))
    monkeypatch.setattr(os, "fork", lambda: next(forks)())
    with contextlib.ExitStack() as opened:
        here, there = map(opened.enter_context, socket.socketpair())
        outside = []
        for _ in range(3):
            channel, inside = map(opened.enter_context, socket.socketpair())
            socket.send_fds(here, [b"+"], [inside.fileno()])
            inside.close()
            outside.append(channel)
        with cell.born(there) as channel:
            channel.sendall(b"I am the cell")
        assert [channel.recv(99) for channel in outside] == [b"", cell.NO_ROOM, b"I am the cell"]
        here.close()
        assert cell.born(there) is None


def test_a_cell_has_limits_says_its_number_and_answers_until_nobody_asks(monkeypatch, tmp_path):
    limits, signals = {}, {}
    monkeypatch.setattr(cell.resource, "setrlimit", lambda what, most: limits.update({what: most}))
    monkeypatch.setattr(cell.signal, "signal", lambda number, act: signals.update({number: act}))
    monkeypatch.setattr(cell.signal, "setitimer", lambda *_: None)
    monkeypatch.setattr(cell.gc, "freeze", lambda: None)
    monkeypatch.setattr(os, "fork", lambda: 0)
    really_open = open
    monkeypatch.setattr("builtins.open", lambda name, *how, **more: really_open(written(name), *how, **more))

    def written(name):
        return tmp_path / "first_to_go" if name == "/proc/self/oom_score_adj" else name

    with as_standard_input() as wanted:
        here, inside = socket.socketpair()
        socket.send_fds(wanted, [b"+"], [inside.fileno()])
        inside.close()
        here.sendall(json.dumps(request("1/4")).encode() + b"\n")
        here.shutdown(socket.SHUT_WR)
        monkeypatch.delitem(sys.modules, "calcapp.engine.cell")
        runpy.run_module("calcapp.engine.cell", run_name="__main__")
    with here, here.makefile() as lines:
        number, answer = lines
    assert int(number) == os.getpid()
    assert json.loads(answer)["result"]["answer"] == "0.25"
    assert signals == {signal.SIGINT: signal.SIG_IGN, signal.SIGCHLD: signal.SIG_IGN}
    assert limits[resource.RLIMIT_FSIZE] == limits[resource.RLIMIT_CORE] == (0, 0)
    assert limits[resource.RLIMIT_AS][0] > cell.MORE_MEMORY
    assert (tmp_path / "first_to_go").read_text() == "1000"


@contextlib.contextmanager
def as_standard_input():
    """The other side of a socket that is standard input meanwhile."""
    before = os.dup(0)
    here, there = socket.socketpair()
    os.dup2(there.detach(), 0)
    try:
        with here:
            yield here
    finally:
        os.dup2(before, 0)
        os.close(before)


def test_a_template_that_nobody_asks_any_more_ends(monkeypatch):
    monkeypatch.setattr(cell.signal, "signal", lambda *_: None)
    monkeypatch.setattr(cell.gc, "freeze", lambda: None)
    with as_standard_input() as wanted:
        wanted.shutdown(socket.SHUT_WR)
        cell.main()


def test_where_there_is_no_proc_the_alarms_are_left(monkeypatch):
    monkeypatch.setattr(cell.resource, "setrlimit", lambda *_: None)
    monkeypatch.setattr("builtins.open", no_more)
    cell.confine()
