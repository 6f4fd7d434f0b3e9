"""What a tile of a board is: a KPI or a count, with filters of its own and a grouping; pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from peil.core.errors import BadQuery, UserError, did_you_mean
from peil.core.kpis import BY_KEY
from peil.core.moments import Histogram
from peil.facts.schema import FACTS
from peil.warehouse.query import Filter

MOST_TILES = 12
MOST_VALUES, LONGEST_VALUE = 20, 200
VOLUME, BACKLOG = "volume", "backlog"
COUNTS = (VOLUME, BACKLOG)  # counted in full, so without a margin
_PERSONS = frozenset({"customer_id", "employee_id"})


@dataclass(frozen=True, slots=True)
class BoardTile:
    """One tile; equal tiles are one, so a board holds each once."""

    kpi: str
    where: tuple[Filter, ...] = ()
    by: str = ""

    @property
    def id(self) -> str:
        """What the tile is called in forms: the same for the same tile."""
        if not self.where and not self.by:
            return self.kpi
        return f"{self.kpi}-{blake2b(json.dumps(as_json(self)).encode(), digest_size=4).hexdigest()}"

    @property
    def counted(self) -> bool:
        return self.kpi in COUNTS

    @property
    def listed(self) -> bool:
        """Whether it is a list of shares, such as the contact reasons, and not one figure."""
        return not self.counted and isinstance(BY_KEY[self.kpi].spread, Histogram)


def as_json(tile: BoardTile) -> dict[str, Any]:
    return {"kpi": tile.kpi, "where": filters_as_json(tile.where), "by": tile.by}


def filters_as_json(where: Sequence[Filter]) -> list[dict[str, Any]]:
    """Filters as they are kept, in one order, so that equal filters are equal texts."""
    found = [
        {"column": f.column, "values": sorted(f.values, key=lambda v: (v is not None, str(v))), "negated": f.negated}
        for f in where
    ]
    return sorted(found, key=lambda f: json.dumps(f, default=str))


def filters_from_json(kept: Sequence[Mapping[str, Any]]) -> tuple[Filter, ...]:
    return tuple(Filter(f["column"], tuple(f["values"]), bool(f["negated"])) for f in kept)


def tiles_from_json(kept: Sequence[Mapping[str, Any]]) -> tuple[BoardTile, ...]:
    """The tiles that were kept; a KPI that is no longer in the catalogue is left out."""
    found = (BoardTile(t["kpi"], filters_from_json(t["where"]), t["by"]) for t in kept)
    return tuple(t for t in found if t.counted or t.kpi in BY_KEY)


class TileRefused(UserError):
    """A tile that can't be put on a board; `key` names the reason in the catalogue of words."""

    def __init__(self, key: str, problem: str, remedy: str, **told: str) -> None:
        super().__init__(problem, remedy)
        self.key, self.told = key, told


def check_tile(tile: BoardTile, tables: Mapping[str, Sequence[str]]) -> None:
    """Refuse a tile that could never show a figure; `tables` are the facts that the warehouse holds."""
    if not tile.counted and tile.kpi not in BY_KEY:
        raise BadQuery(f"There is no KPI '{tile.kpi}'.", did_you_mean(tile.kpi, BY_KEY))
    names = [*(f.column for f in tile.where), *((tile.by,) if tile.by else ())]
    unknown = next((n for n in names if n in _PERSONS), None) or unknown_column(tile.kpi, names, tables)
    if unknown:
        problem = f"The rows of '{tile.kpi}' have no '{unknown}'."
        raise TileRefused("tile_no_column", problem, "Choose another filter, or another figure.", column=unknown)
    for f in tile.where:
        if not f.values or len(f.values) > MOST_VALUES or any(len(str(v)) > LONGEST_VALUE for v in f.values):
            raise BadQuery(f"A filter takes 1 to {MOST_VALUES} values.", "Choose fewer values.")
    if tile.by and not may_be_grouped(tile.kpi):
        problem = f"'{tile.kpi}' can't be split into groups."
        raise TileRefused("tile_no_groups", problem, "Leave the grouping out, or choose another figure.")


def unknown_column(kpi: str, names: Sequence[str], tables: Mapping[str, Sequence[str]]) -> str | None:
    """The first of these columns that the KPI's rows don't have."""
    fact = "interactions" if kpi in COUNTS else BY_KEY[kpi].fact
    held = tables.get(fact, ())
    known = {c for c in held if c.startswith("x_")} | set(FACTS[fact].dimensions)
    return next((name for name in names if name not in known), None)


def check_filters(where: Sequence[Filter], tables: Mapping[str, Sequence[str]]) -> None:
    """Refuse a filter that no fact knows; one that only some know leaves the figures of others out."""
    dimensions = {d for fact in FACTS.values() for d in fact.dimensions}
    own = {c for held in tables.values() for c in held if c.startswith("x_")}
    for f in where:
        if f.column not in dimensions | own:
            raise BadQuery(f"There is no column '{f.column}'.", did_you_mean(f.column, dimensions | own))


def may_be_grouped(kpi: str) -> bool:
    """Whether the groups of a figure can be set beside the rest: not where it is a count, a list or a ratio of facts."""
    known = BY_KEY.get(kpi)
    return known is not None and not isinstance(known.spread, Histogram) and known.second is None
