"""Every survey: what it asks, when, its state, how many answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from peil.accounts.rules import may, sight_of
from peil.core.kpi import Estimate
from peil.report.words import Language
from peil.report.words.figures import count
from peil.surveys.counting import Tally, asked_for_teams, tallies_for_teams
from peil.surveys.keeping import Kept, all_surveys
from peil.surveys.questionnaires.templates import TEMPLATES
from peil.web.access import allowed, known_person_of
from peil.web.facts import the_peil
from peil.web.languages import language_of
from peil.web.pages.shell import show_plain_page
from peil.web.pages.surveys.rates import Share, share_of, share_of_counts, smallest
from peil.web.pages.surveys.shown import REMOVED, State, asks_of, day_of, last_days, name_of, state_of, teams_of
from peil.web.pages.surveys.templates import Offer, offer_of

FIRST = ("after_contact", "recommend", "leaving_website")
DAYS = 30
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One survey in the list."""

    key: str
    name: str
    asks: str
    moment: str
    state: State
    version: int
    answers: str
    response: Share
    last: str


@allowed("see_surveys")
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    person, language = known_person_of(request), language_of(request)
    surveys, teams = all_surveys(), teams_of(person)
    tallies, days = tallies_for_teams(teams), last_days(DAYS)
    if sight_of(person).everything:
        figures = _figures(days.first)
        shares = {k.key: share_of(figures.get(k.key), language) for k in surveys}
    else:
        asked = asked_for_teams(teams, days)
        shares = {k.key: share_of_counts(asked.get(k.key), language) for k in surveys}
    return show_plain_page(
        request,
        person,
        "surveys/list.html",
        rows=[_row(k, tallies.get(k.key, Tally()), shares[k.key], language) for k in surveys],
        may_edit=may(person, "edit_surveys"),
        least=smallest(),
        offers=_offers(language) if not surveys else (),
        removed=request.session.get(REMOVED, {}).get("name", "") if "removed" in request.GET else "",
    )


def _figures(since: date) -> Mapping[str, Estimate]:
    """The response of each survey as the overview counts it."""
    found = the_peil().kpi("response_rate", by=["survey"], since=since)
    return {str(e.group["survey"]): e for e in found if "survey" in e.group}


def _row(kept: Kept, tally: Tally, response: Share, language: Language) -> Row:
    asked = asks_of(kept.shown, language)
    more = f" +{len(asked) - _MOST_NAMED}" if len(asked) > _MOST_NAMED else ""
    return Row(
        key=kept.key,
        name=name_of(kept.shown, language),
        asks=" · ".join(asked[:_MOST_NAMED]) + more,
        moment=kept.shown.moment,
        state=state_of(kept),
        version=kept.published.version if kept.published else 0,
        answers=count(tally.answers, language) if tally.answers else "–",
        response=response,
        last=day_of(tally.last, language) or "–",
    )


def _offers(language: Language) -> list[Offer]:
    return [offer_of(TEMPLATES[key], language) for key in FIRST]
