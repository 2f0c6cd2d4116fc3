"""Names and functions of one's own."""


def test_a_name_is_kept_listed_and_used(alice):
    alice.calculate("vat = 19%")
    page = alice.calculate("100 + vat")
    assert "= 119" in page.cards[0]
    assert "vat = 19%" in page.text
    assert "used by #2" in page.text


def test_a_function_is_kept_and_used(alice):
    alice.calculate("f(x) = x^2 + 1")
    assert "= 10" in alice.calculate("f(3)").cards[0]


def test_a_function_may_use_other_names(alice):
    alice.calculate("rate = 3")
    alice.calculate("g(x) = rate * x")
    assert "= 12" in alice.calculate("g(4)").cards[0]


def test_a_name_given_from_a_record_keeps_its_exact_value(alice):
    alice.calculate("1/3")
    alice.calculate("third = ans")
    alice.calculate("7")
    assert "= 1" in alice.calculate("third * 3").cards[0]


def test_names_belong_to_one_person(alice, bob):
    alice.calculate("vat = 19%")
    assert bob.calculate("100 + vat").status == 422


def test_a_deleted_name_is_unknown_until_undo(alice):
    alice.calculate("vat = 19%")
    alice.open("/")
    page = alice.press("Delete vat")
    assert "Deleted the name vat." in page.text
    assert alice.calculate("100 + vat").status == 422
    alice.open("/")
    alice.post("/names/vat/restore")
    assert "= 119" in alice.calculate("100 + vat").cards[0]


def test_editing_the_record_that_gave_a_name_shows_and_moves_what_depends_on_it(alice):
    for expression in ("vat = 19%", "100 + vat", "#2 * 2"):
        alice.calculate(expression)
    alice.open("/calculations/1/edit")
    page = alice.press("Save", Expression="vat = 20%")
    assert "2 later calculations use this: #2, #3 (indirectly)." in page.text
    alice.press("Recompute")
    assert "= 240" in alice.open("/calculations/3").cards[0]
    assert "vat = 20%" in alice.open("/").text


def test_a_later_definition_does_not_reach_back(alice):
    for expression in ("x = 1", "x + 10", "x = 5"):
        alice.calculate(expression)
    alice.open("/calculations/1/edit")
    alice.press("Save", Expression="x = 2")
    alice.press("Recompute")
    assert "= 12" in alice.open("/calculations/2").cards[0]
    assert "= 15" in alice.calculate("x + 10").cards[0]


def test_a_name_cannot_come_to_depend_on_itself(alice):
    for expression in ("x = 1", "y = x + 1"):
        alice.calculate(expression)
    alice.open("/calculations/1/edit")
    assert alice.submit("Save", Expression="x = y").status == 422


def test_a_name_of_101_letters_is_refused_with_a_sentence(alice):
    page = alice.calculate(f"{'n' * 101} = 1")
    assert page.status == 422
    assert "Names have up to 40 letters" in page.text
