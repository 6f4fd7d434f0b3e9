"""How a text file is written: its encoding, delimiter and heading, found from its first part. A tie is asked, not guessed."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, replace

from peil.facts.entries import FileOptions
from peil.sources.piece import Request

SAMPLE = 256 * 1024
DELIMITERS = (";", ",", "\t", "|")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_DATA = re.compile(
    r"[+-]?[€$]? ?\d[\d.,' \u00a0]*%?|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T][\d:.]+)?|\d{1,2}:\d{2}(:\d{2})?"
)
_UNDEFINED_1252 = frozenset((0x81, 0x8D, 0x8F, 0x90, 0x9D))
_LETTERS_1252 = frozenset((0x8A, 0x8C, 0x8E, 0x92, 0x9A, 0x9C, 0x9E, 0x9F))


@dataclass(frozen=True, slots=True)
class Dialect:
    """What was found: every option filled in, the heading, where the rows begin, and why in words."""

    options: FileOptions
    heading: tuple[str, ...]
    titles: tuple[str, ...]
    start: int  # bytes before the first row
    rows_before: int  # rows before it, as a spreadsheet counts
    notes: tuple[str, ...]


def find_dialect(sample: bytes, request: Request, *, whole: bool) -> Dialect:
    """The dialect of a file that begins with `sample`; `whole` when that is all of it."""
    encoding, bom, notes = _encoding(sample, request)
    text = _decoded(sample[bom:], encoding, request)
    body = text if whole else text[: max(text.rfind("\n"), text.rfind("\r")) + 1] or text
    hint = re.match(r"sep=(.)\r?\n", body)
    skipped = hint.end() if hint else 0
    for _ in range(request.options.skip_rows):
        skipped = body.find("\n", skipped) + 1 or len(body)
    given = replace(request.options, delimiter=request.options.delimiter or (hint.group(1) if hint else None))
    delimiter = given.delimiter or _delimiter(body[skipped:], request)
    scanned = _records(body[skipped:], delimiter, given.quote)
    rows = [row for row, _ in scanned]
    if not rows:
        raise request.refuse("It holds no rows.", "Export it again.")
    headings, heading, titles, why = heading_of(rows, request)
    ends = scanned[headings - 1][1] if headings else 0
    return Dialect(
        options=replace(given, encoding=encoding, delimiter=delimiter, header_rows=headings),
        heading=heading,
        titles=titles,
        start=bom + len(text[: skipped + ends].encode(encoding)),
        rows_before=headings + given.skip_rows,
        notes=(*notes, *why),
    )


def heading_of(rows: list[list[str]], request: Request) -> tuple[int, tuple[str, ...], tuple[str, ...], list[str]]:
    """How many rows are headings, the names in them, the longer names below, and why."""
    notes: list[str] = []
    count = _header_rows(rows, request.options.header_rows, notes)
    return count, *_headings(rows, count, request), notes


def _encoding(sample: bytes, request: Request) -> tuple[str, int, list[str]]:
    """The encoding, the length of its mark, and why."""
    stated = request.options.encoding
    for mark, name in _BOMS:
        if sample.startswith(mark) and (stated is None or name.startswith(stated.replace("-sig", ""))):
            return name, len(mark), []
    if stated is not None:
        return {"utf-16": "utf-16-le", "utf-8-sig": "utf-8"}.get(stated, stated), 0, []
    even, odd = sample[0:2000:2].count(0), sample[1:2000:2].count(0)
    if even + odd > len(sample[:2000]) // 4:
        return ("utf-16-le" if odd > even else "utf-16-be"), 0, ["There is no mark, but it reads as UTF-16."]
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
        return "utf-8", 0, []
    except UnicodeDecodeError:
        return _one_byte(sample, request)


def _decoded(sample: bytes, encoding: str, request: Request) -> str:
    """The sample as text, a letter cut off at its end apart."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError as error:
        raise request.refuse(
            f"It is not {encoding}: byte {error.start + 1:,} is no letter in it.",
            'Say how it was written in the mapping, under [file]: encoding = "cp1252", or leave encoding out.',
        ) from None


def _one_byte(sample: bytes, request: Request) -> tuple[str, int, list[str]]:
    high = Counter(b for b in sample if b >= 0x80)
    odd = sum(n for b, n in high.items() if b < 0xA0 and b not in _LETTERS_1252)
    within = len(re.findall(rb"[A-Za-z][\x80-\x91\x93-\x99\x9b\x9d\xa0-\xa8][A-Za-z]", sample))
    if _UNDEFINED_1252 & set(high) or (odd > sum(high.values()) / 2 and within > odd / 2):
        raise request.refuse(
            "Its letters are neither UTF-8 nor Windows (cp1252).",
            'Say in the mapping what wrote it, under [file]: encoding = "cp850" (old DOS), "latin-1", "mac-roman", "cp1250" ...',
        )
    return "cp1252", 0, ["It is not UTF-8; its letters are read as Windows (cp1252)."]


def _records(text: str, delimiter: str, quote: str) -> list[tuple[list[str], int]]:
    """The first 200 records, each with where it ends in the text."""
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=delimiter, quotechar=quote)
    found: list[tuple[list[str], int]] = []
    try:
        for row in reader:
            found.append((row, lines.at))
            if len(found) == 200:
                break
    except csv.Error:
        return found
    return found


class _Lines:
    """The lines of a text, remembering how far it was read."""

    def __init__(self, text: str) -> None:
        self._lines = io.StringIO(text, newline="")
        self.at = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._lines.readline()
        if not line:
            raise StopIteration
        self.at += len(line)
        return line


def _delimiter(text: str, request: Request) -> str:
    scores = {d: _score(_records(text, d, request.options.quote), d) for d in DELIMITERS}
    best, second = sorted(scores, key=lambda d: -scores[d])[:2]
    if scores[best] == 0:
        return ","
    if scores[second] > 0.8 * scores[best]:
        raise request.refuse(
            f"Its columns may be divided by '{best}' or by '{second}'.",
            'Say which in the mapping, under [file]: delimiter = ";".',
        )
    return best


def _score(records: list[tuple[list[str], int]], delimiter: str) -> float:
    """How well the delimiter divides: rows of one width, a heading as wide, cells free of other delimiters."""
    rows = [row for row, _ in records if any(row)]
    if not rows:
        return 0.0
    width, times = Counter(len(r) for r in rows).most_common(1)[0]
    if width < 2:
        return 0.0
    others = [d for d in DELIMITERS if d != delimiter]
    cells = [cell for row in rows for cell in row if cell]
    mixed = sum(any(d in c for d in others) and not _DATA.fullmatch(c.strip()) for c in cells) / max(len(cells), 1)
    heading = 1.0 if len(rows[0]) == width else 0.4
    return (times / len(rows)) ** 2 * (1 - mixed) ** 2 * heading


def _header_rows(rows: list[list[str]], stated: int | None, notes: list[str]) -> int:
    if stated is not None:
        return stated
    for number, row in enumerate(rows[:4], start=1):
        if any(cell.lstrip().startswith('{"ImportId"') for cell in row):
            notes.append(f"The first {number} rows are headings, as Qualtrics writes them.")
            return number
    if len(rows) > 1 and sum(bool(re.fullmatch(r"V\d+", c)) for c in rows[0]) >= 3 and "ResponseID" in rows[1]:
        notes.append("The first 2 rows are headings, as Qualtrics wrote them before 2017.")
        return 2
    if _looks_like_rows(rows):
        notes.append("The first row looks like data, so the columns are called column_1, column_2 ...")
        return 0
    return 1


def _looks_like_rows(rows: list[list[str]]) -> bool:
    """Whether the first row is of a kind with those below: numbers above numbers."""
    first, below = rows[0], [r for r in rows[1:] if len(r) == len(rows[0])]
    if not below:
        return sum(bool(_DATA.fullmatch(c.strip())) for c in first) > len(first) / 2
    votes = 0
    for number, cell in enumerate(first):
        values = [r[number].strip() for r in below if r[number].strip()]
        data = sum(bool(_DATA.fullmatch(v)) for v in values) > 0.8 * len(values) if values else False
        if data and cell.strip():
            votes += 1 if _DATA.fullmatch(cell.strip()) else -1
    return votes > 0


def _headings(rows: list[list[str]], count: int, request: Request) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of the columns and, where there are more heading rows, the longer ones."""
    widths = Counter(len(r) for r in rows[count:] if any(r))
    width = widths.most_common(1)[0][0] if widths else len(rows[0])
    if not count:
        return ("",) * width, ()
    names = list(rows[0])
    if width > len(names):
        extra = [r for r in rows[count:] if len(r) == width]
        if any(cell.strip() for r in extra for cell in r[len(names) :]):
            raise request.refuse(
                f"Its rows have {width} cells, but its heading names {len(names)} columns.",
                "Name every column in the first row, or say header_rows = 0 under [file] in the mapping.",
                row=count + 1,
            )
        names += [""] * (width - len(names))
    while len(names) > width and not names[-1].strip():
        names.pop()
    return tuple(names), tuple(rows[1][: len(names)]) if count > 1 else ()
