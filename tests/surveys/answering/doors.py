"""Doors to answer at, made in the database of the test."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from peil.surveys.answering.doors import Door, door_of_link, door_of_token
from peil.surveys.answering.forms import hand_out
from peil.surveys.answering.submitting import Sent, Submitted, submit
from peil.surveys.keeping import add_survey, find_survey, publish_draft
from peil.surveys.links import make_link
from peil.surveys.models import Request, Survey, Version
from peil.surveys.questionnaires.questionnaire import Questionnaire
from peil.surveys.questionnaires.templates import draft_from
from peil.surveys.tokens import digest_of, token_of

NOON = datetime(2026, 11, 10, 12, tzinfo=UTC)


def published(survey: str | Questionnaire = "recommend") -> str:
    """A survey that is asked, after a template or as it is given; its key."""
    draft = draft_from(survey) if isinstance(survey, str) else survey
    if find_survey(draft.key) is None:
        publish_draft(draft.key, add_survey(draft).edits)
    return draft.key


def open_code(survey: str | Questionnaire = "recommend", **told: Any) -> str:
    """The code of an open link."""
    return make_link(published(survey), "link", "A link", **told).code


def personal_token(survey: str | Questionnaire = "recommend", *, versioned: bool = True, **told: Any) -> str:
    """The token of a request that was sent."""
    row, uid = Survey.objects.get(key=published(survey)), uuid.uuid4()
    token = token_of(uid, "answer")
    version = Version.objects.filter(survey=row).order_by("-number").first() if versioned else None
    given = {"via": "email", "made_at": timezone.now(), "sent_at": timezone.now(), "version": version} | told
    Request.objects.create(uid=uid, survey=row, digest=digest_of(token), **given)
    return token


def form_at(way: str, key: str) -> str:
    """The address of a form that was handed out there: code or token, and its mark."""
    door = door_of_link(key) if way == "s" else door_of_token(key)
    return f"{key}/{hand_out(door.name, door.asked.version, timezone.now()).mark}"


@dataclass
class Respondent:
    """Somebody with a form of their own at a door."""

    door: Door
    begun: datetime = NOON

    def __post_init__(self) -> None:
        self.mark = hand_out(self.door.name, self.door.asked.version, self.begun).mark

    def send(self, page: int | None = None, *, after: float = 120.0, **fields: str | list[str]) -> Submitted:
        """Send a page `after` so many seconds; '__' in a name stands for its dot."""
        return submit(self.door, self.filled_in(page, after=after, **fields))

    def filled_in(self, page: int | None = None, *, after: float = 120.0, **fields: str | list[str]) -> Sent:
        """The same, not sent yet."""
        form = {n.replace("__", "."): [v] if isinstance(v, str) else v for n, v in fields.items()}
        now = datetime.fromtimestamp(self.begun.timestamp() + after, UTC)
        return Sent(
            mark=self.mark, form=form, page=page, language="nl", begun=self.begun, now=now, device="phone",
            sender=self.sender,
        )  # fmt: skip

    sender: str = "s" * 64


def at_link(code: str) -> Respondent:
    return Respondent(door_of_link(code))


def at_token(token: str) -> Respondent:
    return Respondent(door_of_token(token), sender="")
