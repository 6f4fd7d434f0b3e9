"""Checks at the door: values within their range, times in their order, keys that are there."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as MappingOf
from datetime import datetime, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from peil.facts.entries import Entry, FactMap
from peil.facts.reading.convert import Problem
from peil.facts.reading.texts import Rows
from peil.facts.schema import TIME, Column, Fact

_ORDERS = {
    "responses": (("started_at", "finished_at"),),
    "invitations": (
        ("sent_at", "bounced_at"), ("sent_at", "opened_at"), ("sent_at", "started_at"), ("sent_at", "answered_at"),
    ),
    "interactions": (("opened_at", "resolved_at"),),
    "touches": (("started_at", "ended_at"),),
    "memberships": (("since", "until"),),
}  # fmt: skip
_MAY_LIE_AHEAD = ("since", "until", "callback_promised_at", "expired_at")  # agreed, not happened
_TOTALS = pa.array([w for t in ("Totaal", "Total", "Eindtotaal", "Grand total") for w in (t, t.lower(), t.upper())])


def range_problems(column: Column, entry: Entry, values: pa.Array) -> Iterator[Problem]:
    """Values below the lowest or above the highest that the column may hold."""
    for bound, beyond, word in ((column.low, pc.less, "below"), (column.high, pc.greater, "above")):
        if bound is None or column.type == pa.int8():
            continue
        rows = _rows_where(beyond(values, pa.scalar(bound, pa.float64())))
        if len(rows):
            yield Problem(
                rows,
                entry.all_columns,
                f"is {word} {bound:g}, the {'least' if word == 'below' else 'most'} that {column.name} can be",
                "Mend the cell, or list it under missing in the mapping when it stands for nothing.",
            )


def order_problems(fact: Fact, entries: MappingOf[str, Entry], columns: MappingOf[str, pa.Array]) -> Iterator[Problem]:
    """Rows where something ends before it begins."""
    for first, last in _ORDERS.get(fact.name, ()):
        if first not in entries or last not in entries:
            continue
        rows = _rows_where(pc.less(columns[last], columns[first]))
        if len(rows):
            both = dict.fromkeys(entries[first].all_columns + entries[last].all_columns)
            yield Problem(
                rows,
                tuple(both),
                f"{last} lies before {first}",
                "Mend the times; when all rows have this, look at dates and time_zone in the mapping.",
            )


def ahead_problems(column: Column, entry: Entry, values: pa.Array, now: datetime) -> Iterator[Problem]:
    """Things that happened later than tomorrow; a day is left for clocks and time zones that differ."""
    if column.role != "time" or column.name in _MAY_LIE_AHEAD:
        return
    last = pa.scalar(now + timedelta(days=1), TIME)
    rows = _rows_where(pc.greater(values, last if column.type == TIME else last.cast(pa.date32())))
    if len(rows):
        yield Problem(rows, entry.all_columns, "is a date in the future", "Mend the year.")


def total_problems(block: FactMap, rows: Rows) -> Iterator[Problem]:
    """Rows that add up the rows above: nothing in them but 'Totaal' and the like."""
    used = dict.fromkeys(c for entry in block.all_entries() for c in entry.all_columns)
    hits: dict[str, np.ndarray[tuple[int], np.dtype[np.bool_]]] = {}
    for name in used:
        texts = rows.texts(name)
        total = pc.is_in(texts.each, value_set=_TOTALS)
        if pc.any(total).as_py():
            hits[name] = np.asarray(texts.spread(total).fill_null(False))
    if not hits:
        return
    alone = np.logical_or.reduce(list(hits.values()))
    for name in used:
        texts = rows.texts(name)
        blank = np.asarray(texts.spread(texts.each).is_null())
        alone &= blank | hits[name] if name in hits else blank
    at = np.flatnonzero(alone).astype(np.int64)
    if len(at):
        yield Problem(at, tuple(hits), "is a row of totals", "Nothing, or leave it out of the export.")


def key_problems(entry: Entry, values: pa.Array) -> Iterator[Problem]:
    """Rows without the key that the mapping promises."""
    if values.null_count:
        yield Problem(
            _rows_where(values.is_null()),
            entry.all_columns,
            "has no key, so a second import could not recognise the row",
            "Fill the key, or leave it out of the mapping: the file and row number are the key then.",
        )


def _rows_where(mask: pa.Array) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.flatnonzero(mask.fill_null(False).to_numpy(zero_copy_only=False)).astype(np.int64)
