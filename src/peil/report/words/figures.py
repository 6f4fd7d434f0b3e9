"""Figures as pages show them: no more digits than their interval carries, a real minus sign.

Value and interval are rounded apart: the interval shows one digit more than the value, unless
both are whole. Differences of shares are in percentage points, of an NPS in points.
"""

from __future__ import annotations

from math import isfinite
from typing import Literal, TypeAlias

from peil.core.kpi import Comparison, Estimate
from peil.core.kpis import BY_KEY
from peil.report.words import Language, say
from peil.report.words.numbers import DAY, HOUR, MINUTE, number

MINUS = "\N{MINUS SIGN}"
Unit: TypeAlias = str
Part: TypeAlias = Literal["value", "limit"]


def value(e: Estimate, language: Language) -> str:
    """The value of a figure with its unit; a dash where there is none.

    >>> from peil.core.kpi import Estimate
    >>> value(Estimate(kpi="nps", value=31.2, low=27.0, high=35.4, n=9, unit="points", status="ok", method=""), "nl")
    '+31'
    """
    if e.value is None:
        return "–"
    return amount(e.value, e.unit, language, decimals_of(e), signed=is_gap(e.kpi))


def limits(e: Estimate, language: Language) -> str:
    """The interval in words, '' where there is none.

    >>> from peil.core.kpi import Estimate
    >>> limits(Estimate(kpi="csat", value=83, low=81.4, high=84.5, n=9, unit="percent", status="ok", method=""), "nl")
    '81,4 tot 84,5%'
    """
    return _span((e.low, e.high), e.unit, language, _limit_decimals(e), signed=is_gap(e.kpi))


def is_gap(key: str) -> bool:
    """Whether the figure is a difference by itself, perceived minus expected, and so always signed."""
    kpi = BY_KEY.get(key)
    total = None if kpi is None else kpi.moments.get("total")
    return total is not None and total.column == "gap"


def _span(
    limits: tuple[float | None, float | None], unit: Unit, language: Language, decimals: int, *, signed: bool
) -> str:
    low, high = (x if x is not None and isfinite(x) else None for x in limits)
    if low is None and high is None:
        return ""
    if high is None:
        return say("or_more", language, low=amount(low or 0.0, unit, language, decimals, signed=signed))
    top = amount(high, unit, language, decimals, signed=signed)
    if low is None:
        return say("at_most", language, high=top)
    whole = unit == "euro"  # the sign of the currency stands before each
    first = (amount if whole else _bare)(low, unit, language, decimals, signed=signed)
    return say("to", language, low=first, high=top)


def difference(c: Comparison, language: Language) -> str:
    """The difference, signed, with its unit: '+0,9 punt', '−2 procentpunt', '+29 min'."""
    if c.difference is None:
        return "–"
    text = amount(c.difference, c.unit, language, change_decimals(c), signed=True)
    return _with_word(text, c.unit, language)


def size(c: Comparison, language: Language) -> str:
    """The difference without its sign, for sentences that say the direction: '9 punten'."""
    if c.difference is None:
        return "–"
    text = amount(abs(c.difference), "plain points" if c.unit == "points" else c.unit, language, change_decimals(c))
    return _with_word(text, c.unit, language)


def difference_limits(c: Comparison, language: Language) -> str:
    decimals = max(change_decimals(c), 1 if c.unit in ("percent", "percentage points") else 0)
    unit = "points" if c.unit == "percentage points" else c.unit
    return _span((c.low, c.high), unit, language, decimals, signed=True)


def decimals_of(e: Estimate) -> int:
    """Digits after the comma of the value: fewer where the interval is wide."""
    if e.kpi in BY_KEY and BY_KEY[e.kpi].document in ("K6", "K7"):
        return 2  # gaps are told in hundredths
    width = e.high - e.low if e.high is not None and e.low is not None else None
    match e.unit:
        case "points":
            return 0
        case "percent":
            return 0 if width is None or width >= 2 else 1
        case "score":
            return 1 if width is None or width >= 0.2 or _long_scale(e) else 2
        case "euro":
            return 0 if e.value is not None and abs(e.value) >= 100 else 2
        case "count" | "years":
            return 2 if width is not None and width < 0.2 else 1
    return 1


def _long_scale(e: Estimate) -> bool:
    return e.value is not None and e.value > 10  # scores of 0-100


def _limit_decimals(e: Estimate) -> int:
    if e.unit in ("points", "seconds", "euro"):
        return decimals_of(e)
    if e.unit == "percent":
        return 1
    return 1 if e.unit == "score" and _long_scale(e) else 2


def change_decimals(c: Comparison) -> int:
    """Digits of a difference: as many as its two figures have, and one more where it would read 0."""
    base = max(decimals_of(c.before), decimals_of(c.after))
    if c.unit == "points":
        base = 0
    if c.difference is not None and c.difference and abs(c.difference) < 10**-base:
        return min(base + 1, 2)
    return base


def amount(x: float, unit: Unit, language: Language, decimals: int, *, signed: bool = False) -> str:
    """A number with its unit; an NPS is always signed and never a percentage.

    >>> amount(-0.66, "score", "nl", 2), amount(83, "percent", "en", 0), amount(4620, "seconds", "nl", 0)
    ('−0,66', '83%', '1 u 17')
    """
    text = _bare(x, unit, language, decimals, signed=signed)
    match unit:
        case "percent":
            return f"{text}%"
        case "minutes":
            return f"{text} min"
        case "years":
            return say("years", language, text)
        case "euro":
            sign = text[0] if text[0] in f"+{MINUS}" else ""
            return f"{sign}€ {text.removeprefix(sign)}"
    return text


def _bare(x: float, unit: Unit, language: Language, decimals: int, *, signed: bool = False) -> str:
    if unit == "seconds":
        return _true_minus(duration(x, language, signed=signed))
    return _true_minus(number(x, decimals, language, signed=signed or unit == "points"))


def _true_minus(text: str) -> str:
    return text.replace("-", MINUS)


def _with_word(text: str, unit: Unit, language: Language) -> str:
    if unit == "percent":
        return text
    if unit == "percentage points":
        one = text.strip(f"+{MINUS}") == "1"
        return say("percentage point" if one else "percentage points", language, text)
    if unit == "points":
        one = text.strip(f"+{MINUS}") == "1" or (language == "nl" and "," in text)
        return say("point" if one else "points", language, text)
    return text


def duration(seconds: float, language: Language, *, signed: bool = False) -> str:
    """Seconds in the two largest units that matter, short.

    >>> duration(67.4, "nl"), duration(460, "en"), duration(14_040, "nl"), duration(223_200, "en")
    ('67 s', '7 min 40 s', '3 u 54', '2 d 14 h')
    """
    length = abs(seconds)
    sign = "-" if seconds < 0 else "+" if signed and seconds else ""
    hour = say("hour", language)
    if length < 10:
        return f"{sign}{number(length, 1, language)} s"
    if round(length) < 100:
        return f"{sign}{round(length)} s"
    if round(length) < 10 * MINUTE:
        minutes, rest = divmod(round(length), MINUTE)
        return f"{sign}{minutes} min {rest} s" if rest else f"{sign}{minutes} min"
    minutes = round(length / MINUTE)
    if minutes < HOUR // MINUTE:
        return f"{sign}{minutes} min"
    if minutes < 2 * DAY // MINUTE:
        return f"{sign}{minutes // 60} {hour} {minutes % 60:02d}" if minutes % 60 else f"{sign}{minutes // 60} {hour}"
    hours = round(length / HOUR)
    days, rest = divmod(hours, 24)
    return f"{sign}{number(days, 0, language)} d {rest} {hour}" if rest else f"{sign}{number(days, 0, language)} d"


def count(n: float, language: Language) -> str:
    """A whole number with its thousands apart."""
    return _true_minus(number(n, 0, language))
