"""The requests: each with what became of it, and how many were held back for what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from peil.accounts.rules import may
from peil.report.words import Language, say
from peil.report.words.figures import count
from peil.surveys.keeping import all_surveys
from peil.surveys.whom.listing import STATES, Chosen, Seen, count_requests, list_requests
from peil.surveys.whom.reasons import HELD_BACK
from peil.web.access import allowed, known_person_of
from peil.web.facts import the_peil
from peil.web.languages import language_of
from peil.web.pages.asking.fields import Field
from peil.web.pages.asking.rules import Line, reason_lines
from peil.web.pages.asking.seen import sees_names, teams_of
from peil.web.pages.data.page import moment
from peil.web.pages.shell import show_plain_page
from peil.web.pages.surveys.shown import names_of

LIMIT = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One request as it is shown."""

    survey: str
    state: str
    via: str
    when: str
    marks: tuple[str, ...]
    customer: str
    address: str


@allowed("see_surveys")
def requests(request: HttpRequest) -> HttpResponse:
    person, language = known_person_of(request), language_of(request)
    teams, named = teams_of(person), sees_names(person)
    names = names_of(all_surveys(), language)
    survey, state, reason = (request.GET.get(name, "") for name in ("survey", "state", "reason"))
    state, reason = state if state in STATES else "", reason if reason in HELD_BACK else ""
    before = request.GET.get("before", "")
    place = int(before) if before.isascii() and before.isdigit() and len(before) < 16 else None
    chosen = Chosen(survey=survey[:60], state=state, reason=reason, teams=teams)
    found = list_requests(chosen, before=place, limit=LIMIT + 1, named=named)
    counted = count_requests(Chosen(survey=survey[:60], teams=teams))
    zone = the_peil().warehouse.settings.time_zone
    older = request.GET.copy()
    older["before"] = str(found[LIMIT - 1].id) if len(found) > LIMIT else ""
    return show_plain_page(
        request, person, "inviting/requests.html", may_edit=may(person, "edit_surveys"), rows=[_row(r, names, language, zone) for r in found[:LIMIT]], named=named,
        states=[Line(say(f"inv_state_{s}", language), count(n, language)) for s, n in counted.states.items()],
        reasons=reason_lines(counted.reasons, language), fields=_fields((survey, state, reason), names, language),
        older=f"?{older.urlencode()}" if older["before"] else "", begun=place is not None, any_request=counted.all > 0,
    )  # fmt: skip


def _row(seen: Seen, names: Mapping[str, str], language: Language, zone: str) -> Row:
    state = (
        say(f"held_{seen.reason}", language) if seen.reason in HELD_BACK else say(f"inv_state_{seen.state}", language)
    )
    marks = [say("inv_reminded", language)] if seen.reminded else []
    marks += [say("inv_test", language)] if seen.test else []
    return Row(
        names.get(seen.survey, seen.survey),
        state,
        say(f"inv_via_{seen.via}", language),
        moment(seen.at, zone, language),
        tuple(marks),
        seen.customer,
        seen.address,
    )


def _fields(given: tuple[str, str, str], names: Mapping[str, str], language: Language) -> list[Field]:
    surveys = [("", say("inv_all_surveys", language)), *names.items()]
    states = [("", say("inv_any_state", language)), *((s, say(f"inv_state_{s}", language)) for s in STATES)]
    reasons = [("", say("inv_any_reason", language)), *((r, say(f"held_{r}", language)) for r in HELD_BACK)]
    labels = ("inv_survey", "inv_state", "inv_reason")
    return [
        Field(name=name, label=say(label, language), value=value, kind="select", choices=tuple(choices))
        for name, label, value, choices in zip(
            ("survey", "state", "reason"), labels, given, (surveys, states, reasons), strict=True
        )
    ]
