"""Links of every kind, and what was entered at them, made in the database of the test."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from zoneinfo import ZoneInfo

from tests.surveys.answering.doors import published

from peil.accounts.models import Person
from peil.surveys.answering.doors import Door, door_of_link
from peil.surveys.channels.entering import Entry, enter
from peil.surveys.channels.files import check_file, take_in_file
from peil.surveys.channels.pins import set_pin
from peil.surveys.channels.read_in import files_for_person
from peil.surveys.links import LinkKind, OpenLink, find_link, make_link
from peil.surveys.models import Response
from peil.surveys.questionnaires.questionnaire import Questionnaire

ZONE = ZoneInfo("Europe/Amsterdam")
PIN = "2468"


def link_of(
    kind: LinkKind, survey: str | Questionnaire = "recommend", *, channel: str = "", team: str = ""
) -> OpenLink:
    """A link of this kind; a kiosk has its PIN."""
    link = make_link(published(survey), kind, f"A {kind}", channel=channel, team=team)
    if kind == "kiosk":
        set_pin(link, PIN)
    found = find_link(link.code)
    assert found is not None
    return found


def door_at(link: OpenLink) -> Door:
    return door_of_link(link.code)


def _entered_link(by: Person) -> int:
    """A link of paper at which this person entered something."""
    link = link_of("paper")
    form = {"recommend": ["9"]}
    enter(door_at(link), Entry(number="1", form=form, language="nl", day=date.today(), by=by.pk), ZONE)
    return link.id


def _paper_file(by: Person) -> str:
    """A file of paper that this person read in."""
    link = link_of("paper")
    checked = check_file(door_at(link), f"date;recommend\n{date.today().isoformat()};9\n", ZONE, by.pk)
    take_in_file(door_at(link), checked, ZONE)
    return f"{link.id}/file/{files_for_person(link.id, by.pk, all_of_them=False)[0].id}"


def _entered(by: Person) -> str:
    return str(Response.objects.filter(entered_by=by).latest("link_id").pk)


MAKERS: Mapping[str, Callable[[Person], int | str]] = {
    "widget_code": lambda _: link_of("widget").code,
    "kiosk_code": lambda _: link_of("kiosk").code,
    "widget_link": lambda _: link_of("widget").id,
    "kiosk_link": lambda _: link_of("kiosk").id,
    "paper_link": lambda _: link_of("paper").id,
    "entered_link": _entered_link,
    "entered": _entered,
    "paper_file": _paper_file,
}
