"""What a KPI is, and what one figure of it looks like: plain values, no arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from peil.core.moments import Is, Moment, Spread

if TYPE_CHECKING:
    from peil.core.intervals import Method

Array: TypeAlias = NDArray[np.float64]

Unit: TypeAlias = Literal["points", "percent", "score", "seconds", "minutes", "count", "per_100", "euro", "years"]
Better: TypeAlias = Literal["higher", "lower", "neither"]
Status: TypeAlias = Literal[
    "ok",
    "few_customers",  # shown with its interval, from fewer than 20 customers
    "too_few",  # shown without interval, from fewer than 5 customers
    "no_data",  # nobody answered: the value is None
    "hidden",  # the group is too small to show
    "mixed",  # scales or channels that can't be pooled
    "needs",  # a period or an assumption is missing; the note says which
]


class Words(NamedTuple):
    """The same words in Dutch and English."""

    nl: str
    en: str


UNSAID = Words("", "")


class Sums:
    """The moments of a KPI by name, as attributes; each an array of one shape.

    Axes are (groups,) for totals and (groups, blocks) for replicates, so that a KPI's `value`
    is one expression for both.
    """

    __slots__ = ("_named",)

    def __init__(self, named: Mapping[str, Array]) -> None:
        self._named = dict(named)

    def __getattr__(self, name: str) -> Array:
        try:
            return self._named[name]
        except KeyError:
            raise AttributeError(f"no moment '{name}' among {sorted(self._named)}") from None

    def items(self) -> list[tuple[str, Array]]:
        return list(self._named.items())


@dataclass(frozen=True, slots=True)
class Part:
    """Moments of a second fact, for KPIs over two facts such as contacts per 100 customers.

    Each fact is summed by itself and the sums are merged on the group; the facts are never
    joined, since a join counts rows twice. A grouping that this fact does not know (customers
    have no contact reason) takes the whole.
    """

    fact: str
    moments: Mapping[str, Moment]
    rows: tuple[Is, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kpi:
    """One KPI: which rows, which moments, the value, the interval, and where it comes from."""

    key: str
    document: str  # the demand it meets, K1 to K32
    name: Words
    formula: Words
    fact: str
    unit: Unit
    better: Better
    source: str
    moments: Mapping[str, Moment] = field(default_factory=dict)  # 'n' is the denominator: the rows that count
    value: Callable[[Sums], Array] | None = None  # None when `spread` gives the values
    method: Method
    rows: tuple[Is, ...] = ()
    version: int = 1
    spread: Spread | None = None  # a share per value (Histogram) or a quantile (LogHistogram)
    second: Part | None = None
    one_scale: bool = False  # a mean: refused over answers on different scales
    bounds: tuple[float, float] | None = None  # of a score whose scale is fixed; the limits stay inside
    within: str | None = None  # refused over different values of this column (one median over channels)
    ripe_days: int = 0  # only rows at least this many days old count
    last_answer: bool = False  # the last answer per customer and period; parts need not add up
    spells: bool = False  # rows are spells (since, until) looked at over a period
    people: bool = False  # about employees: groups are counted in people
    assumes: Mapping[str, float | None] = field(default_factory=dict)  # named assumptions; None has no default
    tells: Words = UNSAID  # what it tells, and what it does not

    def __post_init__(self) -> None:
        if "n" not in self.moments and self.spread is None:
            raise ValueError(f"KPI {self.key} has no moment 'n'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One figure: value, interval and n travel together. Nothing answered is None, never 0."""

    kpi: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    unit: Unit
    status: Status
    method: str
    level: float = 0.95
    n_eff: float | None = None
    definition: int = 1
    as_of: str | None = None
    group: Mapping[str, str | int | None] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The difference of two figures of one KPI: `after` minus `before`."""

    kpi: str
    before: Estimate
    after: Estimate
    difference: float | None
    low: float | None
    high: float | None
    p: float | None
    p_adjusted: float | None  # Benjamini-Hochberg over the breakdown; equal to p for a single comparison
    changed: bool | None  # None where it can't be told
    unit: str  # 'points', 'percentage points', or the KPI's own
    method: str
    level: float = 0.95
    group: Mapping[str, str | int | None] = field(default_factory=dict)
