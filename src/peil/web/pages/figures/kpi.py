"""One KPI at length: its course, its parts, its groups, its definition."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from peil.accounts.rules import may, sees_rows_of
from peil.core.kpis import BY_KEY
from peil.core.moments import Histogram
from peil.report.contents.subjects import has_figure
from peil.report.views.detail import detail
from peil.report.views.origin import definitions
from peil.report.views.tables import share_table
from peil.warehouse.run import explain
from peil.web.access import allowed
from peil.web.pages.exports.figures import asking_of, look_at_kpi
from peil.web.pages.exports.formats import FORMATS
from peil.web.pages.shell import show_page


@allowed("see_figures")
def kpi(request: HttpRequest, key: str) -> HttpResponse:
    look = look_at_kpi(request, key)
    is_list = isinstance(BY_KEY[key].spread, Histogram)
    asking = asking_of(look)
    if is_list:
        voice = look.voice(frozenset())
        shares = sorted((e for e in asking.figures([key]) if has_figure(e)), key=lambda e: -(e.value or 0.0))
    else:
        voice, shares = look.voice(frozenset({"series", "boxes", "breakdowns"}), (key,), among_all=True), []
    sql = may(look.person, "see_sql")
    return show_page(
        request, look, "kpi.html",
        voice=voice, key=key, name=voice.name(key),
        detail=None if is_list else detail(voice, key),
        shares=share_table(voice, shares, next(iter(shares[0].group)), most=50) if shares else None, definition=definitions(voice, [key])[0],
        may_rows=sees_rows_of(look.person, BY_KEY[key].fact) and not BY_KEY[key].people,
        formats=FORMATS if may(look.person, "export") else (),
        statements=explain(look.peil.warehouse, asking.query([key])) if sql else (),
    )  # fmt: skip
