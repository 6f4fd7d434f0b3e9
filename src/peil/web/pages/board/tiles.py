"""Where a person adds, removes and orders tiles; each change can be taken back."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from peil.board.boards import add_tile, board_of, move_tile, remove_tile, restore_standard, undo_change
from peil.board.own import may_see, standard_of, tiles_of
from peil.board.sheet import figure_name, tile_name
from peil.board.standards import MOST_LARGE
from peil.board.tiles import COUNTS, MOST_TILES, BoardTile, TileRefused, check_tile
from peil.core.kpis import BY_KEY
from peil.report.words import say
from peil.report.words.terms import column_name, value_name
from peil.warehouse.query import Filter
from peil.warehouse.questions.values import column_values
from peil.web.access import allowed
from peil.web.look import Look, look_of_person
from peil.web.pages.board.own_board import asked_of
from peil.web.pages.board.role_parts import SUBJECTS, subject_of
from peil.web.pages.figures.filters import COLUMNS, MOST_VALUES
from peil.web.pages.shell import show_page
from peil.web.recording import recorded

GROUPED_BY = (*COLUMNS, "device", "question", "dimension")


@dataclass(frozen=True, slots=True)
class Line:
    """A tile in the list."""

    id: str
    name: str
    large: bool


@dataclass(frozen=True, slots=True)
class Options:
    """What can be chosen under one heading."""

    heading: str
    options: tuple[tuple[str, str], ...]  # value, name


@dataclass(frozen=True, slots=True)
class Given:
    """What the form said, so that nobody fills it in twice; `error` says what to do, `field` where."""

    kpi: str = ""
    only: str = ""
    by: str = ""
    error: str = ""
    field: str = ""


@allowed("see_figures")
def board(request: HttpRequest) -> HttpResponse:
    given = Given(kpi=request.GET.get("kpi", ""))
    return _page(request, look_of_person(request), given)


def _page(request: HttpRequest, look: Look, given: Given, status: int = 200) -> HttpResponse:
    own = board_of(look.person)
    tiles = tiles_of(look.person, look.peil.warehouse, asked_of(look), look.today)
    context = {
        "lines": _lines(look, tiles),
        "full": len(tiles) >= MOST_TILES,
        "most": MOST_TILES,
        "standard": own.tiles is None,
        "undoable": own.undoable,
        "kpis": kpi_options(look),
        "only": _values(look),
        "columns": [(c, column_name(c, look.language)) for c in columns_of(look)],
        "given": given,
    }
    response = show_page(request, look, "board/edit.html", **context)
    response.status_code = status
    return response


def _lines(look: Look, tiles: tuple[BoardTile, ...]) -> list[Line]:
    large = [t for t in tiles if not (t.counted or t.listed or t.by)][:MOST_LARGE]
    return [Line(t.id, tile_name(t, look.language), t in large) for t in tiles]


def kpi_options(look: Look) -> list[Options]:
    """Every figure by subject, but for those that this person may not see."""
    found = [Options(say("counts", look.language), tuple((k, figure_name(k, look.language)) for k in COUNTS))]
    for subject in SUBJECTS:
        mine = [k for k in BY_KEY if subject_of(k) == subject and may_see(look.person, k)]
        if mine:
            found.append(Options(say(subject, look.language), tuple((k, figure_name(k, look.language)) for k in mine)))
    return found


def columns_of(look: Look) -> list[str]:
    held = {c for columns in look.peil.warehouse.engine.tables().values() for c in columns}
    return [c for c in GROUPED_BY if c in held]


def _values(look: Look) -> list[Options]:
    """What a tile can be about alone: the values of each column, the own teams for who sees no others."""
    found = []
    for column in COLUMNS:
        mine = {v for f in look.sight.where if f.column == column for v in f.values}
        values = [v for v in column_values(look.peil.warehouse, column, MOST_VALUES) if not mine or v in mine]
        if len(values) > 1:
            named = tuple((f"{column}={v}", value_name(column, v, look.language)) for v in values)
            found.append(Options(column_name(column, look.language), named))
    return found


@require_POST
@allowed("see_figures")
@recorded("board_changed", "added", named="kpi")
def add(request: HttpRequest) -> HttpResponse:
    look = look_of_person(request)
    said = request.POST
    given = Given(said.get("kpi", ""), said.get("only", ""), said.get("by", ""))
    try:
        tile = _tile(look, given)
        add_tile(look.person, _standard(look), tile)
    except TileRefused as refused:
        told = {
            name: column_name(v, look.language).lower() if name == "column" else v for name, v in refused.told.items()
        }
        field = "by" if refused.key == "tile_no_groups" or refused.told.get("column") == given.by != "" else "kpi"
        field = "only" if refused.told.get("column") and refused.told["column"] != given.by else field
        error = say(refused.key, look.language, **told)
        return _page(request, look, Given(given.kpi, given.only, given.by, error, field), 422)
    return _back(tile.id)


def _tile(look: Look, given: Given) -> BoardTile:
    if given.kpi not in COUNTS and given.kpi not in BY_KEY:
        raise TileRefused("tile_choose", "No figure was chosen.", "Choose one.")
    if not may_see(look.person, given.kpi):
        raise TileRefused("tile_choose", "This figure is not yours to see.", "Choose another.")
    column, _, value = given.only.partition("=")
    tile = BoardTile(given.kpi, (Filter(column, (value,)),) if given.only else (), given.by)
    check_tile(tile, look.peil.warehouse.engine.tables())
    if not look.sight.covers(tile.where):
        raise TileRefused("tile_not_yours", "Those rows are not yours to see.", "Choose other rows.", column=column)
    return tile


def _standard(look: Look) -> tuple[BoardTile, ...]:
    """What the person has as long as nothing was chosen."""
    if board_of(look.person).tiles is not None:
        return ()
    return standard_of(look.person, look.peil.warehouse, asked_of(look), look.today)


@require_POST
@allowed("see_figures")
@recorded("board_changed", "moved", named="tile")
def move(request: HttpRequest) -> HttpResponse:
    look, tile_id = look_of_person(request), request.POST.get("tile", "")
    move_tile(look.person, _standard(look), tile_id, "up" if request.POST.get("step") == "up" else "down")
    return _back(tile_id)


@require_POST
@allowed("see_figures")
@recorded("board_changed", "removed", named="tile")
def remove(request: HttpRequest) -> HttpResponse:
    look = look_of_person(request)
    remove_tile(look.person, _standard(look), request.POST.get("tile", ""))
    return _back()


@require_POST
@allowed("see_figures")
@recorded("board_changed", "standard")
def standard(request: HttpRequest) -> HttpResponse:
    restore_standard(look_of_person(request).person)
    return _back()


@require_POST
@allowed("see_figures")
@recorded("board_changed", "undone")
def undo(request: HttpRequest) -> HttpResponse:
    undo_change(look_of_person(request).person)
    return _back()


def _back(tile_id: str = "") -> HttpResponse:
    """Back to the list; the tile's name stands in a form, so it is quoted before it becomes part of an address."""
    from urllib.parse import quote

    return HttpResponseRedirect(reverse("board") + (f"#tegel-{quote(tile_id, safe='')}" if tile_id else ""))
