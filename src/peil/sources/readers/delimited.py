"""CSV in any dialect and encoding, streamed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from peil.sources.dialect import SAMPLE, Dialect, find_dialect
from peil.sources.limits import BLOCK
from peil.sources.piece import Opened, Piece, Ragged, Request, name_columns
from peil.sources.unpacking import Bytes

_LINES = 1000  # that a row which can't be divided may run over
_OPEN_QUOTE = "A quote is opened and never closed, so that a cell runs on over the rows after it."
_CLOSE_IT = 'Look for a cell that begins with a single "; double it within a cell, or remove it.'


def open_delimited(request: Request, stream: Bytes) -> Opened:
    sample = stream.peek(SAMPLE)
    dialect = find_dialect(sample, request, whole=len(sample) < SAMPLE)
    names, notes = name_columns(dialect.heading, request)
    titles = {n: " ".join(t.split()) for n, t in zip(names, dialect.titles, strict=False) if t.strip()}
    stream.skip(dialect.start)
    return Opened(
        columns=names,
        titles=titles,
        options=dialect.options,
        notes=(*dialect.notes, *notes),
        pieces=_pieces(_Reading(request, stream, dialect, names)),
    )


class _Reading:
    """The rows that could not be divided, kept while Arrow reads on."""

    def __init__(self, request: Request, stream: Bytes, dialect: Dialect, names: tuple[str, ...]) -> None:
        self.request, self.stream, self.dialect, self.names = request, stream, dialect, names
        self.numbers: list[int] = []
        self.ragged: list[Ragged] = []
        self.last = "", 0  # the end of the last row so far, and its number

    def skip(self, row: pacsv.InvalidRow) -> str:
        if row.text.count("\n") > _LINES:
            return "error"
        self.numbers.append(row.number)
        self.last = row.text, row.number
        if row.actual_columns > 1 or row.text.strip():
            many = f"has {row.actual_columns} cells where the heading has {row.expected_columns}"
            self.ragged.append(Ragged(row.number + self.dialect.rows_before, "", many))
        return "skip"

    def open(self) -> pacsv.CSVStreamingReader:
        options = self.dialect.options
        return pacsv.open_csv(
            pa.PythonFile(self.stream, mode="r"),
            read_options=pacsv.ReadOptions(
                use_threads=False, block_size=BLOCK, column_names=list(self.names), encoding=options.encoding
            ),
            parse_options=pacsv.ParseOptions(
                delimiter=options.delimiter,
                quote_char=options.quote,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=self.skip,
            ),
            convert_options=pacsv.ConvertOptions(
                column_types=dict.fromkeys(self.names, pa.string()), strings_can_be_null=False
            ),
        )


def _pieces(reading: _Reading) -> Iterator[Piece]:
    try:
        next_number = 1
        if not reading.stream.peek(1):  # a heading and nothing else
            return
        for batch in reading.open():
            numbers, next_number = _numbers(batch.num_rows, next_number, reading.numbers)
            reading.numbers = [n for n in reading.numbers if n >= next_number]
            if batch.num_rows and numbers[-1] > reading.last[1]:
                reading.last = batch.column(batch.num_columns - 1)[-1].as_py(), int(numbers[-1])
            whole = _without_blank_rows(batch, numbers + reading.dialect.rows_before)
            ragged, reading.ragged = reading.ragged, []
            yield Piece(whole, ragged, reading.stream.done)
        _refuse_open_quote(reading)
        if reading.ragged:
            empty = pa.RecordBatch.from_pylist([], schema=_schema(reading.names))
            yield Piece(empty, reading.ragged, reading.stream.done)
    except pa.ArrowInvalid as error:
        raise _told(reading.request, str(error), reading.dialect) from None


def _refuse_open_quote(reading: _Reading) -> None:
    """A quote that is never closed swallows all rows after it; the file then ends within a cell of several lines."""
    text, number = reading.last
    options = reading.dialect.options
    end = reading.stream.tail.decode(options.encoding or "utf-8", errors="replace").rstrip("\r\n")
    if "\n" in text and not end.endswith(options.quote):
        raise reading.request.refuse(_OPEN_QUOTE, _CLOSE_IT, row=number + reading.dialect.rows_before)


def _schema(names: tuple[str, ...]) -> pa.Schema:
    return pa.schema([*((n, pa.string()) for n in names), ("_row", pa.int64())])


def _numbers(count: int, start: int, skipped: list[int]) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], int]:
    """The numbers of `count` rows from `start` on, passing over the skipped ones."""
    end = start + count
    for number in skipped:
        if number < end:
            end += 1
    numbers = np.arange(start, end, dtype=np.int64)
    if skipped:
        numbers = numbers[~np.isin(numbers, np.array(skipped))]
    return numbers, end


def _without_blank_rows(batch: pa.RecordBatch, numbers: np.ndarray[tuple[int], np.dtype[np.int64]]) -> pa.RecordBatch:
    batch = batch.append_column("_row", pa.array(numbers))
    suspects = np.flatnonzero(pc.equal(pc.utf8_trim_whitespace(batch.column(0)), "").to_numpy(zero_copy_only=False))
    for name in batch.schema.names[1:-1]:
        if not len(suspects):
            return batch
        blank = pc.equal(pc.utf8_trim_whitespace(batch.column(name).take(pa.array(suspects))), "")
        suspects = suspects[blank.to_numpy(zero_copy_only=False)]
    if not len(suspects):
        return batch
    keep = np.ones(batch.num_rows, dtype=np.bool_)
    keep[suspects] = False
    return batch.filter(pa.array(keep))


def _told(request: Request, error: str, dialect: Dialect) -> Exception:
    if "UTF" in error or "codec" in error or "decode" in error:
        return request.refuse(
            f"Further on it is not {dialect.options.encoding}, as it began.",
            'Say how it was written in the mapping, under [file]: encoding = "cp1252".',
        )
    if "straddl" in error or "block size" in error or "out of sync" in error:
        return request.refuse("A cell is larger than 8 MB, or a quote is opened and never closed.", _CLOSE_IT)
    if "Expected" in error:
        return request.refuse(_OPEN_QUOTE, _CLOSE_IT)
    return request.refuse(f"It can't be read as a table: {error}.", "Export it again as CSV in UTF-8.")
