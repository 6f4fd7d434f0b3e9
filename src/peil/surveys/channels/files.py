"""A file of answers on paper: each row one sheet, each column one field. Checked whole, taken in whole, or not at all.

A row has the number of its sheet, or else what is in it is its number: the same file twice changes nothing.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from peil.surveys.answering.doors import Door
from peil.surveys.answering.forms import kept_mark
from peil.surveys.answering.keeping import find_kept
from peil.surveys.channels.entering import OLDEST, Entry, enter, mark_of
from peil.surveys.channels.read_in import note_file
from peil.surveys.channels.typed import form_of_typed
from peil.surveys.questionnaires.answers import read_answers
from peil.surveys.questionnaires.as_json import answers_to_json
from peil.surveys.questionnaires.question import fields_of
from peil.surveys.questionnaires.questionnaire import Questionnaire
from peil.surveys.questionnaires.texts import UNKEEPABLE

NUMBER, DAY, LANGUAGE = "sheet", "date", "language"
MOST_ROWS, MOST_BYTES, MOST_WRONG = 2_000, 1_000_000, 50
_SHEET = re.compile(r"[^\s].{0,39}")
_DAYS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y")


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong, in which row and column: both as a spreadsheet shows them; '' and 0 of the file as a whole."""

    code: str
    row: int = 0
    column: str = ""
    said: str = ""
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file would do: the entries that are new, how many are there already, and all that is wrong."""

    new: tuple[Entry, ...] = ()
    there: int = 0
    wrong: tuple[Wrong, ...] = ()


def columns_of(asked: Questionnaire) -> list[str]:
    """The columns of a file, in order."""
    more = [LANGUAGE] if len(asked.languages) > 1 and not asked.anonymous else []
    return [NUMBER, DAY, *more, *(name for q in asked.questions for name in fields_of(q))]


def template(asked: Questionnaire) -> bytes:
    """An empty file with its columns, as a Dutch spreadsheet opens it."""
    told = io.StringIO()
    csv.writer(told, delimiter=";", lineterminator="\r\n").writerow(columns_of(asked))
    return told.getvalue().encode("utf-8-sig")


def text_of(content: bytes) -> str:
    """A file as text: UTF-8, else as older spreadsheets of Windows write it."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def check_file(door: Door, text: str, zone: ZoneInfo, by: int | None) -> Checked:
    """Everything that is wrong with a file, and what it would add; nothing is written.

    Line ends are made one: a file that came by way of a form has others, and is the same file.
    """
    rows, wrong = _rows(door.asked, text.replace("\r\n", "\n").replace("\r", "\n"))
    if wrong:
        return Checked(wrong=tuple(wrong))
    today = timezone.now().astimezone(zone).date()
    new, there, seen = [], 0, Counter[str]()
    for line, row in rows:
        number = row.get(NUMBER, "").strip() or _own_number(row, seen)
        entry, found = _read(door, _Row(line, row, number, today, by))
        if seen[number]:
            found = [Wrong("twice", line, NUMBER, number), *found]
        seen[number] += 1
        known = None if found or entry is None else _known(door, entry)
        if known == "otherwise":
            found = [Wrong("otherwise", line, NUMBER, number)]
        wrong += found
        there += known == "same"
        new += [entry] if entry is not None and known is None and not found else []
        if len(wrong) >= MOST_WRONG:
            break
    return Checked(tuple(new), there, tuple(wrong[:MOST_WRONG]))


def take_in_file(door: Door, checked: Checked, zone: ZoneInfo) -> int:
    """Keep all of it, or nothing; how many were new. Which they were is kept too, so that it can be taken back."""
    kept = []
    with transaction.atomic():
        for entry in checked.new:
            became = enter(door, entry, zone)
            if became.outcome != "kept":
                raise ValueError("a row that was checked can't be kept")
            kept.append(became.id)
        if kept and door.link_id is not None:
            note_file(door.link_id, checked.new[0].by, kept)
    return len(kept)


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: Mapping[str, str]
    number: str
    today: date
    by: int | None


def _rows(asked: Questionnaire, text: str) -> tuple[list[tuple[int, dict[str, str]]], list[Wrong]]:
    lines = text.lstrip("\ufeff").splitlines()
    head = next((line for line in lines if line.strip()), "")
    between = max(";,\t", key=head.count)
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=between)
    try:
        told = [(number, row) for number, row in enumerate(reader, start=1) if any(cell.strip() for cell in row)]
    except csv.Error:
        return [], [Wrong("no_table")]
    if not told:
        return [], [Wrong("empty")]
    names = [cell.strip() for cell in told[0][1]]
    wrong = list(_wrong_columns(asked, names))
    if len(told) == 1:
        wrong.append(Wrong("no_rows"))
    if len(told) - 1 > MOST_ROWS:
        wrong.append(Wrong("too_many_rows", details={"most": MOST_ROWS}))
    wrong += [Wrong("cells", line) for line, row in told[1:] if any(cell.strip() for cell in row[len(names) :])]
    return [(line, dict(zip(names, row, strict=False))) for line, row in told[1:]], wrong[:MOST_WRONG]


def _wrong_columns(asked: Questionnaire, names: Sequence[str]) -> Iterator[Wrong]:
    there = columns_of(asked)
    for name, times in Counter(names).items():
        if name not in there:
            yield Wrong("column", 1, name, name)
        elif times > 1:
            yield Wrong("column_twice", 1, name, name)
    if DAY not in names:
        yield Wrong("no_day", 1, DAY)


def _own_number(row: Mapping[str, str], seen: Counter[str]) -> str:
    """The number of a sheet without one: what is in it, and how many alike came before it."""
    told = "\0".join(f"{name}={cell.strip()}" for name, cell in sorted(row.items()) if cell.strip())
    digest = hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:32]
    nth = 1
    while seen[f"row:{digest}:{nth}"]:
        nth += 1
    return f"row:{digest}:{nth}"


def _read(door: Door, row: _Row) -> tuple[Entry | None, list[Wrong]]:
    asked, cells = door.asked, row.cells
    wrong = []
    if row.cells.get(NUMBER, "").strip() and (not _SHEET.fullmatch(row.number) or UNKEEPABLE.search(row.number)):
        wrong.append(Wrong("number", row.line, NUMBER, row.number[:60]))
    day = _day(cells.get(DAY, ""), row.today)
    if day is None:
        wrong.append(Wrong("day", row.line, DAY, cells.get(DAY, "")[:60]))
    language = cells.get(LANGUAGE, "").strip().lower() or asked.languages[0]
    if language not in asked.languages:
        wrong.append(Wrong("language", row.line, LANGUAGE, language[:60], {"all": ", ".join(asked.languages)}))
    form = form_of_typed(asked, cells)
    if not form:
        wrong.append(Wrong("no_answers", row.line))
    wrong += [
        Wrong(error.code, row.line, error.field, cells.get(error.field, "")[:60], dict(error.details))
        for error in read_answers(asked, form).errors
    ]
    entry = Entry(number=row.number, form=form, language=language, day=day, by=row.by)
    return entry, wrong


def _known(door: Door, entry: Entry) -> str | None:
    """Whether this sheet was taken in before: the same, or with other answers."""
    kept = find_kept(door.survey_id, kept_mark(mark_of(door, entry.number)))
    if kept is None or kept.finished_at is None:
        return None
    same = kept.answers == answers_to_json(read_answers(door.asked, entry.form).answers)
    return "same" if same else "otherwise"


def _day(cell: str, today: date) -> date | None:
    for written in _DAYS:
        try:
            found = datetime.strptime(cell.strip(), written).date()  # noqa: DTZ007  a day has no time zone
        except ValueError:
            continue
        return found if today - OLDEST <= found <= today else None
    return None
