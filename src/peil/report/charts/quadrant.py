"""Importance against performance: what to improve first, with the intervals of both."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from peil.report.charts.shapes import Block, Held, Plane, Say, Spot, Stroke, letters
from peil.report.charts.vega import Frame, both, render
from peil.report.marks.intervals import Interval
from peil.report.marks.scale import Scale
from peil.report.marks.status import Judged


@dataclass(frozen=True, slots=True)
class QuadrantPoint:
    """One driver: its name, how much it matters and how it goes now."""

    label: str
    importance: Interval
    performance: Interval
    judged: Judged = ""


@dataclass(frozen=True, slots=True)
class Quadrant:
    """Drivers in the order of their rank, with the words of the plane.

    `middle` is where it is divided (performance, importance); `names` are those of the quarters from left to right and
    top to bottom; `axes` name performance and importance; `label` is the sentence for who cannot see it.
    """

    points: Sequence[QuadrantPoint]
    middle: tuple[float, float]
    names: tuple[str, str, str, str]
    axes: tuple[str, str]
    formats: tuple[Callable[[float], str], Callable[[float], str]]
    label: str


Box = tuple[float, float, float, float]
"""Left, top, right and bottom in pixels."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A quadrant on paper of one size."""

    q: Quadrant
    frame: Frame
    x: Scale
    y: Scale

    @property
    def plane(self) -> Plane:
        return Plane((self.x.low, self.x.high), (self.y.low, self.y.high))

    @property
    def middle(self) -> tuple[float, float]:
        return _within(self.x, self.q.middle[0]), _within(self.y, self.q.middle[1])

    def pixels(self, x: float, y: float) -> tuple[float, float]:
        return self.frame.width * self.x.at(x) / 100, self.frame.height * (1 - self.y.at(y) / 100)


def quadrant(q: Quadrant) -> Markup:
    """Draw drivers by importance and performance; a narrow drawing has their ranks in place of their names."""
    return both(_drawing(q, wide=True), _drawing(q, wide=False), "mid")


def _drawing(q: Quadrant, wide: bool) -> Markup:
    sheet = _sheet(q, wide)
    known = [p for p in q.points if _known(p.importance.value) and _known(p.performance.value)]
    names = [p.label if wide else str(i) for i, p in enumerate(q.points, start=1) if p in known]
    layers = sheet.plane.layers(
        _shade(sheet),
        [*_lines(sheet), *(s for p in known for s in _whiskers(sheet, p))],
        [Spot(*_place(sheet, p), 6, f"pt {p.judged}".strip()) for p in known],
        [*_axes(sheet, wide), *_corners(sheet), *_names(sheet, known, names)],
    )
    return render(layers, sheet.frame, q.label)


def _sheet(q: Quadrant, wide: bool) -> _Sheet:
    x = Scale.around(_values(p.performance for p in q.points), [q.middle[0]])
    y = Scale.around(_values(p.importance for p in q.points), [q.middle[1]])
    left = 14 + max(letters(q.formats[1](v)) for v in y.ticks(5))
    outer, height = (720.0, 380.0) if wide else (340.0, 280.0)
    return _Sheet(q, Frame(outer - left - 8, height, left, 8, above=6, below=46), x, y)


def _values(sides: Iterable[Interval]) -> list[float | None]:
    return [v for side in sides for v in (side.value, side.low, side.high)]


def _shade(sheet: _Sheet) -> list[Block]:
    x, y = sheet.middle
    return [Block(sheet.x.low, y, x, sheet.y.high, "quad")]


def _lines(sheet: _Sheet) -> list[Stroke]:
    (left, right), (foot, top) = sheet.plane.x, sheet.plane.y
    x, y = sheet.middle
    edges = [Stroke(left, v, right, v, "gl") for v in (foot, top)]
    edges += [Stroke(v, foot, v, top, "gl") for v in (left, right)]
    return [*edges, Stroke(x, foot, x, top, "ax"), Stroke(left, y, right, y, "ax")]


def _whiskers(sheet: _Sheet, p: QuadrantPoint) -> list[Stroke]:
    x, y = _place(sheet, p)
    strokes: list[Stroke] = []
    if ends := _ends(sheet.x, p.performance):
        strokes.append(Stroke(ends[0], y, ends[1], y, "wh"))
    if ends := _ends(sheet.y, p.importance):
        strokes.append(Stroke(x, ends[0], x, ends[1], "wh"))
    return strokes


def _axes(sheet: _Sheet, wide: bool) -> list[Say]:
    q, foot = sheet.q, sheet.y.low
    across = [Say(v, foot, q.formats[0](v), dy=17) for v in sheet.x.ticks(6 if wide else 4)]
    up = [Say(sheet.x.low, v, q.formats[1](v), held="right", dx=-8) for v in sheet.y.ticks(5)]
    titles = [
        Say(sheet.x.high, foot, f"{q.axes[0]} →", "t2", "right", 0, 38),
        Say(sheet.x.low, foot, f"↑ {q.axes[1]}", "t2", "left", 0, 38),
    ]
    return [*across, *up, *titles]


def _corners(sheet: _Sheet) -> list[Say]:
    (left, right), (foot, top) = sheet.plane.x, sheet.plane.y
    names = sheet.q.names
    return [
        Say(left, top, names[0], "tb", "left", 10, 20),
        Say(right, top, names[1], "t0", "right", -10, 20),
        Say(left, foot, names[2], "t0", "left", 10, -10),
        Say(right, foot, names[3], "t0", "right", -10, -10),
    ]


SPOTS: tuple[tuple[Held, float, float], ...] = (
    ("left", 10, -7),
    ("left", 10, 16),
    ("right", -10, -7),
    ("right", -10, 16),
    ("center", 0, -14),
    ("center", 0, 24),
    ("left", 24, 4),
    ("right", -24, 4),
    ("left", 10, -24),
    ("left", 10, 33),
    ("right", -10, -24),
    ("right", -10, 33),
)
"""Where the name of a dot may stand: held by which end, and how many pixels away; the best first."""


def _names(sheet: _Sheet, points: Sequence[QuadrantPoint], names: Sequence[str]) -> list[Say]:
    """Write each name where it covers least of other names, dots, whiskers and edges."""
    taken: list[tuple[Box, float]] = [(_box(say, *_at(sheet, say)), 4.0) for say in _corners(sheet)]
    taken += [(_thick(sheet, s), 0.7) for s in _lines(sheet)]
    for p in points:
        x, y = sheet.pixels(*_place(sheet, p))
        taken.append(((x - 8, y - 8, x + 8, y + 8), 3.0))
        taken += [(_thick(sheet, s), 1.0) for s in _whiskers(sheet, p)]
    written: list[Say] = []
    for p, name in zip(points, names, strict=True):
        place = _place(sheet, p)
        css = "tb" if p.judged or len(name) < 3 else "t2"
        options = [Say(*place, name, css, held, dx, dy) for held, dx, dy in SPOTS]
        costs = [_cost(sheet, _box(o, *sheet.pixels(*place)), taken) + 6 * i for i, o in enumerate(options)]
        best = options[costs.index(min(costs))]
        written.append(best)
        taken.append((_box(best, *sheet.pixels(*place)), 6.0))
    return written


def _at(sheet: _Sheet, say: Say) -> tuple[float, float]:
    return sheet.pixels(say.x, say.y)


def _box(say: Say, x: float, y: float) -> Box:
    wide = letters(say.words)
    left = x + say.dx - {"left": 0.0, "center": wide / 2, "right": wide}[say.held]
    return left - 2, y + say.dy - 12, left + wide + 2, y + say.dy + 4


def _thick(sheet: _Sheet, s: Stroke) -> Box:
    (x1, y1), (x2, y2) = sheet.pixels(s.x, s.y), sheet.pixels(s.x2, s.y2)
    return min(x1, x2) - 2, min(y1, y2) - 2, max(x1, x2) + 2, max(y1, y2) + 2


def _cost(sheet: _Sheet, box: Box, taken: Sequence[tuple[Box, float]]) -> float:
    inside = _covered(box, (0, 0, sheet.frame.width, sheet.frame.height))
    outside = (box[2] - box[0]) * (box[3] - box[1]) - inside
    return 8 * outside + sum(weight * _covered(box, other) for other, weight in taken)


def _covered(one: Box, other: Box) -> float:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide * high if wide > 0 and high > 0 else 0.0


def _place(sheet: _Sheet, p: QuadrantPoint) -> tuple[float, float]:
    return _within(sheet.x, p.performance.value or 0.0), _within(sheet.y, p.importance.value or 0.0)


def _ends(scale: Scale, side: Interval) -> tuple[float, float] | None:
    if side.low is None or side.high is None or math.isnan(side.low) or math.isnan(side.high):
        return None
    return _within(scale, side.low), _within(scale, side.high)


def _within(scale: Scale, value: float) -> float:
    return min(scale.high, max(scale.low, value))


def _known(value: float | None) -> bool:
    return value is not None and not math.isnan(value)
