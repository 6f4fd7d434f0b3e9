"""Which requests of anonymous surveys were answered, kept in a way that ties no answer to one.

An answer and its request must not be written together: whoever reads the stores would match them by the transaction
that wrote both, or by the order in which they were written. So an answer leaves its request as it was. What is spent
stands in one row a survey, as marks in the order of their digits that only Peil's key can make; that row is written
anew at each answer and tells of the last one alone that there was one. A request is marked as answered later, at a
fixed hour, together with at least `LEAST` others or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TypeAlias

from django.db import transaction

from peil.surveys.models import Request, Spent
from peil.surveys.questionnaires.rows import day_of
from peil.surveys.tokens import SPENT, spent_mark

LEAST = 10  # requests that are marked together
_AT_ONCE = 5_000
BySurvey: TypeAlias = Mapping[int, Iterable[int]]  # requests of each survey


def free_among(asked: BySurvey) -> set[int]:
    """Those that nobody answered yet; within a transaction, until the end of which nobody else answers them."""
    if not asked:
        return set()
    Spent.objects.bulk_create([Spent(survey_id=survey) for survey in sorted(asked)], ignore_conflicts=True)
    rows = Spent.objects.filter(survey__in=list(asked)).select_for_update().order_by("survey_id")
    found = {row.survey_id: _marks(row) for row in rows}
    free = {one for survey, all_of in asked.items() for one in all_of if spent_mark(one) not in found[survey]}
    return set(Request.objects.filter(pk__in=free, answered_at=None).values_list("pk", flat=True))


def spend(asked: BySurvey) -> None:
    """These are answered from now on; within the transaction that found them free."""
    for survey, all_of in asked.items():
        row = Spent.objects.select_for_update().get(survey=survey)
        marks = _marks(row) | {spent_mark(one) for one in all_of}
        Spent.objects.filter(survey=survey).update(marks=b"".join(sorted(marks)))


def is_spent(survey: int, request: int) -> bool:
    row = Spent.objects.filter(survey=survey).first()
    return row is not None and spent_mark(request) in _marks(row)


def waiting_to_be_marked() -> dict[int, list[int]]:
    """Requests that were answered and do not say so yet, by survey."""
    found = {row.survey_id: _of(row) for row in Spent.objects.order_by("survey_id")}
    return {survey: requests for survey, requests in found.items() if requests}


def mark_together(now: datetime) -> int:
    """Mark as answered what was, survey by survey, where they are enough; how many."""
    done = 0
    for survey in Spent.objects.order_by("survey_id").values_list("survey_id", flat=True):
        with transaction.atomic():
            requests = _of(Spent.objects.select_for_update().get(survey=survey))
            if len(requests) < LEAST:
                continue
            for start in range(0, len(requests), _AT_ONCE):
                Request.objects.filter(pk__in=requests[start : start + _AT_ONCE]).update(
                    started_at=day_of(now), answered_at=day_of(now), reminder_at=None, to_facts=True
                )
            done += len(requests)
    return done


def _of(row: Spent) -> list[int]:
    marks = _marks(row)
    asked = Request.objects.filter(survey=row.survey_id, answered_at=None, test=False).order_by("pk")
    return [pk for pk in asked.values_list("pk", flat=True).iterator() if spent_mark(pk) in marks]


def _marks(row: Spent) -> set[bytes]:
    marks = bytes(row.marks)
    return {marks[n : n + SPENT] for n in range(0, len(marks), SPENT)}
