"""How values are spread: times on a logarithmic line, scores on whole numbers."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from peil.report.charts.shapes import Block, Held, Plane, Say, Spot, Stroke, letters
from peil.report.charts.vega import Frame, both, render
from peil.report.marks.intervals import Interval
from peil.report.marks.scale import Scale
from peil.report.marks.shares import FILLS, PartKind, amount
from peil.report.marks.times import LEAST


@dataclass(frozen=True, slots=True)
class Column:
    """A share of the rows between two values, with the words above it and what it is."""

    low: float
    high: float
    share: float
    label: str = ""
    kind: PartKind = "band"


@dataclass(frozen=True, slots=True)
class Distribution:
    """What a distribution shows, with its words ready: `ticks` are values with their names under the line.

    What lies right of `target` is late and orange; `label` is the sentence for who cannot see it.
    """

    columns: Sequence[Column]
    scale: Scale
    ticks: Sequence[tuple[float, str]]
    label: str
    target: tuple[float, str] | None = None
    median: Interval | None = None


@dataclass(frozen=True, slots=True)
class _Bar:
    left: float
    right: float
    height: float
    column: Column
    late: bool


def distribution(d: Distribution) -> Markup:
    """Draw columns whose surface is their share, wide and narrow."""
    return both(_drawing(d, wide=True), _drawing(d, wide=False), "half")


def _drawing(d: Distribution, wide: bool) -> Markup:
    frame = Frame(504 if wide else 324, 150, 8, 8, above=22, below=26)
    bars = _bars(d)
    most = max((b.height for b in bars), default=0.0) or 1.0
    plane = Plane((0, 100), (0, most))
    gap = 0.0 if d.scale.log else 1.5 * 100 / frame.width
    layers = plane.layers(
        [Block(min(b.left + gap, b.right), 0, max(b.right - gap, b.left), b.height, _css(b)) for b in bars],
        [Stroke(0, 0, 100, 0, "ax"), *_target(d, most), *_interval(d)],
        _median(d),
        [*_ticks(d, frame), *_shares(bars, frame), *_target_words(d, most)],
    )
    return render(layers, frame, d.label)


def _bars(d: Distribution) -> list[_Bar]:
    """Give each column its place and density, in two where the target lies in it."""
    at = d.target[0] if d.target else None
    middle = d.scale.at(at) if at is not None and not math.isnan(at) else 101.0
    bars: list[_Bar] = []
    for c in d.columns:
        left, right = sorted((d.scale.at(c.low), d.scale.at(c.high)))
        if not amount(c.share) or d.scale.side(c.low) == d.scale.side(c.high) != 0:
            continue
        if right - left < LEAST:
            left = min(100 - LEAST, max(0.0, (left + right - LEAST) / 2))
            right = left + LEAST
        height = amount(c.share) / (right - left)
        halves = [(left, min(right, middle), False), (max(left, middle), right, True)]
        bars += [_Bar(a, b, height, c, late) for a, b, late in halves if b > a]
    return bars


def _css(bar: _Bar) -> str:
    return "late" if bar.late else FILLS[bar.column.kind]


def _target(d: Distribution, most: float) -> list[Stroke]:
    if d.target is None or math.isnan(d.target[0]):
        return []
    x = d.scale.at(d.target[0])
    return [Stroke(x, 0, x, most * 1.06, "tg")]


def _target_words(d: Distribution, most: float) -> list[Say]:
    if d.target is None or math.isnan(d.target[0]):
        return []
    x = d.scale.at(d.target[0])
    held: Held = "left" if x < 12 else "right" if x > 88 else "center"
    return [Say(x, most * 1.06, d.target[1], "t2", held, {"left": -6.0, "right": 6.0}.get(held, 0.0), -4)]


def _interval(d: Distribution) -> list[Stroke]:
    m = d.median
    if m is None or m.low is None or m.high is None or math.isnan(m.low) or math.isnan(m.high):
        return []
    return [Stroke(d.scale.at(m.low), 0, d.scale.at(m.high), 0, "wh")]


def _median(d: Distribution) -> list[Spot]:
    value = d.median.value if d.median else None
    return [] if value is None or math.isnan(value) else [Spot(d.scale.at(value), 0, 5.5, "pt")]


def _ticks(d: Distribution, frame: Frame) -> list[Say]:
    """Name values under the line, as many as fit beside each other."""
    said: list[Say] = []
    free = -math.inf
    for value, words in sorted(d.ticks):
        x = d.scale.at(value)
        middle, half = x * frame.width / 100, letters(words) / 2
        if middle - half >= free and not d.scale.side(value):
            said.append(Say(x, 0, words, dy=20))
            free = middle + half + 8
    return said


def _shares(bars: Sequence[_Bar], frame: Frame) -> list[Say]:
    """Write the share above a column where it is wide enough."""
    return [
        Say((b.left + b.right) / 2, b.height, b.column.label, "t2", dy=-5)
        for b in bars
        if b.column.label and letters(b.column.label) <= (b.right - b.left) * frame.width / 100 + 4
    ]
