"""What was reported, kept as it was: never changed, and laid beside what the same question gives now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast

from peil.accounts.rules import sees_kpi
from peil.board.figures import BoardFigures, TileFigures, board_figures
from peil.board.models import Snapshot
from peil.board.tiles import BoardTile, as_json, filters_as_json, filters_from_json, tiles_from_json
from peil.core.errors import UserError
from peil.core.kpi import Estimate
from peil.core.kpis import BY_KEY
from peil.library.answers import Answers
from peil.report.question import ReportQuestion
from peil.warehouse.query import Filter

if TYPE_CHECKING:
    from peil.accounts.models import Person
    from peil.accounts.rules import Sight
    from peil.warehouse.open import Warehouse

Kind: TypeAlias = Literal["mail", "interpretation", "recorded"]
_COMPARED = ("value", "low", "high", "n", "status", "definition")
_RELATIVE = 1e-9  # sums of one set of rows differ less than this between engines


@dataclass(frozen=True, slots=True)
class Kept:
    """A snapshot: its figures, and whether they are as Peil wrote them."""

    id: int
    kind: Kind
    title: str
    since: date
    until: date
    where: tuple[Filter, ...]
    tiles: tuple[BoardTile, ...]
    figures: tuple[Mapping[str, Any], ...]  # of each tile its figures, as they were
    made_at: datetime
    made_by: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """One figure as it was reported, and as it is now; `now` is None where it is no longer given."""

    tile: BoardTile
    group: Mapping[str, str | int | None]
    then: Estimate | int | None
    now: Estimate | int | None
    differs: bool


def keep_figures(person: Person, kind: Kind, figures: BoardFigures, title: str = "") -> int:
    """Keep the figures of a board as they are now, with definitions, intervals, n and status."""
    span = figures.main.span
    if span is None:
        raise UserError("These figures have no days, so they can't be kept.", "Choose a period first.")
    content = [tile_as_json(t) for t in figures.tiles]
    where = filters_as_json(figures.main.asked.where)
    made = Snapshot(
        kind=kind, title=title, since=span.since, until=span.until, where=where, figures=content, made_by=person,
        digest=_digest(kind, span.since, span.until, where, content),
    )  # fmt: skip
    made.save()
    return made.pk


def tile_as_json(found: TileFigures) -> dict[str, Any]:
    """A tile with every figure that it shows, full doubles."""
    estimates = [e for e in (found.estimate,) if e is not None and found.groups is None and not found.shares]
    estimates += [c.after for c in found.groups.groups] if found.groups is not None else []
    estimates += found.shares
    change = found.comparison
    told = ("difference", "low", "high", "p_adjusted", "changed", "unit")
    return {
        "tile": as_json(found.tile),
        "figures": Answers(estimates).to_dicts(),
        "change": None if change is None else {name: getattr(change, name) for name in told},
        "before": None if change is None else Answers([change.before]).to_dicts()[0],
        "count": None if found.counted is None else found.counted.now,
    }


def snapshots_for(person: Person, sight: Sight, most: int) -> list[Kept]:
    """The newest snapshots that this person may see."""
    found = Snapshot.objects.select_related("made_by").order_by("-made_at", "-pk")
    shown = (s for s in found.iterator(chunk_size=200) if _may_see(s, person, sight))
    return [_as_kept(s) for s, _ in zip(shown, range(most), strict=False)]


def snapshot_for(person: Person, sight: Sight, number: int) -> Kept | None:
    found = Snapshot.objects.select_related("made_by").filter(pk=number).first()
    return None if found is None or not _may_see(found, person, sight) else _as_kept(found)


def beside_now(warehouse: Warehouse, kept: Kept) -> list[Beside]:
    """Each figure of a snapshot beside what the same question gives today."""
    asked = ReportQuestion(since=kept.since, until=kept.until, where=kept.where)
    now = board_figures(warehouse, asked, kept.tiles)
    found: list[Beside] = []
    for tile, was, given in zip(kept.tiles, kept.figures, now.tiles, strict=True):
        if tile.counted:
            count = None if given.counted is None else given.counted.now
            found.append(Beside(tile, {}, was["count"], count, was["count"] != count))
            continue
        today = {_group(e): e for e in (estimate_from_json(f) for f in tile_as_json(given)["figures"])}
        for e in (estimate_from_json(f) for f in was["figures"]):
            one = today.get(_group(e))
            found.append(Beside(tile, e.group, e, one, one is None or not _alike(e, one)))
    return found


def estimate_from_json(kept: Mapping[str, Any]) -> Estimate:
    fields = {name: kept[name] for name in kept if name in Estimate.__dataclass_fields__}
    return Estimate(**(fields | {"notes": tuple(kept["notes"])}))


def _group(e: Estimate) -> tuple[tuple[str, object], ...]:
    return tuple(sorted(e.group.items(), key=str))


def _alike(one: Estimate, other: Estimate) -> bool:
    return all(_same(getattr(one, name), getattr(other, name)) for name in _COMPARED)


def _same(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= _RELATIVE * max(abs(one), abs(other), 1.0)
    return one == other


def _may_see(kept: Snapshot, person: Person, sight: Sight) -> bool:
    """Whether all its rows are this person's to see; figures of one employee are that employee's alone."""
    where = filters_from_json(kept.where)
    if any(f.column == "employee_id" for f in where) and kept.made_by_id != person.pk:
        return False
    tiles = tiles_from_json([f["tile"] for f in kept.figures])
    return sight.includes(where) and all(t.counted or sees_kpi(person, BY_KEY[t.kpi]) for t in tiles)


def _as_kept(s: Snapshot) -> Kept:
    whole = s.digest == _digest(s.kind, s.since, s.until, s.where, s.figures)
    known = [f for f in s.figures if tiles_from_json([f["tile"]])]
    return Kept(
        s.pk, cast("Kind", s.kind), s.title, s.since, s.until, filters_from_json(s.where), tiles_from_json([f["tile"] for f in known]),
        tuple(known), s.made_at, "" if s.made_by is None else str(s.made_by), whole,
    )  # fmt: skip


def _digest(kind: str, since: date, until: date, where: Sequence[Any], figures: Sequence[Any]) -> str:
    told = [kind, since.isoformat(), until.isoformat(), where, figures]
    return hashlib.sha256(json.dumps(told, sort_keys=True, allow_nan=False).encode()).hexdigest()
