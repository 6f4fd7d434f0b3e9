"""One tile of the overview, for a page that swaps it; whoever asks without that gets the whole page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe
from markupsafe import escape

from peil.board.own import own_rows, tiles_of
from peil.board.sheet import SheetTile, rows_in_words, sheet
from peil.board.slots import slot_figures
from peil.core.kpis import BY_KEY
from peil.report.views.origin import definitions
from peil.report.views.voice import Voice
from peil.web.access import allowed
from peil.web.look import Look, look_of_person
from peil.web.pages.board.one_tile.otherwise import CHANGE, Menu, address_of, large_ones, menu_of, page_url, slots_of
from peil.web.pages.board.own_board import OwnSheet, asked_of, team_of


@dataclass(frozen=True, slots=True)
class ChangingSheet:
    """The board with each tile as the URL says, and the ways to look at it otherwise, by tile."""

    own: OwnSheet
    menus: Mapping[str, Menu]
    elsewhere: frozenset[str]  # figures of the tiles that are not drawn, as the board has them


@allowed("see_figures")
@require_safe
def board_tile(request: HttpRequest, tile_id: str) -> HttpResponse:
    look = look_of_person(request)
    board = changing_sheet(look, request.GET.get(CHANGE, ""), only=tile_id)
    tile = next((t for t in board.own.sheet.large if t.id == tile_id), None)
    if tile is None or tile_id not in board.menus:
        raise Http404
    page = page_url(look.state)
    if request.headers.get("HX-Request") != "true":
        return HttpResponseRedirect(f"{page}#tegel-{tile_id}")
    voice, kpi, menu = board.own.voice, tile.tile.key, board.menus[tile_id]
    shown = {
        "voice": voice,
        "tile": tile,
        "menu": menu,
        "told": _told(tile, menu),
        # that of a figure which the page did not have before
        "definitions": definitions(voice, [kpi]) if kpi in BY_KEY and kpi not in board.elsewhere else [],
    }
    response = render(request, "board/tile.html", shown, using="jinja2")
    response.headers["HX-Push-Url"] = page
    response.headers["Cache-Control"] = "no-store"
    return response


def changing_sheet(look: Look, open_tile: str, only: str = "") -> ChangingSheet:
    """The board of who looks; `only` draws one tile of it, counted among all."""
    asked, warehouse = asked_of(look), look.peil.warehouse
    tiles = tiles_of(look.person, warehouse, asked, look.today)
    alone = own_rows(look.person, warehouse, asked)
    slots, said = slots_of(look, tiles)
    figures = slot_figures(warehouse, alone or asked, slots)
    elsewhere = frozenset(s.was.kpi for s in slots) if only else frozenset[str]()
    if only:
        kept = [i for i, s in enumerate(slots) if s.id == only]
        slots, figures = [slots[i] for i in kept], replace(figures, tiles=tuple(figures.tiles[i] for i in kept))
    voice = Voice(figures.main, look.language, look.kpi_address)
    whose = rows_in_words(look.sight.where, look.language) if alone is None else voice("own_contacts")
    addresses = [address_of(look, said.get(s.id)) for s in slots]
    shown = sheet(figures, look.language, look.kpi_address, slots, addresses)
    large = large_ones(tiles)
    menus = {
        s.id: menu_of(look, s, said.get(s.id), f.contents, open_tile)
        for s, f in zip(slots, figures.tiles, strict=True)
        if s.was in large
    }
    team = team_of(look, asked, tiles) if alone is not None and not only else ()
    return ChangingSheet(OwnSheet(figures, voice, shown, whose, team), menus, elsewhere)


def _told(tile: SheetTile, menu: Menu) -> str:
    """The tile in one line, for who hears it."""
    found = [tile.tile.name, menu.said, tile.tile.value.striptags(), escape(tile.tile.limits).striptags(), tile.missing]
    return ", ".join(part for part in found if part)
