"""Numbers, durations and days as people of a language write them. Files and JSON never come here."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from peil.report.words import Language, say

_SWAP = str.maketrans(",.", ".,")
MINUTE, HOUR, DAY = 60, 3600, 86400


def number(value: float, decimals: int, language: Language, *, signed: bool = False) -> str:
    """A number with its thousands apart.

    >>> number(1234.5, 1, "nl"), number(-0.04, 1, "en", signed=True)
    ('1.234,5', '0.0')
    """
    rounded = round(value, decimals) or 0.0
    text = f"{rounded:+,.{decimals}f}" if signed and rounded else f"{rounded:,.{decimals}f}"
    return text.translate(_SWAP) if language == "nl" else text


def figure(value: float, unit: str, language: Language, *, signed: bool = False) -> str:
    """A value with its unit, rounded as people read it; JSON has all digits.

    >>> figure(39.84, "points", "en"), figure(81.333, "percent", "nl"), figure(750, "seconds", "en")
    ('+39.8', '81,3 %', '12 min 30 s')
    """
    if unit == "seconds":
        return duration(value, language, signed=signed)
    decimals = 2 if unit in ("score", "euro") else 1
    text = number(value, decimals, language, signed=signed or unit == "points")
    match unit:
        case "percent":
            return f"{text} %"
        case "minutes":
            return f"{text} min"
        case "euro":
            return f"€ {text}"
        case "years" | "percentage points":
            return say(unit, language, text)
    return text


def bare(value: float, unit: str, language: Language, *, signed: bool = False) -> str:
    """A value beside another that shows the unit already; durations keep theirs."""
    if unit == "seconds":
        return duration(value, language, signed=signed)
    return number(value, 2 if unit in ("score", "euro") else 1, language, signed=signed or unit == "points")


def duration(seconds: float, language: Language, *, signed: bool = False) -> str:
    """Seconds in the two largest units that matter.

    >>> duration(67.37, "en"), duration(11_520, "nl"), duration(-3 * 86400, "en")
    ('67.4 s', '3 u 12 min', '-3 d 0 h')
    """
    size = abs(seconds)
    sign = "-" if seconds < 0 else "+" if signed and seconds else ""
    hour = say("hour", language)
    if round(size, 1) < 2 * MINUTE:
        return f"{sign}{number(size, 1, language)} s"
    if round(size) < 2 * HOUR:
        return f"{sign}{round(size) // MINUTE} min {round(size) % MINUTE} s"
    minutes = round(size / MINUTE)
    if minutes < 2 * DAY // MINUTE:
        return f"{sign}{minutes // 60} {hour} {minutes % 60} min"
    hours = round(size / HOUR)
    return f"{sign}{number(hours // 24, 0, language)} d {hours % 24} {hour}"


def day(value: date, language: Language) -> str:
    """
    >>> day(date(2026, 12, 31), "nl")
    '31-12-2026'
    """
    return value.strftime("%d-%m-%Y") if language == "nl" else value.isoformat()


_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")


def without_direction(shown: Any) -> Any:
    """What a template shows without marks that turn the direction of reading: a name would turn the line around it.

    >>> without_direction("a\u202egnp.exe"), without_direction(3)
    ('agnp.exe', 3)
    """
    if not isinstance(shown, str) or shown.isascii() or not _DIRECTION.search(shown):
        return shown
    return type(shown)(_DIRECTION.sub("", shown))


def printable(text: object) -> str:
    """Text from a file without what a terminal would obey: colours, cursor moves, bells."""
    return "".join(c if c.isprintable() else " " for c in str(text))
