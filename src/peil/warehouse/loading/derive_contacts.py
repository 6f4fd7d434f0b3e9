"""After a change of rows, what other rows said is worked out anew, for the customers and responses it touches.

The engine still holds the rows as they were: rows that come in stand in Parquet files, rows that go are known by
their keys. Everything is done some blocks of customers at a time, so memory does not grow with the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray
from sqlglot import exp

from peil.facts.schema import FACTS
from peil.warehouse.engines import Change, key_of
from peil.warehouse.loading.changes import Work, batches, new_writer
from peil.warehouse.loading.existing import Existing, column, merge_news, news_of
from peil.warehouse.rows.episodes import EPISODE_COLUMNS, OPEN_COLUMNS, SourceNews, derive_contacts, derive_open
from peil.warehouse.rows.prepare import BLOCKS, complete

SLICE = 150_000  # rows worked on at a time
_CONTACTS_EACH = 30  # a guess at how many earlier contacts come with each new one
_INTERACTIONS = FACTS["interactions"]


@dataclass(frozen=True, slots=True)
class Slices:
    """Blocks of customers in `count` groups."""

    count: int

    def of(self, person: NDArray[np.int64]) -> NDArray[np.int64]:
        block = (person.view(np.uint64) % np.uint64(BLOCKS)).astype(np.int64)
        return block * self.count // BLOCKS

    def condition(self, number: int) -> exp.Expr:
        blocks = [b for b in range(BLOCKS) if b * self.count // BLOCKS == number]
        return column("block").between(exp.Literal.number(blocks[0]), exp.Literal.number(blocks[-1]))


def slices_for(rows: int) -> Slices:
    return Slices(max(1, min(BLOCKS, -(-rows // SLICE))))


def derive_interactions(work: Work, incoming: Iterable[pa.Table], size: int, gone: Sequence[Path]) -> Change:
    """The change of `interactions`: what comes in with its derived columns, and older rows whose columns changed.

    `incoming` are prepared rows, about `size` of them.
    """
    held = Existing(work.engine, "interactions")
    slices = slices_for(size + min(held.count(), _CONTACTS_EACH * size))
    parts = _split(work, incoming, slices)
    with held.without([*parts.values(), *gone]):
        before = held.news()
        after = merge_news([held.news_of_the_rest(), *(news_of(p) for p in parts.values())])
        moved = held.people_going()
        done: list[NDArray[np.int64]] = []
        contacts = _contacts(work, held, _Round(slices, parts, moved, held.displaced(), after), done)
        rows = work.write("interactions", "rows", contacts)
        others = work.write("interactions", "others", _open_rows(work, held, before, after, done))
    for part in parts.values():
        part.unlink()
    return Change("interactions", key_of("interactions"), [p for p in (rows, others) if p], list(gone))


@dataclass(frozen=True, slots=True)
class _Round:
    slices: Slices
    parts: dict[int, Path]
    moved: NDArray[np.int64]  # customers some of whose rows go
    displaced: pa.Table  # keys of rows that go, where no row of the same block comes instead
    news: dict[str, SourceNews]

    def going(self, number: int, came: pa.Table) -> pa.Table:
        """Keys of the rows of a slice that go: those that are replaced within it, and those displaced from it."""
        keys = list(key_of("interactions"))
        block = self.displaced["block"].combine_chunks().to_numpy(zero_copy_only=False)
        left = self.displaced.filter(pa.array(block * self.slices.count // BLOCKS == number))
        return pa.concat_tables([came.select(keys), left.select(keys)], promote_options="permissive")


def _split(work: Work, incoming: Iterable[pa.Table], slices: Slices) -> dict[int, Path]:
    """Write each row to the file of its slice."""
    paths: dict[int, Path] = {}
    writers: dict[int, pq.ParquetWriter] = {}
    try:
        for table in incoming:
            part = slices.of(table.column("person").combine_chunks().to_numpy(zero_copy_only=False))
            order = np.argsort(part, kind="stable")
            numbers, starts = np.unique(part[order], return_index=True)
            table = table.take(pa.array(order)) if slices.count > 1 else table
            for number, a, b in zip(numbers.tolist(), starts, [*starts[1:], len(order)], strict=True):
                if number not in writers:
                    paths[number] = work.folder / f"interactions-part{number}.parquet"
                    writers[number] = new_writer(paths[number], table.schema)
                writers[number].write_table(table.slice(a, b - a))
    finally:
        for writer in writers.values():
            writer.close()
    return paths


def _contacts(work: Work, held: Existing, round: _Round, done: list[NDArray[np.int64]]) -> Iterator[pa.Table]:
    """Every contact of the customers touched, slice by slice; older ones only when they changed."""
    where = round.slices.of(round.moved)
    extra = held.extra_columns()
    for number in range(round.slices.count):
        work.go_on()
        came = _read_part(round.parts.get(number), extra)
        people = np.union1d(_known_people(came), round.moved[where == number])
        done.append(people)
        older = held.rows_of_people(people, round.going(number, came), extra)
        if not len(came) and not len(older):
            continue
        # complete() orders extra columns alike, whatever this import brings
        both = pa.concat_tables([came, older], promote_options="default")
        both = complete(_INTERACTIONS, both)
        found = derive_contacts(both, round.news, work.settings)
        changed = _differ(found, both, (*EPISODE_COLUMNS, *OPEN_COLUMNS))
        changed[: len(came)] = True
        yield found.filter(pa.array(changed))


def _open_rows(
    work: Work,
    held: Existing,
    before: dict[str, SourceNews],
    after: dict[str, SourceNews],
    done: Sequence[NDArray[np.int64]],
) -> Iterator[pa.Table]:
    """Older rows of other customers that are still open, in sources that now know a newer time."""
    stale = [source for source, news in after.items() if source in before and before[source] != news]
    touched = np.concatenate([*done, np.empty(0, np.int64)])
    for source in stale:
        condition = held.open_rows(source, before[source], after[source])
        slices = slices_for(held.count(condition))
        for number in range(slices.count):
            work.go_on()
            rows = held.rows([condition, slices.condition(number)])
            person = rows.column("person").combine_chunks().to_numpy(zero_copy_only=False)
            known = rows.column("known").combine_chunks().to_numpy(zero_copy_only=False) == 1
            rows = rows.filter(pa.array(~(known & np.isin(person, touched))))
            found = derive_open(rows, after, work.settings)
            yield found.filter(pa.array(_differ(found, rows, OPEN_COLUMNS)))


def _read_part(path: Path | None, extra: Sequence[str]) -> pa.Table:
    table = pa.concat_tables(batches(path)) if path else _INTERACTIONS.arrow().empty_table()
    for name in extra:
        if name not in table.column_names:
            table = table.append_column(name, pa.nulls(len(table), pa.string()))
    return complete(_INTERACTIONS, table)


def _known_people(table: pa.Table) -> NDArray[np.int64]:
    person: NDArray[np.int64] = table.column("person").combine_chunks().to_numpy(zero_copy_only=False)
    known = table.column("known").combine_chunks().to_numpy(zero_copy_only=False) == 1
    return np.unique(person[known])


def _differ(new: pa.Table, old: pa.Table, names: Sequence[str]) -> NDArray[np.bool_]:
    """Rows in which any of the columns changed."""
    differ = np.zeros(len(new), np.bool_)
    for name in names:
        a, b = new.column(name), old.column(name)
        one_null = pc.xor(pc.is_null(a), pc.is_null(b))
        unequal = pc.fill_null(pc.not_equal(a, b), False)
        differ |= pc.or_(one_null, unequal).to_numpy()
    return differ
