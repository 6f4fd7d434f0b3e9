"""300 files in every mixture of encoding, delimiter, quotes and line ends: each read as it was written."""

from __future__ import annotations

import csv
import io
import itertools
import random
from pathlib import Path

import pytest

from peil.facts.entries import FileOptions
from peil.sources.child import open_as
from peil.sources.formats import find_format
from peil.sources.piece import Request
from peil.sources.unpacking import Bytes

ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le")
DELIMITERS = (",", ";", "\t", "|")
QUOTING = (csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC)
ENDS = ("\n", "\r\n")
COMMENTS = (
    "Prima",
    "Café, één; hè|ja",
    'Zei "nee"',
    "regel één\nregel twee",
    "€ 12,50",
    "",
    "Tab\there",
    "Très bien – vraiment",
)


def table(rng: random.Random) -> list[list[str]]:
    heading = ["Respnr", "Datum", "Cijfer", "Tevreden", "Toelichting"]
    rows = [
        [str(i), f"{rng.randint(1, 28):02}-{rng.randint(1, 12):02}-2026", f"{rng.randint(10, 100) / 10}".replace(".", ","),
         rng.choice(["Ja", "Nee"]), rng.choice(COMMENTS)]
        for i in range(1, rng.choice([3, 30, 300]) + 1)
    ]  # fmt: skip
    return [heading, *rows]


def read(path: Path, options: FileOptions | None = None) -> tuple[list[list[str]], list[int]]:
    request = Request(path, path.name, options or FileOptions())
    with Bytes(request) as stream:
        opened = open_as(find_format(stream.peek(16_384), request), request, stream, path.parent)
        rows, numbers = [list(opened.columns)], []
        for piece in opened.pieces:
            columns = [c.to_pylist() for c in piece.batch.columns]
            numbers += columns[-1]
            rows += [list(row) for row in zip(*columns[:-1], strict=True)]
    return rows, numbers


def test_dialects_are_found(tmp_path: Path) -> None:
    rng, wrong = random.Random(11), []
    mixtures = list(itertools.product(ENCODINGS, DELIMITERS, QUOTING, ENDS, range(3)))[:360]
    for number, (encoding, delimiter, quoting, end, _) in enumerate(mixtures):
        rows = table(rng)
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows(rows)
        path = tmp_path / f"{number}.csv"
        path.write_bytes(out.getvalue().encode(encoding, errors="replace"))
        found, numbers = read(path)
        if found != rows or numbers != list(range(2, len(rows) + 1)):
            wrong.append((encoding, delimiter, quoting, repr(end), len(rows)))
    assert len(mixtures) == 360
    assert wrong == []


def test_rows_are_numbered_as_a_spreadsheet_does(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b'a,b\n1,"two\nlines"\n\n2\n3,x\n,\n4,5" pipe\n')
    found, numbers = read(path)
    assert found == [["a", "b"], ["1", "two\nlines"], ["3", "x"], ["4", '5" pipe']]
    assert numbers == [2, 5, 7]


@pytest.mark.parametrize(
    ("content", "options", "rows"),
    [
        (b"sep=;\na;b\n1;2\n", FileOptions(), [["a", "b"], ["1", "2"]]),
        (b"Rapport juni\n\na;b\n1;2\n3;4\n", FileOptions(skip_rows=2), [["a", "b"], ["1", "2"], ["3", "4"]]),
        (b"1,goed\n-1,slecht\n1,prima\n", FileOptions(), [["column_1", "column_2"], ["1", "goed"], ["-1", "slecht"], ["1", "prima"]]),
        (b"a,a,,a\n1,2,3,4\n", FileOptions(), [["a", "a (2)", "column_3", "a (3)"], ["1", "2", "3", "4"]]),
        (b"a;b;\n1,5;2,5;\n", FileOptions(), [["a", "b", "column_3"], ["1,5", "2,5", ""]]),
        (b"1,5;2,5\n3,5;4,5\n", FileOptions(), [["column_1", "column_2"], ["1,5", "2,5"], ["3,5", "4,5"]]),
        (b"only\n1\n2\n", FileOptions(), [["only"], ["1"], ["2"]]),
        (b"a,b\n", FileOptions(), [["a", "b"]]),
        (b"a,b\r1,2\r3,4\r", FileOptions(), [["a", "b"], ["1", "2"], ["3", "4"]]),
        (b"a,b\n'x,y',2\n", FileOptions(quote="'"), [["a", "b"], ["x,y", "2"]]),
        (b'V1,V2,V3\nResponseID,Name,Score\nR1,x,5\n', FileOptions(), [["V1", "V2", "V3"], ["R1", "x", "5"]]),
    ],
)  # fmt: skip
def test_odd_headings_are_read(content: bytes, options: FileOptions, rows: list[list[str]], tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    assert read(path, options)[0] == rows


def test_ragged_rows_are_told_with_their_number(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"a,b\n1,2\n3\n\n4,5,6\n")
    request = Request(path, path.name, FileOptions())
    with Bytes(request) as stream:
        pieces = list(open_as("csv", request, stream, tmp_path).pieces)
    told = [(r.row, r.text, r.reason) for p in pieces for r in p.ragged]
    assert told == [
        (3, "", "has 1 cells where the heading has 2"),
        (5, "", "has 3 cells where the heading has 2"),
    ]
