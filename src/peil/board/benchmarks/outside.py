"""A figure of others beside one's own: compared where scale and question agree, else shown apart with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import hypot
from typing import TYPE_CHECKING, Literal, TypeAlias

from sqlglot import exp

from peil.core.intervals import wilson_limits
from peil.core.kpi import Estimate, Kpi, Words
from peil.core.kpis import BY_KEY
from peil.warehouse import sql

if TYPE_CHECKING:
    from peil.warehouse.open import Warehouse

# other_definition: another way of counting; other_question: nobody said that the question is the same;
# scale_unknown: either scale is not known; other_scale: they differ; range_only: not one figure but a range
Reason: TypeAlias = Literal["other_definition", "other_question", "scale_unknown", "other_scale", "range_only"]
Verdict: TypeAlias = Literal["above", "below", "around", "untold"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """A figure of others, with what one must know to read it. Without `low` and `high` its margin is not known."""

    kpi: str
    name: Words
    value: float
    source: str
    year: int | None
    method: Words
    top: float | None = None  # the other end where others are told as a range
    low: float | None = None
    high: float | None = None
    n: int | None = None
    scale: str = ""
    same_question: bool = False
    other_definition: bool = False
    id: int | None = None  # of one that people of this organisation entered


@dataclass(frozen=True, slots=True)
class Against:
    """One's own figure beside that of others; `reasons` say why they are not compared."""

    outside: Outside
    own: Estimate | None
    reasons: tuple[Reason, ...]
    verdict: Verdict
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    margin_known: bool = False


def against(outside: Outside, own: Estimate | None, scale: str) -> Against:
    """Set a figure of others beside one's own, which was asked on `scale` ('' where it has none or several)."""
    reasons = reasons_apart(outside, scale)
    if reasons or own is None or own.value is None or own.low is None or own.high is None:
        return Against(outside, own, reasons, "untold")
    difference = own.value - outside.value
    low, high, known = *_margin(outside), has_margin(outside)
    down, up = hypot(own.value - own.low, high - outside.value), hypot(own.high - own.value, outside.value - low)
    least, most = difference - down, difference + up
    verdict: Verdict = "above" if least > 0 else "below" if most < 0 else "around"
    return Against(outside, own, (), verdict, difference, least, most, known)


def reasons_apart(outside: Outside, scale: str) -> tuple[Reason, ...]:
    """Why two figures say different things; () where they may be compared."""
    found: list[Reason] = []
    if outside.other_definition:
        found.append("other_definition")
    if outside.top is not None:
        found.append("range_only")
    if not outside.same_question and not outside.other_definition:
        found.append("other_question")
    if is_asked(BY_KEY[outside.kpi]):
        if not outside.scale or not scale:
            found.append("scale_unknown")
        elif outside.scale != scale:
            found.append("other_scale")
    return tuple(found)


def has_margin(outside: Outside) -> bool:
    """Whether others told how sure they are, or from how many answers a share comes."""
    told = outside.low is not None and outside.high is not None
    return told or (outside.n is not None and BY_KEY[outside.kpi].unit == "percent")


def _margin(outside: Outside) -> tuple[float, float]:
    """The limits of the figure of others; the figure itself where they told none."""
    if outside.low is not None and outside.high is not None:
        return outside.low, outside.high
    if has_margin(outside) and outside.n:
        low, high = wilson_limits(outside.value / 100, outside.n)
        return 100 * float(low), 100 * float(high)
    return outside.value, outside.value


def is_asked(kpi: Kpi) -> bool:
    """Whether the KPI comes from answers on a scale, rather than from what happened."""
    return kpi.fact == "answers"


def scales(warehouse: Warehouse) -> Mapping[str, str]:
    """The scale that each kind of question was asked on, '1-5'; left out where it was more than one."""
    key = ("scales", warehouse.remembered.version(warehouse.engine))
    return dict(warehouse.remembered.get(key, lambda: _read_scales(warehouse)))


def _read_scales(warehouse: Warehouse) -> list[tuple[str, str]]:
    held = warehouse.engine.tables().get("answers", [])
    columns = ("kind", "relationship", "scale_min", "scale_max")
    if not set(columns) <= set(held):
        return []
    named = [sql.named(sql.column(c), c) for c in columns]
    rows = exp.select(*named).distinct().from_(exp.to_table("answers"))
    found: dict[str, set[str]] = {}
    for row in warehouse.engine.fetch(rows, {}).to_pylist():
        if row["scale_min"] is not None and row["scale_max"] is not None:
            kind = f"{row['kind']}:{int(row['relationship'] or 0)}"
            found.setdefault(kind, set()).add(f"{row['scale_min']:g}-{row['scale_max']:g}")
    return [(kind, next(iter(on))) for kind, on in found.items() if len(on) == 1]


def scale_of(kpi: Kpi, known: Mapping[str, str]) -> str:
    """The scale of a KPI's answers; '' where it has none, or several."""
    told = {r.column: r.values for r in kpi.rows}
    kinds = told.get("kind", ())
    about = 1 if told.get("relationship") == (1,) else 0
    found = {known.get(f"{kind}:{about}", "") for kind in kinds}
    return next(iter(found)) if len(found) == 1 else ""
