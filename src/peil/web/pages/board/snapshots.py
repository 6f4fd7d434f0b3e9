"""What was reported: a list, and each snapshot beside what the same question gives now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST
from markupsafe import Markup

from peil.accounts.audit import record
from peil.board.reported.snapshots import Beside, Kept, beside_now, keep_figures, snapshot_for, snapshots_for
from peil.board.reported.texts import clean_text
from peil.board.sheet import figure_name, rows_in_words
from peil.core.kpi import Estimate
from peil.report.words import say
from peil.report.words.figures import count, limits, value
from peil.report.words.terms import days, one_day, value_name
from peil.web.access import allowed
from peil.web.look import Look, look_of_person
from peil.web.pages.board.own_board import own_sheet
from peil.web.pages.shell import show_page

MOST = 100
LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """A snapshot in the list."""

    id: int
    name: str
    kind: str
    period: str
    rows: str
    made: str
    by: str


@dataclass(frozen=True, slots=True)
class Side:
    """A figure on one of the two days."""

    value: str
    limits: str
    n: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A figure as reported, and as it is now."""

    name: str
    rows: str
    then: Side
    now: Side
    differs: bool
    definition: str  # '' where it is still the same


@allowed("see_figures")
def snapshots(request: HttpRequest) -> HttpResponse:
    look = look_of_person(request)
    found = [_entry(look, kept) for kept in snapshots_for(look.person, look.sight, MOST)]
    return show_page(request, look, "board/snapshots.html", found=found)


@allowed("see_figures")
def snapshot(request: HttpRequest, number: int) -> HttpResponse:
    look = look_of_person(request)
    kept = snapshot_for(look.person, look.sight, number)
    if kept is None:
        raise Http404
    pairs = [_pair(look, b) for b in beside_now(look.peil.warehouse, kept)]
    return show_page(
        request, look, "board/snapshot.html", entry=_entry(look, kept), whole=kept.whole, pairs=pairs,
        changed=sum(p.differs for p in pairs),
    )  # fmt: skip


@require_POST
@allowed("see_figures")
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the figures of the overview in the state that the address tells."""
    look = look_of_person(request)
    title = request.POST.get("title", "")
    title = " ".join(clean_text(title, LONGEST_TITLE).split()) if title.strip() else ""
    figures = own_sheet(look).figures
    with transaction.atomic():
        number = keep_figures(look.person, "recorded", figures, title)
        record(look.person, "figures_kept", f"{number} {title}".strip(), state=look.state.url())
    return HttpResponseRedirect(reverse("board_snapshot", args=[number]))


def _entry(look: Look, kept: Kept) -> Entry:
    language = look.language
    period = days(kept.since, kept.until - timedelta(days=1), language)
    made = kept.made_at.astimezone(look.peil.warehouse.zone)
    return Entry(
        kept.id, kept.title or period, say(f"kept_{kept.kind}", language), period, rows_in_words(kept.where, language),
        f"{one_day(made.date(), language)}, {made:%H:%M}" if language == "en" else f"{one_day(made.date(), language)}, {made:%H.%M}",
        kept.made_by,
    )  # fmt: skip


def _pair(look: Look, b: Beside) -> Pair:
    name = figure_name(b.tile.kpi, look.language)
    group = ", ".join(value_name(column, v, look.language) for column, v in b.group.items())
    rows = "; ".join(p for p in (rows_in_words(b.tile.where, look.language), group) if p)
    then, now = b.then, b.now
    other = isinstance(then, Estimate) and isinstance(now, Estimate) and then.definition != now.definition
    definition = say("other_definition", look.language) if other else ""
    return Pair(name, rows, _side(look, then), _side(look, now), b.differs, definition)


def _side(look: Look, found: Estimate | int | None) -> Side:
    if found is None:
        return Side("–", "", "")
    if isinstance(found, int):
        return Side(count(found, look.language), say("counted_in_full", look.language), "")
    if found.value is None:
        return Side("–", say(found.status if found.status != "needs" else "needs", look.language), "")
    n = Markup("n = {}").format(count(found.n, look.language))
    return Side(value(found, look.language), limits(found, look.language), n)
