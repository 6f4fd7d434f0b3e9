"""The journeys with their figures, what is covered and what is not, and what to look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from markupsafe import Markup

from peil.accounts.rules import may
from peil.board.journeys import Coverage, Hint, JourneyKept, StopKept, cover, draft_journey, hints
from peil.board.journeys import journeys as all_journeys
from peil.board.journeys.coverage import Covered, Measured
from peil.board.journeys.figures import Rows
from peil.board.journeys.keeping import StopChange, removed_journey
from peil.report.views.origin import definitions
from peil.report.views.voice import Voice
from peil.report.words.changes import capital
from peil.report.words.terms import value_name
from peil.web.access import allowed
from peil.web.look import Look, look_of_person
from peil.web.pages.journeys.strip import rows_of, strips_of
from peil.web.pages.shell import show_page

MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Place:
    """A touchpoint or channel, as the table shows it."""

    name: str
    contacts: str
    runs: str
    asked: str
    stop: str
    link: str


@dataclass(frozen=True, slots=True)
class Covers:
    """The two tables, with their findings."""

    title: str
    touchpoints: tuple[Place, ...]
    channels_title: str
    channels: tuple[Place, ...]
    without: str


@allowed("see_figures")
def journeys(request: HttpRequest) -> HttpResponse:
    look = look_of_person(request)
    kept = all_journeys()
    drafted = [] if kept else [JourneyKept(0, "", drafted_stops(look))]
    shown = kept or drafted
    keys = list(dict.fromkeys(k for j in shown for s in j.stops for k in s.kpis))
    voice = look.voice(frozenset(), ("csat",))  # its days and targets; the figures come stop by stop
    found = cover(rows_of(look, voice), shown)
    return show_page(
        request,
        look,
        "journeys/page.html",
        voice=voice,
        strips=strips_of(look, voice, [_named(voice, j) for j in shown]),
        draft=not kept,
        covers=_covers(look, voice, found),
        hints=[_hint(voice, h) for h in hints(kept, found)],
        may_edit=may(look.person, "edit_journeys"),
        definitions=definitions(voice, keys),
        removed=_removed(request, look),
    )


def drafted_stops(look: Look) -> tuple[StopKept, ...]:
    """The proposal, from everything that was ever asked."""
    drafted = draft_journey(Rows(look.peil.warehouse, None, None, look.sight.where))
    return tuple(as_stop(s) for s in drafted)


def as_stop(s: StopChange) -> StopKept:
    return StopKept(0, 0, s.name, s.department, s.found_in, tuple(s.kpis))


def _named(voice: Voice, journey: JourneyKept) -> JourneyKept:
    return journey if journey.name else JourneyKept(journey.id, voice("road_draft_name"), journey.stops)


def _covers(look: Look, voice: Voice, found: Coverage) -> Covers:
    measured = [sum(c.measured for c in places) for places in (found.touchpoints, found.channels)]
    without = _asked(voice, found.without)
    return Covers(
        voice("cover_title", measured[0], len(found.touchpoints)),
        tuple(_place(look, voice, c, "touchpoint") for c in found.touchpoints),
        voice("cover_channels", measured[1], len(found.channels)),
        tuple(_place(look, voice, c, "channel") for c in found.channels),
        voice("cover_without", without) if without else voice("cover_all_placed"),
    )


def _place(look: Look, voice: Voice, c: Covered, column: str) -> Place:
    editable = c.stop is not None and bool(c.stop.id) and may(look.person, "edit_journeys")
    return Place(
        name=value_name(column, c.value, voice.language),
        contacts=voice.count(c.contacts) if c.contacts else "–",
        runs=voice.count(c.runs) if c.runs else "–",
        asked=_asked(voice, c.asked),
        stop="" if c.stop is None else c.stop.name,
        link=reverse("stop_change", args=[c.stop.id]) if c.stop is not None and editable else "",
    )


def _asked(voice: Voice, asked: Sequence[Measured]) -> str:
    """The KPIs with the number of their answers, those of one question once."""
    names = ", ".join(voice.name(m.kpi) for m in asked)
    if asked and all(m.n is None for m in asked):
        return voice("cover_all_few", names)
    return ", ".join(f"{voice.name(m.kpi)} {_count(voice, m)}" for m in asked)


def _count(voice: Voice, m: Measured) -> str:
    return f"({voice('cover_few')})" if m.n is None else voice.count(m.n)


def _hint(voice: Voice, hint: Hint) -> Markup:
    told = [capital(name) for name in hint.about[:MOST_NAMED]]
    more = len(hint.about) - len(told)
    names = ", ".join(told) + (f" +{more}" if more else "")
    return voice.marked(f"hint_{hint.kind}", Markup("<b>{}</b>").format(names))


def _removed(request: HttpRequest, look: Look) -> tuple[int, str] | None:
    given = request.GET.get("removed", "")
    if not (given.isascii() and given.isdigit() and len(given) < 10 and may(look.person, "edit_journeys")):
        return None
    name = removed_journey(int(given))
    return None if name is None else (int(given), name)
