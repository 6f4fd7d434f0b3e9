"""The newest answers one by one, for who may read rows: of their teams, with comments where those are theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from django.utils import timezone

from peil.accounts.models import Person
from peil.accounts.rules import may, sees_rows_of, sight_of
from peil.surveys.keeping import published_versions
from peil.surveys.models import Response, Survey
from peil.surveys.questionnaires.as_json import answers_from_json
from peil.surveys.questionnaires.question import GROUPS, Answer, Question, boxes_of
from peil.surveys.questionnaires.questionnaire import Questionnaire

Group: TypeAlias = Literal["favourable", "neutral", "unfavourable"]
MOST, DAYS = 30, 30
_LOOKED_AT = 400  # of the newest: a filter looks no further back


@dataclass(frozen=True, slots=True, kw_only=True)
class Newest:
    """One submission as a colleague reads it."""

    number: str
    questionnaire: Questionnaire
    answers: tuple[Answer, ...]
    at: datetime
    channel: str
    team: str
    language: str
    group: Group | None  # of its first score
    doubts: tuple[str, ...]


def newest_answers_for_person(person: Person, survey: str = "", group: str = "") -> list[Newest]:
    """What was submitted last. Nothing of employees, nothing of a test, nothing of another team."""
    sight = sight_of(person)
    if not sees_rows_of(person, "answers") or sight.nothing:
        return []
    asked = Survey.objects.filter(key=survey) if survey else Survey.objects.all()
    rows = Response.objects.filter(
        survey__in=list(asked.values_list("pk", flat=True)),  # so that the index of survey and moment is of use
        saved_at__gte=timezone.now() - timedelta(days=DAYS),
        test=False, finished_at__isnull=False, let_go_at=None,
    )  # fmt: skip
    for mine in sight.where:
        rows = rows.filter(**{f"context__{mine.column}__in": list(mine.values)})
    found = list(rows.order_by("-saved_at", "-id")[: _LOOKED_AT if group else 2 * MOST])
    versions = published_versions([r.version_id for r in found])
    comments = may(person, "see_comments")
    shown = (
        _newest(r, versions[r.version_id], comments=comments) for r in found if not versions[r.version_id].anonymous
    )
    return [n for n in shown if not group or n.group == group][:MOST]


def _newest(row: Response, questionnaire: Questionnaire, *, comments: bool) -> Newest:
    answers = answers_from_json(row.answers)
    return Newest(
        number=str(row.id),
        questionnaire=questionnaire,
        answers=answers if comments else tuple(_without_words(a) for a in answers),
        at=row.saved_at,
        channel=str(row.context.get("channel", "")),
        team=str(row.context.get("team", "")),
        language=row.language,
        group=_group_of(questionnaire, answers),
        doubts=tuple(row.flags.split()),
    )


def _without_words(answer: Answer) -> Answer:
    return replace(answer, text="", words=())


def _group_of(questionnaire: Questionnaire, answers: Sequence[Answer]) -> Group | None:
    """The group of the first score that has one."""
    asked: dict[str, Question] = {q.key: q for q in questionnaire.questions}
    for answer in answers:
        question = asked.get(answer.question)
        boxes = boxes_of(question) if question is not None and answer.score is not None else None
        if boxes is not None and answer.score is not None:
            box = int(boxes.of([answer.score])[0])
            names: dict[int, Group] = {GROUPS["favourable"]: "favourable", GROUPS["neutral"]: "neutral"}
            return names.get(box, "unfavourable")
    return None
