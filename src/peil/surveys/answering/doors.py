"""A code of a link, or a personal token -> what may be answered there, and what is known beside the answers."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Literal, TypeAlias

from django.utils import timezone

from peil.surveys.answering.spent import is_spent
from peil.surveys.keeping import read_version
from peil.surveys.models import Link, Request, Version
from peil.surveys.questionnaires.ordering import asked_first, first_ones
from peil.surveys.questionnaires.questionnaire import Questionnaire
from peil.surveys.tokens import digest_of, matches, stop_token
from peil.surveys.trials import Drawn, drawn_of

DoorState: TypeAlias = Literal["open", "used", "over", "unknown"]
_REMEMBERED = 1.0  # seconds that what an open link leads to is not looked up again
_MOST_REMEMBERED = 1_000
UNDER_WAY = timedelta(minutes=5)  # after a link closed, for who was answering on a device, and for clocks


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """What somebody with a link finds. Of one that is over or unknown nothing is told, whichever it is."""

    state: DoorState
    name: str = ""  # of the door, to which forms are bound
    survey_id: int = 0
    version_id: int = 0
    questionnaire: Questionnaire | None = None
    link_id: int | None = None
    request_id: int | None = None
    kind: str = ""  # of the link; 'personal' of a request
    context: Mapping[str, Any] = field(default_factory=dict)
    known: Mapping[str, str] = field(default_factory=dict)
    language: str = ""
    test: bool = False
    stop: str = ""  # the token by which whoever was asked says: no more
    answered: date | None = None

    @property
    def asked(self) -> Questionnaire:
        assert self.questionnaire is not None, "nothing is asked at a door that is not open"
        return self.questionnaire


UNKNOWN = Door(state="unknown")
OVER = Door(state="over")
_doors: dict[tuple[str, int | None], tuple[float, Door]] = {}
_newest: dict[int, tuple[float, Version | None]] = {}


def door_of_link(code: str, version: int | None = None) -> Door:
    """The door of an open link. `version`: of the form that comes back; the newest where none is given."""
    now, held = time.monotonic(), _doors.get((code, version))
    if held is not None and now - held[0] < _REMEMBERED:
        return held[1]
    door = _open_door(code, version)
    if door is not UNKNOWN:  # guesses fill no memory
        _room_in(_doors)
        _doors[code, version] = now, door
    return door


def door_as_it_was(code: str, version: int | None, moment: datetime) -> Door:
    """The door of an open link for what was given at `moment`, when it was not closed yet."""
    return _open_door(code, version, moment)


def _open_door(code: str, version: int | None, moment: datetime | None = None) -> Door:
    link = Link.objects.filter(code=code[:40]).select_related("survey").first()
    if link is None:
        return UNKNOWN
    closed = min((at for at in (link.closed_at, link.survey.ended_at) if at is not None), default=None)
    if closed is not None and (moment is None or moment > closed + UNDER_WAY):
        return OVER
    found = _newest_of(link.survey_id) if version is None else _version(link.survey_id, version)
    if found is None:
        return UNKNOWN
    asked = read_version(found.pk, found.content)
    context = {"channel": link.channel, "team": link.team}
    return Door(
        state="open", name=f"link:{link.pk}", survey_id=link.survey_id, version_id=found.pk, questionnaire=asked,
        link_id=link.pk, kind=link.kind, context=_kept_of(context, asked), test=bool(link.settings.get("test")),
    )  # fmt: skip


def door_of_token(token: str, version: int | None = None, now: datetime | None = None) -> Door:
    """The door of a personal link. `version`: of the form that comes back; else as it was sent, else the newest."""
    request = Request.objects.select_related("survey", "version").filter(digest=digest_of(token)).first()
    if request is None or not matches(token, request.uid, "answer"):
        return UNKNOWN
    if _is_over(request, now or timezone.now()):
        return UNKNOWN  # no word more than of a token that never was
    found = _version_for(request, version)
    if found is None:
        return UNKNOWN
    asked, arm = _as_drawn(found, request.arm)
    context = {**request.context, "channel": request.channel or request.context.get("channel", ""), "arm": arm}
    spent = request.answered_at is not None or (asked.anonymous and is_spent(request.survey_id, request.pk))
    return Door(
        state="used" if spent else "open", name=f"request:{request.uid}", survey_id=request.survey_id,
        version_id=found.pk, questionnaire=asked, request_id=request.pk, kind="personal",
        context=_kept_of(context, asked), known={k: str(v) for k, v in request.known.items()},
        language=request.language, test=request.test, stop=stop_token(request.uid),
        answered=request.answered_at.date() if request.answered_at else None,
    )  # fmt: skip


def as_test(door: Door) -> Door:
    """The same door for trying it out: what is answered there leaves no fact."""
    return replace(door, test=True)


def forget_doors() -> None:
    """Look everything up again: what leads where was changed in this process."""
    _doors.clear()
    _newest.clear()


def _as_drawn(version: Version, arm: str) -> tuple[Questionnaire, str]:
    """What is asked, with the question first that the lot of a trial gave; and the arm, which the answer keeps: '' where
    this version can't be asked in that manner."""
    asked = read_version(version.pk, version.content)
    drawn = drawn_of(arm) if arm else Drawn()
    if not drawn.first:
        return asked, drawn.arm
    return (
        (_in_order(version.pk, version.content, drawn.first), arm) if drawn.first in first_ones(asked) else (asked, "")
    )


@lru_cache(maxsize=64)
def _in_order(pk: int, content: str, first: str) -> Questionnaire:
    return asked_first(read_version(pk, content), first)


def _is_over(request: Request, now: datetime) -> bool:
    ended = request.survey.ended_at is not None or request.expired_at is not None or bool(request.held_back)
    return ended or (request.expires_at is not None and request.expires_at < now)


def _version_for(request: Request, version: int | None) -> Version | None:
    if request.version is not None:
        return request.version
    begun = Version.objects.filter(responses__request=request).first()
    if begun is not None:
        return begun
    return _newest_of(request.survey_id) if version is None else _version(request.survey_id, version)


def _kept_of(context: Mapping[str, Any], asked: Questionnaire) -> dict[str, Any]:
    """What goes along with the answers; with anonymous ones the team alone."""
    known = {key: value for key, value in context.items() if value}
    return {key: known[key] for key in ("team",) if key in known} if asked.anonymous else known


def _newest_of(survey_id: int) -> Version | None:
    now = time.monotonic()
    held = _newest.get(survey_id)
    if held is not None and now - held[0] < _REMEMBERED:
        return held[1]
    found = Version.objects.filter(survey=survey_id).order_by("-number").first()
    _room_in(_newest)
    _newest[survey_id] = now, found
    return found


def _version(survey_id: int, number: int) -> Version | None:
    newest = _newest_of(survey_id)
    if newest is not None and newest.number == number:
        return newest
    return Version.objects.filter(survey=survey_id, number=number).first()


def _room_in(remembered: dict[Any, Any]) -> None:
    if len(remembered) >= _MOST_REMEMBERED:
        remembered.clear()
