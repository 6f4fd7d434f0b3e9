"""The overview as blocks to paste into slides, or to print on landscape sheets."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from peil.board.sheet import SheetTile
from peil.report.views.changes import lead
from peil.report.views.tiles import legend
from peil.report.views.voice import Voice
from peil.web.access import allowed
from peil.web.look import look_of_person
from peil.web.pages.board.own_board import asked_of, own_sheet
from peil.web.pages.board.texts import interpretation_panel
from peil.web.pages.shell import show_page


@allowed("see_figures")
def slides(request: HttpRequest) -> HttpResponse:
    look = look_of_person(request)
    own = own_sheet(look)
    said = lead(own.voice) if own.figures.main.headline.figures else None
    panel = interpretation_panel(look, asked_of(look), own.figures)
    written = panel.now.text if panel and panel.now and panel.same_period else ""
    opening = [
        look.peil.warehouse.settings.organisation,
        own.voice.period(),
        f"{said.strong} {said.rest}" if said else "",
        written,
    ]
    return show_page(
        request,
        look,
        "board/slides.html",
        own=own,
        voice=own.voice,
        lead=said,
        opening="\n".join(line for line in opening if line),
        texts={s.id: in_text(own.voice, s) for s in (*own.sheet.large, *own.sheet.beside)},
        legend=legend(own.voice),
        panel=panel,
        to_overview=look.state.url(reverse("overview")),
    )


def in_text(voice: Voice, shown: SheetTile) -> str:
    """A block in words: name and rows, figure with its interval, change, number, days."""
    t = shown.tile
    limits = f" ({t.limits.striptags()}, {voice('interval_label', 95)})" if t.limits else ""
    name = ", ".join(part for part in (t.name, t.detail, shown.rows) if part)
    figure = shown.missing or f"{t.value.striptags()}{limits}"
    lines = [f"{name}: {figure}", *(part.striptags() for part in (t.status, t.change, t.meta)), voice.period()]
    return "\n".join(line for line in lines if line)
