"""JSON lines: one object a line. Objects within objects become columns with a dot: user.id."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from peil.sources.limits import BLOCK, ROWS
from peil.sources.piece import Opened, Piece, Ragged, Request, name_columns, schema_of
from peil.sources.unpacking import Bytes

_SAMPLE_LINES = 5_000


class _Number(str):
    """A number as it was written, every digit of it."""

    __slots__ = ()


def open_jsonlines(request: Request, stream: Bytes) -> Opened:
    lines = _lines(stream, request)
    first = [line for _, line in zip(range(_SAMPLE_LINES), lines, strict=False)]
    columns: dict[str, None] = {}
    for line in first:
        found = _read(line)
        columns |= dict.fromkeys(found if isinstance(found, dict) else ())
    names, notes = name_columns(list(columns), request)
    return Opened(
        columns=names,
        options=request.options,
        notes=notes,
        pieces=_pieces(request, stream, (first, lines), dict(zip(columns, names, strict=True))),
    )


def _lines(stream: Bytes, request: Request) -> Iterator[bytes]:
    rest = stream.read(3)
    rest = b"" if rest == b"\xef\xbb\xbf" else rest
    number = 0
    while chunk := stream.read(1 << 20):
        *whole, rest = (rest + chunk).split(b"\n")
        number += len(whole)
        yield from whole
        if len(rest) > BLOCK:
            raise request.refuse("A line is longer than 8 MB.", "Write one object a line.", row=number + 1)
    if rest.strip():
        yield rest


def _read(line: bytes) -> dict[str, str] | str:
    """The columns of one line, or what is wrong with it."""
    try:
        found = json.loads(line, parse_float=_Number, parse_int=_Number, parse_constant=_Number)
    except UnicodeDecodeError:
        return "is not UTF-8"
    except (ValueError, RecursionError) as error:
        return f"is no JSON object: {getattr(error, 'msg', 'too deep')}"
    return _flat(found, "") if isinstance(found, dict) else "is no JSON object"


def _flat(found: Mapping[str, Any], before: str) -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in found.items():
        name = f"{before}{key}"
        if isinstance(value, dict):
            flat |= _flat(value, f"{name}.")
        elif value is None:
            flat[name] = ""
        elif isinstance(value, bool):
            flat[name] = "true" if value else "false"
        elif isinstance(value, list):
            flat[name] = json.dumps(value, ensure_ascii=False)
        else:
            flat[name] = value
    return flat


def _pieces(
    request: Request, stream: Bytes, lines: tuple[list[bytes], Iterator[bytes]], names: Mapping[str, str]
) -> Iterator[Piece]:
    schema = schema_of(list(names.values()))
    block: list[tuple[int, dict[str, str]]] = []
    ragged: list[Ragged] = []
    for number, line in enumerate(_both(*lines), start=1):
        if not line.strip():
            continue
        found = _read(line)
        if isinstance(found, str):
            ragged.append(Ragged(number, "", found))
            continue
        new = [key for key in found if key not in names]
        if new:
            raise request.refuse(
                f"The entry '{new[0]}' appears for the first time here, after {_SAMPLE_LINES:,} lines without it.",
                "Put a line that has every entry near the top.",
                row=number,
            )
        block.append((number, found))
        if len(block) == ROWS:
            yield _piece(block, ragged, (stream, schema, names))
            block, ragged = [], []
    if block or ragged:
        yield _piece(block, ragged, (stream, schema, names))


def _both(first: list[bytes], rest: Iterator[bytes]) -> Iterator[bytes]:
    yield from first
    yield from rest


def _piece(
    block: list[tuple[int, dict[str, str]]], ragged: list[Ragged], how: tuple[Bytes, pa.Schema, Mapping[str, str]]
) -> Piece:
    stream, schema, names = how
    arrays = [pa.array([str(row.get(key, "")) for _, row in block], pa.string()) for key in names]
    typed = [name for key, name in names.items() if any(type(row.get(key)) is _Number for _, row in block)]
    rows = pa.array([number for number, _ in block], pa.int64())
    return Piece(pa.record_batch([*arrays, rows], schema=schema), ragged, stream.done, typed)
