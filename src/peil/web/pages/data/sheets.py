"""Tables to download: CSV and XLSX that no spreadsheet takes for formulas, under names that no header trips over."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from peil.report.words import Language

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS, MOST_LETTERS = 1_048_575, 32_767  # of an XLSX sheet and of its cell
_STARTS = tuple("=+-@\t\r\n\0＝＋－＠")
Cell = str | int | None


def as_csv(name: str, rows: Iterable[Sequence[Cell]], language: Language) -> HttpResponseBase:
    """A CSV as Excel opens it by itself: with a mark, and in Dutch divided by semicolons."""
    response = StreamingHttpResponse(_lines(rows, ";" if language == "nl" else ","), content_type="text/csv")
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    return as_download(response, f"{name}.csv")


def as_xlsx(name: str, rows: Iterable[Sequence[Cell]]) -> HttpResponseBase:
    """A workbook of one sheet; every text is written as a text."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet, text = book.add_worksheet(), book.add_format({"quote_prefix": True})
        for at, row in enumerate(rows):
            if at > MOST_ROWS:
                break
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(at, column, cell)
                elif cell:
                    sheet.write_string(at, column, cell[:MOST_LETTERS], text if cell.startswith(_STARTS) else None)
    return as_download(HttpResponse(out.getvalue(), content_type=XLSX), f"{name}.xlsx")


def as_text(name: str, text: str, kind: str) -> HttpResponseBase:
    """A text file to keep."""
    return as_download(HttpResponse(text, content_type=f"{kind}; charset=utf-8"), name)


def plain_cell(cell: Cell) -> Cell:
    """A cell that is shown as it is: an apostrophe before what would be a formula.

    >>> plain_cell("=1+1"), plain_cell("-3"), plain_cell(-3), plain_cell("a=b")
    ("'=1+1", "'-3", -3, 'a=b')
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_STARTS) else cell


def file_stem(name: str) -> str:
    """What of a file's name may stand in another name: no path, no control characters, not too long."""
    plain = "".join(c if c.isprintable() and c not in '/\\:*?"<>|;' else " " for c in name)
    return " ".join(plain.split())[:80].strip(" .") or "import"


def _lines(rows: Iterable[Sequence[Cell]], delimiter: str) -> Iterator[bytes]:
    yield b"\xef\xbb\xbf"
    for row in rows:
        line = io.StringIO()
        csv.writer(line, delimiter=delimiter, lineterminator="\r\n").writerow([plain_cell(c) for c in row])
        yield line.getvalue().encode()


def as_download(response: HttpResponseBase, name: str) -> HttpResponseBase:
    """An answer that is saved under this name, never shown or kept on the way."""
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response
