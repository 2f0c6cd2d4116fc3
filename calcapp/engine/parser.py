"""The grammar, read by a hand-written Pratt parser: each rule is one function.

    program     = statement { ";" statement } [ "=" ] [ "#" note ]
    statement   = definition | sentence
    sentence    = [ "what is" | "how much is" | "calculate" | "convert" ] conversion | "what day is" conversion
                  | ( "increase" | "decrease" ) expression "by" expression
                  | "percent change from" expression "to" expression
                  | "how many" unit ( "in" | "is" ) expression | "what % of" expression "is" conversion
                  | conversion "is" ( "what % of" expression | conversion )
    definition  = [ "let" ] name ( "=" | ":=" ) conversion | name "(" name { "," name } ")" "=" conversion
    conversion  = expression { ( "to" | "in" | "as" | "into" | "->" | "→" ) target }
    target      = number "decimal places" | "hex" | "bin" | "oct" | "dec" | "base" number | "fraction" | … | units
    units       = what may be a unit, such as km/h | name { [ "and" | "+" ] name } | "hms" | "dms"
    expression  = prefix { infix expression }
        loosest to tightest:  or "|" | xor | and & | << >> | + −, after before from | * / // mod of, off on,
        side by side | unary sign, not ~ | choose, nCr, nPr | ^, to the power of (from the right) |
        postfix
    prefix      = ( "+" | "-" | "plus" | "minus" | "not" | "~" ) expression | root prefix | operand { postfix }
    postfix     = "!" | "!!" | "%" | "‰" | "°" | "percent" | "ago" | raised digits
    operand     = quantity | number | date | "#" digits | call | name | "(" conversion ")" | "|" conversion "|"
                  | "⌊" conversion "⌋" | "⌈" conversion "⌉" | span
    span        = "days" ( "until" | "since" ) expression | "days" "between" expression "and" expression | …
    quantity    = number unit { unit } { number unit { unit } } | digits ":" digits [ ":" digits ] [ "min" ]
    unit        = name [ "^" [ "-" ] digits | raised digits ]
    call        = name [ power ] ( "(" conversion { "," conversion } ")" | [ "of" ] expression )
                  | name "of" expression { ( "," | "and" ) expression } | "log base" operand [ "of" ] expression
    argument separators are "," and ";", with a decimal comma only ";"

A `%` is a remainder where an operand follows and a percentage elsewhere. Statements are read here,
the rest by the classes below: `Questions`, `Targets`, `Expressions`, `Operands`, `Applying`,
`Brackets`, `Spoken`, `Quantities`.
"""

from __future__ import annotations

from calcapp.engine.mistake import Mistake, SyntaxMistake, TooLarge
from calcapp.engine.operators import CONVERTING, WORDS
from calcapp.engine.questions import Questions
from calcapp.engine.token import Token
from calcapp.engine.tokens import Tokens, tokenize
from calcapp.engine.tree import Define, Let, Tree
from calcapp.engine.vocabulary import CONSTANTS, FUNCTION_NAMES, TAKES_ONE

LONGEST = 1_000


class Program:
    """What a text says: its statements, its note, and how its numbers were read."""

    __slots__ = ("hints", "note", "statements")

    def __init__(self, statements: tuple[Tree, ...], tokens: Tokens) -> None:
        self.statements = statements
        self.note = tokens.note
        self.hints = tokens.hints


def parse(
    text: str,
    *,
    decimal_comma: bool = False,
    variables: frozenset[str] = frozenset(),
    functions: frozenset[str] = frozenset(),
    longest: int = LONGEST,
) -> Program:
    """Read a text. `variables` and `functions` are a person's own names."""
    if len(text) > longest and (len("".join(text.split())) > longest or len(text) > 4 * longest):
        raise TooLarge(
            f"A calculation has up to {longest:,} characters; this one has {len(text):,}. Work it out in parts.",
            longest, len(text),
        )  # fmt: skip
    try:
        tokens = tokenize(text, decimal_comma=decimal_comma, takes_one=TAKES_ONE)
        return Parser(text, tokens, decimal_comma, variables, functions).program()
    except Mistake as mistake:
        mistake.end = min(mistake.end, len(text))
        mistake.start = min(mistake.start, mistake.end)
        raise


class Parser(Questions):
    def program(self) -> Program:
        statements: list[Tree] = []
        if self.next.kind == "end":
            raise SyntaxMistake("Type a calculation, for example 84.50 * 3.", 0, len(self.text))
        while True:
            statements.append(self.statement())
            if self.next.kind != ";":
                break
            self.advance()
            if self.next.kind == "end":
                break
        if self.next.kind != "end":
            raise self.left_over()
        return Program(tuple(statements), self.tokens)

    def statement(self) -> Tree:
        if self.next.kind == "name":
            if self.said("let") and self.ahead().kind == "name":
                self.advance()
            follows = self.ahead().kind
            if follows == "=":
                return self.definition(())
            if follows == "(":
                parameters = self.parameters()
                if parameters is not None:
                    return self.definition(parameters)
        return self.sentence()

    def parameters(self) -> tuple[str, ...] | None:
        """The names in `f(x, y) =`, if that is what stands here."""
        names: list[str] = []
        count = 2
        while self.ahead(count).kind == "name":
            names.append(self.ahead(count).text)
            count += 2
            if self.ahead(count - 1).kind == ")":
                return tuple(names) if self.ahead(count).kind == "=" else None
            if self.ahead(count - 1).kind not in (",", ";"):
                return None
        return None

    def definition(self, parameters: tuple[str, ...]) -> Tree:
        name = self.advance()
        self.nameable(name)
        while self.next.kind != "=":
            token = self.advance()
            if token.kind == "name":
                self.nameable(token)
        equals = self.advance()
        if self.next.kind in ("end", ";"):
            raise SyntaxMistake(f"Write what {name.text} is to be behind the = sign.", equals.start, equals.end)
        if len(set(parameters)) < len(parameters):
            raise SyntaxMistake("Give each argument its own name.", name.start, equals.start)
        outer = self.variables
        self.variables = outer.union(parameters)
        body = self.conversion()
        self.variables = outer
        own = frozenset((name.text,))
        if parameters:
            self.functions, self.variables = self.functions | own, self.variables - own
            return Define(name.text, parameters, body, name.start, body.end)
        self.variables, self.functions = self.variables | own, self.functions - own
        return Let(name.text, body, name.start, body.end)

    def nameable(self, token: Token) -> None:
        lower = token.text.lower()
        if (
            lower in CONSTANTS
            or lower in FUNCTION_NAMES
            or lower in WORDS
            or lower in CONVERTING
            or lower in ("not", "ans")
        ):
            what = (
                "a constant"
                if lower in CONSTANTS
                else "a function"
                if lower in FUNCTION_NAMES
                else "a word of the calculator"
            )
            raise SyntaxMistake(
                f"{token.text} is {what} already. Choose another name, for example {token.text}1.",
                token.start,
                token.end,
            )
        if len(token.text) > 40:
            raise SyntaxMistake("Names have up to 40 letters. Choose a shorter one.", token.start, token.end)
