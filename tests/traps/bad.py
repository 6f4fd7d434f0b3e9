"""Files that must be refused: bombs, things that are no table, broken and truncated ones."""

from __future__ import annotations

import gzip
import io
import zipfile

from tests.traps.workbook import sheet, workbook


def workbook_with(part: bytes) -> bytes:
    """A workbook whose only sheet is `part`."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook({"Blad1": [["a"]]}))) as good,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for name in good.namelist():
            packed.writestr(name, part if name.endswith("sheet1.xml") else good.read(name))
    return out.getvalue()


def workbook_bomb() -> bytes:
    """About 300 kB that unpack to 300 MB."""
    start, end = sheet([]).encode().split(b"</sheetData>")
    return workbook_with(start + b" " * 300_000_000 + b"</sheetData>" + end)


def lying_workbook() -> bytes:
    """A bomb whose directory says that it is small."""
    content = bytearray(workbook_bomb())
    at = content.rfind(b"PK\x01\x02")
    while at >= 0:
        if int.from_bytes(content[at + 24 : at + 28], "little") > 1_000_000:
            content[at + 24 : at + 28] = (1000).to_bytes(4, "little")
        at = content.rfind(b"PK\x01\x02", 0, at)
    return bytes(content)


def sparse_workbook() -> bytes:
    """Two cells, in the first and the last corner of the largest sheet there can be."""
    start, end = sheet([]).encode().split(b"</sheetData>")
    cells = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return workbook_with(start + cells + b"</sheetData>" + end)


def gzip_bomb() -> bytes:
    """About 100 kB that unpack to 100 MB of a table."""
    return gzip.compress(b"a,b\n" + b"1,2\n" * 25_000_000, compresslevel=6)


NO_TABLES = {
    "a PDF": b"%PDF-1.7\n...",
    "a picture": b"\x89PNG\r\n\x1a\n\x00\x00",
    "an old Excel": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
    "a web page": b"<!DOCTYPE html><table><tr><td>1</td></tr></table>",
    "one JSON list": b'[{"a": 1}, {"a": 2}]',
    "packed with 7-Zip": b"7z\xbc\xaf\x27\x1c\x00\x04",
    "packed twice": gzip.compress(gzip.compress(b"a,b\n1,2\n")),
    "empty": b"  \n\n",
    "bytes that no text has": bytes(range(256)) * 40,
    "a zip without a workbook": b"PK\x03\x04" + b"\x00" * 60,
}
