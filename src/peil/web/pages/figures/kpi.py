"""One KPI at length: its course, its parts, its groups, its definition."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from peil.core.kpis import BY_KEY
from peil.report.views.detail import detail
from peil.report.views.origin import definitions
from peil.web.access import allowed
from peil.web.look import look_of_person
from peil.web.pages.shell import show_page


@allowed("see_figures")
def kpi(request: HttpRequest, key: str) -> HttpResponse:
    if key not in BY_KEY:
        raise Http404
    look = look_of_person(request)
    voice = look.voice(frozenset({"series", "boxes", "breakdowns"}), (key,))
    return show_page(
        request, look, "kpi.html", voice=voice, detail=detail(voice, key), definition=definitions(voice, [key])[0]
    )
