"""What a contact's row needs of other rows: episodes, repeats, solved at first contact, and the age of what is open.

A function of the set of rows: the order in which they arrive changes nothing. Give it all contacts of every
customer in the table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from peil.warehouse.rows.business_hours import business_seconds
from peil.warehouse.rows.columns import Array, codes, flags, numbers, one_of, real, times, whole
from peil.warehouse.rows.computed import target_and_call_back
from peil.warehouse.rows.local_time import DAY, SECOND
from peil.warehouse.rows.prepare import bucket_array, replace_columns
from peil.warehouse.settings import Settings

WINDOW = 7 * DAY
Place = tuple[str, str | None]  # source, channel
OPEN_COLUMNS = (
    "first_response_open_bucket",
    "first_response_business_open_bucket",
    "episode_open_bucket",
    "resolution_open_bucket",
    "in_target",
    "callback_kept",
    "solved_automatically",
)
EPISODE_COLUMNS = (
    "episode_id",
    "episode_first",
    "episode_contacts",
    "episode_seconds",
    "episode_seconds_bucket",
    "repeated",
    "episode_fcr",
    "episode_fcr_strict",
    "episode_switched",
)


@dataclass(frozen=True, slots=True)
class SourceNews:
    """What a source lets us know: its newest time (microseconds), the channels whose first responses and solutions
    it tells at all, and whether it tells who solved. What it never tells is not 'still open'."""

    newest: float = -np.inf  # -inf when it tells no time
    first_responses: frozenset[str | None] = frozenset()
    solutions: frozenset[str | None] = frozenset()
    solvers: bool = False

    def joined(self, other: SourceNews) -> SourceNews:
        return SourceNews(
            max(self.newest, other.newest),
            self.first_responses | other.first_responses,
            self.solutions | other.solutions,
            self.solvers or other.solvers,
        )


def derive_contacts(table: pa.Table, news: Mapping[str, SourceNews], settings: Settings) -> pa.Table:
    """Complete rows of `interactions` with every derived column filled."""
    return derive_open(replace_columns(table, _episodes(table)), news, settings)


def derive_open(table: pa.Table, news: Mapping[str, SourceNews], settings: Settings) -> pa.Table:
    """The rows with what depends on the newest time of their source; episodes must be there."""
    inbound = ~one_of(table, "direction", "out")
    newest, tells_first, tells_solution, tells_solver = _news_by_row(table, news)
    opened = times(table, "opened_at")
    age = (newest - opened) / SECOND
    waiting = inbound & np.isnan(numbers(table, "first_response_seconds")) & (numbers(table, "answered") != 1)
    waits_since = np.where(waiting & tells_first, opened, np.nan)
    unsolved = inbound & np.isnan(times(table, "resolved_at")) & tells_solution
    in_episode = (numbers(table, "episode_first") == 1) & np.isnan(numbers(table, "episode_seconds")) & tells_solution
    made = {
        "first_response_open_bucket": bucket_array((newest - waits_since) / SECOND),
        "first_response_business_open_bucket": bucket_array(business_seconds(waits_since, newest, settings)),
        "resolution_open_bucket": bucket_array(np.where(unsolved, age, np.nan)),
        "episode_open_bucket": bucket_array(np.where(in_episode, age, np.nan)),
        **target_and_call_back(table, np.where(tells_first, newest, np.nan), newest, settings),
        "solved_automatically": _solved_automatically(table, inbound, tells_solver),
    }
    return replace_columns(table, made)


def _news_by_row(
    table: pa.Table, news: Mapping[str, SourceNews]
) -> tuple[Array, NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    source, sources = codes(table, "source")
    channel, channels = codes(table, "channel")
    of_source = [news.get(s, SourceNews()) for s in sources]
    names: list[str | None] = [*channels, None]  # code -1 is the last: not known
    first = np.array([[c in n.first_responses for c in names] for n in of_source], np.bool_).reshape(-1, len(names))
    solved = np.array([[c in n.solutions for c in names] for n in of_source], np.bool_).reshape(-1, len(names))
    newest = np.array([n.newest if np.isfinite(n.newest) else np.nan for n in of_source], np.float64)
    solver = np.array([n.solvers for n in of_source], np.bool_)
    return newest[source], first[source, channel], solved[source, channel], solver[source]


def _solved_automatically(table: pa.Table, inbound: NDArray[np.bool_], tells: NDArray[np.bool_]) -> pa.Array:
    """Not told of any contact whose repeats can't be told: counting only the others would make a share of 0."""
    repeated = numbers(table, "repeated")
    automatic = one_of(table, "resolved_by", "automatic")
    return flags(automatic & (repeated == 0), inbound & tells & ~np.isnan(repeated))


def _episodes(table: pa.Table) -> dict[str, pa.Array]:
    inbound = ~one_of(table, "direction", "out")
    opened = times(table, "opened_at")
    told = inbound & (numbers(table, "known") == 1) & ~np.isnan(opened)
    order = _in_order(table, np.flatnonzero(told), opened)
    found = _Found.empty(len(table))
    if len(order):
        _fill(found, table, order, opened)
    alone = inbound & ~told
    found.first[alone] = 1
    found.seconds[alone] = numbers(table, "resolution_seconds")[alone]
    episode = np.where(alone, np.arange(len(table)), found.start)
    key = table.column(table.schema.get_field_index("interaction_id")).combine_chunks()
    return {
        "episode_id": pc.take(key, pa.array(episode, pa.int64(), mask=episode < 0)),
        "episode_first": whole(found.first),
        "episode_contacts": whole(found.contacts),
        "episode_seconds": real(found.seconds),
        "episode_seconds_bucket": bucket_array(found.seconds),
        "repeated": whole(found.repeated),
        "episode_fcr": whole(found.fcr),
        "episode_fcr_strict": whole(found.strict),
        "episode_switched": whole(found.switched),
    }


@dataclass(slots=True)
class _Found:
    """One value a row, NaN where it can't be told; `start` is the row of the episode's first contact, else -1."""

    start: NDArray[np.int64]
    first: Array
    contacts: Array
    seconds: Array
    repeated: Array
    fcr: Array
    strict: Array
    switched: Array

    @classmethod
    def empty(cls, rows: int) -> _Found:
        return cls(np.full(rows, -1, np.int64), *(np.full(rows, np.nan) for _ in range(7)))


def _in_order(table: pa.Table, rows: NDArray[np.int64], opened: Array) -> NDArray[np.int64]:
    """The rows by customer, subject and time; what is equal in all three, by source and key."""
    person = table.column("person").combine_chunks().to_numpy(zero_copy_only=False)
    subject, _ = codes(table, "reason")
    chosen = table.select(["source", "interaction_id"]).take(pa.array(rows))
    ties = pc.sort_indices(chosen, sort_keys=[("source", "ascending"), ("interaction_id", "ascending")])
    rows = rows[ties.to_numpy()]
    return rows[np.lexsort((opened[rows], subject[rows], person[rows]))]


def _fill(found: _Found, table: pa.Table, order: NDArray[np.int64], opened: Array) -> None:
    person = table.column("person").combine_chunks().to_numpy(zero_copy_only=False)[order]
    subject, _ = codes(table, "reason")
    at, subject = opened[order], subject[order]
    goes_on = np.zeros(len(order), np.bool_)
    goes_on[1:] = (person[1:] == person[:-1]) & (subject[1:] == subject[:-1]) & (at[1:] - at[:-1] <= WINDOW)
    starts = np.flatnonzero(~goes_on)
    ends = np.append(starts[1:], len(order)) - 1
    first, size = order[starts], ends - starts + 1
    found.start[order] = np.repeat(first, size)
    found.first[order] = 0
    found.first[first] = 1
    found.repeated[order] = np.append(goes_on[1:], False)
    found.contacts[first] = size
    found.switched[first] = _switched(codes(table, "channel")[0][order], starts, size)
    resolved = times(table, "resolved_at")[order]
    last = np.fmax.reduceat(resolved, starts)
    found.seconds[first] = np.where(np.isnan(resolved[ends]), np.nan, np.maximum(last - at[starts], 0) / SECOND)
    _solved_at_once(found, table, first, size)


def _switched(channel: NDArray[np.int64], starts: NDArray[np.int64], size: NDArray[np.int64]) -> Array:
    """1 where an episode has two channels, 0 where it has one, NaN where an unknown one might be another."""
    unknown = channel < 0
    low = np.minimum.reduceat(np.where(unknown, np.iinfo(np.int64).max, channel), starts)
    high = np.maximum.reduceat(channel, starts)
    doubt = np.logical_or.reduceat(unknown, starts) & (size > 1)
    return np.where((high >= 0) & (low < high), 1.0, np.where(doubt, np.nan, 0.0))


def _solved_at_once(found: _Found, table: pa.Table, first: NDArray[np.int64], size: NDArray[np.int64]) -> None:
    reopened = numbers(table, "reopens")[first] > 0
    transfers = numbers(table, "transfers")[first]
    once = (size == 1) & ~reopened
    found.fcr[first] = once
    found.strict[first] = np.where(~once, 0.0, np.where(np.isnan(transfers), np.nan, transfers == 0))
