"""The overview: the main figures, what changed, and where."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from peil.report.views.changes import changed_title, lead, more_changed, why_rows
from peil.report.views.key import legend
from peil.report.views.tiles import tile
from peil.web.access import allowed
from peil.web.look import look_of_person
from peil.web.pages.shell import show_page


@allowed("see_figures")
def overview(request: HttpRequest) -> HttpResponse:
    look = look_of_person(request)
    voice = look.voice(frozenset({"series"}))
    top = voice.contents.headline
    return show_page(
        request,
        look,
        "overview.html",
        voice=voice,
        lead=lead(voice),
        tiles=[tile(voice, k) for k in top.tiles],
        beside=[tile(voice, k, small=True) for k in top.beside],
        legend=legend(voice),
        changed_title=changed_title(voice),
        why=why_rows(voice),
        more_changed=more_changed(voice),
        tested=top.tested,
    )
