"""A board's tiles as a page, a mail or a slide shows them: words and drawings for each figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from peil.board.figures import BoardFigures, Counted, TileFigures
from peil.board.slots import Slot
from peil.board.standards import MOST_LARGE
from peil.board.tiles import BACKLOG, BoardTile
from peil.core.kpi import Estimate
from peil.report.contents.origin import Origin
from peil.report.contents.subjects import has_figure
from peil.report.views.origin import origin_view
from peil.report.views.tables import DotTable, breakdown_table, share_table
from peil.report.views.tiles import Tile, tile
from peil.report.views.voice import Voice
from peil.report.words import Language, say
from peil.report.words.figures import MINUS
from peil.report.words.terms import column_name, one_day, value_name
from peil.warehouse.query import Filter

MOST_SHARES = 6
Address = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class SheetTile:
    """One figure: `title` may link to its page, `rows` says which rows it is about when it is not all."""

    id: str
    title: Markup
    rows: str
    tile: Tile
    missing: str  # why there is no figure; '' where there is one
    table: SheetTable | None = None  # a figure by groups that keeps the place of a single one


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A figure by groups, or a list of shares."""

    id: str
    title: Markup
    rows: str
    table: DotTable
    grouped: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """Large tiles, smaller ones, and tables, each in the order that the person chose."""

    large: tuple[SheetTile, ...]
    beside: tuple[SheetTile, ...]
    tables: tuple[SheetTable, ...]


def sheet(
    figures: BoardFigures,
    language: Language,
    address: Address | None = None,
    slots: Sequence[Slot] = (),
    addresses: Sequence[Address] = (),
) -> Sheet:
    """Give the first six single figures room to show their course; counts and later ones are compact.

    With `slots`, a tile that is looked at otherwise keeps its place, and links by an address of its own.
    """
    large: list[SheetTile] = []
    beside: list[SheetTile] = []
    tables: list[SheetTable] = []
    for i, found in enumerate(figures.tiles):
        voice = Voice(found.contents, language, addresses[i] if addresses else address)
        table = _table(voice, found)
        if slots and slots[i].changed:
            large.append(_in_place(voice, found, table, slots[i].id))
            continue
        if table is not None:
            tables.append(table)
        elif not found.tile.counted and len(large) < MOST_LARGE:
            large.append(_figure(voice, found, small=False))
        else:
            beside.append(_figure(voice, found, small=True))
    return Sheet(tuple(large), tuple(beside), tuple(tables))


def _in_place(voice: Voice, found: TileFigures, table: SheetTable | None, place: str) -> SheetTile:
    if table is None:
        return replace(_figure(voice, found, small=False), id=place)
    name = figure_name(found.tile.kpi, voice.language)
    bare = replace(_bare(found.tile.kpi, name, "", Markup("")), info=voice.info(found.tile.kpi))
    return SheetTile(place, table.title, table.rows, bare, "", table)


def sheet_tile(voice: Voice, found: TileFigures) -> SheetTile:
    """One figure in short."""
    return _figure(voice, found, small=True)


def tile_name(board_tile: BoardTile, language: Language) -> str:
    """What a tile is about, in words: the figure, its grouping and its filters."""
    name = figure_name(board_tile.kpi, language)
    by = say("tile_by", language, column_name(board_tile.by, language).lower()) if board_tile.by else ""
    return " · ".join(p for p in (name, by, rows_in_words(board_tile.where, language)) if p)


def figure_name(key: str, language: Language) -> str:
    from peil.report.words.terms import kpi_name

    return say(f"count_{key}", language) if BoardTile(key).counted else kpi_name(key, language)


def rows_in_words(where: Sequence[Filter], language: Language) -> str:
    """Filters in words: 'Kanaal: telefoon of chat'; '' where there are none."""
    return "; ".join(
        f"{column_name(f.column, language)}: {say('all_but', language, v) if f.negated else v}"
        for f in where
        if (v := _either([value_name(f.column, _plain(x), language) for x in f.values], language))
    )


def _plain(x: object) -> str | int | None:
    return x if x is None or isinstance(x, int) else str(x)


def _either(names: Sequence[str], language: Language) -> str:
    if len(names) < 2:
        return "".join(names)
    return say("either", language, ", ".join(names[:-1]), names[-1])


def _table(voice: Voice, found: TileFigures) -> SheetTable | None:
    key, rows = found.tile.kpi, rows_in_words(found.tile.where, voice.language)
    if found.groups is not None:
        table = breakdown_table(voice, key, [found.groups])
        title = voice.linked(key) + say("tile_by_after", voice.language, voice.column(found.tile.by).lower())
        return SheetTable(found.tile.id, title, rows, table, True)
    if found.shares:
        table = share_table(voice, found.shares, next(iter(found.shares[0].group)), MOST_SHARES)
        return SheetTable(found.tile.id, voice.linked(key), rows, table, False)
    return None


def _figure(voice: Voice, found: TileFigures, *, small: bool) -> SheetTile:
    rows = rows_in_words(found.tile.where, voice.language)
    e = found.estimate
    if found.counted is not None:
        name = say(f"count_{found.tile.kpi}", voice.language)
        shown = _count(voice, found.tile.kpi, name, found.counted)
        missing = "" if found.counted.now is not None else voice("count_untold")
        return SheetTile(found.tile.id, escape(name), rows, shown, missing)
    if e is None or not has_figure(e):
        reason = voice("no_data") if e is None else _why_not(voice, e)
        return SheetTile(found.tile.id, voice.linked(found.tile.kpi), rows, _nothing(voice, found.tile.kpi), reason)
    shown = tile(voice, found.tile.kpi, small=small)
    return SheetTile(found.tile.id, voice.linked(found.tile.kpi), rows, shown, "")


def _count(voice: Voice, key: str, name: str, counted: Counted) -> Tile:
    """A count of everything: there is no margin to show, and it says so."""
    span = voice.contents.span
    parts = [voice("counted_in_full")]
    if counted.before is not None:
        parts.append(voice("was_count", voice.count(counted.before)))
    more = ""
    if counted.now is not None and counted.before is not None:
        change = counted.now - counted.before
        sign = "+" if change > 0 else MINUS if change < 0 else ""
        more = voice("count_change", f"{sign}{voice.count(abs(change))}")
    detail = voice("open_at", one_day(span.last, voice.language)) if key == BACKLOG and span is not None else ""
    if counted.now is None:
        return _bare(key, name, detail, escape("–"))
    number = Markup('<data value="{}" data-part="count" data-kpi="{}">{}</data>')
    value = number.format(counted.now, key, voice.count(counted.now))
    said = Markup('<p class="chg">{}</p>').format(more) if more else Markup("")
    return replace(_bare(key, name, detail, value), change=said, meta=escape(" · ".join(parts)))


def _nothing(voice: Voice, key: str) -> Tile:
    return replace(_bare(key, voice.name(key), voice.detail(key), escape("–")), info=voice.info(key))


def _bare(key: str, name: str, detail: str, value: Markup) -> Tile:
    """A tile without drawings."""
    no = Markup("")
    return Tile(key, name, detail, no, no, value, no, no, no, no, no)


def _why_not(voice: Voice, e: Estimate) -> str:
    """What a figure needs before it can be shown, as far as that is known."""
    if e.status == "needs" and e.notes and e.notes[0].startswith("needs_assumption"):
        return voice("needs_assumption_page")
    if e.status in ("hidden", "mixed", "needs"):
        return voice.speech.status(e)
    told = origin_view(replace(voice, contents=replace(voice.contents, origin=_only(voice, e))))
    needed = [need for need, _ in (*told.unfilled, *told.unasked)]
    return voice("no_data_needs", needed[0]) if needed else voice.speech.status(e)


def _only(voice: Voice, e: Estimate) -> Origin:
    found = voice.contents.origin
    return replace(found, missing=tuple(m for m in found.missing if any(k.key == e.kpi for k in m.kpis)))
