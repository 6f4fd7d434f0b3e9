"""Scores of whole responses (SERVQUAL, SUS), worked out anew for the responses that a change touches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import xxhash
from sqlglot import exp

from peil.facts.schema import ANSWERS
from peil.warehouse.engines import Change, key_of
from peil.warehouse.loading.changes import Work, batches, new_writer
from peil.warehouse.loading.existing import Existing, column
from peil.warehouse.rows.prepare import complete
from peil.warehouse.rows.servqual import ITEMS, derive_responses

_RESPONSE = ("source", "response_id")
_STATEMENT = ("source", "survey", "dimension", "question")
_SLICE = 200_000


def derive_answers(work: Work, incoming: Iterable[pa.Table], size: int, gone: Sequence[Path]) -> Change:
    """The change of `answers`: what comes in, and the scores of the responses it touches."""
    items = _Items(work, max(1, min(100, -(-size // _SLICE))))
    try:
        rows = work.write("answers", "rows", items.set_apart(incoming))
    finally:
        items.close()
    held = Existing(work.engine, "answers", (_is_item(),))
    going = [p for p in (rows, *gone) if p]
    derived, stale = None, None
    if items.paths or not held.empty:
        with held.without(going):
            touched = _touched(held, items)
            derived = work.write("answers", "derived", _scores(work, held, items, touched))
            stale = work.write("answers", "stale", _stale(work, touched))
    for path in items.paths.values():
        path.unlink()
    # what goes stale and is made again is deleted first, so the order within a change does not matter
    return Change("answers", key_of("answers"), [p for p in (rows, derived) if p], [p for p in (*gone, stale) if p])


class _Items:
    """The rows that come in from which scores are made, in files by response."""

    def __init__(self, work: Work, parts: int) -> None:
        self.work, self.parts = work, parts
        self.paths: dict[int, Path] = {}
        self._writers: dict[int, pq.ParquetWriter] = {}

    def set_apart(self, tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
        for table in tables:
            kinds = pc.is_in(table["kind"], value_set=pa.array(ITEMS, pa.string()))
            found = table.filter(pc.and_(kinds, pc.is_valid(table["response_id"])))
            if len(found):
                self._keep(found)
            yield table

    def read(self, part: int) -> pa.Table:
        path = self.paths.get(part)
        return pa.concat_tables(batches(path)) if path else ANSWERS.arrow().empty_table()

    def distinct(self, *names: str) -> pa.Table:
        found = [t.group_by(list(names)).aggregate([]) for p in self.paths.values() for t in batches(p, names)]
        empty = pa.table({n: pa.nulls(0, pa.string()) for n in names})
        return pa.concat_tables([empty, *found]).group_by(list(names)).aggregate([]).select(list(names))

    def statements(self) -> pa.Table:
        found = [
            t.filter(pc.equal(t["kind"], "servqual")).select(list(_STATEMENT))
            for p in self.paths.values()
            for t in batches(p, ("kind", *_STATEMENT))
        ]
        return _distinct(found, _STATEMENT)

    def part_of(self, responses: pa.Table) -> pa.Array:
        """The part of each response; the same for equal ids of different sources, which does no harm."""
        encoded = responses["response_id"].combine_chunks().dictionary_encode()
        digest = xxhash.xxh3_64_intdigest
        parts = pa.array([digest(i.encode()) % self.parts for i in encoded.dictionary.to_pylist()], pa.int64())
        return pc.take(parts, encoded.indices)

    def close(self) -> None:
        for writer in self._writers.values():
            writer.close()

    def _keep(self, rows: pa.Table) -> None:
        part = self.part_of(rows)
        for number in pc.unique(part).to_pylist():
            if number not in self._writers:
                self.paths[number] = self.work.folder / f"answers-items{number}.parquet"
                self._writers[number] = new_writer(self.paths[number], rows.schema)
            self._writers[number].write_table(rows.filter(pc.equal(part, number)))


@dataclass(frozen=True, slots=True)
class _Touched:
    responses: pa.Table
    part: pa.Array
    statements: pa.Table  # as they will be


def _is_item() -> exp.Expr:
    kinds = [exp.Literal.string(k) for k in ITEMS]
    return exp.and_(exp.In(this=column("kind"), expressions=kinds), exp.not_(column("response_id").is_(exp.null())))


def _touched(held: Existing, items: _Items) -> _Touched:
    servqual = column("kind").eq(exp.Literal.string("servqual"))
    after = _distinct([held.distinct_of_the_rest(*_STATEMENT, where=[servqual]), items.statements()], _STATEMENT)
    before = held.distinct(*_STATEMENT, where=[servqual])
    surveys = {(r["source"], r["survey"]) for r in _one_sided(before, after)}
    again = [held.distinct_of_the_rest(*_RESPONSE, where=[_of_survey(held, *s)]) for s in sorted(surveys, key=str)]
    parts = [items.distinct(*_RESPONSE), held.distinct_going(*_RESPONSE), *again]
    responses = _distinct(parts, _RESPONSE)
    return _Touched(responses, items.part_of(responses), after)


def _of_survey(held: Existing, source: str, survey: str | None) -> exp.Expr:
    of_survey = column("survey").is_(exp.null()) if survey is None else column("survey").eq(held.bind(survey))
    return exp.and_(column("source").eq(held.bind(source)), of_survey)


def _one_sided(before: pa.Table, after: pa.Table) -> list[dict[str, str]]:
    """Statements that came or went."""
    a, b = ({tuple(r.values()) for r in t.to_pylist()} for t in (before, after))
    return [dict(zip(_STATEMENT, row, strict=True)) for row in a ^ b]


def _scores(work: Work, held: Existing, items: _Items, touched: _Touched) -> Iterator[pa.Table]:
    for number in range(items.parts):
        work.go_on()
        chosen = touched.responses.filter(pc.equal(touched.part, number))
        if not len(chosen):
            continue
        older = held.rows_among("responses", chosen)
        both = pa.concat_tables([items.read(number), older], promote_options="default")
        yield derive_responses(complete(ANSWERS, both), touched.statements, work.settings)


def _stale(work: Work, touched: _Touched) -> Iterator[pa.Table]:
    """Keys of the scores that the touched responses have now."""
    made = Existing(work.engine, "answers", (column("import_id").is_(exp.null()),))
    if not made.empty:
        yield made.rows_among("responses", touched.responses).select(list(key_of("answers")))


def _distinct(tables: Sequence[pa.Table], names: Sequence[str]) -> pa.Table:
    empty = pa.table({n: pa.nulls(0, pa.string()) for n in names})
    same = [t.select(list(names)).cast(empty.schema) for t in tables]
    return pa.concat_tables([empty, *same]).group_by(list(names)).aggregate([]).select(list(names))
