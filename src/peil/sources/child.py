"""The process that reads one file: `python -m peil.sources.child`, asked on stdin, answering on stdout.

It has a limit on memory and time, so a file made to do harm harms this process alone. Each answer is two lengths, a
JSON object, and the rows as an Arrow batch.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import struct
import sys
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import IO, Any

import pyarrow as pa

from peil.core.errors import BadInput
from peil.facts.entries import FileOptions
from peil.sources.formats import find_format
from peil.sources.limits import GIGA, MEMORY, SECONDS_AT_LEAST, SECONDS_PER_GIGA, UNPACKED
from peil.sources.piece import Opened, Piece, Request
from peil.sources.unneeded import leave_out_pandas
from peil.sources.unpacking import Bytes, unpack_to

LENGTHS = struct.Struct("<QQ")


def main() -> int:
    leave_out_pandas()
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is not an answer
    asked = json.loads(sys.stdin.readline())
    request = request_of(asked)
    _limit(request.path.stat().st_size, asked["memory"])
    try:
        _answer(request, Path(asked["scratch"]), out)
    except BadInput as error:
        _send(out, {"error": [error.problem, error.remedy, error.row, error.column]})
    except (MemoryError, pa.ArrowMemoryError):
        _send(out, {"error": ["Reading it takes more memory than is allowed.", _SMALLER, None, None]})
    return 0


_SMALLER = "Split it, or export it as CSV, which is read in parts."


def request_of(asked: dict[str, Any]) -> Request:
    known = {f.name for f in fields(FileOptions)}
    options = FileOptions(**{k: v for k, v in asked["options"].items() if k in known})
    return Request(Path(asked["path"]), asked["name"], options)


def _limit(size: int, memory: int) -> None:
    seconds = SECONDS_AT_LEAST + SECONDS_PER_GIGA * size // GIGA
    for what, most in (
        (resource.RLIMIT_AS, memory or MEMORY),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, UNPACKED + 1),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with contextlib.suppress(ValueError, OSError):  # macOS knows no limit on memory; the others still hold
            resource.setrlimit(what, (most, most))


def _answer(request: Request, scratch: Path, out: IO[bytes]) -> None:
    with Bytes(request) as stream:
        kind = find_format(stream.peek(16_384), request)
        opened = open_as(kind, request, stream, scratch)
        _send(out, _told(opened, kind))
        wanted = json.loads(sys.stdin.readline() or "null")  # the asker knows which once it has seen the heading
        columns = [c for c in opened.columns if wanted is None or c in wanted]
        for piece in opened.pieces:
            _send(out, _told_piece(piece), piece.batch.select([*columns, "_row"]))
        _send(out, {"end": True})


def open_as(kind: str, request: Request, stream: Bytes, scratch: Path) -> Opened:
    """The table, opened by the reader of its format."""
    if kind == "csv":
        from peil.sources.readers.delimited import open_delimited

        return open_delimited(request, stream)
    if kind == "jsonl":
        from peil.sources.readers.jsonlines import open_jsonlines

        return open_jsonlines(request, stream)
    here = replace(request, path=unpack_to(request, scratch / "unpacked")) if stream.packed else request
    if kind == "xlsx":
        from peil.sources.readers.workbook import open_workbook

        return open_workbook(here)
    if kind == "sav":
        from peil.sources.readers.spss import open_spss

        return open_spss(here)
    from peil.sources.readers.parquet import open_parquet

    return open_parquet(here)


def _told(opened: Opened, kind: str) -> dict[str, Any]:
    return {
        "format": kind,
        "columns": opened.columns,
        "options": asdict(opened.options),
        "titles": dict(opened.titles),
        "labels": {column: dict(labels) for column, labels in opened.labels.items()},
        "missing": {column: list(codes) for column, codes in opened.missing.items()},
        "notes": opened.notes,
    }


def _told_piece(piece: Piece) -> dict[str, Any]:
    return {"done": piece.done, "ragged": [asdict(r) for r in piece.ragged], "typed": list(piece.typed)}


def _send(out: IO[bytes], told: dict[str, Any], batch: pa.RecordBatch | None = None) -> None:
    text = json.dumps(told, default=str).encode()
    body = b"" if batch is None else batch.serialize()
    out.write(LENGTHS.pack(len(text), len(body)))
    out.write(text)
    out.write(body)
    out.flush()


if __name__ == "__main__":
    sys.exit(main())
