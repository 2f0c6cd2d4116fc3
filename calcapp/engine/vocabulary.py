"""The names the calculator knows: functions with what they do, constants, forms an answer can be shown in."""

from __future__ import annotations

FUNCTIONS: tuple[tuple[str, str, str, str], ...] = (
    # name, arguments, meaning, example
    ("sqrt", "x", "the square root", "sqrt(2)"),
    ("cbrt", "x", "the real cube root", "cbrt(-8)"),
    ("root", "x, n", "the n-th root", "root(8, 3)"),
    ("hypot", "x, y, …", "the length of the diagonal, √(x² + y² + …)", "hypot(3, 4)"),
    ("pow", "x, y", "x to the power y", "pow(2, 10)"),
    ("exp", "x", "e to the power x", "exp(1)"),
    ("expm1", "x", "exp(x) − 1", "expm1(1e-10)"),
    ("ln", "x", "the natural logarithm", "ln(10)"),
    ("log", "x, b", "the logarithm to base 10, or to base b", "log(8, 2)"),
    ("log2", "x", "the logarithm to base 2", "log2(1024)"),
    ("log10", "x", "the logarithm to base 10", "log10(1000)"),
    ("log1p", "x", "ln(1 + x)", "log1p(1e-10)"),
    ("sin", "x", "the sine", "sin(30°)"),
    ("cos", "x", "the cosine", "cos(60°)"),
    ("tan", "x", "the tangent", "tan(45°)"),
    ("cot", "x", "the cotangent", "cot(45°)"),
    ("sec", "x", "the secant, 1/cos", "sec(60°)"),
    ("csc", "x", "the cosecant, 1/sin", "csc(30°)"),
    ("asin", "x", "the angle whose sine is x", "asin(1/2)"),
    ("acos", "x", "the angle whose cosine is x", "acos(1/2)"),
    ("atan", "x", "the angle whose tangent is x", "atan(1)"),
    ("acot", "x", "the angle whose cotangent is x", "acot(1)"),
    ("asec", "x", "the angle whose secant is x", "asec(2)"),
    ("acsc", "x", "the angle whose cosecant is x", "acsc(2)"),
    ("atan2", "y, x", "the angle of the point (x, y)", "atan2(1, -1)"),
    ("degrees", "x", "an angle in radians, in degrees", "degrees(pi/2)"),
    ("radians", "x", "an angle in degrees, in radians", "radians(180)"),
    ("sinh", "x", "the hyperbolic sine", "sinh(1)"),
    ("cosh", "x", "the hyperbolic cosine", "cosh(1)"),
    ("tanh", "x", "the hyperbolic tangent", "tanh(1)"),
    ("coth", "x", "the hyperbolic cotangent", "coth(1)"),
    ("sech", "x", "the hyperbolic secant", "sech(1)"),
    ("csch", "x", "the hyperbolic cosecant", "csch(1)"),
    ("asinh", "x", "the inverse hyperbolic sine", "asinh(1)"),
    ("acosh", "x", "the inverse hyperbolic cosine", "acosh(2)"),
    ("atanh", "x", "the inverse hyperbolic tangent", "atanh(1/2)"),
    ("acoth", "x", "the inverse hyperbolic cotangent", "acoth(2)"),
    ("asech", "x", "the inverse hyperbolic secant", "asech(1/2)"),
    ("acsch", "x", "the inverse hyperbolic cosecant", "acsch(1)"),
    ("sinc", "x", "sin(x)/x, and 1 at 0", "sinc(1)"),
    ("abs", "x", "the absolute value", "abs(-3)"),
    ("sign", "x", "1, 0 or −1; z/|z| for a complex number", "sign(-3)"),
    ("floor", "x, places", "the next integer below, or so many decimal places kept", "floor(2.7)"),
    ("ceil", "x, places", "the next integer above, or so many decimal places kept", "ceil(2.1)"),
    (
        "round",
        "x, places",
        "the nearest integer, or rounded to so many decimal places; halves away from zero",
        "round(2.345, 2)",
    ),
    ("trunc", "x, places", "the integer part, or so many decimal places kept", "trunc(-2.7)"),
    ("frac", "x", "what is left without the integer part", "frac(2.7)"),
    ("mod", "a, b", "the remainder, with the sign of b", "mod(-7, 3)"),
    ("rem", "a, b", "the remainder, with the sign of a", "rem(-7, 3)"),
    ("div", "a, b", "the whole part of a division, rounded down", "div(17, 5)"),
    ("fact", "n", "the factorial", "fact(5)"),
    ("dfact", "n", "the double factorial", "dfact(7)"),
    ("subfact", "n", "how many ways to leave nothing in its place", "subfact(4)"),
    ("ncr", "n, k", "how many ways to choose k of n", "ncr(49, 6)"),
    ("npr", "n, k", "how many ways to choose k of n in order", "npr(10, 3)"),
    ("gamma", "x", "the gamma function", "gamma(1/2)"),
    ("lgamma", "x", "the logarithm of gamma", "lgamma(100)"),
    ("digamma", "x", "the derivative of lgamma", "digamma(1)"),
    ("beta", "a, b", "Euler's beta function", "beta(2, 3)"),
    ("erf", "x", "the error function", "erf(1/2)"),
    ("erfc", "x", "1 − erf(x)", "erfc(2)"),
    ("erfinv", "x", "the inverse error function", "erfinv(1/2)"),
    ("zeta", "s", "the Riemann zeta function", "zeta(2)"),
    ("lambertw", "x", "the w with w·exp(w) = x", "lambertw(1)"),
    ("ei", "x", "the exponential integral", "ei(1)"),
    ("li", "x", "the logarithmic integral", "li(10)"),
    ("si", "x", "the sine integral", "si(1)"),
    ("ci", "x", "the cosine integral", "ci(1)"),
    ("besselj", "n, x", "the Bessel function of the first kind", "besselj(0, 1)"),
    ("bessely", "n, x", "the Bessel function of the second kind", "bessely(0, 1)"),
    ("airyai", "x", "the Airy function Ai", "airyai(1)"),
    ("airybi", "x", "the Airy function Bi", "airybi(1)"),
    ("polylog", "s, x", "the polylogarithm", "polylog(2, 1/2)"),
    ("agm", "a, b", "the arithmetic-geometric mean", "agm(1, 2)"),
    ("gcd", "a, b, …", "the greatest common divisor", "gcd(12, 18)"),
    ("lcm", "a, b, …", "the least common multiple", "lcm(4, 6)"),
    ("factor", "n", "the prime factors", "factor(360)"),
    ("isprime", "n", "1 for a prime number, otherwise 0", "isprime(97)"),
    ("nextprime", "n", "the next prime number above n", "nextprime(100)"),
    ("prevprime", "n", "the next prime number below n", "prevprime(100)"),
    ("divisors", "n", "how many divisors n has", "divisors(12)"),
    ("sigma", "n", "the sum of the divisors of n", "sigma(12)"),
    ("totient", "n", "how many numbers up to n share no factor with n", "totient(12)"),
    ("modpow", "a, n, m", "the remainder of a^n divided by m", "modpow(3, 200, 13)"),
    ("fib", "n", "the n-th Fibonacci number", "fib(10)"),
    ("lucas", "n", "the n-th Lucas number", "lucas(10)"),
    ("catalan", "n", "the n-th Catalan number", "catalan(5)"),
    ("bell", "n", "the n-th Bell number", "bell(5)"),
    ("bernoulli", "n", "the n-th Bernoulli number", "bernoulli(10)"),
    ("harmonic", "n", "1 + 1/2 + … + 1/n", "harmonic(10)"),
    ("partitions", "n", "how many ways to write n as a sum", "partitions(100)"),
    ("sum", "a, b, …", "the sum", "sum(1, 2, 3)"),
    ("product", "a, b, …", "the product", "product(2, 3, 4)"),
    ("mean", "a, b, …", "the average", "mean(1, 2, 6)"),
    ("median", "a, b, …", "the middle value", "median(1, 9, 3)"),
    ("mode", "a, b, …", "the most frequent value", "mode(1, 2, 2)"),
    ("stdev", "a, b, …", "the standard deviation of a sample", "stdev(2, 4, 9)"),
    ("stdevp", "a, b, …", "the standard deviation of a whole population", "stdevp(2, 4, 9)"),
    ("var", "a, b, …", "the variance of a sample", "var(2, 4, 9)"),
    ("varp", "a, b, …", "the variance of a whole population", "varp(2, 4, 9)"),
    ("geomean", "a, b, …", "the geometric mean", "geomean(1, 4)"),
    ("harmean", "a, b, …", "the harmonic mean", "harmean(1, 2, 4)"),
    ("rms", "a, b, …", "the root of the mean of the squares", "rms(3, 4)"),
    ("min", "a, b, …", "the smallest", "min(3, 1, 2)"),
    ("max", "a, b, …", "the largest", "max(3, 1, 2)"),
    ("count", "a, b, …", "how many values", "count(3, 1, 2)"),
    ("spread", "a, b, …", "the largest less the smallest", "spread(3, 1, 2)"),
    ("normcdf", "x, mean, sd", "the share of a normal distribution below x", "normcdf(1.96)"),
    (
        "norminv",
        "p, mean, sd",
        "the value below which the share p of a normal distribution lies",
        "norminv(0.975)",
    ),
    (
        "pmt",
        "rate, n, amount",
        "the payment that pays a loan back in n equal parts",
        "pmt(4%/12, 360, 200000)",
    ),
    ("fv", "rate, n, amount", "what an amount grows to in n periods", "fv(3%, 10, 1000)"),
    ("pv", "rate, n, amount", "what an amount due in n periods is worth today", "pv(3%, 10, 1000)"),
    ("re", "z", "the real part", "re(3 + 4i)"),
    ("im", "z", "the imaginary part", "im(3 + 4i)"),
    ("conj", "z", "the conjugate", "conj(3 + 4i)"),
    ("arg", "z", "the angle of a complex number", "arg(1 + i)"),
    ("and", "a, b, …", "the bits set in all", "and(12, 10)"),
    ("or", "a, b, …", "the bits set in any", "or(12, 10)"),
    ("xor", "a, b, …", "the bits set in an odd number", "xor(12, 10)"),
    ("not", "a", "every bit inverted, −a − 1", "not(5)"),
    ("shl", "a, n", "the bits moved n places up", "shl(1, 8)"),
    ("shr", "a, n", "the bits moved n places down", "shr(256, 4)"),
    ("popcount", "a", "how many bits are set", "popcount(255)"),
    ("date", "year, month, day", "a day", "date(2026, 11, 23)"),
    ("weekday", "day", "the name of the weekday", "weekday(2026-11-23)"),
    ("year", "day", "the year of a day", "year(today)"),
    ("month", "day", "the month of a day", "month(today)"),
    ("day", "day", "the day in its month", "day(today)"),
    ("dayofyear", "day", "the day in its year", "dayofyear(today)"),
    ("week", "day", "the ISO week", "week(today)"),
    ("leap", "year", "1 for a leap year, otherwise 0", "leap(2028)"),
    ("days", "from, to", "the days from one day to another", "days(today, 2030-01-01)"),
)

ALIASES = {
    "sine": "sin", "cosine": "cos", "tangent": "tan", "sqroot": "sqrt", "logarithm": "log",
    "sgn": "sign", "signum": "sign", "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arctg": "atan", "tg": "tan",
    "ctg": "cot", "cotan": "cot", "cosec": "csc", "arccot": "acot", "arcsec": "asec", "arccsc": "acsc",
    "arctan2": "atan2",
    "arsinh": "asinh", "arcosh": "acosh", "artanh": "atanh", "arcsinh": "asinh", "arccosh": "acosh", "arctanh": "atanh",
    "arcoth": "acoth", "arsech": "asech", "arcsch": "acsch", "sh": "sinh", "ch": "cosh", "th": "tanh",
    "lg": "log10", "lb": "log2", "ceiling": "ceil", "fix": "trunc", "comb": "ncr", "binomial": "ncr", "binom": "ncr",
    "perm": "npr", "factorial": "fact", "average": "mean", "avg": "mean", "total": "sum", "prod": "product",
    "std": "stdev", "sd": "stdev", "stddev": "stdev", "variance": "var", "gmean": "geomean", "hmean": "harmean",
    "geometricmean": "geomean", "harmonicmean": "harmean", "minimum": "min", "maximum": "max", "real": "re",
    "imag": "im",
    "conjugate": "conj", "phase": "arg", "fibonacci": "fib", "euler_phi": "totient", "nthroot": "root",
    "square_root": "sqrt",
    "permutations": "npr", "combinations": "ncr", "root4": "root4", "loggamma": "lgamma", "lngamma": "lgamma",
    "psi": "digamma", "w": "lambertw", "powmod": "modpow", "derangements": "subfact", "doublefactorial": "dfact",
    "quadraticmean": "rms", "is_prime": "isprime", "quot": "div", "log_2": "log2", "bitand": "and", "bitor": "or",
    "bitxor": "xor", "bitnot": "not", "gammaln": "lgamma", "range": "spread",
    "int": "trunc", "power": "pow", "squareroot": "sqrt", "cuberoot": "cbrt",
    "hcf": "gcd", "gcf": "gcd", "choose": "ncr", "permute": "npr", "ld": "log2", "fract": "frac",
    "subfactorial": "subfact", "isleap": "leap", "isoweek": "week", "dayofweek": "weekday",
    "remainder": "rem", "modulo": "mod", "quotient": "div", "combin": "ncr", "permut": "npr", "factdouble": "dfact",
    "rounddown": "trunc", "fabs": "abs", "bitlshift": "shl", "bitrshift": "shr", "leftshift": "shl",
    "rightshift": "shr", "rightarithshift": "shr", "bellnumbers": "bell", "normsdist": "normcdf",
    "normsinv": "norminv", "pstdev": "stdevp", "pvariance": "varp", "cosecant": "csc", "secant": "sec",
    "cotangent": "cot", "arcsine": "asin", "arccosine": "acos", "arctangent": "atan",
}  # fmt: skip
del ALIASES["root4"], ALIASES["w"]

INVERSES = {
    "sin": "asin", "cos": "acos", "tan": "atan", "cot": "acot", "sec": "asec", "csc": "acsc", "sinh": "asinh",
    "cosh": "acosh", "tanh": "atanh", "coth": "acoth", "sech": "asech", "csch": "acsch",
}  # fmt: skip

CONSTANTS = {
    "pi": "π", "e": "e", "i": "i", "tau": "τ", "phi": "φ", "infinity": "∞", "inf": "∞", "today": "today",
    "yesterday": "yesterday", "tomorrow": "tomorrow", "eulergamma": "γ", "golden": "φ", "τ": "τ", "φ": "φ",
}  # fmt: skip

FORMS = {
    "hex": "hex", "hexadecimal": "hex", "bin": "bin", "binary": "bin", "oct": "oct", "octal": "oct", "dec": "dec",
    "decimal": "dec", "base": "base", "fraction": "fraction", "percent": "percent", "%": "percent",
    "percentage": "percent", "scientific": "scientific", "sci": "scientific", "roman": "roman",
}  # fmt: skip

BASE_FORMS = frozenset(("hex", "bin", "oct", "dec", "roman"))
ANGLE_NAMES = frozenset(("degrees", "radians"))
"""Functions only with their parentheses, and units without."""

SIGNATURES = {name: arguments for name, arguments, _, _ in FUNCTIONS}
FUNCTION_NAMES = frozenset(SIGNATURES) | frozenset(ALIASES)
_OPTIONAL = {"log": 1, "round": 1, "floor": 1, "ceil": 1, "trunc": 1, "normcdf": 1, "norminv": 1}


def _arity(name: str, signature: str) -> tuple[int, int]:
    """The least and the greatest number of arguments."""
    if signature.endswith("…"):
        return 1, 1_000
    most = signature.count(",") + 1
    return _OPTIONAL.get(name, most), most


ARITIES = {name: _arity(name, signature) for name, signature in SIGNATURES.items()}
TAKES_ONE = frozenset(name for name in FUNCTION_NAMES if ARITIES[ALIASES.get(name, name)][1] == 1)
