"""What people write about figures: the interpretation of a period, and notes on days."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from peil.accounts.audit import record
from peil.accounts.rules import Sight
from peil.board.figures import BoardFigures
from peil.board.models import Annotation, Interpretation
from peil.board.reported.snapshots import keep_figures
from peil.board.tiles import filters_as_json, filters_from_json
from peil.core.errors import UserError
from peil.report.question import Span
from peil.warehouse.periods import bounds, code_of
from peil.warehouse.query import Filter

if TYPE_CHECKING:
    from peil.accounts.models import Person

LONGEST_TEXT, LONGEST_NOTE = 5_000, 300


@dataclass(frozen=True, slots=True)
class Written:
    """A text about a period, and the snapshot of the figures that it was written about."""

    text: str
    author: str
    written_at: datetime
    snapshot: int


@dataclass(frozen=True, slots=True)
class Note:
    """Something that happened on a day; `rows` are the rows it is about."""

    id: int
    day: date
    text: str
    author: str
    own: bool
    where: tuple[Filter, ...]


def period_to_interpret(span: Span) -> tuple[date, date]:
    """The page's period when it is a whole month, quarter or year, else the last whole month before its end."""
    for kind in ("month", "quarter", "year"):
        if bounds(kind, code_of(kind, span.since)) == (span.since, span.until):
            return span.since, span.until
    first = span.until.replace(day=1)
    return bounds("month", code_of("month", date.fromordinal(first.toordinal() - 1)))


def interpretations(where: Sequence[Filter], since: date, until: date) -> list[Written]:
    """What was written about these rows in this period, the newest first: that one holds."""
    found = Interpretation.objects.filter(since=since, until=until, scope=scope_of(where)).select_related("author")
    return [Written(i.text, str(i.author or ""), i.written_at, i.snapshot_id) for i in found]


@transaction.atomic
def write_interpretation(person: Person, text: str, figures: BoardFigures) -> None:
    """Keep a text with the figures that it is about; earlier texts stay as history."""
    span = figures.main.span
    text = clean_text(text, LONGEST_TEXT)
    if span is None:
        raise UserError("These figures have no days.", "Choose a period first.")
    kept = keep_figures(person, "interpretation", figures)
    Interpretation.objects.create(
        since=span.since, until=span.until, scope=scope_of(figures.main.asked.where), text=text, author=person,
        snapshot_id=kept,
    )  # fmt: skip
    record(person, "interpretation_written", f"{span.since.isoformat()}/{span.last.isoformat()}", snapshot=str(kept))


def scope_of(where: Sequence[Filter]) -> str:
    """The same for the same rows, however they were asked for."""
    once = list(dict.fromkeys(where))
    return hashlib.sha256(json.dumps(filters_as_json(once), sort_keys=True, default=str).encode()).hexdigest()


def clean_text(text: str, longest: int) -> str:
    """A text as it is kept; refused where nothing is left, or too much."""
    kept = "".join(c for c in text.replace("\r\n", "\n") if c in "\n\t" or c.isprintable() or c == "\u200d").strip()
    if not kept:
        raise UserError("There is no text.", "Write something first.")
    if len(kept) > longest:
        raise UserError(f"The text is longer than {longest} characters.", "Make it shorter.")
    return kept


def notes_for(person: Person, sight: Sight) -> list[Note]:
    """Notes about rows that this person sees, and about everything, in the order of their days."""
    found = Annotation.objects.filter(removed_at=None).select_related("author")
    notes = [_as_note(a, person) for a in found]
    return [n for n in notes if not n.where or sight.includes(n.where)]


def add_note(person: Person, sight: Sight, day: date, text: str) -> None:
    """Note what happened on a day, for everyone who sees the rows that this person sees."""
    kept = " ".join(clean_text(text, LONGEST_NOTE).split())
    Annotation.objects.create(day=day, text=kept, where=filters_as_json(sight.where), author=person)


def remove_note(person: Person, number: int) -> bool:
    return bool(Annotation.objects.filter(pk=number, author=person, removed_at=None).update(removed_at=timezone.now()))


def restore_note(person: Person, number: int) -> bool:
    found = Annotation.objects.filter(pk=number, author=person, removed_at__isnull=False)
    return bool(found.update(removed_at=None))


def _as_note(a: Annotation, person: Person) -> Note:
    return Note(a.pk, a.day, a.text, str(a.author or ""), a.author_id == person.pk, filters_from_json(a.where))
