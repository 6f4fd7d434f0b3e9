"""What kind of file it is, by its first bytes; its name is not believed."""

from __future__ import annotations

import json

from peil.core.errors import BadInput
from peil.sources.piece import Request

_SAVE_AS = "Export it as CSV, XLSX, SPSS (.sav), Parquet or JSON lines."
_OTHERS = (
    (b"%PDF", "a PDF"), (b"\x89PNG", "a picture"), (b"\xff\xd8\xff", "a picture"), (b"GIF8", "a picture"),
    (b"\xd0\xcf\x11\xe0", "an old Excel (.xls) or Word file"), (b"BZh", "packed with bzip2"),
    (b"\xfd7zXZ", "packed with xz"), (b"7z\xbc\xaf", "packed with 7-Zip"), (b"Rar!", "packed with RAR"),
    (b"(\xb5/\xfd", "packed with zstd"), (b"SQLite format 3", "a database"), (b"ARROW1", "an Arrow file"),
    (b"\x7fELF", "a program"), (b"MZ\x90", "a program"), (b"{\\rtf", "a text document"), (b"\x1f\x8b", "packed twice"),
)  # fmt: skip


def find_format(head: bytes, request: Request) -> str:
    """One of xlsx, sav, parquet, jsonl, csv; anything else is refused by name."""
    if head.startswith(b"PK\x03\x04"):
        return "xlsx"
    if head.startswith((b"$FL2", b"$FL3")):
        return "sav"
    if head.startswith(b"PAR1"):
        return "parquet"
    for mark, what in _OTHERS:
        if head.startswith(mark):
            raise request.refuse(f"It is {what}, not a table.", _SAVE_AS)
    if not head.strip():
        raise request.refuse("It is empty.", "Export it again.")
    return _find_text_format(head, request)


def _find_text_format(head: bytes, request: Request) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{") and _is_json(start):
        return "jsonl"
    if start.startswith(b"[") and start[1:].lstrip().startswith(b"{"):
        raise request.refuse("It is one JSON list.", "Write one object a line (JSON lines), such as with: jq -c '.[]'")
    if start[:200].lower().startswith((b"<!doctype", b"<html", b"<?xml", b"<table")):
        raise request.refuse("It is a web page or XML, whatever its name says.", _SAVE_AS)
    _refuse_binary(head, request)
    return "csv"


def _is_json(start: bytes) -> bool:
    line, _, more = start.partition(b"\n")
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return not more and len(line) > 1000  # one very long object


def _refuse_binary(head: bytes, request: Request) -> None:
    """Texts have no control characters, and zeros only in UTF-16."""
    sample = head[:8192]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    control = sum(sample.count(b) for b in range(32) if b not in (0, 9, 10, 12, 13, 27))
    lopsided = max(even, odd) > len(sample) / 4 and min(even, odd) < max(even, odd) / 8
    if control > len(sample) / 100 or (even + odd and not lopsided):
        raise _not_text(request)


def _not_text(request: Request) -> BadInput:
    return request.refuse("It is not a table: it holds bytes that no text has.", _SAVE_AS)
