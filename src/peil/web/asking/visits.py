"""One request at one door: an open link at /s/<code>/, a personal one at /a/<token>/."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from django.utils import timezone

from peil.surveys.answering.doors import Door, door_of_link, door_of_token
from peil.surveys.answering.forms import Form, hand_out, read_form
from peil.surveys.answering.submitting import Begun, next_page
from peil.web.asking.intake.asked import Asked
from peil.web.asking.visitor import language_for

Way: TypeAlias = Literal["s", "a"]


@dataclass(frozen=True, slots=True)
class Visit:
    """Who came, to which door, with which form."""

    came: Asked
    way: Way
    key: str  # the code or the token
    door: Door
    form: Form
    language: str
    now: datetime

    @property
    def mark(self) -> str:
        return self.form.mark

    @property
    def first(self) -> int:
        return next_page(self.door.asked, 0, ()) or 1

    def bare(self, page: int | str) -> str:
        return f"/{self.way}/{self.key}/{self.mark}/{page}/"

    def address(self, page: int | str) -> str:
        """A page of this submission, in the language that it is read in."""
        return f"{self.bare(page)}?language={self.language}"


def door_at(way: Way, key: str, version: int | None = None) -> Door:
    return door_of_link(key, version) if way == "s" else door_of_token(key, version)


def first_visit(came: Asked, way: Way, key: str, door: Door, *, preselected: bool) -> Visit:
    """A visit with a form that is handed out now."""
    now = timezone.now()
    form = hand_out(door.name, door.asked.version, now, preselected=preselected)
    return Visit(came, way, key, door, form, language_for(came, door.asked, door.language), now)


def visit_with(came: Asked, way: Way, key: str, mark: str) -> Visit | None:
    """The visit of a form that was handed out at this door; None for any other."""
    door = door_at(way, key)
    form = read_form(door.name, mark) if door.state in ("open", "used") else None
    if form is None:
        return None
    if door.asked.version != form.version:
        door = door_at(way, key, form.version)
        if door.state not in ("open", "used"):
            return None
    return Visit(came, way, key, door, form, language_for(came, door.asked, door.language), timezone.now())


def answered_elsewhere(door: Door, begun: Begun | None) -> bool:
    """Whether another form has answered this request."""
    if begun is None:
        return door.state == "used"
    return begun.finished_at is not None and not begun.own
