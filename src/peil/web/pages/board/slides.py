"""The overview as blocks to paste into slides, or to print on landscape sheets."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from peil.report.views.changes import lead
from peil.report.views.key import legend
from peil.web.access import allowed
from peil.web.look import look_of_person
from peil.web.pages.board.own_board import asked_of, own_sheet
from peil.web.pages.board.texts import interpretation_panel
from peil.web.pages.shell import show_page


@allowed("see_figures")
def slides(request: HttpRequest) -> HttpResponse:
    look = look_of_person(request)
    own = own_sheet(look)
    return show_page(
        request,
        look,
        "board/slides.html",
        own=own,
        voice=own.voice,
        lead=lead(own.voice) if own.figures.main.headline.figures else None,
        legend=legend(own.voice),
        panel=interpretation_panel(look, asked_of(look), own.figures),
        to_overview=look.state.url(reverse("overview")),
    )
