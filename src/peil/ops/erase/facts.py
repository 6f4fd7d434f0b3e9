"""The archive of imports without the person: their rows under another name in the same block, their words gone."""

from __future__ import annotations

import os
import secrets
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from peil.facts.schema import FACTS
from peil.ops.erase.ledger import Wanted
from peil.warehouse.loading.archive import Archive, read_manifest, sync_files, write_manifest
from peil.warehouse.loading.changes import batches, words_of
from peil.warehouse.rows.prepare import prepare
from peil.warehouse.settings import Settings

LINKS = ("response_id", "interaction_id", "visit_id", "visitor_id")
EMPTIED = frozenset(c.name for fact in FACTS.values() for c in fact.columns if c.role == "text") | {"text"}
ERASED = "erased"
MANIFEST_TEXTS = ("file_name", "mapping_text")


@dataclass(slots=True)
class Names:
    """Random names in the place of real ones, each in the block of the one that it stands for."""

    settings: Settings
    given: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def instead(self, column: str, source: str, word: str) -> str:
        """The same name for the same word, wherever it stands."""
        key = (column, source if column == "visitor_id" else "", word)
        if key not in self.given:
            self.given[key] = self._drawn(column, source, word)
        return self.given[key]

    def _drawn(self, column: str, source: str, word: str) -> str:
        while True:
            drawn = [f"{ERASED}-{secrets.token_hex(8)}" for _ in range(1000)]
            rows = pa.table({"source": [source] * 1001, "visit_id": ["v"] * 1001, column: [word, *drawn]})
            blocks = prepare("visits", rows, self.settings)["block"].to_pylist()
            for name, block in zip(drawn, blocks[1:], strict=True):
                if block == blocks[0]:
                    return name


@dataclass(frozen=True, slots=True)
class Traces:
    """By what else rows belong to the person: their submissions, contacts, visits, browsers."""

    links: dict[str, set[tuple[str, str]]]  # column -> (source, value)


def erase_archive(archive: Archive, settings: Settings, wanted: Wanted) -> Counter[str]:
    """Rewrite what holds the person; how many rows of which fact. Running it again finds nothing."""
    names, counted = Names(settings), Counter[str]()
    traces = find_traces(archive, wanted)
    for folder in sorted(p for p in archive.imports.iterdir() if p.is_dir()) if archive.imports.exists() else []:
        rows: set[int] = set()
        for fact, path in archive.files(folder.name).items():
            changed, places = _rewrite_fact(path, (wanted, traces, names))
            counted[fact] += changed
            rows |= places
        counted["rejects"] += _rewrite_rejects(folder / "rejects.parquet", wanted, rows)
        counted["manifests"] += _rewrite_manifest(folder, wanted)
        sync_files(folder)
    return +counted


def find_traces(archive: Archive, wanted: Wanted) -> Traces:
    """By what else their rows can be known, in every import."""
    links: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for manifest in archive.manifests():
        for path in archive.files(manifest.import_id).values():
            there = set(pq.read_schema(path).names)
            columns = [c for c in LINKS if c in there]
            if "customer_id" not in there or not columns:
                continue
            for table in batches(path, ["source", "customer_id", *columns]):
                found = table.filter(
                    _is_in(table["customer_id"], wanted.among(pc.unique(table["customer_id"]).to_pylist()))
                )
                for column in columns:
                    pairs = zip(found["source"].to_pylist(), found[column].to_pylist(), strict=True)
                    links[column] |= {(s, v) for s, v in pairs if v is not None}
    return Traces(links)


def _rewrite_fact(path: Path, how: tuple[Wanted, Traces, Names]) -> tuple[int, set[int]]:
    """How many rows were changed, and where they stood in their file."""
    tables, changed, places = [], 0, set[int]()
    for table in batches(path):
        mask = is_theirs(table, how[0], how[1])
        theirs = table.filter(mask)
        if len(theirs):
            changed += len(theirs)
            if "_row" in table.column_names:
                places |= set(theirs["_row"].to_pylist()) - {None}
            table = _replaced(table, mask, _anonymous(theirs, how[0], how[2]))
        tables.append(table)
    if changed:
        whole = pa.concat_tables(tables)
        passing = path.with_name(f"{path.name}.part")
        pq.write_table(whole, passing, compression="zstd", compression_level=1, use_dictionary=words_of(whole.schema))
        os.replace(passing, path)
    return changed, places


def is_theirs(table: pa.Table, wanted: Wanted, traces: Traces) -> pa.Array:
    """Which rows of a table are the person's."""
    mask = pa.array([False] * len(table))
    nobody = pa.array([True] * len(table))
    if "customer_id" in table.column_names:
        customers = table["customer_id"].combine_chunks()
        mask = _is_in(customers, wanted.among(pc.unique(customers).to_pylist()))
        nobody = pc.is_null(customers)
    for column, pairs in traces.links.items():
        if column not in table.column_names or not pairs:
            continue
        for source in {s for s, _ in pairs}:
            linked = _is_in(table[column].combine_chunks(), {v for s, v in pairs if s == source})
            same = pc.fill_null(pc.equal(table["source"].combine_chunks(), source), False)
            mask = pc.or_(mask, pc.and_(nobody, pc.and_(linked, same)))
    return mask


def _anonymous(rows: pa.Table, wanted: Wanted, names: Names) -> pa.Table:
    sources = rows["source"].to_pylist()
    for index, place in enumerate(rows.schema):
        if place.type != pa.string() or place.name == "source":
            continue
        values = rows[place.name].to_pylist()
        made = [
            _without(place.name, value, source, (wanted, names)) for value, source in zip(values, sources, strict=True)
        ]
        rows = rows.set_column(index, place, pa.array(made, place.type))
    return rows


def _without(column: str, value: str | None, source: str, how: tuple[Wanted, Names]) -> str | None:
    wanted, names = how
    if value is None or column in EMPTIED or column.startswith("x_"):
        return None
    if value.startswith(f"{ERASED}-"):
        return value
    if column == "visitor_id" or value in wanted:
        return names.instead("visitor_id" if column == "visitor_id" else "customer_id", source, value)
    for word in wanted.words_in(value):
        value = value.replace(word, names.instead("customer_id", source, word))
    return value


def _replaced(table: pa.Table, mask: pa.Array, rows: pa.Table) -> pa.Table:
    columns = [
        pc.replace_with_mask(table[n].combine_chunks(), mask, rows[n].combine_chunks()) for n in table.column_names
    ]
    return pa.table(columns, schema=table.schema)


def _is_in(values: Any, among: set[str]) -> pa.Array:
    found = pc.is_in(values, value_set=pa.array(sorted(among), pa.string()))
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found


def _rewrite_rejects(path: Path, wanted: Wanted, places: set[int]) -> int:
    """Rejected values of the same rows of the file go, and those that name the person."""
    if not path.exists():
        return 0
    table, changed, made = pq.read_table(path), 0, list[dict[str, Any]]()
    for row in table.to_pylist():
        value = row["value"]
        if is_rejected_of(row, wanted, places):
            changed += 1
            row |= {"value": None, **{n: (row[n] or "").replace(value, "...") for n in ("reason", "remedy")}}
        made.append(row)
    if changed:
        passing = path.with_name(f"{path.name}.part")
        pq.write_table(pa.Table.from_pylist(made, schema=table.schema), passing, compression="zstd")
        os.replace(passing, path)
    return changed


def is_rejected_of(row: dict[str, Any], wanted: Wanted, places: set[int]) -> bool:
    """Whether a rejected value is the person's: of one of their rows, or naming them."""
    return row["value"] is not None and (row["row"] in places or bool(wanted.words_in(row["value"])))


def _rewrite_manifest(folder: Path, wanted: Wanted) -> int:
    manifest = read_manifest(folder)
    texts = {n: getattr(manifest, n) for n in MANIFEST_TEXTS}
    clean = {n: wanted.without(text, ERASED) for n, text in texts.items()}
    if clean == texts:
        return 0
    told = {n: getattr(manifest, n) for n in manifest.__slots__} | clean
    write_manifest(folder, type(manifest)(**told))
    return 1
