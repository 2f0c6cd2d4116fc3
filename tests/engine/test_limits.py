"""Nothing runs away: what would is refused before the work, and nothing aborts the process."""

import threading

import pytest

from calcapp.engine import Mistake, TooLarge, arithmetic, evaluate, work
from calcapp.engine.atom import I
from calcapp.engine.form import PI_VALUE, UNIT
from calcapp.engine.numbers import fmpq

REFUSED = [
    "9^9^9", "2^2^2^2^2^2", "10^(10^7)", "2^(10^12)", "(9^9)!", "100000!", "(10^6)!!", "fib(10^12)", "lucas(10^9)",
    "lcm(10^50000, 10^50000+1)", "ncr(10^9, 5*10^8)", "npr(10^9, 10^8)", "sin(10^10^8)", "1<<10^9", "exp(10^10)",
    "e^e^e^e", "1e999999999", "gamma(10^9)", "zeta(10^10)", "erf(10^9)", "bell(10^6)", "partitions(10^12)",
    "bernoulli(10^6)", "harmonic(10^9)", "catalan(10^7)", "factor(10^30)", "isprime(10^2000)",
    "modpow(3, 10^50, 10^9000)",
    "subfact(10^5)", "besselj(0, 10^9)", "lgamma(10^400)", "airyai(10^9)", "si(10^9)", "ei(10^9)", "floor(e^10^6)",
    "trunc(e^e^e^e)", "nextprime(10^1000)", "f(x)=x^x; f(f(f(9)))", "a=9^9;b=a^a", "10^30000*10^40000", "(5 m)^101",
    "f(x)=f(x)+f(x); f(1)", "sin(" * 70 + "1" + ")" * 70, "9^60000*9^60000/7",
    "sin(" * 45 + "1" + ")" * 45, "1" + " !" * 400, "cbrt(2)^1000000", "(3^1000*pi)^5000", "npr(100000, 20000)",
    "2^(1000001/2)", "sqrt(2)^(1000001/3)", "exp(10^10*pi)", "zeta(1/10^400)", "agm(10^4000, 1)", "sech(10^22690)",
    "floor(tanh(10^56596)/10^17823)", "floor(sin(10^44984 + sqrt(2)))",
    "gamma(sqrt(2)*i/10^400)", "zeta(1 + sqrt(2)/10^400)", "tan((acos(pi) + 1e-8 - tau)/9^7204)",
    "f(x)=" + "+".join(f"√(x+{n})" for n in range(40)) + ";" + "+".join(f"f({40 * n})" for n in range(20)),
]  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_giants_are_refused_before_the_work(text):
    with pytest.raises(TooLarge):
        evaluate(text)


def test_powers_of_e_with_many_bits_are_charged_each_time():
    with pytest.raises(TooLarge, match="takes too long"):
        evaluate("stdev(coth(sinh(-0.5)), 0.1+i*1e30, e^e^e^e)")


def test_giants_in_a_sum_are_divided_for_a_charge_and_where_it_may_help(monkeypatch):
    charged = []
    monkeypatch.setattr(arithmetic, "charge", lambda cost: charged.append(cost) or work.charge(cost))
    (pi,), one, giant = PI_VALUE.terms, frozenset(), fmpq(10**18_000)
    assert arithmetic.multiple_within({pi: giant, one: UNIT}, {pi: UNIT, one: giant}) is None
    assert [cost > 10_000 for cost in charged] == [True]
    charged.clear()
    assert arithmetic.multiple_within({pi: giant, frozenset(pi | {(I, UNIT)}): UNIT}, {pi: UNIT, one: giant}) is None
    assert charged == []
    with pytest.raises(TooLarge, match="takes too long"):
        evaluate("harmean(atanh(929285889302), 70010229994920715782709672286920228, 10^18182)")
    assert not [cost for cost in charged if cost > 100_000]


def test_polylogarithms_of_uneven_order_are_charged_more():
    for order in ("1/3", "sqrt(2)"):
        assert evaluate(f"polylog({order}, 3)", digits=400).certainty == "certified"
        with pytest.raises(TooLarge, match="takes too long"):
            evaluate(f"polylog({order}, 3)", digits=1000)
    assert evaluate("polylog(3/2, 3)", digits=1000).certainty == "certified"


ANSWERED = [
    "9^60000", "1/3^60000", "17 mod 10^50000", "gcd(10^50000, 6^60000)", "10000!", "fib(200000)", "sqrt(9^30000+1)",
    "sin(10^1000)", "(1+sqrt(2))^1000", "(sqrt(2)+sqrt(3)+sqrt(5)+sqrt(7))^20", "2^0.123456789012345678901234567890",
    "*".join(f"(1+sqrt({n}))" for n in range(2, 60)), "+".join(f"sqrt({n})" for n in range(2, 110)),
    f"stdev({','.join(f'sqrt({n})' for n in range(2, 100))})", "f(x)=sin(sin(sin(x))); f(f(f(1)))",
    "1/(sqrt(2)+sqrt(3)+sqrt(5)+sqrt(7)+sqrt(11))", "(1+pi)^40", "+".join(["1/7"] * 240), "exp(1e-59000)",
    "root(10^10469, 3)", "tan(10^5000)", "0.99^10000000", "ln(10^5000+1)", "(10^5000+1)^(1/3)", "atan(10^40000)",
    "gamma(digamma(995))", "gamma(sqrt(2)/10^50)",
    "f1(x)=sin(x);f2(x)=f1(f1(x));f3(x)=f2(f2(x));f4(x)=f3(f3(x));f5(x)=f4(f4(x));f5(1)",
]  # fmt: skip


@pytest.mark.parametrize("text", ANSWERED, ids=[text[:40] for text in ANSWERED])
def test_what_is_long_but_bearable_is_answered(text):
    result = evaluate(text)
    assert result.answer
    assert len(result.value) <= 20_000


NONSENSE = [
    "1" * 1000,
    "π" * 500,
    "x" * 999,
    "i" * 50,
    "-" * 60,
    *(
        "\x00",
        "🙂",
        "((",
        "))",
        "1;;2",
        ";",
        "sin(;)",
        "f(x)=",
        "=1",
        "#",
        "##",
        "\\",
        "%%",
        "2%%",
        "to",
        "to cm",
        "in in in",
        "5 in in in",
    ),
    *(
        "ans",
        "°",
        "√",
        "²",
        "e e e",
        "1 to to",
        "|",
        "||",
        "0x",
        "1e+e",
        "not",
        "not not 1",
        "5 of",
        "2026-02-29",
        "0000-01-01",
        "{[(1)]}",
    ),
    *(
        "'",
        "1'",
        '5"',
        "+",
        "*2",
        "f(f)=f",
        "a=a",
        "1=1",
        "mod",
        "mod(1)",
        "min",
        "h h h",
        "1/0/0",
        "0^0^0",
        "i!",
        "(5 m)!",
    ),
]


@pytest.mark.parametrize("text", NONSENSE, ids=ascii)
def test_nonsense_gets_an_answer_or_a_mistake_with_a_place(text):
    found = tried(text)
    if isinstance(found, Mistake):
        assert 0 <= found.start <= found.end <= len(text)
        assert found.message
    else:
        assert found.answer


def tried(text):
    try:
        return evaluate(text)
    except Mistake as mistake:
        return mistake


def test_threads_do_not_disturb_each_others_precision():
    wrong = []

    def work(text, digits, expected):
        for _ in range(40):
            found = evaluate(text, digits=digits).answer
            if found != expected:
                wrong.append((text, digits, found))

    cases = [
        ("sin(1)", 15),
        ("sin(1)", 200),
        ("pi^e", 30),
        ("sqrt(10^40+1)-10^20", 30),
        ("exp(pi)-pi-20", 500),
        ("zeta(3)", 100),
    ]
    threads = [
        threading.Thread(target=work, args=(text, digits, evaluate(text, digits=digits).answer))
        for text, digits in cases
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_flints_precision_is_put_back():
    from flint import ctx

    before = ctx.prec
    evaluate("sin(1)", digits=500)
    with pytest.raises(Mistake):
        evaluate("1/sin(0)")
    assert ctx.prec == before
