"""SPSS files (.sav): codes as they are, with their labels and the codes that SPSS itself calls missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from peil.sources.limits import ROWS, UNPACKED
from peil.sources.piece import Opened, Piece, Request, name_columns, schema_of
from peil.sources.readers.cells import text_of_cell


def open_spss(request: Request) -> Opened:
    try:
        import pyreadstat
    except ImportError:
        raise request.refuse("Reading SPSS files needs pyreadstat.", "Install it: pip install 'peil[spss]'") from None
    if request.path.stat().st_size > UNPACKED:
        raise request.refuse("It is larger than 1 GB.", "Export it from SPSS as CSV, with codes.")
    try:
        _, about = pyreadstat.read_sav(
            str(request.path),
            metadataonly=True,
            user_missing=True,
            encoding=request.options.encoding,
            output_format="dict",
        )
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, ValueError) as error:
        raise request.refuse(
            f"It is no sound SPSS file: {error}.", "Save it again from SPSS, or export it as CSV."
        ) from None
    names, notes = name_columns(about.column_names, request)
    given = dict(zip(about.column_names, names, strict=True))
    return Opened(
        columns=names,
        options=request.options,
        titles={given[c]: " ".join(t.split()) for c, t in about.column_names_to_labels.items() if t},
        labels={
            given[c]: {text_of_cell(code): str(label) for code, label in labels.items()}
            for c, labels in about.variable_value_labels.items()
            if c in given
        },
        missing={given[c]: _missing(ranges) for c, ranges in about.missing_ranges.items() if c in given},
        notes=notes,
        pieces=_pieces(request, names, [c for c, t in about.readstat_variable_types.items() if t != "string"], given),
    )


def _missing(ranges: Sequence[Mapping[str, Any]]) -> list[str]:
    shown = []
    for r in ranges:
        low, high = text_of_cell(r["lo"]), text_of_cell(r["hi"])
        shown.append(low if low == high else f"{low} to {high}")
    return shown


def _pieces(
    request: Request, names: tuple[str, ...], numbers: Sequence[str], given: Mapping[str, str]
) -> Iterator[Piece]:
    """Codes that the file calls missing come as blanks."""
    import pyreadstat

    schema, start = schema_of(names), 0
    typed = [given[c] for c in numbers]
    size = request.path.stat().st_size
    while True:
        try:
            columns, about = pyreadstat.read_sav(
                str(request.path),
                row_offset=start,
                row_limit=ROWS,
                output_format="dict",
                encoding=request.options.encoding,
            )
        except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, ValueError, OverflowError) as error:
            raise request.refuse(
                f"It breaks off: {error}.", "Save it again from SPSS, or export it as CSV.", row=start + 1
            ) from None
        count = len(next(iter(columns.values()), ()))
        if not count:
            return
        arrays = [pa.array([text_of_cell(_plain(v)) for v in column], pa.string()) for column in columns.values()]
        rows = pa.array(range(start + 1, start + count + 1), pa.int64())
        start += count
        yield Piece(
            pa.record_batch([*arrays, rows], schema=schema), (), size * start // max(_rows(about), start), typed
        )


def _rows(about: Any) -> int:
    return int(about.number_rows or 0)


def _plain(value: object) -> object:
    """numpy's own numbers as Python's."""
    return value.item() if hasattr(value, "item") else value
