"""Who looks at which page: person, language, state of the page, and the rows that are theirs to see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse

from peil.accounts.models import Person
from peil.accounts.rules import Sight, may_ask_by, sees_kpi, sight_of
from peil.board.reported.texts import notes_for
from peil.board.targets import with_targets
from peil.core.kpis import BY_KEY
from peil.library import Peil
from peil.report.contents import Contents, Part, gather
from peil.report.views.voice import DayNote, Voice
from peil.report.words import Language
from peil.web.access import person_of
from peil.web.facts import the_peil
from peil.web.languages import language_of
from peil.web.state import PageState, read_state


@dataclass(frozen=True, slots=True)
class Look:
    """One person looking at one page."""

    person: Person
    peil: Peil
    language: Language
    today: date
    state: PageState
    sight: Sight

    def contents(self, parts: frozenset[Part], only: Sequence[str] = (), *, among_all: bool = False) -> Contents:
        """The figures of the page, over the rows that this person may see; see `gather`."""
        asked = self.state.question(self.today, self.language, self.sight.where)
        found = gather(self.peil.warehouse, asked, parts, only, among_all=among_all)
        return with_targets(_seen(found, self.person), self.peil.warehouse.settings)

    def voice(self, parts: frozenset[Part], only: Sequence[str] = (), *, among_all: bool = False) -> Voice:
        """The page's figures and words; a course carries the events that people noted."""
        noted = notes_for(self.person, self.sight) if "series" in parts else []
        notes = tuple(DayNote(n.day, n.text) for n in noted)
        return Voice(self.contents(parts, only, among_all=among_all), self.language, self.kpi_address, notes)

    def kpi_address(self, key: str) -> str:
        """The page of a KPI in the state of this one."""
        return self.state.url(reverse("kpi", args=[key]))


def _seen(contents: Contents, person: Person) -> Contents:
    """Without the figures that are not this person's at all."""
    top = contents.headline
    hidden = {k for k in top.figures if not sees_kpi(person, BY_KEY[k])}
    if not hidden:
        return contents
    seen = replace(
        top,
        figures={k: e for k, e in top.figures.items() if k not in hidden},
        changes={k: c for k, c in top.changes.items() if k not in hidden},
        tiles=tuple(k for k in top.tiles if k not in hidden),
        beside=tuple(k for k in top.beside if k not in hidden),
        tested=sum(c.p is not None for k, c in top.changes.items() if k not in hidden),
    )
    return replace(contents, headline=seen)


def look_of_person(request: HttpRequest) -> Look:
    """The look of whoever is signed in at the page that the URL tells; refused where no row is theirs."""
    person = person_of(request)
    if person is None:
        raise PermissionDenied
    sight = sight_of(person)
    if sight.nothing:
        raise PermissionDenied
    peil = the_peil()
    today = peil.warehouse.today
    state = read_state(request.GET, today)
    asked_by = [state.by, *(f.column for f in state.where)]
    if not sight.covers(state.where) or not may_ask_by(person, asked_by):
        raise PermissionDenied
    return Look(person, peil, language_of(request), today, state, sight)
