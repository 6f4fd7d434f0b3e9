"""Files of paper that were read in, and taking one back: in one step, and only what is still as the file had it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from peil.surveys.channels.entering import TAKEN_BACK
from peil.surveys.facts.wake import wake
from peil.surveys.models import PaperFile, Response
from peil.surveys.questionnaires.as_json import answers_to_json

SHOWN = 20  # the newest
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadIn:
    """One file, as colleagues see it."""

    id: int
    sheets: int
    at: datetime
    by: str  # the name of who read it in; '' where they are gone
    taken_back_at: datetime | None


@dataclass(frozen=True, slots=True)
class TakenBack:
    """How many sheets no longer count, and how many were changed since and stay."""

    sheets: int
    changed: int


def note_file(link: int, by: int | None, responses: Iterable[str]) -> None:
    """Keep which answers came by one file; within the transaction that keeps them."""
    kept = Response.objects.filter(pk__in=list(responses)).values_list("pk", "answers")
    sheets = {str(pk): _mark(answers) for pk, answers in kept}
    PaperFile.objects.create(link_id=link, by_id=by, sheets=sheets)


def files_for_person(link: int, person: int, *, all_of_them: bool) -> list[ReadIn]:
    """The newest files of a link: one's own, or everybody's."""
    rows = PaperFile.objects.filter(link=link).select_related("by").order_by("-pk")
    rows = rows if all_of_them else rows.filter(by=person)
    return [
        ReadIn(
            id=row.pk, sheets=len(row.sheets), at=row.at, by=row.by.name or row.by.email if row.by else "",
            taken_back_at=row.taken_back_at,
        )
        for row in rows[:SHOWN]
    ]  # fmt: skip


def take_file_back(link: int, number: int, person: int, *, all_of_them: bool) -> TakenBack | None:
    """Empty what one file brought in; that it was there is kept, and no figure has it. None where there is none to take
    back: it never was, is somebody else's, or was taken back before."""
    with transaction.atomic():
        rows = PaperFile.objects.filter(pk=number, link=link, taken_back_at=None)
        rows = rows if all_of_them else rows.filter(by=person)
        file = rows.select_for_update().first()
        if file is None:
            return None
        done = sum(_emptied(sheets) for sheets in _parts(file.sheets))
        file.taken_back_at = timezone.now()
        file.save(update_fields=["taken_back_at"])
    wake()
    return TakenBack(done, len(file.sheets) - done)


def _emptied(sheets: dict[str, str]) -> int:
    """How many of these are as they were read in; they are emptied."""
    found = Response.objects.filter(pk__in=list(sheets), finished_at__isnull=False).select_for_update().order_by("pk")
    same = [pk for pk, answers in found.values_list("pk", "answers") if sheets[str(pk)] == _mark(answers)]
    return int(
        Response.objects.filter(pk__in=same).update(
            answers=answers_to_json(()),
            finished_at=None,
            last_question="",
            call_back="",
            flags=TAKEN_BACK,
            to_facts=True,
        )
    )


def _parts(sheets: dict[str, str]) -> list[dict[str, str]]:
    every = list(sheets.items())
    return [dict(every[n : n + _AT_ONCE]) for n in range(0, len(every), _AT_ONCE)]


def _mark(answers: str) -> str:
    """What was answered, in a form that tells nothing of it."""
    return hashlib.sha256(answers.encode()).hexdigest()[:16]
