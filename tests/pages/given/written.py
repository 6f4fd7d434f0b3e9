"""Numbers as pages write them, read back: the number, and how far rounding can have moved it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SIGNS = {"": 1, "+": 1, "\N{MINUS SIGN}": -1}
SIGN = r"(?P<sign>[+\N{MINUS SIGN}]?)"
MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0


@dataclass(frozen=True, slots=True)
class Written:
    """A number in a text."""

    number: float
    slack: float  # half a step of the last digit shown
    signed: bool


def numbers_in(text: str, unit: str, language: str) -> list[Written]:
    """Every number of a text in the order in which they stand; of seconds, every duration.

    >>> numbers_in("−26 tot +45", "points", "nl")
    [Written(number=-26.0, slack=0.5, signed=True), Written(number=45.0, slack=0.5, signed=True)]
    >>> numbers_in("1 u 17", "seconds", "nl"), numbers_in("1,204.5", "count", "en")
    ([Written(number=4620.0, slack=30.0, signed=False)], [Written(number=1204.5, slack=0.05, signed=False)])
    """
    if unit == "seconds":
        return [_duration(found, language) for found in re.finditer(_DURATION[language], text)]
    return [_number(found["sign"], found["digits"], language) for found in re.finditer(_NUMBER[language], text)]


def _digits(language: str) -> str:
    thousands, comma = (r"\.", ",") if language == "nl" else (",", r"\.")
    return rf"\d{{1,3}}(?:{thousands}\d{{3}})*(?:{comma}\d+)?(?![\d])"


_NUMBER = {at: rf"(?<![\d\w]){SIGN}(?:€ )?(?P<digits>{_digits(at)})" for at in ("nl", "en")}
_DURATION = {
    at: rf"""(?x)(?<![\d\w]){SIGN}(?:
        (?P<days>{_digits(at)})\s?d(?:\s?(?P<day_hours>\d+)\s?[uh])?\b
      | (?P<hours>\d+)\s?[uh](?:\s?(?P<minutes>\d\d))?(?!\w)
      | (?P<long>\d+)\s?min(?:\s?(?P<seconds>\d+)\s?s)?\b
      | (?P<short>{_digits(at)})\s?s\b)"""
    for at in ("nl", "en")
}


def _number(sign: str, digits: str, language: str, size: float = 1.0) -> Written:
    thousands, comma = (".", ",") if language == "nl" else (",", ".")
    plain = digits.replace(thousands, "").replace(comma, ".")
    places = len(plain.partition(".")[2])
    return Written(_SIGNS[sign] * float(plain) * size, 0.5 * 10.0**-places * size, bool(sign))


def _duration(found: re.Match[str], language: str) -> Written:
    part = found.groupdict()
    if part["short"]:
        return _number(part["sign"], part["short"], language)
    if part["days"]:
        length = DAY * _number("", part["days"], language).number + HOUR * float(part["day_hours"] or 0)
        slack = HOUR / 2
    elif part["hours"]:
        length, slack = HOUR * float(part["hours"]) + MINUTE * float(part["minutes"] or 0), MINUTE / 2
    else:
        length = MINUTE * float(part["long"]) + float(part["seconds"] or 0)
        slack = 0.5 if length < 10 * MINUTE else MINUTE / 2
    return Written(_SIGNS[part["sign"]] * length, slack, bool(part["sign"]))
