"""Dates and times as people write them. 03-04-2026 is read only where the file or its mapping says which way round."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from peil.core.errors import BadMapping
from peil.facts.reading.ascii import fixed_dates, year_comes_first

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
Moments = NDArray[np.datetime64]

_CLOCK = (
    r"(?:(?:[T ]| +)(?P<H>[0-9]{1,2}):(?P<M>[0-9]{2})(?::(?P<S>[0-9]{2})(?:[.,](?P<f>[0-9]{1,9}))?)?"
    r"(?: ?(?P<p>[AaPp])\.?[Mm]\.?)?(?: ?(?P<z>Z|UTC|[+-][0-9]{2}:?[0-9]{2}))?)?"
)
_YEAR_FIRST = rf"^(?P<y>[0-9]{{4}})[-/.](?P<m>[0-9]{{1,2}})[-/.](?P<d>[0-9]{{1,2}}){_CLOCK}$"
_YEAR_LAST = rf"^(?P<a>[0-9]{{1,2}})[-/. ](?P<b>[0-9]{{1,2}})[-/. ](?P<y>[0-9]{{4}}|[0-9]{{2}}){_CLOCK}$"
_DAY_NAMED = rf"^(?P<d>[0-9]{{1,2}})[-/. ]*(?P<n>[A-Za-z]{{3,9}})\.?[-/., ]*(?P<y>[0-9]{{4}}){_CLOCK}$"
_NAMED_DAY = rf"^(?P<n>[A-Za-z]{{3,9}})\.? +(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?,? +(?P<y>[0-9]{{4}}){_CLOCK}$"
_NUMBER = r"^[0-9]{1,6}(?:\.[0-9]+)?$"
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januari", "feb february februari", "mar march maart mrt", "apr april", "may mei",
            "jun june juni", "jul july juli", "aug august augustus", "sep sept september",
            "oct october okt oktober", "nov november", "dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_TOKENS = {
    "d": "(?P<d>[0-9]{1,2})", "m": "(?P<m>[0-9]{1,2})", "Y": "(?P<y>[0-9]{4})", "y": "(?P<y>[0-9]{2})",
    "H": "(?P<H>[0-9]{1,2})", "I": "(?P<H>[0-9]{1,2})", "M": "(?P<M>[0-9]{2})", "S": "(?P<S>[0-9]{2})",
    "f": "(?P<f>[0-9]{1,9})", "p": r"(?P<p>[AaPp])\.?[Mm]\.?", "z": "(?P<z>Z|UTC|[+-][0-9]{2}:?[0-9]{2})",
    "b": r"(?P<n>[A-Za-z]{3,9})\.?", "B": "(?P<n>[A-Za-z]{3,9})", "%": "%",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dates:
    """`moments` on the clock of the file (NaT where there is none); `offset` in minutes where the text gives its own
    (else `no_offset`); what is no date, and what may be two dates.
    """

    moments: Moments
    offset: Ints
    no_offset: Mask
    bad: Mask
    double: Mask


@dataclass(slots=True)
class _Filling:
    """Moments being filled in, pattern by pattern."""

    moments: Moments
    offset: Ints
    no_offset: Mask
    todo: Mask

    def take(self, where: Ints, moments: Moments, offset: Ints, no_offset: Mask) -> None:
        good = ~np.isnat(moments)
        at = where[good]
        self.moments[at], self.offset[at], self.no_offset[at] = moments[good], offset[good], no_offset[good]
        self.todo[at] = False


def order_of(texts: pa.Array) -> str | None:
    """Which way round the texts prove to be: 'day-month', 'month-day', or None when they prove nothing, or both.

    >>> order_of(pa.array(["03-04-2026", "25-04-2026"]))
    'day-month'
    """
    if year_comes_first(texts):
        return None
    a, b = _first_two(texts)
    proves = bool(((a > 12) & (b <= 12)).any()), bool(((b > 12) & (a <= 12)).any())
    return {(True, False): "day-month", (False, True): "month-day"}.get(proves)


def _first_two(texts: pa.Array) -> tuple[Ints, Ints]:
    found = pc.extract_regex(texts, _YEAR_LAST).drop_null()
    a, b = (found.field(g).cast(pa.int64()).to_numpy(zero_copy_only=False) for g in ("a", "b"))
    return a, b


def read_dates(texts: pa.Array, order: str | None, *, stated: bool) -> Dates:
    """Each text as a moment.

    `order` is 'day-month', 'month-day', 'iso', 'excel' or a format such as '%d-%m-%Y'; `stated` when a person said
    so, and then years of two digits are taken too.
    """
    n = len(texts)
    fixed = fixed_dates(texts, order)
    if fixed is not None:
        return _all_fixed(fixed)
    known: Mask = texts.is_valid().to_numpy(zero_copy_only=False)
    filling = _Filling(np.full(n, "NaT", dtype="M8[us]"), np.zeros(n, np.int64), np.ones(n, np.bool_), known.copy())
    double = np.zeros(n, np.bool_)
    if order == "excel":
        _fill_serials(filling, texts)
    elif order is not None and "%" in order:
        _fill(filling, texts, _pattern_of(order), "")
    else:
        _fill(filling, texts, _YEAR_FIRST, "")
        if order != "iso":
            _fill(filling, texts, _DAY_NAMED, "")
            _fill(filling, texts, _NAMED_DAY, "")
            double = _fill_year_last(filling, texts, order, stated)
    return Dates(filling.moments, filling.offset, filling.no_offset, filling.todo & ~double, double)


def _all_fixed(parts: Ints) -> Dates:
    moments = _day(parts[0], parts[1], parts[2]) + _time(parts[3], parts[4], parts[5])
    n = len(moments)
    return Dates(moments, np.zeros(n, np.int64), np.ones(n, np.bool_), np.isnat(moments), np.zeros(n, np.bool_))


def _fill_year_last(filling: _Filling, texts: pa.Array, order: str | None, stated: bool) -> Mask:
    """Fills what reads one way; gives back what reads two ways."""
    pattern = _YEAR_LAST if stated else _YEAR_LAST.replace("|[0-9]{2})", ")", 1)
    short = filling.todo & _hits(texts, _YEAR_LAST) & ~_hits(texts, pattern)
    if order is not None:
        _fill(filling, texts, pattern, order)
        return short
    before = filling.todo.copy()
    _fill(filling, texts, pattern, "day-month")
    by_day = before & ~filling.todo
    other = _Filling(filling.moments.copy(), filling.offset.copy(), filling.no_offset.copy(), before.copy())
    _fill(other, texts, pattern, "month-day")
    by_month = before & ~other.todo
    double = by_day & by_month & (filling.moments != other.moments)
    month = by_month & ~by_day
    filling.take(np.flatnonzero(month), other.moments[month], other.offset[month], other.no_offset[month])
    filling.moments[double] = np.datetime64("NaT")
    filling.todo |= double
    two: Mask = double | short
    return two


def _hits(texts: pa.Array, pattern: str) -> Mask:
    hits: Mask = pc.match_substring_regex(texts, pattern).fill_null(False).to_numpy(zero_copy_only=False)
    return hits


def _pattern_of(form: str) -> str:
    """A date format as a pattern; where it has no clock, one may follow."""
    parts = re.split(r"%(.)", form)
    unknown = [t for t in parts[1::2] if t not in _TOKENS]
    if unknown:
        raise BadMapping(
            f"The date format '{form}' has %{unknown[0]}.", f"Known are: {', '.join('%' + t for t in _TOKENS)}."
        )
    body = "".join(_TOKENS[p] if i % 2 else re.escape(p) for i, p in enumerate(parts))
    if any(g not in body for g in ("(?P<y>", "(?P<d>")) or not re.search(r"\(\?P<[mn]>", body):
        raise BadMapping(f"The date format '{form}' lacks a day, month or year.", 'Write it as "%d-%m-%Y".')
    return f"^{body}{'' if '(?P<H>' in body else _CLOCK}$"


def _fill(filling: _Filling, texts: pa.Array, pattern: str, order: str) -> None:
    where = np.flatnonzero(filling.todo)
    if not len(where):
        return
    found = pc.extract_regex(texts if len(where) == len(texts) else texts.take(pa.array(where)), pattern)
    hits: Mask = found.is_valid().to_numpy(zero_copy_only=False)
    if not hits.any():
        return
    found, where = found.filter(pa.array(hits)), where[hits]
    groups = {field.name: found.field(i) for i, field in enumerate(found.type)}
    if order:
        first, second = ("d", "m") if order == "day-month" else ("m", "d")
        groups |= {first: groups.pop("a"), second: groups.pop("b")}
    moments = _days(groups) + _clock(groups)
    filling.take(where, moments, *_offsets(groups, len(where)))


def _ints(groups: dict[str, pa.Array], name: str, n: int) -> Ints:
    if name not in groups:
        return np.zeros(n, np.int64)
    filled = pc.if_else(pc.equal(groups[name], ""), "0", groups[name])
    values: Ints = filled.cast(pa.int64()).to_numpy(zero_copy_only=False)
    return values


def _days(groups: dict[str, pa.Array]) -> Moments:
    """The day, NaT where there is no such day."""
    n = len(groups["y"])
    year, day = _ints(groups, "y", n), _ints(groups, "d", n)
    short = pc.utf8_length(groups["y"]).to_numpy(zero_copy_only=False) == 2
    year = np.where(short, np.where(year < 69, year + 2000, year + 1900), year)  # as POSIX has it
    month = _named_months(groups["n"]) if "n" in groups else _ints(groups, "m", n)
    return _day(year, month, day)


def _day(year: Ints, month: Ints, day: Ints) -> Moments:
    fine = (month >= 1) & (month <= 12) & (day >= 1) & (year >= 1)
    first = (np.where(fine, (year - 1970) * 12 + month - 1, 0)).astype("M8[M]")
    fine &= day <= ((first + 1).astype("M8[D]") - first.astype("M8[D]")).astype(np.int64)
    return np.where(fine, (first.astype("M8[D]") + (day - 1)).astype("M8[us]"), np.datetime64("NaT", "us"))


def _named_months(names: pa.Array) -> Ints:
    at = pc.index_in(pc.utf8_lower(names), value_set=pa.array(list(_MONTHS))).fill_null(-1)
    numbers = np.array([*_MONTHS.values(), 0], dtype=np.int64)
    months: Ints = numbers[at.to_numpy(zero_copy_only=False)]
    return months


def _clock(groups: dict[str, pa.Array]) -> NDArray[np.timedelta64]:
    n = len(groups["y"])
    hour, minute, second = (_ints(groups, g, n) for g in ("H", "M", "S"))
    fine = np.ones(n, np.bool_)
    if "p" in groups:
        half = pc.utf8_lower(groups["p"])
        am, pm = (pc.equal(half, x).to_numpy(zero_copy_only=False) for x in "ap")
        fine &= ~(am | pm) | ((hour >= 1) & (hour <= 12))
        hour = np.where(am & (hour == 12), 0, np.where(pm & (hour < 12), hour + 12, hour))
    micro = np.zeros(n, np.int64)
    if "f" in groups:
        micro = _ints({"f": pc.utf8_slice_codeunits(pc.utf8_rpad(groups["f"], 6, "0"), 0, 6)}, "f", n)
    return np.where(fine, _time(hour, minute, second) + micro.astype("m8[us]"), np.timedelta64("NaT", "us"))


def _time(hour: Ints, minute: Ints, second: Ints) -> NDArray[np.timedelta64]:
    fine = (hour < 24) & (minute < 60) & (second < 60)
    total = ((hour * 60 + minute) * 60 + second) * 1_000_000
    return np.where(fine, total.astype("m8[us]"), np.timedelta64("NaT", "us"))


def _offsets(groups: dict[str, pa.Array], n: int) -> tuple[Ints, Mask]:
    if "z" not in groups:
        return np.zeros(n, np.int64), np.ones(n, np.bool_)
    none: Mask = pc.equal(groups["z"], "").to_numpy(zero_copy_only=False)
    signed = pc.replace_substring(pc.replace_substring_regex(groups["z"], "^(?:Z|UTC)?$", "+0000"), ":", "")
    number: Ints = pc.replace_substring(signed, "+", "").cast(pa.int64()).to_numpy(zero_copy_only=False)
    minutes = np.sign(number) * (np.abs(number) // 100 * 60 + np.abs(number) % 100)
    return minutes, none


def _fill_serials(filling: _Filling, texts: pa.Array) -> None:
    """Excel's day numbers: 1 is 1 January 1900, and 60 a day that never was."""
    where = np.flatnonzero(filling.todo & _hits(texts, _NUMBER))
    days: NDArray[np.float64] = texts.take(pa.array(where)).cast(pa.float64()).to_numpy(zero_copy_only=False)
    micro = np.where(days >= 61, np.round(days * 86_400_000) * 1000, 0).astype("m8[us]")
    moments = np.where(days >= 61, np.datetime64("1899-12-30", "us") + micro, np.datetime64("NaT", "us"))
    filling.take(where, moments, np.zeros(len(where), np.int64), np.ones(len(where), np.bool_))
