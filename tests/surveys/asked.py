"""A survey that is published, and answers to it as the database keeps them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from peil.surveys.keeping import add_survey, publish_draft
from peil.surveys.models import Request, Response, Survey, Version
from peil.surveys.questionnaires.answers import read_answers
from peil.surveys.questionnaires.as_json import answers_to_json
from peil.surveys.questionnaires.questionnaire import Questionnaire
from peil.surveys.questionnaires.templates import draft_from

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def published(template: str) -> Questionnaire:
    """The first version of a template's survey, under the template's key."""
    return publish_draft(add_survey(draft_from(template)).key, 0)


def answered(
    questionnaire: Questionnaire, form: Mapping[str, Sequence[str]], *, at: datetime = NOW, **kept: Any
) -> Response:
    """One finished response with what `form` says."""
    reading = read_answers(questionnaire, form)
    assert not reading.errors, reading.errors
    version = Version.objects.get(survey__key=questionnaire.key, number=questionnaire.version)
    made = {"started_at": at - timedelta(minutes=1), "saved_at": at, "finished_at": at, "language": "nl"}
    return Response.objects.create(
        survey=version.survey, version=version, submission=uuid.uuid4().hex, answers=answers_to_json(reading.answers),
        **{**made, **kept},
    )  # fmt: skip


def answer_again(response: Response, questionnaire: Questionnaire, form: Mapping[str, Sequence[str]]) -> None:
    """The same submission with other answers."""
    response.answers = answers_to_json(read_answers(questionnaire, form).answers)
    response.saved_at += timedelta(minutes=1)
    response.to_facts = True
    response.save()


def requested(survey: str, customer: str, *, at: datetime = NOW, **kept: Any) -> Request:
    """One request that was sent by mail."""
    made = {"via": "email", "made_at": at, "sent_at": at, "context": {"customer_id": customer}}
    return Request.objects.create(
        survey=Survey.objects.get(key=survey), digest=uuid.uuid4().hex, version=_newest(survey), **{**made, **kept}
    )


def _newest(survey: str) -> Version | None:
    return Version.objects.filter(survey__key=survey).order_by("-number").first()
