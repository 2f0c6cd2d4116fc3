"""How one reads and writes."""

PLAIN = {"digits": "15", "angle_unit": "rad", "date_style": "iso", "time_zone": "UTC", "keep_history": "always"}


def prefer(person, **changes):
    person.open("/account/preferences")
    return person.press("Save", **{"decimal_comma": "no", **PLAIN, **changes})


def test_a_decimal_comma_is_read_and_written(alice):
    assert prefer(alice, decimal_comma="yes").status == 200
    page = alice.calculate("1250,00 + 19%")
    assert "= 1487,5" in page.cards[0]
    prefer(alice)
    assert "= 1487.5" in alice.open("/calculations/1").cards[0]


def test_more_digits_are_shown_everywhere_once_preferred(alice):
    alice.calculate("sqrt(2)")
    prefer(alice, digits="30")
    assert "1.41421356237309504880168872421" in alice.open("/calculations").cards[0]
    prefer(alice, digits="15")
    assert "1.4142135623731" in alice.open("/calculations").cards[0]
    assert "1.41421356237309504" not in alice.open("/calculations").cards[0]


def test_degrees_are_remembered_in_what_was_read(alice):
    prefer(alice, angle_unit="deg")
    assert "= 0.5" in alice.calculate("sin(30)").cards[0]


def test_what_was_read_is_told_with_the_persons_comma(alice):
    prefer(alice, decimal_comma="yes")
    while_typing = alice.send("GET", "/preview?expression=1.250,5+%2B+19%25").source
    card = alice.calculate("1.250,5 + 19%").cards[0]
    for told in (while_typing, card):
        assert "1.250,5 was read as 1250,5" in told
        assert "read as 1250,5 + 19% of 1250,5" in told


def test_dates_are_written_as_preferred(alice):
    alice.calculate("1+1")
    prefer(alice, date_style="day", time_zone="Asia/Tokyo")
    stamp = next(time for time in alice.open("/calculations").all("time"))
    assert stamp.text[2] == stamp.text[5] == "."


def test_today_is_the_day_where_the_person_is(alice):
    """These two places are 26 hours apart: it is never the same day there."""
    answers = []
    for zone in ("Pacific/Kiritimati", "Etc/GMT+12"):
        prefer(alice, time_zone=zone)
        answers.append(alice.calculate("today - 2026-01-01").cards[0].partition("=")[2].split()[0])
    assert int(answers[0]) > int(answers[1])


def test_a_time_zone_that_is_none_is_refused(alice):
    page = prefer(alice, time_zone="Mars/Olympus")
    assert page.status == 422
    assert "Enter a time zone like Europe/Berlin" in page.text


def test_who_keeps_no_history_gets_the_answer_and_leaves_none(alice):
    prefer(alice, keep_history="never")
    page = alice.calculate("84.50*3")
    assert "253.5" in page.cards[0]
    assert alice.open("/calculations").cards == []
    alice.calculate("vat = 19%")
    assert "119" in alice.calculate("100 + vat").cards[0]
