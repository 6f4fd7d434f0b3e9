"""The figures of a board: all its tiles over one period, their changes corrected for their number."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from peil.board.targets import targets_for
from peil.board.tiles import BACKLOG, VOLUME, BoardTile, unknown_column
from peil.core.compare import adjust
from peil.core.kpi import Comparison, Estimate
from peil.core.kpis import BY_KEY
from peil.report.contents import Contents, gather
from peil.report.contents.groups import MOST_GROUPS, SHOWN_GROUPS, Breakdown
from peil.report.contents.headline import MOST_REASONS, places_of
from peil.report.contents.origin import origin
from peil.report.contents.series import Series, series
from peil.report.contents.subjects import has_figure
from peil.report.question import Asking, ReportQuestion, Span, choose_span, extents
from peil.report.words.changes import judged
from peil.warehouse.query import Filter
from peil.warehouse.questions.workload import workload

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from peil.warehouse.open import Warehouse

_Where = tuple[Filter, ...]
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Counted:
    """A count of everything in the period, and in the one before; None where it can't be told."""

    now: int | None
    before: int | None


@dataclass(frozen=True, slots=True)
class TileFigures:
    """What a tile shows: `contents` are those of its rows, with its figure and its change among them."""

    tile: BoardTile
    contents: Contents
    groups: Breakdown | None = None
    shares: tuple[Estimate, ...] = ()
    counted: Counted | None = None

    @property
    def estimate(self) -> Estimate | None:
        return self.contents.figures.get(self.tile.kpi)

    @property
    def comparison(self) -> Comparison | None:
        return self.contents.headline.changes.get(self.tile.kpi)


@dataclass(frozen=True, slots=True)
class BoardFigures:
    """A board's tiles with their figures; `main` is about the tiles without filters of their own."""

    main: Contents
    tiles: tuple[TileFigures, ...]
    tested: int

    @property
    def changed(self) -> list[Comparison]:
        """What demonstrably changed."""
        return [c for t in self.tiles if (c := t.comparison) is not None and c.changed]


def asking_of(warehouse: Warehouse, asked: ReportQuestion, today: date) -> Asking:
    """The question with its period, as all figures of a board are asked."""
    return Asking(warehouse, asked, choose_span(warehouse, asked, today), extents(warehouse))


def board_figures(warehouse: Warehouse, asked: ReportQuestion, tiles: Sequence[BoardTile]) -> BoardFigures:
    """Ask every tile; tiles with the same filters are asked together, and their courses beside all else."""
    wheres = list(dict.fromkeys([(), *(t.where for t in tiles)]))
    groups = {w: _grouped(warehouse, asked, w, [t for t in tiles if t.where == w]) for w in wheres}
    with ThreadPoolExecutor(1, "peil-series") as beside:
        courses = {w: beside.submit(_courses, warehouse, group) for w, group in groups.items()}
        found = {w: _contents(warehouse, group) for w, group in groups.items()}
        tested = correct_together(found)
        found[()] = _with_places(warehouse, found[()])
        found = {w: replace(contents, series=courses[w].result()) for w, contents in found.items()}
    shown = tuple(_tile(warehouse, found[t.where], t) for t in tiles)
    return BoardFigures(found[()], shown, tested)


@dataclass(frozen=True, slots=True)
class _Group:
    """The KPIs of tiles with the same filters: those that their rows can give, and the column that others miss."""

    rows: ReportQuestion
    keys: tuple[str, ...]
    unknown: Mapping[str, str]

    @property
    def able(self) -> tuple[str, ...]:
        return tuple(k for k in self.keys if k not in self.unknown)


def _grouped(warehouse: Warehouse, asked: ReportQuestion, where: _Where, tiles: Sequence[BoardTile]) -> _Group:
    rows = replace(asked, where=(*asked.where, *where))
    keys = tuple(dict.fromkeys(t.kpi for t in tiles if not t.counted and not t.listed))
    tables = warehouse.engine.tables()
    unknown = {k: c for k in keys if (c := unknown_column(k, [f.column for f in rows.where], tables))}
    return _Group(rows, keys, unknown)


def _courses(warehouse: Warehouse, group: _Group) -> Mapping[str, Series]:
    today = warehouse.today
    return series(asking_of(warehouse, group.rows, today), group.able) if group.able else {}


def _contents(warehouse: Warehouse, group: _Group) -> Contents:
    """The figures of these KPIs over their rows; one whose rows don't know a filter says so."""
    rows, able = group.rows, group.able
    contents = gather(warehouse, rows, frozenset(), able) if able else _empty(warehouse, rows)
    figures = dict(contents.figures) | {k: _needs_column(k, column) for k, column in group.unknown.items()}
    missing = {k: e for k in able if not has_figure(e := figures[k])}
    day = contents.span.last if rows.since is not None and contents.span is not None else contents.today
    return replace(
        contents,
        targets=targets_for(warehouse.settings, rows.where, day),
        headline=replace(contents.headline, figures=figures, tiles=group.keys),
        origin=origin(Asking(warehouse, rows, contents.span, {}), missing) if missing else contents.origin,
    )


def _empty(warehouse: Warehouse, rows: ReportQuestion) -> Contents:
    """The period without figures; asked without the filters, since no figure here knows them."""
    contents = gather(warehouse, replace(rows, where=()), frozenset(), ("nps",))
    return replace(
        contents, asked=rows, headline=replace(contents.headline, figures={}, changes={}, tiles=(), tested=0)
    )


def _needs_column(key: str, column: str) -> Estimate:
    kpi = BY_KEY[key]
    return Estimate(
        kpi=key, value=None, low=None, high=None, n=0, unit=kpi.unit, status="needs", method=kpi.method.name,
        definition=kpi.version, notes=(f"no_column:{column}",),
    )  # fmt: skip


def correct_together(found: dict[K, Contents]) -> int:
    """Correct the changes of all these contents, in place, for their number, which is returned."""
    places = [(k, key) for k, contents in found.items() for key in contents.headline.changes]
    corrected = adjust([found[k].headline.changes[key] for k, key in places])
    for k, contents in list(found.items()):
        mine = {key: c for (at, key), c in zip(places, corrected, strict=True) if at == k}
        tested = sum(c.p is not None for c in mine.values())
        found[k] = replace(contents, headline=replace(contents.headline, changes=mine, tested=tested))
    return sum(c.p is not None for c in corrected)


def _with_places(warehouse: Warehouse, contents: Contents) -> Contents:
    """Where each change shows clearest, for those that are told."""
    asking = Asking(warehouse, contents.asked, contents.span, extents(warehouse))
    told = [c for c in contents.headline.changed if judged(c)][:MOST_REASONS]
    return replace(contents, headline=replace(contents.headline, places=places_of(asking, told)))


def _tile(warehouse: Warehouse, contents: Contents, tile: BoardTile) -> TileFigures:
    asking = Asking(warehouse, contents.asked, contents.span, {})
    if tile.counted:
        return TileFigures(tile, contents, counted=_counted(asking, tile.kpi))
    if tile.listed:
        if unknown_column(tile.kpi, [f.column for f in contents.asked.where], warehouse.engine.tables()):
            return TileFigures(tile, contents)
        shares = [e for e in asking.figures([tile.kpi]) if has_figure(e)]
        return TileFigures(tile, contents, shares=tuple(sorted(shares, key=lambda e: -(e.value or 0.0))))
    if tile.by and has_figure(contents.figures.get(tile.kpi)):
        return TileFigures(tile, contents, groups=_groups(asking, tile))
    return TileFigures(tile, contents)


def _groups(asking: Asking, tile: BoardTile) -> Breakdown | None:
    """The largest groups beside the rest, the highest first; None where there are not two, or too many to tell."""
    groups = asking.contrasts([tile.kpi], tile.by)
    if not 2 <= len(groups) <= MOST_GROUPS:
        return None
    largest = sorted(groups, key=lambda c: (c.after.value is None, -c.after.n))[:SHOWN_GROUPS]
    largest.sort(key=lambda c: (c.after.value is None, -(c.after.value or 0.0)))
    return Breakdown(tile.kpi, tile.by, tuple(largest), len(groups) - len(largest))


def _counted(asking: Asking, key: str) -> Counted:
    span = asking.span
    if span is None:
        return Counted(None, None)
    now, before = (_told(asking, key, *days) for days in _both(span))
    return Counted(now, before)


def _both(span: Span) -> tuple[tuple[date, date], tuple[date, date]]:
    return (span.since, span.until), (span.before_since, span.before_until)


def _told(asking: Asking, key: str, since: date, until: date) -> int | None:
    found = workload(asking.warehouse, asking.asked.where, since, until)
    return {VOLUME: found.came_in, BACKLOG: found.still_open}[key]
