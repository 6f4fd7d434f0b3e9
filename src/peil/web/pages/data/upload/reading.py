"""The first look at a file: a sample of its rows kept, its mapping guessed, or known from a file of the same shape."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from peil.facts.drafting.draft import draft
from peil.facts.drafting.profile import Profile, Sample, profiles_of
from peil.facts.entries import FileOptions, Mapping
from peil.sources.files import Named
from peil.sources.intake import read_sample
from peil.web.pages.data.upload.folder import Upload
from peil.web.pages.data.upload.shapes import known_mapping

KEPT_ROWS = 1_000
READ_BY = ("delimiter", "encoding", "header_rows", "skip_rows", "sheet", "quote")


def read_upload(upload: Upload) -> None:
    """Read its first rows and leave a sample, the draft, and a mapping where there is none yet."""
    sample = read_sample(Named(upload.file, upload.state.name), _options(upload))
    text = draft(sample).text
    upload.write_mapping(text, draft=True)
    _keep(upload, sample)
    columns = columns_in(sample)
    (upload.folder / "columns.json").write_text(json.dumps(columns), encoding="utf-8")
    if upload.mapping:
        return
    known = known_mapping(columns, text)
    upload.write_mapping(known.text if known else text)
    upload.change(known_from=known.file if known else "")


def state_options(upload: Upload, **options: Any) -> None:
    """Say how the file is written; the next reading goes by it."""
    given = {name: value for name, value in options.items() if value not in (None, "")}
    (upload.folder / "options.json").write_text(json.dumps(given), encoding="utf-8")


def reads_otherwise(upload: Upload, mapping: Mapping) -> dict[str, Any] | None:
    """How the mapping says that the file is written, where the sample was read in another way."""
    found = load_sample(upload).options
    stated = {word: getattr(mapping.file, word) for word in READ_BY}
    same = all(value is None or value == found.get(word, value) for word, value in stated.items())
    return None if same else stated


def load_sample(upload: Upload) -> Sample:
    """The sample that was kept."""
    with pa.memory_map(str(upload.sample)) as source, pa.ipc.open_file(source) as reader:
        rows = reader.read_all()
    told = json.loads(rows.schema.metadata[b"peil"])
    return Sample(**{**told, "typed": frozenset(told["typed"]), "notes": tuple(told["notes"]), "rows": rows})


def columns_in(sample: Sample) -> list[str]:
    return [c for c in sample.rows.column_names if c != "_row"]


def profiles(sample: Sample, columns: Sequence[str]) -> dict[str, Profile]:
    """What the sample's columns hold."""
    wanted = set(columns)
    return {p.name: p for p in profiles_of(sample) if p.name in wanted}


def _options(upload: Upload) -> FileOptions | None:
    path = upload.folder / "options.json"
    return FileOptions(**json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None


def _keep(upload: Upload, sample: Sample) -> None:
    told = {
        "file": sample.file,
        "format": sample.format,
        "options": dict(sample.options),
        "titles": dict(sample.titles),
        "labels": {c: dict(v) for c, v in sample.labels.items()},
        "missing": {c: list(v) for c, v in sample.missing.items()},
        "typed": sorted(sample.typed),
        "notes": list(sample.notes),
    }
    rows = sample.rows.slice(0, KEPT_ROWS).combine_chunks()
    rows = rows.replace_schema_metadata({"peil": json.dumps(told, default=str)})
    with pa.OSFile(str(upload.sample), "wb") as out, pa.ipc.new_file(out, rows.schema) as writer:
        writer.write_table(rows)
