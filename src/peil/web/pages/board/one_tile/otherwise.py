"""A tile of the overview looked at otherwise: its period, comparison, grouping or figure, as the URL says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse

from peil.board.own import may_see, own_rows
from peil.board.sheet import Address, figure_name
from peil.board.slots import Slot
from peil.board.standards import MOST_LARGE
from peil.board.tiles import COUNTS, BoardTile, may_be_grouped, unknown_column
from peil.core.errors import BadQuery
from peil.core.kpis import BY_KEY
from peil.library.asking import parse_comparison, parse_period
from peil.report.contents import Contents
from peil.report.question import ReportQuestion
from peil.report.views.voice import Voice
from peil.report.words import say
from peil.report.words.terms import column_name
from peil.web.look import Look
from peil.web.pages.board.tiles import Options, columns_of, kpi_options
from peil.web.pages.figures.filters import COMPARISONS, PERIODS, Choice
from peil.web.state import TILE, PageState

CHANGE = "change"  # the parameter that names the tile whose form is open
PARTS = ("kpi", "period", "compare", "by")


@dataclass(frozen=True, slots=True)
class Asked:
    """What one tile is asked otherwise; '' is as on the board. `error` says at which part what to mend."""

    kpi: str = ""
    period: str = ""
    compare: str = ""
    by: str = ""
    error: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Menu:
    """How a tile may be looked at otherwise; `form` is None where it is closed."""

    name: str
    said: str  # its own days, where those are not the page's
    open_url: str
    open_part: str
    plain_url: str  # as on the board
    plain_part: str
    changed: bool
    form: Form | None


@dataclass(frozen=True, slots=True)
class Form:
    """The form of one tile; `kept` is the rest of the page's state."""

    part: str
    kept: tuple[tuple[str, str], ...]
    close_url: str
    close_part: str
    kpis: tuple[Options, ...]
    kpi: str
    periods: tuple[Choice, ...]
    comparisons: tuple[Choice, ...]
    columns: tuple[Choice, ...]
    error: tuple[str, str]


def asked_of_tiles(state: PageState) -> dict[str, Asked]:
    """What the URL says of each tile, by its id."""
    found: dict[str, Asked] = {}
    for name, value in state.tiles:
        tile, _, part = name.removeprefix(TILE).rpartition(".")
        if tile and part in PARTS:
            found[tile] = replace(found.get(tile, Asked()), **{part: value})  # type: ignore[arg-type]
    return found


def slots_of(look: Look, tiles: Sequence[BoardTile]) -> tuple[list[Slot], dict[str, Asked]]:
    """Every place of the board, and what was asked of those that are looked at otherwise."""
    said, slots, seen = asked_of_tiles(look.state), [], {}
    large = large_ones(tiles)
    for tile in tiles:
        asked = said.get(tile.id)
        if asked is None or tile not in large:
            slots.append(Slot(tile, tile))
            continue
        slot, seen[tile.id] = _slot(look, tile, asked)
        slots.append(slot)
    return slots, seen


def large_ones(tiles: Sequence[BoardTile]) -> list[BoardTile]:
    """Those with room to be looked at otherwise."""
    return [t for t in tiles if not (t.counted or t.listed or t.by)][:MOST_LARGE]


def page_url(state: PageState) -> str:
    """The overview in this state, without what a tile is anyway."""
    tiles = tuple((n, v) for n, v in state.tiles if not (n.endswith(".kpi") and _is_own(n, v)))
    return replace(state, tiles=tiles).url(reverse("overview"))


def _is_own(name: str, kpi: str) -> bool:
    tile = name.removeprefix(TILE).removesuffix(".kpi")
    return tile == kpi or tile.startswith(f"{kpi}-")


def _slot(look: Look, tile: BoardTile, asked: Asked) -> tuple[Slot, Asked]:
    kpi = asked.kpi or tile.kpi
    if (kpi not in COUNTS and kpi not in BY_KEY) or not may_see(look.person, kpi):
        raise BadQuery(f"There is no KPI '{kpi[:40]}'.", "Choose one from the list.")
    if asked.period:
        parse_period(asked.period, look.today)
    parse_comparison(asked.compare or None)
    tables = look.peil.warehouse.engine.tables()
    unknown = unknown_column(kpi, [f.column for f in tile.where], tables)
    if unknown:
        words = say("tile_no_column", look.language, column=column_name(unknown, look.language).lower())
        return Slot(tile, tile), replace(asked, error=("kpi", words))
    by = asked.by
    if by and (not may_be_grouped(kpi) or unknown_column(kpi, [by], tables)):
        key = "tile_no_groups" if not may_be_grouped(kpi) else "tile_no_column"
        words = say(key, look.language, column=column_name(by, look.language).lower())
        by, asked = "", replace(asked, error=("by", words))
    return Slot(tile, BoardTile(kpi, tile.where, by), _question(look, asked)), asked


def _question(look: Look, asked: Asked) -> ReportQuestion | None:
    """The question of one tile; None where it is the page's."""
    if not asked.period and not asked.compare:
        return None
    mine = state_of(look.state, asked).question(look.today, look.language, look.sight.where)
    return own_rows(look.person, look.peil.warehouse, mine) or mine


def state_of(state: PageState, asked: Asked | None) -> PageState:
    """The state of the page as one tile has it: what leads on from that tile shows the same days."""
    if asked is None:
        return state
    if asked.period:
        state = replace(state, period=asked.period, since=None, until=None)
    return replace(state, compare=parse_comparison(asked.compare or None) or state.compare)


def address_of(look: Look, asked: Asked | None) -> Address:
    state = state_of(look.state, asked)
    return lambda key: state.url(reverse("kpi", args=[key]))


def menu_of(look: Look, slot: Slot, asked: Asked | None, contents: Contents, open_tile: str) -> Menu:
    """The way to look at one tile otherwise, and back."""
    part, page = reverse("board_tile", args=[slot.id]), reverse("overview")
    mine = f"{TILE}{slot.id}."
    plain = replace(look.state, tiles=tuple(p for p in look.state.tiles if not p[0].startswith(mine)))
    voice = Voice(contents, look.language)
    own_days = slot.asked is not None
    said = f"{voice.period()} · {voice('compared_with', voice.before())}" if own_days and contents.span else ""
    return Menu(
        name=figure_name(slot.tile.kpi, look.language),
        said=said,
        open_url=_opened(look.state, page, slot.id) + f"#tegel-{slot.id}",
        open_part=_opened(look.state, part, slot.id),
        plain_url=plain.url(page),
        plain_part=plain.url(part),
        changed=slot.changed,
        form=_form(look, slot, asked or Asked(), plain) if open_tile == slot.id else None,
    )


def _opened(state: PageState, path: str, tile: str) -> str:
    return f"{path}?{urlencode([*state.parameters, (CHANGE, tile)])}"


def _form(look: Look, slot: Slot, asked: Asked, plain: PageState) -> Form:
    language, state = look.language, look.state
    page = say("as_on_page", language)
    periods = [Choice(p, say(f"period_{p.replace('-', '_')}", language), p == asked.period) for p in PERIODS if p]
    if asked.period and asked.period not in PERIODS:
        periods.append(Choice(asked.period, asked.period, True))
    comparisons = [Choice(c, say(f"compare_{c}", language), c == asked.compare) for c in COMPARISONS]
    columns = [Choice(c, column_name(c, language), c == asked.by) for c in columns_of(look)]
    part = reverse("board_tile", args=[slot.id])
    return Form(
        part=part,
        kept=(*plain.parameters, (CHANGE, slot.id)),
        close_url=state.url(reverse("overview")),
        close_part=state.url(part),
        kpis=tuple(kpi_options(look)),
        kpi=slot.tile.kpi,
        periods=(Choice("", page, not asked.period), *periods),
        comparisons=(Choice("", page, not asked.compare), *comparisons),
        columns=(Choice("", say("not_split", language), not asked.by), *columns),
        error=asked.error,
    )
