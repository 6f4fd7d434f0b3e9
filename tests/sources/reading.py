"""A file read and mapped as an import does it, without a warehouse."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from peil.facts.apply import Mapped, apply
from peil.facts.mapping import load_mapping, parse_mapping
from peil.facts.reading.convert import Readings
from peil.facts.reading.texts import FileIdentity, match_columns
from peil.sources.files import open_table
from peil.sources.intake import hash_of, ragged_rejects


def read_mapped(path: Path, mapping: Path | str) -> Mapped:
    """All tables and rejected rows of a file; `mapping` is a path or the text itself."""
    chosen = load_mapping(mapping) if isinstance(mapping, Path) else parse_mapping(mapping)
    parts: list[Mapped] = []
    with open_table(path, chosen.file) as table:
        file = FileIdentity(name=path.name, hash=hash_of(path), titles=table.heading.titles)
        readings = Readings(file, chosen.file)
        for batch in table.batches(sorted(set(match_columns(chosen, table.columns, file).values()))):
            readings.typed = frozenset(table.passed.typed)
            parts.append(apply(chosen, batch, file, readings))
        ragged = ragged_rejects(table.passed.ragged)
    tables = {f.fact.name: pa.concat_tables([p.tables[f.fact.name] for p in parts]) for f in chosen.facts}
    return Mapped(tables, pa.concat_tables([*(p.rejects for p in parts), ragged]))
