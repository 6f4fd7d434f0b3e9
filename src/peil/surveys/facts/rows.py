"""Answers and requests as the database keeps them -> rows of the facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, TypeAlias

from peil.surveys.keeping import read_version
from peil.surveys.models import Request, Response
from peil.surveys.questionnaires.as_json import answers_from_json
from peil.surveys.questionnaires.rows import SOURCE, Context, Submission, day_of, fact_rows

Row: TypeAlias = dict[str, Any]
OF_ANSWER = (
    "source",
    "answer_id",
    "response_id",
    "survey",
    "question",
    "answered_at",
    "customer_id",
)  # when taken back
_TIMES = ("sent_at", "bounced_at", "opened_at", "started_at", "answered_at", "expired_at")
_KNOWN = ("channel", "customer_id", "interaction_id", "visit_id", "employee_id", "team", "solution")


def rows_of_responses(responses: Iterable[Response]) -> Iterator[tuple[str, Row]]:
    """Every row with its fact. The responses come with their `version` and `link`."""
    for response in responses:
        for fact, rows in fact_rows(_submission(response)).items():
            yield from ((fact, row) for row in rows)


def rows_of_requests(requests: Iterable[Request]) -> Iterator[tuple[str, Row]]:
    """A row for each request that left or was held back. The requests come with their `survey` and `version`."""
    for request in requests:
        if not request.test and (request.sent_at is not None or request.held_back):
            yield "invitations", _invitation(request)


def withdrawn(answer: Mapping[str, Any]) -> Row:
    """The row of an answer that was taken back: it is known that it was given, and it is in no figure."""
    return {name: answer[name] for name in OF_ANSWER} | {"kind": "other"}


def _submission(response: Response) -> Submission:
    return Submission(
        questionnaire=read_version(response.version_id, response.version.content),
        answers=answers_from_json(response.answers),
        response_id=str(response.pk),
        started_at=response.started_at,
        saved_at=response.saved_at,
        language=response.language,
        finished=response.finished_at is not None,
        last_question=response.last_question or None,
        flags=response.flags or None,
        test=response.test,
        context=_context(response),
    )


def _context(response: Response) -> Context:
    kept: dict[str, Any] = response.context
    given = {name: kept.get(name) or None for name in _KNOWN}
    if given["channel"] is None and response.link is not None:
        given["channel"] = response.link.channel or None
    if given["team"] is None and response.link is not None:
        given["team"] = response.link.team or None
    return Context(device=response.device or None, extra=dict(kept.get("extra") or {}), **given)


def _invitation(request: Request) -> Row:
    version = request.version
    questionnaire = read_version(version.pk, version.content) if version else None
    anonymous = questionnaire is not None and questionnaire.anonymous
    times = {name: getattr(request, name) for name in _TIMES}
    return {
        "source": SOURCE,
        "invitation_id": str(request.uid),
        "survey": request.survey.key,
        "touchpoint": (questionnaire.subject.touchpoint if questionnaire else "") or None,
        "channel": request.channel or request.via,
        "customer_id": None if anonymous else request.context.get("customer_id") or None,
        "held_back_reason": request.held_back or None,
        **{name: _moment(moment, anonymous) for name, moment in times.items()},
    }


def _moment(moment: datetime | None, anonymous: bool) -> datetime | None:
    """Of an anonymous survey the day alone, as with its answers."""
    return day_of(moment) if moment is not None and anonymous else moment
