"""Rows that the engine holds, seen from a change that is being worked out: what stays, whose rows go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray
from sqlglot import exp

from peil.facts.schema import FACTS
from peil.warehouse.engines import Engine, key_of
from peil.warehouse.loading.changes import batches
from peil.warehouse.rows.episodes import SourceNews
from peil.warehouse.rows.prepare import complete

_NEWEST = ("opened_at", "resolved_at", "callback_kept_at")


def column(name: str) -> exp.Column:
    return exp.column(name, quoted=True)


class Existing:
    """The rows of one fact (of those, `only` some) as they are before the change."""

    def __init__(self, engine: Engine, fact: str, only: Sequence[exp.Expr] = ()) -> None:
        self.engine, self.fact, self.keys, self._only = engine, fact, key_of(fact), tuple(only)
        self._rest: list[exp.Expr] = []  # condition on rows that stay
        self._going: list[exp.Expr] = []  # condition on rows that go or are replaced
        self._place: exp.Table | None = None  # of the keys that go
        self._words: dict[str, str] = {}
        self.empty = self.count() == 0

    @contextmanager
    def without(self, files: Sequence[Path]) -> Iterator[None]:
        """Tell rows that stay from those whose keys stand in `files`."""
        sources = set(self.distinct("source")["source"].to_pylist()) if not self.empty else set()
        keys = [t for p in files for t in self._keys_in(p) if sources & set(pc.unique(t["source"]).to_pylist())]
        if not keys:
            yield
            return
        going = self._place = self.engine.put("going", pa.concat_tables(keys))
        listed = exp.select(*(column(k) for k in self.keys)).from_(going)
        pair = exp.Tuple(expressions=[column(k) for k in self.keys])
        among = exp.In(this=pair, query=exp.Subquery(this=listed))
        self._going, self._rest = [among], [exp.not_(exp.paren(among.copy()))]
        try:
            yield
        finally:
            self.engine.drop("going")
            self._place, self._going, self._rest = None, [], []

    def _keys_in(self, path: Path) -> Iterator[pa.Table]:
        """Keys of a file, with the block of the row that comes in; null where none does."""
        has_block = "block" in pq.read_schema(path).names
        for table in batches(path, [*self.keys, "block"] if has_block else self.keys):
            yield table if has_block else table.append_column("block", pa.nulls(len(table), pa.int32()))

    def displaced(self) -> pa.Table:
        """Keys and block of rows that go for good, or whose new version is of another block."""
        if self._place is None:
            return pa.table({**dict.fromkeys(self.keys, pa.array([], pa.string())), "block": pa.array([], pa.int32())})
        same = exp.and_(*(_of("old", k).eq(_of("new", k)) for k in self.keys))
        query = (
            exp.select(*(_of("old", c).as_(c, quoted=True) for c in (*self.keys, "block")))
            .from_(exp.alias_(exp.to_table(self.fact), "old", table=True))
            .join(exp.alias_(self._place.copy(), "new", table=True), on=same)
            .where(exp.or_(_of("new", "block").is_(exp.null()), _of("new", "block").neq(_of("old", "block"))))
        )
        return self.engine.fetch(query, {})

    def bind(self, word: str) -> exp.Placeholder:
        """A word from a file, as a parameter for conditions of this fact."""
        name = f"w{len(self._words)}"
        self._words[name] = word
        return exp.Placeholder(this=name, kind=exp.DataType.build("VARCHAR"))

    def _fetch(self, query: exp.Select, conditions: Iterable[exp.Expr]) -> pa.Table:
        for condition in (*self._only, *conditions):
            query = query.where(condition.copy())
        used = {str(p.this) for p in query.find_all(exp.Placeholder)}
        return self.engine.fetch(query, {name: word for name, word in self._words.items() if name in used})

    def select(self, chosen: Sequence[exp.Expr | str], conditions: Iterable[exp.Expr]) -> pa.Table:
        query = exp.select(*chosen).from_(exp.to_table(self.fact))
        return self._fetch(query, conditions)

    def count(self, *conditions: exp.Expr) -> int:
        found = self.select([exp.Count(this=exp.Star()).as_("n")], [*conditions, *self._rest])
        return int(found["n"][0].as_py())

    def rows(self, conditions: Sequence[exp.Expr]) -> pa.Table:
        """Complete rows that stay."""
        return complete(FACTS[self.fact], self.select(["*"], [*conditions, *self._rest]))

    def extra_columns(self) -> list[str]:
        return [c for c in self.engine.tables()[self.fact] if c.startswith("x_")]

    def rows_among(self, name: str, keys: pa.Table, *conditions: exp.Expr) -> pa.Table:
        """Complete rows that stay, whose columns, those of `keys`, equal one of its rows."""
        with self._listed(name, keys) as among:
            return self.rows([among, *conditions])

    def rows_of_people(self, people: NDArray[np.int64], going: pa.Table, extra: Sequence[str]) -> pa.Table:
        """Complete rows of known customers, but for the keys in `going`, with the extra columns that the fact has."""
        table = pa.table({"person": pa.array(people, pa.int64())})
        known = column("known").eq(exp.Literal.number(1))
        with self._listed("touched", table) as among, self._listed("leaving", going) as leaving:
            found = self.select(["*"], [among, known, exp.not_(exp.paren(leaving))])
        for name in extra:
            if name not in found.column_names:
                found = found.append_column(name, pa.nulls(len(found), pa.string()))
        return complete(FACTS[self.fact], found)

    @contextmanager
    def _listed(self, name: str, keys: pa.Table) -> Iterator[exp.Expr]:
        """The condition that a row's columns, those of `keys`, equal one of its rows."""
        if self.empty or not len(keys):
            yield exp.false()
            return
        place = self.engine.put(name, keys)
        try:
            columns = [column(c) for c in keys.column_names]
            left = columns[0] if len(columns) == 1 else exp.Tuple(expressions=columns)
            listed = exp.select(*(c.copy() for c in columns)).from_(place)
            yield exp.In(this=left, query=exp.Subquery(this=listed))
        finally:
            self.engine.drop(name)

    def people_going(self) -> NDArray[np.int64]:
        """Known customers some of whose rows go or are replaced."""
        if not self._going:
            return np.empty(0, np.int64)
        known = column("known").eq(exp.Literal.number(1))
        found = self.select([column("person")], [known, *self._going])["person"].combine_chunks()
        return np.unique(found.to_numpy(zero_copy_only=False))

    def news(self) -> dict[str, SourceNews]:
        return {} if self.empty else _read_news(self._news([]))

    def news_of_the_rest(self) -> dict[str, SourceNews]:
        return {} if self.empty else _read_news(self._news(self._rest))

    def open_rows(self, source: str, before: SourceNews, after: SourceNews) -> exp.Expr:
        """Rows of a source that may look different now that it knows more, or less."""
        doubts: list[exp.Expr] = [exp.and_(_known("callback_promised_at"), _null("callback_kept_at"))]
        if before.first_responses or after.first_responses:
            doubts.append(_null("first_response_seconds"))
        if before.solutions or after.solutions:
            first = column("episode_first").eq(exp.Literal.number(1))
            doubts += [_null("resolved_at"), exp.and_(first, _null("episode_seconds"))]
        if before.solvers != after.solvers:
            doubts.append(_null("resolved_by"))
        return exp.and_(column("source").eq(self.bind(source)), exp.or_(*doubts))

    def _news(self, conditions: Sequence[exp.Expr]) -> pa.Table:
        sums = [
            *(exp.Max(this=column(c)).as_(f"newest_{c}") for c in _NEWEST),
            *(exp.Count(this=column(c)).as_(n) for c, n in _TOLD.items()),
        ]
        query = exp.select(column("source"), column("channel"), *sums).from_(exp.to_table(self.fact))
        return self._fetch(query.group_by(column("source"), column("channel")), conditions)

    def distinct(self, *names: str, where: Sequence[exp.Expr] = ()) -> pa.Table:
        query = exp.select(*(column(n) for n in names)).distinct().from_(exp.to_table(self.fact))
        return self._fetch(query, where)

    def distinct_of_the_rest(self, *names: str, where: Sequence[exp.Expr] = ()) -> pa.Table:
        return self.distinct(*names, where=[*where, *self._rest])

    def distinct_going(self, *names: str, where: Sequence[exp.Expr] = ()) -> pa.Table:
        if not self._going:
            return pa.table({n: pa.nulls(0, pa.string()) for n in names})
        return self.distinct(*names, where=[*where, *self._going])


_TOLD = {"first_response_seconds": "firsts", "resolved_at": "solved", "resolved_by": "solvers"}


def news_of(path: Path) -> dict[str, SourceNews]:
    """What the contacts of a Parquet file let us know of their sources."""
    columns = ["source", "channel", *_NEWEST, "first_response_seconds", "resolved_by"]
    found = []
    for table in batches(path, columns):
        sums = [(c, "max") for c in _NEWEST] + [(c, "count") for c in _TOLD]
        grouped = table.group_by(["source", "channel"]).aggregate(sums)
        names = ["source", "channel", *(f"newest_{c}" for c in _NEWEST), *_TOLD.values()]
        found.append(_read_news(pa.table(dict(zip(names, _by_name(grouped, sums), strict=True)))))
    return merge_news(found)


def merge_news(parts: Iterable[dict[str, SourceNews]]) -> dict[str, SourceNews]:
    merged: dict[str, SourceNews] = {}
    for part in parts:
        for source, news in part.items():
            merged[source] = merged[source].joined(news) if source in merged else news
    return merged


def _by_name(grouped: pa.Table, sums: Sequence[tuple[str, str]]) -> list[pa.ChunkedArray]:
    return [grouped["source"], grouped["channel"], *(grouped[f"{c}_{how}"] for c, how in sums)]


def _read_news(table: pa.Table) -> dict[str, SourceNews]:
    times = {c: table[f"newest_{c}"].cast(pa.timestamp("us", tz="UTC")).cast(pa.int64()).to_pylist() for c in _NEWEST}
    merged: dict[str, SourceNews] = {}
    for i, row in enumerate(table.select(["source", "channel", *_TOLD.values()]).to_pylist()):
        newest = [float(times[c][i]) for c in _NEWEST if times[c][i] is not None]
        channel = frozenset([row["channel"]])
        news = SourceNews(
            max(newest, default=-np.inf),
            channel if row["firsts"] else frozenset(),
            channel if row["solved"] else frozenset(),
            bool(row["solvers"]),
        )
        merged = merge_news([merged, {row["source"]: news}])
    return merged


def _of(place: str, name: str) -> exp.Column:
    return exp.column(name, table=place, quoted=True)


def _null(name: str) -> exp.Expr:
    return column(name).is_(exp.null())


def _known(name: str) -> exp.Expr:
    return exp.not_(_null(name))
