"""A link as these pages show it, and whose it is."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from peil.accounts.rules import may
from peil.surveys.answering.doors import Door, door_of_link
from peil.surveys.channels.entering import KINDS
from peil.surveys.links import OpenLink, get_link
from peil.web.access import known_person_of
from peil.web.languages import language_of
from peil.web.pages.shell import show_plain_page
from peil.web.pages.surveys.shown import name_of, survey_or_404, teams_of

SET_UP = ("widget", "chat_end", "kiosk", "paper", "phone")  # links with a page of their own


def link_with_page(id: int) -> OpenLink:
    """A link that has something to set up."""
    link = get_link(id)
    if link is None or link.kind not in SET_UP:
        raise Http404
    return link


def desk_for_person(request: HttpRequest, id: int) -> tuple[OpenLink, Door]:
    """A link at which this person may enter answers: an open one, of no team or of one's own."""
    link = get_link(id)
    teams = teams_of(known_person_of(request))
    if link is None or link.kind not in KINDS or (link.team and teams is not None and link.team not in teams):
        raise Http404
    door = door_of_link(link.code)
    if door.state != "open":
        raise Http404
    return link, door


def show_link_page(
    request: HttpRequest, link: OpenLink, template: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """A page about one link, below the survey that hangs there."""
    person = known_person_of(request)
    around = {
        "link": link, "name": name_of(survey_or_404(link.survey).shown, language_of(request)),
        "may_edit": may(person, "edit_surveys"), "may_enter": may(person, "enter_answers"),
        "may_see": may(person, "see_surveys"),
    }  # fmt: skip
    return show_plain_page(request, person, f"channels/{template}", status=status, **(around | context))
