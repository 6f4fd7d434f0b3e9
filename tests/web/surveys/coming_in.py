"""Answers and requests as they come in, made without the pages of respondents."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from peil.surveys.keeping import add_survey, publish_draft, read_version
from peil.surveys.models import Request, Response, Survey, Version
from peil.surveys.questionnaires.answers import read_answers
from peil.surveys.questionnaires.as_json import answers_to_json
from peil.surveys.questionnaires.templates import draft_from

NOW = timezone.now()


def live(template: str, key: str = "") -> str:
    """A survey that is live."""
    kept = add_survey(replace(draft_from(template), key=key or template))
    publish_draft(kept.key, kept.edits)
    return kept.key


def ask(survey: str, *, days: float = 20, answered: bool = False, **more: Any) -> Request:
    """A request that left so many days ago; with `answered` the first answer came a day later."""
    sent = NOW - timedelta(days=days)
    begun = sent + timedelta(days=1) if answered else None
    told: dict[str, Any] = {
        "digest": uuid.uuid4().hex, "via": "email", "channel": "phone", "language": "nl", "made_at": sent,
        "sent_at": sent, "started_at": begun, "answered_at": begun, "context": {"team": "Zwolle"},
    }  # fmt: skip
    return Request.objects.create(survey=Survey.objects.get(key=survey), **(told | more))


def answer(survey: str, said: Mapping[str, str], *, at: datetime | None = None, **more: Any) -> Response:
    """A submission; `finished=False` leaves it begun."""
    version = Version.objects.filter(survey__key=survey).latest("number")
    asked = read_version(version.pk, version.content)
    form = {name: [value] for name, value in said.items()}
    moment = at or NOW - timedelta(days=3)
    finished = more.pop("finished", True)
    told: dict[str, Any] = {
        "submission": uuid.uuid4().hex, "answers": answers_to_json(read_answers(asked, form).answers),
        "language": "nl", "device": "phone", "started_at": moment - timedelta(seconds=60), "saved_at": moment,
        "finished_at": moment if finished else None, "context": {"team": "Zwolle", "channel": "phone"},
    }  # fmt: skip
    return Response.objects.create(survey=version.survey, version=version, **(told | more))
