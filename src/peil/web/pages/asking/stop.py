"""The page on which somebody stops being asked. A GET writes nothing, for scanners follow links; a POST of the button,
or of the mail program by one click (RFC 8058), does. No cookie, no session, nobody signed in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from peil.report.words.asking.letters import write
from peil.surveys.tokens import uid_of_stop
from peil.surveys.whom.stopping import Stopping, ask_again, find_stopping, stop_asking
from peil.web.access import anyone
from peil.web.asking.brand import the_brand
from peil.web.asking.headers import protecting
from peil.web.languages import language_of

_TITLES = {
    "ask": "stop_title", "all": "stopped_title", "this": "stopped_title", "undone": "undone_title",
    "unknown": "stop_unknown_title",
}  # fmt: skip


@csrf_exempt
@anyone
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    uid = uid_of_stop(token)
    found = find_stopping(uid) if uid else None
    if uid is None or found is None:
        return _page(request, "unknown", language_of(request), status=404)
    if request.method != "POST":
        return _page(request, found.stopped or "ask", found.language, found)
    if request.POST.get("do") == "again":
        ask_again(uid)
        return _page(request, "undone", found.language, found)
    everything = request.POST.get("which") != "this"  # a mail program says no more than that one stops
    stop_asking(uid, everything=everything)
    return _page(request, "all" if everything else "this", found.language, found)


def _page(
    request: HttpRequest, state: str, language: str, found: Stopping | None = None, *, status: int = 200
) -> HttpResponse:
    words = _TITLES[state]
    told = {
        "state": state, "language": language, "path": request.path, "name": found.survey if found else "",
        "brand": the_brand(), "languages": (), "title": write(words, language),
        "write": lambda key, **named: write(key, language, **named),
    }  # fmt: skip
    page = render_to_string("asking/stop.html", told, using="jinja2")
    return HttpResponse(page, status=status, headers={"Content-Language": language, **protecting()})
