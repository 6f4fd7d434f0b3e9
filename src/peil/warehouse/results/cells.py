"""What a statement gave, as arrays: the one place where a result becomes numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from peil.core import buckets
from peil.core.kpi import Array
from peil.core.moments import Is
from peil.core.numerics.replicates import BlockSums, SpreadSums
from peil.warehouse.plan import (
    KNOWN,
    ROWS,
    ROWS_WEIGHTED,
    Need,
    Plan,
    moment_name,
    name_in,
    squared_name,
)

BLOCKS, FEWER_BLOCKS, MANY_GROUPS = 100, 20, 1_000

Key: TypeAlias = tuple["str | int | date | None", ...]


def numbers(column: pa.ChunkedArray) -> Array:
    """Any numeric column as doubles; an aggregate over no rows is null and counts 0."""
    filled = pc.fill_null(pc.cast(column, pa.float64()), 0.0)
    return np.asarray(filled.to_numpy(), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Cells:
    """The rows of a grouped result: for each its group, block and sums.

    `order` sorts the rows by their combination of condition values, so that each KPI takes its
    own rows without looking at the others.
    """

    plan: Plan
    table: pa.Table
    keys: list[Key]  # the distinct groups, in order
    group: NDArray[np.int64]
    block: NDArray[np.int64]
    combinations: list[Key]
    order: NDArray[np.int64]
    start: NDArray[np.int64]
    read: dict[str, Array] = field(default_factory=dict)

    def column(self, name: str) -> Array:
        """A column as doubles, read once."""
        if name not in self.read:
            self.read[name] = numbers(self.table[name])
        return self.read[name]

    def rows(self, conditions: Sequence[Is]) -> NDArray[np.int64]:
        """The rows that meet all conditions."""
        names = self.plan.conditions
        at = [(names.index(c.column), c.values) for c in conditions if c not in self.plan.same]
        found = [
            self.order[self.start[i] : self.start[i + 1]]
            for i, combination in enumerate(self.combinations)
            if all(combination[place] in values for place, values in at)
        ]
        return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)


def read_cells(plan: Plan, table: pa.Table) -> Cells:
    keys, group = _groups(table, plan.by)
    combinations, combination = _groups(table, plan.conditions)
    order = np.argsort(combination, kind="stable")
    start = np.searchsorted(combination[order], np.arange(len(combinations) + 1))
    block = numbers(table["block"]).astype(np.int64)
    return Cells(plan, table, keys, group, block, combinations, order, start)


def _groups(table: pa.Table, by: Sequence[str]) -> tuple[list[Key], NDArray[np.int64]]:
    """The distinct combinations of `by`, sorted with the unknown last, and each row's."""
    if not by:
        return [()], np.zeros(table.num_rows, dtype=np.int64)
    code = np.zeros(table.num_rows, dtype=np.int64)
    levels: list[list[str | int | date | None]] = []
    for name in by:
        encoded = table[name].combine_chunks().dictionary_encode(null_encoding="encode")
        values = encoded.dictionary.to_pylist()
        order = sorted(range(len(values)), key=lambda i, v=values: (v[i] is None, v[i] if v[i] is not None else 0))  # type: ignore[misc]
        rank = np.empty(len(values), dtype=np.int64)
        rank[order] = np.arange(len(values))
        levels.append([values[i] for i in order])
        code = (
            code * max(len(values), 1)
            + rank[np.asarray(encoded.indices.to_numpy(zero_copy_only=False), dtype=np.int64)]
        )
    distinct, group = np.unique(code, return_inverse=True)
    keys: list[Key] = []
    for c in distinct.tolist():
        parts: list[str | int | date | None] = []
        for values in reversed(levels):
            c, i = divmod(c, len(values))
            parts.append(values[i])
        keys.append(tuple(reversed(parts)))
    return keys, np.asarray(group, dtype=np.int64).reshape(-1)


@dataclass(frozen=True, slots=True)
class Summed:
    """The sums of one need, with the keys of its groups."""

    by: tuple[str, ...]
    keys: list[Key]
    sums: BlockSums | SpreadSums
    members: list[float] = field(default_factory=list)  # people per group, where they were counted


def block_sums(cells: Cells, need: Need, weighted: bool) -> Summed:
    """The moments of `need`, (groups, blocks), over the rows that meet its conditions."""
    first = need.moments.get("n") or next(iter(need.moments.values()))
    counter = moment_name(first, weighted and "n" not in need.moments)
    rows = cells.rows(need.rows)
    rows = rows[cells.column(counter)[rows] != 0]
    kept, place = np.unique(cells.group[rows], return_inverse=True)
    place = place.reshape(-1)
    ripe = cells.column(need.ripe)[rows] == 1 if need.ripe else np.ones(len(rows), dtype=bool)
    blocks = FEWER_BLOCKS if len(kept) > MANY_GROUPS else BLOCKS
    pending = np.zeros(0)
    if need.ripe:
        late = np.bincount(place[~ripe], weights=cells.column(counter)[rows[~ripe]], minlength=len(kept))
        pending = np.asarray(late, dtype=np.float64)
    rows, place = rows[ripe], place[ripe]
    cell = place * blocks + cells.block[rows] % blocks

    def by_block(amounts: Array) -> Array:
        flat = np.bincount(cell, weights=amounts, minlength=len(kept) * blocks)
        return np.asarray(flat, dtype=np.float64).reshape(len(kept), blocks)

    n = by_block(cells.column(counter)[rows])
    with np.errstate(invalid="ignore", divide="ignore"):
        known = by_block(cells.column(KNOWN)[rows]).sum(axis=1) / n.sum(axis=1)
    named = {key: by_block(cells.column(name_in(need, m, weighted))[rows]) for key, m in need.moments.items()}
    keys = [cells.keys[i] for i in kept]
    people = np.full(len(kept), np.nan)
    squared = np.zeros(0)
    if weighted and "n" in need.moments:
        squared = by_block(cells.column(squared_name(need.moments["n"]))[rows]).sum(axis=1)
    sums = BlockSums([{} for _ in keys], n, named, people, known, pending, squared_weights=squared)
    return Summed(cells.plan.by, keys, sums)


def spread_sums(cells: Cells, need: Need, weighted: bool) -> Summed:
    """The histogram of `need` per group and block, in long form."""
    rows = cells.rows(need.rows)
    if need.ripe:
        rows = rows[cells.column(need.ripe)[rows] == 1]
    kept, group = np.unique(cells.group[rows], return_inverse=True)
    blocks = FEWER_BLOCKS if len(kept) > MANY_GROUPS else BLOCKS
    table = cells.table.take(pa.array(rows))
    bucket, values, censored = _buckets(table)
    n = numbers(table[ROWS]).astype(np.int64)
    with np.errstate(invalid="ignore", divide="ignore"):
        known = np.bincount(group, weights=numbers(table[KNOWN]), minlength=len(kept)) / np.bincount(
            group, weights=n, minlength=len(kept)
        )
    keys = [cells.keys[i] for i in kept]
    sums = SpreadSums(
        groups=[{} for _ in keys],
        blocks=blocks,
        group=np.asarray(group, dtype=np.int64).reshape(-1),
        block=cells.block[rows] % blocks,
        bucket=bucket,
        censored=censored,
        count=numbers(table[ROWS_WEIGHTED]) if weighted else n.astype(np.float64),
        n=n,
        people=np.full(len(kept), np.nan),
        known=known,
        values=values,
        mixed=_mixed(table, need, np.asarray(group).reshape(-1), len(kept)),
    )
    return Summed(cells.plan.by, keys, sums)


def _buckets(table: pa.Table) -> tuple[NDArray[np.int64], Sequence[str | int | float], NDArray[np.bool_]]:
    """Of each row its bucket, or its place among the sorted values; the values; and whether it is still open."""
    value = table["value"].combine_chunks()
    told = "censored" in table.column_names
    if pa.types.is_int32(value.type):
        censored = numbers(table["censored"]) == 1 if told else np.zeros(len(value), dtype=bool)
        return numbers(table["value"]).astype(np.int64), (), censored
    if pa.types.is_floating(value.type):
        seconds = np.asarray(value.to_numpy(zero_copy_only=False), dtype=np.float64)
        censored = np.isnan(seconds)
        if told:
            seconds = np.where(censored, buckets.middle(numbers(table["censored"])), seconds)
        exact, place = np.unique(seconds, return_inverse=True)
        return np.asarray(place, dtype=np.int64).reshape(-1), tuple(exact.tolist()), censored
    encoded = value.dictionary_encode()
    names = encoded.dictionary.to_pylist()
    rank = np.empty(len(names), dtype=np.int64)
    rank[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
    place = rank[np.asarray(encoded.indices.to_numpy(), dtype=np.int64)]
    return place, tuple(sorted(names)), np.zeros(len(value), dtype=bool)


def _mixed(table: pa.Table, need: Need, group: NDArray[np.int64], groups: int) -> NDArray[np.bool_]:
    """Groups in which rows of more than one value of `Kpi.within` meet."""
    if need.kpi.within is None:
        return np.zeros(groups, dtype=bool)
    encoded = table[need.kpi.within].combine_chunks().dictionary_encode(null_encoding="encode")
    codes = np.asarray(encoded.indices.to_numpy(zero_copy_only=False), dtype=np.int64)
    pairs = np.unique(np.stack([group, codes]), axis=1)
    return np.asarray(np.bincount(pairs[0], minlength=groups) > 1)


def with_second(first: Summed, second: Summed) -> Summed:
    """The sums of a second fact beside those of the first, group by group.

    A group whose columns the second fact does not know takes the whole of it. Where both know
    the same columns, a group that only the second fact has counts too: no contacts is a rate of 0.
    """
    extra = second.sums
    assert isinstance(extra, BlockSums)
    shared = [i for i, name in enumerate(first.by) if name in second.by]
    keys = list(first.keys)
    if len(shared) == len(first.by):
        keys += [k for k in second.keys if k not in set(first.keys)]
    place = {k: i for i, k in enumerate(second.keys)}
    at = np.array([place.get(tuple(k[i] for i in shared), -1) for k in keys], dtype=np.int64)
    sums = first.sums
    blocks = min(sums.blocks if isinstance(sums, SpreadSums) else sums.n.shape[1], extra.n.shape[1])
    moved = {name: _aligned(a, at, blocks) for name, a in {**extra.named, "rows_second": extra.n}.items()}
    if isinstance(sums, SpreadSums):
        sums = replace(sums, blocks=blocks, block=sums.block % blocks)
        return Summed(
            first.by, keys[: len(first.keys)], _spread_with(sums, {k: v[: len(first.keys)] for k, v in moved.items()})
        )
    pad = len(keys) - len(first.keys)
    grown = {name: np.pad(_folded(a, blocks), ((0, pad), (0, 0))) for name, a in sums.named.items()}
    nan = np.full(len(keys), np.nan)
    both = BlockSums(
        [{} for _ in keys],
        np.pad(_folded(sums.n, blocks), ((0, pad), (0, 0))),
        grown | moved,
        nan.copy(),
        np.pad(sums.known, (0, pad), constant_values=np.nan),
        np.pad(sums.pending, (0, pad)) if sums.pending.size else sums.pending,
        sums.constants,
    )
    return Summed(first.by, keys, both)


def _folded(a: Array, blocks: int) -> Array:
    """Sums by block modulo `blocks`, (groups, blocks)."""
    return a if a.shape[1] == blocks else np.asarray(a.reshape(a.shape[0], -1, blocks).sum(axis=1))


def _aligned(a: Array, at: NDArray[np.int64], blocks: int) -> Array:
    folded = _folded(a, blocks)
    return np.where((at >= 0)[:, None], folded[np.maximum(at, 0)] if len(a) else np.zeros((len(at), blocks)), 0.0)


def _spread_with(sums: SpreadSums, second: Mapping[str, Array]) -> SpreadSums:
    return SpreadSums(
        sums.groups, sums.blocks, sums.group, sums.block, sums.bucket, sums.censored, sums.count, sums.n,
        sums.people, sums.known, sums.values, second, sums.mixed,
    )  # fmt: skip
