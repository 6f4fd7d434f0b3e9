"""Teams, channels or other groups beside each other, raw and at an equal mix of work."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from peil.core.kpis import BY_KEY
from peil.report.contents.headline import MOST_GROUPS
from peil.report.views.comparison import group_table
from peil.report.views.origin import definitions
from peil.report.words.terms import column_name
from peil.warehouse.questions.mixed import Adjusted, mix_adjusted
from peil.web.access import allowed
from peil.web.look import look_of_person
from peil.web.pages.exports.figures import asking_of
from peil.web.pages.figures.filters import Choice
from peil.web.pages.shell import show_page

KPIS = (
    "csat", "ces_agree", "ces_ease", "ces_effort", "nps", "first_response_in_target", "fcr", "repeat_contact", "transferred",
    "told_again", "callbacks_kept", "handle_time", "speed_of_answer", "reopened",
)  # fmt: skip
COLUMNS = ("team", "channel", "touchpoint", "reason", "tier", "stage", "segment")


@allowed("see_figures")
def comparison(request: HttpRequest) -> HttpResponse:
    look = look_of_person(request)
    asking = asking_of(look)
    held = {c for fact in ("answers", "interactions") for c in asking.columns(fact)}
    columns = [c for c in COLUMNS if c in held] + sorted(c for c in held if c.startswith("x_"))
    column = look.state.by if look.state.by in columns else next(iter(columns), "team")
    voice = look.voice(frozenset(), KPIS)
    asked = [
        k for k in KPIS if column in asking.columns(BY_KEY[k].fact) and voice.contents.figures[k].value is not None
    ]
    found: dict[str, list[Adjusted]] = {}
    for a in mix_adjusted(look.peil.warehouse, asking.query(asked, [column])) if asked else []:
        found.setdefault(a.raw.kpi, []).append(a)
    return show_page(
        request, look, "comparison.html",
        voice=voice,
        column=column_name(column, look.language),
        choices=[(Choice(c, column_name(c, look.language), c == column), look.state.url(request.path, by=c)) for c in columns],
        tables=[group_table(voice, column, parts) for parts in found.values() if _comparable(parts)],
        definitions=definitions(voice, found),
    )  # fmt: skip


def _comparable(parts: list[Adjusted]) -> bool:
    return 2 <= len(parts) <= MOST_GROUPS and sum(a.raw.value is not None for a in parts) > 1
