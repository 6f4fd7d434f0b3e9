"""The archive of imports without the person: their rows under another name in the same block, their words gone.

What takes the place of a file is written beside it first, and put there once all of it is: who goes on after a process
that ended in the middle finds either the whole archive as it was, by which the person's rows can be told, or all new files.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from peil.facts.schema import FACTS
from peil.ops.erase.ledger import Wanted
from peil.warehouse.loading.archive import Archive, read_manifest, sync_files, write_json
from peil.warehouse.loading.changes import batches, words_of
from peil.warehouse.rows.prepare import prepare
from peil.warehouse.settings import Settings

LINKS = ("response_id", "interaction_id", "visit_id", "visitor_id")
EMPTIED = frozenset(c.name for fact in FACTS.values() for c in fact.columns if c.role == "text") | {"text"}
ERASED = "erased"
MANIFEST_TEXTS = ("file_name", "mapping_text")
MANIFEST = "manifest.json"
_BESIDE = ".part"  # no part of the record, and of no backup


@dataclass(slots=True)
class Names:
    """Names in the place of real ones, each in the block of the one that it stands for.

    With the same salt they are the same; without it nobody can tell whose they are.
    """

    settings: Settings
    salt: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    given: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def instead(self, column: str, source: str, word: str) -> str:
        """The same name for the same word, wherever it stands."""
        key = (column, source if column == "visitor_id" else "", word)
        if key not in self.given:
            self.given[key] = self._drawn(column, source, word)
        return self.given[key]

    def _drawn(self, column: str, source: str, word: str) -> str:
        first = 0
        while True:
            drawn = [self._name(column, source, word, at) for at in range(first, first + 1000)]
            rows = pa.table({"source": [source] * 1001, "visit_id": ["v"] * 1001, column: [word, *drawn]})
            blocks = prepare("visits", rows, self.settings)["block"].to_pylist()
            for name, block in zip(drawn, blocks[1:], strict=True):
                if block == blocks[0]:
                    return name
            first += len(drawn)

    def _name(self, *of: str | int) -> str:
        told = "\x1f".join(map(str, of)).encode()
        return f"{ERASED}-{hashlib.blake2b(told, key=self.salt, digest_size=8).hexdigest()}"


@dataclass(frozen=True, slots=True)
class Traces:
    """By what else rows belong to the person: their submissions, contacts, visits, browsers."""

    links: dict[str, set[tuple[str, str]]]  # column -> (source, value)


def rewrite_archive(archive: Archive, names: Names, wanted: Wanted) -> tuple[Counter[str], list[str]]:
    """Write anew, beside it, what holds the person; how many rows of which fact, and which files wait to be put in place."""
    counted, folders = Counter[str](), _folders(archive)
    for old in (p for folder in folders for p in folder.glob(f"*{_BESIDE}")):
        old.unlink()  # of a process that ended; it may hold anybody
    traces = find_traces(archive, wanted) if folders else Traces({})
    for folder in folders:
        rows: set[int] = set()
        for fact, path in archive.files(folder.name).items():
            changed, places = _rewrite_fact(path, (wanted, traces, names))
            counted[fact] += changed
            rows |= places
        counted["rejects"] += _rewrite_rejects(folder / "rejects.parquet", wanted, rows)
        counted["manifests"] += _rewrite_manifest(folder, wanted)
        sync_files(folder)
    waiting = [str(p.relative_to(archive.imports)) for folder in folders for p in folder.glob(f"*{_BESIDE}")]
    return +counted, sorted(waiting)


def put_in_place(archive: Archive, waiting: Iterable[str]) -> None:
    """Put there what `rewrite_archive` wrote; again, where a process ended in the middle of it."""
    parts = [archive.imports / name for name in waiting]
    for part in parts:
        if part.exists():
            os.replace(part, part.with_name(part.name.removesuffix(_BESIDE)))
    for folder in {part.parent for part in parts if part.parent.is_dir()}:
        sync_files(folder)


def _folders(archive: Archive) -> list[Path]:
    return sorted(p for p in archive.imports.iterdir() if p.is_dir()) if archive.imports.exists() else []


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
    """How many rows have to change, and where they stood in their file."""
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
        pq.write_table(
            whole, _beside(path), compression="zstd", compression_level=1, use_dictionary=words_of(whole.schema)
        )
    return changed, places


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}{_BESIDE}")


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
        pq.write_table(pa.Table.from_pylist(made, schema=table.schema), _beside(path), compression="zstd")
    return changed


def is_rejected_of(row: dict[str, Any], wanted: Wanted, places: set[int]) -> bool:
    """Whether a rejected value is the person's: of one of their rows, or naming them."""
    return row["value"] is not None and (row["row"] in places or bool(wanted.words_in(row["value"])))


def _rewrite_manifest(folder: Path, wanted: Wanted) -> int:
    manifest = asdict(read_manifest(folder))
    clean = {n: wanted.without(manifest[n], ERASED) for n in MANIFEST_TEXTS}
    if all(manifest[n] == text for n, text in clean.items()):
        return 0
    write_json(_beside(folder / MANIFEST), manifest | clean)
    return 1
