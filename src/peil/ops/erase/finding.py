"""What erasing a customer would find: counted, not shown, and nothing is changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from peil.ops.erase.database import find_in_database
from peil.ops.erase.erasing import Ground, hashes_of
from peil.ops.erase.facts import MANIFEST_TEXTS, Traces, find_traces, is_rejected_of, is_theirs
from peil.ops.erase.files import find_files
from peil.ops.erase.ledger import Wanted
from peil.ops.stores import FILES, MAIL
from peil.surveys.forgetting.erasing import find_person, other_names
from peil.warehouse.loading.archive import Archive, read_manifest
from peil.warehouse.loading.changes import batches


@dataclass(frozen=True, slots=True)
class Found:
    """How many rows or files of each store are about the person, by the names of the certificate."""

    found: Mapping[str, int]
    unread: int  # files that can't be looked into


def find(ground: Ground, words: Iterable[str]) -> Found:
    """Count what `erase` would find for these words."""
    given = list(words)
    wanted = Wanted(ground.secret, hashes_of([*given, *other_names(given)], ground.secret))
    counted = Counter({f"archive {what}": n for what, n in _in_archive(ground.warehouse.archive, wanted).items()})
    counted |= Counter({f"database {table}": n for table, n in find_in_database(wanted).items()})
    for table, n in find_person(wanted).items():  # rows in which nothing names them are theirs too
        counted[f"database {table}"] = n
    files, unread = find_files([ground.stores.home / FILES, ground.stores.home / MAIL], wanted)
    return Found(dict(counted + Counter({"files": len(files)})), unread)


def _in_archive(archive: Archive, wanted: Wanted) -> Counter[str]:
    counted: Counter[str] = Counter()
    if not archive.imports.exists():
        return counted
    traces = find_traces(archive, wanted)
    for folder in sorted(p for p in archive.imports.iterdir() if p.is_dir()):
        places: set[int] = set()
        for fact, path in archive.files(folder.name).items():
            rows, there = _theirs(path, wanted, traces)
            counted[fact] += rows
            places |= there
        counted["rejects"] += _rejected(folder / "rejects.parquet", wanted, places)
        manifest = read_manifest(folder)
        counted["manifests"] += any(wanted.words_in(getattr(manifest, name)) for name in MANIFEST_TEXTS)
    return +counted


def _theirs(path: Path, wanted: Wanted, traces: Traces) -> tuple[int, set[int]]:
    """How many rows of a file are theirs, and where those stood in what was imported."""
    rows, places = 0, set[int]()
    for table in batches(path):
        theirs = table.filter(is_theirs(table, wanted, traces))
        rows += len(theirs)
        if len(theirs) and "_row" in table.column_names:
            places |= set(theirs["_row"].to_pylist()) - {None}
    return rows, places


def _rejected(path: Path, wanted: Wanted, places: set[int]) -> int:
    return sum(is_rejected_of(row, wanted, places) for row in pq.read_table(path).to_pylist()) if path.exists() else 0
