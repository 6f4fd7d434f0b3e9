"""Excel workbooks (.xlsx). Their sizes are looked at before they are opened."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from peil.sources import limits
from peil.sources.dialect import heading_of
from peil.sources.piece import FIRST_SHEET, Opened, Piece, Ragged, Request, name_columns, schema_of
from peil.sources.readers.cells import refuse_large_cell, text_of_cell


def open_workbook(request: Request) -> Opened:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, XmlError, ZipError

    check_zip(request)
    try:
        book = CalamineWorkbook.from_path(str(request.path))
        sheet, others = _choose_sheet(book, request)
    except PasswordError:
        raise request.refuse("It has a password.", "Save it without one.") from None
    except (ZipError, XmlError, CalamineError, OSError) as error:
        raise request.refuse(
            f"It is no sound workbook: {error}.", "Open it in Excel and save it again as .xlsx."
        ) from None
    opened = _open_sheet(sheet, request)
    return replace(opened, notes=(*_told(sheet, others), *opened.notes))


def check_zip(request: Request) -> None:
    """Refuse what would grow beyond the limits, without unpacking anything."""
    if request.path.stat().st_size > limits.PACKED_FILE:
        raise request.refuse("It is larger than 100 MB.", "Export it as CSV, which may be of any size.")
    try:
        with zipfile.ZipFile(request.path) as packed:
            members = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise request.refuse(f"It is a broken zip: {error}.", "Fetch or save it again.") from None
    if "xl/workbook.xml" not in {m.filename for m in members} and "xl/workbook.bin" not in {
        m.filename for m in members
    }:
        raise request.refuse("It is a zip without a workbook in it.", "Unpack it, and import what is inside.")
    if len(members) > limits.PACKED_MEMBERS:
        raise request.refuse(f"It packs {len(members):,} parts.", "Save it again with fewer sheets.")
    unpacked = sum(m.file_size for m in members)
    high = [
        m for m in members if m.file_size > limits.RATIO_FROM and m.file_size > limits.RATIO * max(m.compress_size, 1)
    ]
    if unpacked > limits.UNPACKED or high:
        raise request.refuse(
            f"It grows from {request.path.stat().st_size / limits.MEGA:,.1f} to {unpacked / limits.MEGA:,.0f} MB when unpacked, as only a bomb does.",
            "If you trust it, open it in Excel and save the sheet as CSV.",
        )


def _choose_sheet(book: Any, request: Request) -> tuple[Any, list[Any]]:
    """The sheet asked for, or the only one; and for a draft the others that hold something."""
    names: list[str] = list(book.sheet_names)
    wanted = request.options.sheet
    if wanted not in (None, FIRST_SHEET):
        if wanted not in names:
            raise request.refuse(f"There is no sheet '{wanted}'.", f"Its sheets are: {', '.join(names)}.")
        return book.get_sheet_by_name(wanted), []
    filled = [sheet for sheet in map(book.get_sheet_by_name, names) if sheet.start is not None]
    if not filled:
        raise request.refuse("No sheet holds anything.", "Export it again.")
    if wanted == FIRST_SHEET:
        tables = [sheet for sheet in filled if min(_size(sheet)) > 1]
        chosen = (tables or filled)[0]
        return chosen, [sheet for sheet in filled if sheet.name != chosen.name]
    if len(filled) > 1:
        shown = ", ".join(f"'{sheet.name}' ({_size(sheet)[0]:,} rows)" for sheet in filled[:8])
        raise request.refuse(
            f"It has {len(filled)} sheets: {shown}.", 'Say which in the mapping, under [file]: sheet = "...".'
        )
    return filled[0], []


def _told(sheet: Any, others: list[Any]) -> tuple[str, ...]:
    if not others:
        return ()
    shown = ", ".join(f"'{' '.join(other.name.split())}' ({_size(other)[0]:,} rows)" for other in others[:8])
    first = f"This is sheet '{' '.join(sheet.name.split())}', the first that holds a table."
    return (f"{first} Others, each with a mapping of its own where it counts: {shown}.",)


def _size(sheet: Any) -> tuple[int, int]:
    last = sheet.end or (-1, -1)
    return last[0] + 1, last[1] + 1


def _open_sheet(sheet: Any, request: Request) -> Opened:
    height, width = _size(sheet)
    if height * width > limits.CELLS:
        raise request.refuse(
            f"The sheet is {height:,} by {width:,} cells; 10 million is the most.",
            "Save it as CSV, which may be of any size.",
        )
    first = (sheet.start or (0, 0))[0]
    rows = sheet.to_python(skip_empty_area=True)[max(request.options.skip_rows - first, 0) :]
    before = max(first, request.options.skip_rows)
    sample = [[text_of_cell(c) for c in row] for row in rows[:200]]
    if not sample:
        raise request.refuse("The sheet holds no rows.", "Export it again.")
    headings, heading, titles, notes = heading_of(sample, request)
    names, more = name_columns(heading, request)
    return Opened(
        columns=names,
        titles={n: " ".join(t.split()) for n, t in zip(names, titles, strict=False) if t.strip()},
        options=replace(request.options, sheet=sheet.name, header_rows=headings),
        notes=(*notes, *more),
        pieces=_pieces(rows[headings:], names, before + headings, request),
    )


def _pieces(rows: Sequence[Sequence[object]], names: tuple[str, ...], before: int, request: Request) -> Iterator[Piece]:
    schema = schema_of(names)
    size = Path(request.path).stat().st_size
    for start in range(0, len(rows), limits.ROWS):
        columns: list[list[str]] = [[] for _ in names]
        numbers: list[int] = []
        ragged: list[Ragged] = []
        typed: set[str] = set()
        for number, row in enumerate(rows[start : start + limits.ROWS], start=before + start + 1):
            texts = [text_of_cell(c) for c in row]
            if not any(texts):
                continue
            numbers.append(number)
            for name, column, cell, text in zip(names, columns, row, texts, strict=False):
                if type(cell) is float:
                    typed.add(name)
                if len(text) > 32_767:
                    refuse_large_cell(text, request, number)
                column.append(text)
        arrays = [*(pa.array(c, pa.string()) for c in columns), pa.array(numbers, pa.int64())]
        done = size * min(start + limits.ROWS, len(rows)) // len(rows)
        yield Piece(pa.record_batch(arrays, schema=schema), ragged, done, sorted(typed))
