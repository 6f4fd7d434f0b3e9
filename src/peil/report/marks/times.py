"""A KPI through time in a small space, and how times are spread."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from markupsafe import Markup

from peil.report.marks.intervals import Interval, dot, interval_bar
from peil.report.marks.scale import Scale
from peil.report.marks.shares import amount
from peil.report.marks.svg import UNITS, Corner, at_spot, draw, line, num, path, stretch

HEIGHT = 46.0
LEFT, RIGHT = 24.0, 970.0
"""Ends of a sparkline in units: its last dot must not stick out."""

LEAST = 0.4
"""Least width of a column, in per cent of the figure."""

MORE = 0.25
"""How much higher and lower a trend may become for the widest fifth of its limits, as a share of its height."""


class Measured(Protocol):
    """Whatever has a value with limits."""

    @property
    def value(self) -> float | None: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...


@dataclass(frozen=True, slots=True)
class Point:
    """A value in a row of periods; None where nothing was measured, `unfinished` while the period still runs."""

    value: float | None
    low: float | None = None
    high: float | None = None
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class Bin:
    """A share of the rows between two values."""

    low: float
    high: float
    share: float


@dataclass(frozen=True, slots=True)
class _Spot:
    """A point where it is drawn."""

    x: float
    y: float
    band: tuple[float, float] | None
    unfinished: bool


def sparkline(points: Sequence[Point], target: float | None, label: str = "") -> Markup:
    """Draw a line with its band; a gap where nothing was measured, dotted to an open point while unfinished."""
    scale = span(points, target)
    runs = list(_runs(points, scale))
    body = [_band(run) for run in runs]
    if target is not None and math.isfinite(target):
        body.append(f'<path class="ns tgl" d="M0 {num(_y(scale, target), 1)}H{UNITS}"/>')
    for run in runs:
        body += _line(run)
    if not runs:
        body.append(f'<path class="ns gl few" d="M0 {num(HEIGHT / 2)}H{UNITS}"/>')
    elif runs[-1]:
        body.append(_end(runs[-1][-1]))
    return draw([stretch(body, HEIGHT)], HEIGHT, label, "spark")


def span(points: Sequence[Measured], target: float | None) -> Scale:
    """Give the height of a trend: all values and the target, and the limits, of which the widest only in part.

    One period with few answers would otherwise press all others flat.
    """
    values = [p.value for p in points if p.value is not None and math.isfinite(p.value)]
    if target is not None and math.isfinite(target):
        values.append(target)
    if not values:
        return Scale(0.0, 1.0)
    lows = sorted(p.low for p in points if p.low is not None and math.isfinite(p.low))
    highs = sorted(p.high for p in points if p.high is not None and math.isfinite(p.high))
    least = min([*values, *lows[len(lows) // 5 :][:1]])
    most = max([*values, *highs[-1 - len(highs) // 5 :][:1]])
    more = (most - least) * MORE
    return Scale(max(least - more, min([least, *lows])), min(most + more, max([most, *highs])))


def histogram_cell(
    scale: Scale, bins: Sequence[Bin], target: float | None, median: Interval | None, label: str = ""
) -> Markup:
    """Draw how times are spread, from real counts: what is later than the target orange, the median below the line."""
    height, base = 46.0, 30.0
    blocks = [b for one in bins for b in _cut(scale, one, target)]
    most = max((dense for _, _, dense, _ in blocks), default=0.0) or 1.0
    body: list[str] = []
    for late, css in ((False, "fb2"), (True, "late")):
        steps = [_column(b, base, (base - 4) / most) for b in blocks if b[3] is late]
        body += [f'<path class="{css}" d="{"".join(steps)}"/>'] if steps else []
    inside = [stretch(body, height), line((0, base), (100, base), "ax" if blocks else "gl few")]
    inside += [at_spot(50 + 50 * side, base - 7, _beyond(side, target, scale)) for side in _missed(scale, bins)]
    if target is not None:
        inside.append(line((scale.at(target), 1), (scale.at(target), base + 4), "tg"))
    if median is not None and median.value is not None and not math.isnan(median.value):
        inside += [interval_bar(scale, median, base + 9), dot(scale, median.value, (base + 9, 4.5), "pt")]
    return draw(inside, height, label)


def _y(scale: Scale, value: float) -> float:
    return HEIGHT - 5 - (HEIGHT - 10) * scale.at(value) / 100


def _runs(points: Sequence[Point], scale: Scale) -> Iterator[list[_Spot]]:
    step = (RIGHT - LEFT) / max(1, len(points) - 1)
    run: list[_Spot] = []
    for i, point in enumerate(points):
        if point.value is None or math.isnan(point.value):
            if run:
                yield run
            run = []
            continue
        known = point.low is not None and point.high is not None
        known = known and not (math.isnan(point.low or 0) or math.isnan(point.high or 0))
        band = (_y(scale, point.high or 0.0), _y(scale, point.low or 0.0)) if known else None
        run.append(_Spot(LEFT + i * step, _y(scale, point.value), band, point.unfinished))
    if run:
        yield run


def _band(run: Sequence[_Spot]) -> str:
    top = [(s.x, s.band[0]) for s in run if s.band]
    bottom = [(s.x, s.band[1]) for s in run if s.band]
    if len(top) == 1:
        (x, high), (_, low) = top[0], bottom[0]
        return path([(x - 8, high), (x + 8, high), (x + 8, low), (x - 8, low)], "band", closed=True)
    return path([*top, *bottom[::-1]], "band", closed=True) if top else ""


def _line(run: Sequence[_Spot]) -> list[str]:
    """Draw a run of points: finished ones as one line, each step to an unfinished one dotted, a lone one as a dot."""
    if len(run) == 1:
        return [_spot((run[0].x, run[0].y), "ns dot", 5)]
    done = [(s.x, s.y) for s in run if not s.unfinished]
    drawn = [path(done, "ns ln th")] if len(done) > 1 else []
    return drawn + [path([(a.x, a.y), (b.x, b.y)], "ns ln open") for a, b in pairwise(run) if b.unfinished]


def _end(last: _Spot) -> str:
    spot = (last.x, last.y)
    return _spot(spot, "ns dot", 7) + (_spot(spot, "ns dot0", 3.5) if last.unfinished else "")


def _spot(at: Corner, css: str, width: float) -> str:
    return f'<path class="{css}" stroke-width="{num(width)}" d="M{num(at[0], 1)} {num(at[1], 1)}h0"/>'


def _cut(scale: Scale, one: Bin, target: float | None) -> list[tuple[float, float, float, bool]]:
    """Give a bin as (from, to, density, late), in two where the target lies in it; one without width gets a little."""
    share, low, high = amount(one.share), min(one.low, one.high), max(one.low, one.high)
    if not share or scale.side(low) == scale.side(high) != 0:
        return []
    left, right = sorted((scale.at(low), scale.at(high)))
    if right - left < LEAST:
        left = min(100 - LEAST, max(0.0, (left + right - LEAST) / 2))
        right = left + LEAST
    middle = scale.at(target) if target is not None else 101.0
    halves = [(left, min(right, middle), False), (max(left, middle), right, True)]
    return [(a, b, share / (right - left), late) for a, b, late in halves if b > a]


def _column(block: tuple[float, float, float, bool], base: float, scale: float) -> str:
    left, right, dense, _ = block
    return f"M{num(10 * left, 1)} {num(base)}v{num(-dense * scale, 1)}H{num(10 * right, 1)}V{num(base)}Z"


def _missed(scale: Scale, bins: Sequence[Bin]) -> list[int]:
    """Give the sides at which rows lie wholly beyond the scale."""
    sides = {scale.side(b.low) for b in bins if amount(b.share) and scale.side(b.low) == scale.side(b.high) != 0}
    return sorted(sides)


def _beyond(side: int, target: float | None, scale: Scale) -> str:
    late = target is not None and side > 0 and scale.side(target) <= 0
    return f'<path class="{"late" if late else "fb2"}" d="M{side * 2}-4L{side * 7} 0L{side * 2} 4Z"/>'
