"""Texts of a file turned into the values of one column of a fact; what can't be read is told, per row."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from peil.core.errors import BadInput, BadMapping
from peil.facts.constants import NO, YES, constant
from peil.facts.entries import Entry, FileOptions
from peil.facts.mapping import fold
from peil.facts.reading.dates import order_of, read_dates
from peil.facts.reading.numbers import decimal_of, read_numbers
from peil.facts.reading.texts import FileIdentity, Rows, Texts, folded, forms, listed, without
from peil.facts.reading.zones import to_local, to_utc
from peil.facts.schema import DAY, FLAG, TEXT, TIME, WHOLE, Column

Mask = NDArray[np.bool_]
Wrong = tuple[Mask, str, str]
SECONDS = {
    "seconds": 1.0, "minutes": 60.0, "hours": 3600.0, "days": 86_400.0, "weeks": 604_800.0,
    "months": 2_629_746.0, "years": 31_556_952.0,
}  # fmt: skip
_CLOCK_UNITS = ("hh:mm:ss", "hh:mm", "mm:ss")
_ADD_MISSING = "Mend the cell, or list it under missing in the mapping when it stands for no answer."


@dataclass(frozen=True, slots=True)
class Problem:
    """Rows of a batch with the same thing wrong in the same columns."""

    rows: NDArray[np.int64]
    columns: tuple[str, ...]
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Converted:
    values: pa.Array
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class Readings:
    """How the columns of one file turned out to be written, kept from batch to batch so that one column is read one way.

    `decimals` and `orders` hold what a column proved, `undated` counts the rows of a fact without its time; `notes`
    says it in words, once. Nothing can have happened later than a day after `now`.
    """

    file: FileIdentity
    options: FileOptions
    typed: frozenset[str] = frozenset()  # columns whose cells were numbers in the file itself
    decimals: dict[str, str] = field(default_factory=dict)
    orders: dict[str, str] = field(default_factory=dict)
    proved: list[str] = field(default_factory=list)
    undated: Counter[tuple[str, str]] = field(default_factory=Counter)
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def notes(self) -> list[str]:
        without = [
            f"{_rows(n)} of {fact} {'has' if n == 1 else 'have'} no {clock}, so no period counts "
            f"{'it' if n == 1 else 'them'}."
            for (fact, clock), n in self.undated.items()
            if n
        ]
        return [*self.proved, *without]

    def zone(self, entry: Entry) -> str:
        return entry.time_zone or self.options.time_zone or self.file.time_zone

    def decimal(self, entry: Entry, texts: pa.Array) -> str | None:
        if self.typed.intersection(entry.columns):
            return "."
        stated = entry.decimal or self.options.decimal
        return stated or self._proved(self.decimals, entry.heading, decimal_of, texts)

    def order(self, entry: Entry, texts: pa.Array) -> str | None:
        stated = entry.dates or self.options.dates
        return stated or self._proved(self.orders, entry.heading, order_of, texts)

    def _proved(
        self, known: dict[str, str], heading: str, proof: Callable[[pa.Array], str | None], texts: pa.Array
    ) -> str | None:
        if heading not in known:
            found = proof(texts)
            if found is None:
                return None
            known[heading] = found
            self.proved.append(f"'{heading}' is read as {_AS[found]}, as its own values prove.")
        return known[heading]


def _rows(n: int) -> str:
    return "1 row" if n == 1 else f"{n:,} rows"


_AS = {".": "1234.5", ",": "1234,5", "day-month": "day-month-year", "month-day": "month-day-year"}


def convert(entry: Entry, column: Column, rows: Rows, readings: Readings) -> Converted:
    """The values of one column of a fact for each row, null where blank, missing or unreadable."""
    if entry.constant is not None:
        return Converted(pa.repeat(constant(entry.constant, column, readings.zone(entry), entry.place), len(rows)))
    if entry.span:
        return _seconds_between(entry, rows, readings)
    if len(entry.columns) > 1 and column.type not in (TIME, DAY):
        return _combined(entry, column, rows, readings)
    texts = without(
        rows.texts(entry.columns[0]) if len(entry.columns) == 1 else rows.together(entry.columns), entry.missing
    )
    if entry.filled:
        filled = np.asarray(texts.spread(texts.each).is_valid()).astype(np.int8)
        return Converted(pa.array(filled).cast(column.type))
    values, wrong = (
        _labelled(entry, column, texts, readings)
        if entry.labels or entry.other is not None
        else _read(entry, column, texts.each, readings)
    )
    if entry.blank is not None:
        nothing = constant(entry.blank, column, readings.zone(entry), f"{entry.place}.blank")
        return Converted(
            pc.if_else(texts.spread(texts.each).is_null(), nothing, texts.spread(values)), _told(texts, entry, wrong)
        )
    return Converted(texts.spread(values), _told(texts, entry, wrong))


def _told(texts: Texts, entry: Entry, wrong: list[Wrong]) -> tuple[Problem, ...]:
    problems = tuple(Problem(texts.rows_of(m), entry.columns, why, todo) for m, why, todo in wrong if m.any())
    return tuple(p for p in problems if len(p.rows))


def _labelled(entry: Entry, column: Column, texts: Texts, readings: Readings) -> tuple[pa.Array, list[Wrong]]:
    """Texts with a label take its value; the rest is read as it stands, or takes `other`."""
    words: dict[str, int] = {}
    for number, label in enumerate(entry.labels):
        words |= dict.fromkeys(forms(label), number)
    words |= {fold(label): number for number, label in enumerate(entry.labels)}  # as written goes before as meant
    zone = readings.zone(entry)
    values = [constant(v, column, zone, f"{entry.place}.labels.{k}").as_py() for k, v in entry.labels.items()]
    at = pc.index_in(folded(texts.each), value_set=pa.array(list(words), pa.string()))
    labelled = pa.array(values, column.type).take(pa.array(list(words.values()), pa.int32()).take(at))
    rest = pc.if_else(at.is_valid(), pa.scalar(None, pa.string()), texts.each)
    if entry.other is not None:
        other = pa.repeat(constant(entry.other, column, zone, f"{entry.place}.other"), len(rest))
        return pc.if_else(
            at.is_valid(), labelled, pc.if_else(rest.is_valid(), other, pa.nulls(len(rest), column.type))
        ), []
    unlabelled, wrong = _read(entry, column, rest, readings)
    hint = "Add a label for it to the mapping, or list it under missing."
    return pc.if_else(at.is_valid(), labelled, unlabelled), [
        (m, f"{why} and has no label", hint) for m, why, _ in wrong
    ]


def _read(entry: Entry, column: Column, texts: pa.Array, readings: Readings) -> tuple[pa.Array, list[Wrong]]:
    if column.type == TEXT:
        return (identity(texts, entry.kind, readings.file.secret) if entry.kind else texts), []
    if column.type in (TIME, DAY):
        return _times(entry, column, texts, readings)
    if column.type == FLAG:
        return _flags(entry, texts, readings)
    if entry.unit in _CLOCK_UNITS or (column.unit in SECONDS and _has_colon(texts)):
        return _clock(entry, column, texts)
    values, wrong = _numbers(entry, texts, readings)
    if entry.unit and column.unit in SECONDS:
        values = values * SECONDS[entry.unit] / SECONDS[column.unit]
    if column.type == WHOLE:
        parts = ~np.isnan(values) & (values != np.floor(values))
        wrong.append((parts, "is not a whole number", _ADD_MISSING))
        values = np.where(parts, np.nan, values)
        return pa.array(values, from_pandas=True).cast(pa.int64()), wrong
    return pa.array(values, from_pandas=True), wrong


def _has_colon(texts: pa.Array) -> bool:
    return bool(pc.any(pc.match_substring(texts, ":")).as_py())


def _numbers(entry: Entry, texts: pa.Array, readings: Readings) -> tuple[NDArray[np.float64], list[Wrong]]:
    decimal = readings.decimal(entry, texts)
    found = read_numbers(texts, decimal)
    if found.double.any():
        example = texts.take(pa.array(np.flatnonzero(found.double)[:1]))[0].as_py()
        raise BadInput(
            f"'{example}' may be {example.replace(',', '.')} or {example.replace('.', '').replace(',', '')}, and nothing else in "
            "the column tells which.",
            f'Say it in the mapping: decimal = "," or decimal = ".", under [file] or in {entry.place}.',
            file=readings.file.name,
            column=entry.heading,
        )
    how = {None: "", ".": " with a decimal point", ",": " with a decimal comma"}[decimal]
    return found.values, [(found.bad, f"is not a number{how}", _ADD_MISSING)]


def _flags(entry: Entry, texts: pa.Array, readings: Readings) -> tuple[pa.Array, list[Wrong]]:
    if entry.above is not None or entry.below is not None:
        values, wrong = _numbers(entry, texts, readings)
        low = -np.inf if entry.above is None else entry.above
        high = np.inf if entry.below is None else entry.below
        flags = ((values > low) & (values < high)).astype(np.int8)
        return pa.array(flags, mask=np.isnan(values)), wrong
    yes, no = listed(texts, YES), listed(texts, NO)
    known: Mask = texts.is_valid().to_numpy(zero_copy_only=False)
    remedy = "Give labels in the mapping, such as labels = { Solved = 1, Open = 0 }, or list it under missing."
    return pa.array(yes.astype(np.int8), mask=~(yes | no)), [(known & ~yes & ~no, "is neither yes nor no", remedy)]


def _clock(entry: Entry, column: Column, texts: pa.Array) -> tuple[pa.Array, list[Wrong]]:
    """Durations such as 00:02:23."""
    pattern = (
        r"^(?P<s>-?)(?:(?P<d>[0-9]+) days?,? )?(?P<a>[0-9]+):(?P<b>[0-5]?[0-9])(?::(?P<c>[0-5]?[0-9](?:\.[0-9]+)?))?$"
    )
    found = pc.extract_regex(texts, pattern)
    hits: Mask = found.is_valid().to_numpy(zero_copy_only=False)
    part = {f.name: pc.if_else(pc.equal(found.field(i), ""), None, found.field(i)) for i, f in enumerate(found.type)}
    two: Mask = hits & part["c"].is_null().to_numpy(zero_copy_only=False)
    if two.any() and entry.unit not in _CLOCK_UNITS[1:]:
        example = texts.take(pa.array(np.flatnonzero(two)[:1]))[0].as_py()
        raise BadMapping(
            f"'{example}' in '{entry.heading}' may be hours and minutes or minutes and seconds.",
            f'Say it in the mapping, in {entry.place}: unit = "hh:mm" or unit = "mm:ss".',
        )
    d, a, b, c = (
        pc.cast(pc.coalesce(part[g], pa.scalar("0")), pa.float64()).to_numpy(zero_copy_only=False) for g in "dabc"
    )
    seconds = np.where(two & (entry.unit == "mm:ss"), a * 60 + b, a * 3600 + b * 60 + c) + d * 86_400
    sign = np.where(pc.equal(found.field(0), "-").fill_null(False).to_numpy(zero_copy_only=False), -1.0, 1.0)
    values = np.where(hits, sign * seconds / SECONDS[column.unit or "seconds"], np.nan)
    known: Mask = texts.is_valid().to_numpy(zero_copy_only=False)
    return pa.array(values, from_pandas=True), [
        (known & ~hits, f"is no duration as {entry.unit or 'hh:mm:ss'}", _ADD_MISSING)
    ]


def _times(entry: Entry, column: Column, texts: pa.Array, readings: Readings) -> tuple[pa.Array, list[Wrong]]:
    order = readings.order(entry, texts)
    found = read_dates(texts, order, stated=bool(entry.dates or readings.options.dates))
    if found.double.any():
        example = texts.take(pa.array(np.flatnonzero(found.double)[:1]))[0].as_py()
        raise BadInput(
            f"'{example}' may be more than one date, and nothing else in the column tells which.",
            f'Say it in the mapping: dates = "day-month" or dates = "month-day" (or "%d-%m-%y"), under [file] or in {entry.place}.',
            file=readings.file.name,
            column=entry.heading,
        )
    zone = readings.zone(entry)
    utc, gap = to_utc(found.moments, zone)
    utc = np.where(found.no_offset, utc, found.moments - (found.offset * 60_000_000).astype("m8[us]"))
    gap &= found.no_offset
    utc = np.where(gap, np.datetime64("NaT", "us"), utc)
    shown = {None: "", "day-month": " (day-month-year)", "month-day": " (month-day-year)"}.get(order, f" ({order})")
    wrong = [
        (found.bad, f"is not a date{shown}", _ADD_MISSING),
        (gap, f"was skipped by the clock in {zone}", "Mend the time, or give the file's own time_zone in the mapping."),
    ]
    if column.type == DAY:
        local = np.where(found.no_offset, found.moments, to_local(utc, zone))
        return pa.array(local.astype("M8[D]")), wrong
    return pa.array(utc).cast(TIME), wrong


def _seconds_between(entry: Entry, rows: Rows, readings: Readings) -> Converted:
    from dataclasses import replace

    clock = Column(entry.place, TIME, "time", "")
    ends = [convert(replace(entry, span=None, columns=(c,)), clock, rows, readings) for c in entry.span or ()]
    micro = pc.subtract(ends[1].values, ends[0].values).cast(pa.int64())
    return Converted(pc.divide(micro.cast(pa.float64()), 1e6), ends[0].problems + ends[1].problems)


def _combined(entry: Entry, column: Column, rows: Rows, readings: Readings) -> Converted:
    from dataclasses import replace

    parts = [convert(replace(entry, columns=(c,), combine=None), column, rows, readings) for c in entry.columns]
    problems = tuple(p for part in parts for p in part.problems)
    arrays = [p.values for p in parts]
    how = entry.combine or ("join" if column.type == TEXT else "first")
    if how == "first":
        return Converted(pc.coalesce(*arrays), problems)
    if how == "join":
        joined = pc.binary_join_element_wise(*arrays, " ", null_handling="skip")
        return Converted(pc.if_else(pc.equal(joined, ""), pa.scalar(None, pa.string()), joined), problems)
    return Converted(_combine_numbers(how, arrays, column), problems)


def _combine_numbers(how: str, arrays: list[pa.Array], column: Column) -> pa.Array:
    """Over what is known in the row; nothing where nothing is."""
    stacked = np.stack([a.cast(pa.float64()).to_numpy(zero_copy_only=False) for a in arrays])
    known = ~np.isnan(stacked)
    fill = {"min": np.inf, "max": -np.inf}.get(how, 0.0)
    filled = np.where(known, stacked, fill)
    combined = {"min": filled.min, "max": filled.max}.get(how, filled.sum)(axis=0)
    count = known.sum(axis=0)
    if how == "mean":
        combined = combined / np.maximum(count, 1)
    return pa.array(np.where(count > 0, combined, np.nan), from_pandas=True).cast(column.type)


def identity(texts: pa.Array, kind: str, secret: bytes) -> pa.Array:
    """An identity made comparable: numbers without .0, e-mail addresses and phone numbers as a keyed hash."""
    if kind == "number":
        return pc.replace_substring_regex(texts, r"[.,]0{1,2}$", "")
    if kind == "phone":
        digits = pc.replace_substring_regex(texts, r"[^0-9+]", "")
        texts = pc.replace_substring_regex(pc.replace_substring_regex(digits, "^00", "+"), "^0", "+31")
    else:
        texts = pc.utf8_lower(texts)

    def hashed(value: str | None) -> str | None:
        return None if value is None else hashlib.blake2b(value.encode(), key=secret, digest_size=16).hexdigest()

    return pa.array([hashed(v) for v in texts.to_pylist()], pa.string())
