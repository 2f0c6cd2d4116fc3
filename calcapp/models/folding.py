"""Text as the search sees it: without case, without accents, with one sign for each operation."""

import unicodedata

SIGNS = str.maketrans("×·÷−–„“”‚‘’", "**/--\"\"\"'''")
# What Unicode does not take apart, though people who have no such key type the plain letter.
WHOLE = str.maketrans({**dict(zip("øłđħŧðı", "oldhtdi", strict=True)), "æ": "ae", "œ": "oe", "þ": "th"})

# What the index of words would leave out has a capital letter instead, which no folded text holds: so it knows of
# each three characters in a row, `d t` and `2*7` too. Rare letters are for what often stands beside a word.
MARKS = " \n.,-()/'\"#:*+=^%_\\<>[]&!$"
LETTERS = "QJXZWVKYUFBHGPCMDLTIONSREA"
AS_LETTERS = str.maketrans(MARKS, LETTERS)


def folded(text: str) -> str:
    """The same on every server, whatever its locale and extensions."""
    return text.lower() if text.isascii() else "".join(map(_folded_letter, text))


def sought(text: str) -> str:
    """What the records' column of that name holds of such a text."""
    return folded(text).translate(AS_LETTERS)


def fields(*texts: str) -> str:
    """Several texts as one that can be searched; a match never runs from one into the next."""
    return "\n".join(map(folded, texts))


def parts(text: str, sought: str) -> list[tuple[str, bool]]:
    """The text cut into pieces, each with whether it is a match: for marking what was found."""
    letters = [_folded_letter(letter) for letter in text]
    places = [place for place, letter in enumerate(letters) for _ in letter]
    whole, wanted = "".join(letters), folded(sought)
    cut, done = [], 0
    found = whole.find(wanted) if wanted else -1
    while found >= 0:
        start, end = places[found], places[found + len(wanted) - 1] + 1
        cut += [(text[done:start], False), (text[start:end], True)]
        done = end
        found = whole.find(wanted, found + len(wanted))
        while found >= 0 and places[found] < done:  # the other half of a letter that is marked already
            found = whole.find(wanted, found + 1)
    return [piece for piece in [*cut, (text[done:], False)] if piece[0]]


def _folded_letter(letter: str) -> str:
    if letter < "\x80":
        return letter.lower()
    apart = unicodedata.normalize("NFKD", letter.casefold())
    return "".join(each for each in apart if not unicodedata.combining(each)).translate(SIGNS | WHOLE).lower()
