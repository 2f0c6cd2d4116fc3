"""A form that is sent again, by a person or by a network, is kept once."""

import threading

import pytest


def numbers(wire):
    return sorted(set(wire.records()), key=int)


def at_once(count, act):
    """What each of so many threads gets, all of them let go at the same moment."""
    start, got = threading.Barrier(count), [None] * count

    def run(place):
        start.wait()
        got[place] = act()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return got


def all_awake(wire):
    """Each worker starts its engine when it is first asked; waiting for that is another matter."""
    at_once(12, lambda: wire.open("/preview?expression=1"))


@pytest.mark.security(61)
def test_a_double_click_leaves_one_row(somebody):
    form = somebody.form()
    answers = at_once(2, lambda: somebody.post("/calculations", expression="84.50*3", **form))
    assert [answer.status for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert numbers(somebody) == ["1"]


def test_reloading_leaves_one_row(somebody):
    form = somebody.form()
    first = somebody.post("/calculations", expression="84.50*3", **form)
    assert somebody.open(first.location).status == 200
    assert somebody.open(first.location).status == 200
    again = somebody.post("/calculations", expression="84.50*3", **form)
    assert (again.status, again.location) == (303, first.location)
    assert numbers(somebody) == ["1"]


def test_back_and_send_again_leaves_one_row(somebody):
    form = somebody.form()
    first = somebody.post("/calculations", expression="84.50*3", **form)
    somebody.open("/calculations")
    again = somebody.post("/calculations", expression="84.50*3", **form)  # the page that Back shows holds its old key
    assert again.location == first.location
    assert numbers(somebody) == ["1"]


@pytest.mark.security(61)
def test_back_and_another_expression_is_refused_and_then_kept(somebody):
    form = somebody.form()
    somebody.post("/calculations", expression="84.50*3", **form)
    other = somebody.post("/calculations", expression="1/3", **form)
    assert other.status == 409
    assert "1/3" in other.text
    assert numbers(somebody) == ["1"]


@pytest.mark.security(61)
def test_forty_parallel_posts_with_one_key_leave_one_row_and_forty_equal_redirects(somebody):
    all_awake(somebody)
    form = somebody.form()
    answers = at_once(40, lambda: somebody.post("/calculations", expression="84.50*3", **form))
    assert [answer.status for answer in answers] == [303] * 40
    assert len({answer.location for answer in answers}) == 1
    assert numbers(somebody) == ["1"]
    assert somebody.calculate("1/3").status == 303
    assert numbers(somebody) == ["1", "2"]


def test_parallel_posts_with_keys_of_their_own_are_numbered_without_gaps(somebody):
    all_awake(somebody)
    forms = [somebody.form() for _ in range(12)]
    answers = at_once(12, lambda: somebody.post("/calculations", expression="6*7", **forms.pop()))
    assert [answer.status for answer in answers] == [303] * 12
    assert numbers(somebody) == [str(number) for number in range(1, 13)]


def test_a_visitors_form_that_is_sent_twice_becomes_one_row(visitor):
    form = visitor.form()
    for _ in range(2):
        assert visitor.post("/calculations", expression="84.50*3", **form).status == 303
    token = visitor.form("/register")["csrf_token"]
    email, password = "twice-a-visitor@example.org", "seven wooden abacuses"
    assert visitor.post("/register", email=email, password=password, csrf_token=token).status == 303
    assert numbers(visitor) == ["1"]
