"""How settings are written in a form, and read from it: durations, opening hours, days, numbers, in both languages."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

from peil.report.words import Language, say
from peil.report.words.numbers import day
from peil.warehouse.settings import Hours

_UNITS = {"d": 86400.0, "u": 3600.0, "h": 3600.0, "m": 60.0, "s": 1.0}
_LENGTH = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*"
    r"(dagen|dag|days|day|d|uren|uur|u|hours|hour|h|minuten|minuut|minutes|minute|min|m|seconden|seconde|seconds|second|sec|s)\b"
)
_SPAN = re.compile(r"(\d{1,2})(?:[:.](\d\d))?\s*(?:-|–|tot|to)\s*(\d{1,2})(?:[:.](\d\d))?")
_NUMBER = re.compile(r"[-+\u2212]?\d{1,9}(?:[.,]\d{1,6})?")
_CLOSED = ("", "-", "gesloten", "closed")
_LONGEST = 366 * 86400.0


def length_text(seconds: float, language: Language) -> str:
    """Seconds in the largest unit that gives a whole number.

    >>> length_text(14_400, "nl"), length_text(5400, "en"), length_text(20, "nl"), length_text(1.5, "nl")
    ('4 u', '90 min', '20 s', '1,5 s')
    """
    if seconds and not seconds % 3600:
        return f"{seconds / 3600:.0f} {say('hour', language)}"
    if seconds and not seconds % 60:
        return f"{seconds / 60:.0f} min"
    return f"{number_text(seconds, language)} s"


def read_length(text: str) -> float | None:
    """Seconds; None for what is no length of time.

    >>> read_length("4 u"), read_length("1 u 30 min"), read_length("1,5 min"), read_length("20")
    (14400.0, 5400.0, 90.0, None)
    """
    said = text.strip().lower()
    found = _LENGTH.findall(said)
    if not found or _LENGTH.sub("", said).strip(" ,en"):
        return None
    seconds = sum(float(n.replace(",", ".")) * _UNITS[unit[0]] for n, unit in found)
    return seconds if 0 < seconds <= _LONGEST else None


def hours_text(hours: Hours, language: Language) -> str:
    """
    >>> hours_text(((540, 1020),), "nl"), hours_text((), "en")
    ('09:00-17:00', 'closed')
    """
    spans = (f"{a // 60:02d}:{a % 60:02d}-{b // 60:02d}:{b % 60:02d}" for a, b in hours)
    return ", ".join(spans) or say("setting_closed", language)


def read_hours(text: str) -> Hours | None:
    """Spans of one day; None for what is none, or where they overlap.

    >>> read_hours("9-12, 13:00 - 17.30"), read_hours("gesloten"), read_hours("17-9"), read_hours("9-12, 11-13")
    (((540, 720), (780, 1050)), (), None, None)
    """
    if text.strip().lower() in _CLOSED:
        return ()
    spans = []
    for part in text.lower().split(","):
        found = _SPAN.fullmatch(part.strip())
        if not found:
            return None
        a, b, c, d = (int(x or 0) for x in found.groups())
        if b > 59 or d > 59 or not 60 * a + b < 60 * c + d <= 1440:
            return None
        spans.append((60 * a + b, 60 * c + d))
    spans.sort()
    return None if any(first[1] > second[0] for first, second in pairwise(spans)) else tuple(spans)


def days_text(found: tuple[date, ...], language: Language) -> str:
    return "\n".join(day(d, language) for d in found)


def read_days(text: str) -> tuple[date, ...] | str:
    """Days, one a line or apart by commas; the first that is none is given back as a text.

    >>> read_days("24-12-2026\\n2026-12-31"), read_days("kerst")
    ((datetime.date(2026, 12, 24), datetime.date(2026, 12, 31)), 'kerst')
    """
    found = set()
    for part in filter(None, map(str.strip, re.split(r"[,;\n]", text))):
        said = re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", part)
        try:
            found.add(date(int(said[3]), int(said[2]), int(said[1])) if said else date.fromisoformat(part))
        except ValueError:
            return part
    return tuple(sorted(found))


def number_text(value: float, language: Language) -> str:
    """
    >>> number_text(82.0, "nl"), number_text(-5.5, "nl"), number_text(5.5, "en")
    ('82', '-5,5', '5.5')
    """
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if language == "nl" else text


def read_number(text: str) -> float | None:
    """
    >>> read_number("5,5"), read_number("\u22123"), read_number("1e9")
    (5.5, -3.0, None)
    """
    said = text.strip()
    return float(said.replace(",", ".").replace("\u2212", "-")) if _NUMBER.fullmatch(said) else None
