"""A KPI through time: line with its band, target, events, and how many answers each period has."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from peil.report.charts.shapes import Area, Block, Line, Plane, Say, Spot, Stroke, letters, spread
from peil.report.charts.vega import Frame, both, render
from peil.report.marks.scale import Scale
from peil.report.marks.times import span

BARS = 24.0
"""Height in pixels of the bars that count answers."""

FEW = 60
"""With more periods than this a dot for each would hide the line."""


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One period: its label, value with limits, number of answers, and whether it still runs."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """An event: where it fell, counted in periods from the left end of the first (3.5 is half-way the fourth)."""

    at: float
    mark: str


@dataclass(frozen=True, slots=True)
class Trend:
    """What a trend shows, with its words ready for the reader: `label` is the sentence for who cannot see it."""

    points: Sequence[TrendPoint]
    value_format: Callable[[float], str]
    label: str
    target: tuple[float, str] | None = None
    notes: Sequence[Note] = ()
    n_label: str = "n"
    n_last: str = ""
    unfinished_label: str = ""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A trend on paper of one size: which values are where."""

    trend: Trend
    frame: Frame
    scale: Scale
    top: float
    bottom: float

    @property
    def n(self) -> int:
        return max(1, len(self.trend.points))

    def at(self, pixels: float) -> float:
        """Give the value that would be so many pixels below the top."""
        share = (self.bottom - pixels) / (self.bottom - self.top)
        return self.scale.low + share * (self.scale.high - self.scale.low)

    def down(self, value: float) -> float:
        """Give how many pixels below the top a value is drawn."""
        return self.bottom - (self.bottom - self.top) * self.scale.at(value) / 100

    @property
    def plane(self) -> Plane:
        return Plane((0, self.n), (self.at(self.frame.height), self.at(0)))

    def value(self, p: TrendPoint) -> float | None:
        """Give a period's value as it can be drawn: at the edge when it lies beyond it."""
        return None if p.value is None or math.isnan(p.value) else self.within(p.value)

    def within(self, value: float) -> float:
        """Give a value that is on the scale: at its edge when it lies beyond."""
        return min(self.scale.high, max(self.scale.low, value))

    def limits(self, p: TrendPoint) -> tuple[float, float] | None:
        """Give a period's limits as they can be drawn; None when one is unknown."""
        if p.low is None or p.high is None or self.value(p) is None or math.isnan(p.low) or math.isnan(p.high):
            return None
        low, high = self.within(p.low), self.within(p.high)
        return min(low, high), max(low, high)

    def inside(self, at: float) -> float:
        """Give a place counted in periods, at most at the ends."""
        return min(float(self.n), max(0.0, at))


def trend(t: Trend) -> Markup:
    """Draw a trend, wide and narrow: the page shows the one that fits."""
    return both(_drawing(t, wide=True), _drawing(t, wide=False))


def _drawing(t: Trend, wide: bool) -> Markup:
    sheet = _sheet(t, wide)
    layers = sheet.plane.layers(
        _grid(sheet),
        [*_counts(sheet), *_lone_bands(sheet)],
        _band(sheet),
        [*_target(sheet), *_unfinished(sheet), *_poles(sheet)],
        _line(sheet),
        _spots(sheet),
        [*_axis_words(sheet), *_target_words(sheet, wide), *_line_words(sheet, wide), *_note_words(sheet)],
    )
    return render(layers, sheet.frame, t.label)


def _sheet(t: Trend, wide: bool) -> _Sheet:
    known = span(t.points, t.target[0] if t.target else None)
    scale = Scale.around([known.low, known.high])
    left = 14 + max(letters(t.value_format(v)) for v in scale.ticks(5))
    words = (t.target[1] if t.target else "", t.unfinished_label, t.n_last)
    right = 14 + max(letters(w) for w in words) if wide else 8.0
    bars = BARS + 12 if any(p.n for p in t.points) else 0.0
    top = 26.0 if t.notes else 8.0
    outer, height = (1000.0, 208.0) if wide else (340.0, 190.0)
    frame = Frame(max(100.0, outer - left - right), height - (0 if bars else 20), left, right)
    return _Sheet(t, frame, scale, top, frame.height - bars - 4)


def _grid(sheet: _Sheet) -> list[Stroke]:
    return [Stroke(0, v, sheet.n, v, "gl" if v else "ax") for v in sheet.scale.ticks(5)]


def _band(sheet: _Sheet) -> list[Area]:
    """Draw the limits as one band, broken where a period has none."""
    known = [sheet.limits(p) for p in sheet.trend.points]
    if not any(known):
        return []
    return [Area([(i + 0.5, *(limits or (None, None))) for i, limits in enumerate(known)])]


def _lone_bands(sheet: _Sheet) -> list[Block]:
    """Draw the limits of a period between two gaps as a short piece: a band needs two."""
    known = [sheet.limits(p) for p in sheet.trend.points]
    return [
        Block(i + 0.35, limits[0], i + 0.65, limits[1], "band")
        for i, limits in enumerate(known)
        if limits and not any(known[max(0, i - 1) : i] + known[i + 1 : i + 2])
    ]


def _line(sheet: _Sheet) -> list[Line]:
    """Draw finished periods as a line with gaps."""
    places = [(i + 0.5, None if p.unfinished else sheet.value(p)) for i, p in enumerate(sheet.trend.points)]
    return [Line(places)] if any(y is not None for _, y in places) else []


def _unfinished(sheet: _Sheet) -> list[Stroke]:
    """Draw each step to an unfinished period dotted."""
    points = sheet.trend.points
    ys = [sheet.value(p) for p in points]
    return [
        Stroke(i - 0.5, before, i + 0.5, now, "ln open")
        for i, (before, now) in enumerate(pairwise(ys), start=1)
        if points[i].unfinished and before is not None and now is not None
    ]


def _spots(sheet: _Sheet) -> list[Spot]:
    """Draw a dot for each period while there are few, for each that stands alone, and an open one while it runs."""
    points = sheet.trend.points
    ys = [sheet.value(p) for p in points]
    spots: list[Spot] = []
    for i, (p, y) in enumerate(zip(points, ys, strict=True)):
        if y is not None and p.unfinished:
            spots.append(Spot(i + 0.5, y, 3.5, "pt1"))
        elif y is not None and (
            len(ys) <= FEW or not any(v is not None for v in (*ys[max(0, i - 1) : i], *ys[i + 1 : i + 2]))
        ):
            spots.append(Spot(i + 0.5, y, 2.5, "fs"))
    discs = [Spot(x, sheet.at(9), 8, "mark") for x in _note_places(sheet)]
    return spots + discs


def _target(sheet: _Sheet) -> list[Stroke]:
    target = sheet.trend.target
    if target is None or not math.isfinite(target[0]):
        return []
    value = sheet.within(target[0])
    return [Stroke(0, value, sheet.n, value, "tgl")]


def _target_words(sheet: _Sheet, wide: bool) -> list[Say]:
    """Name the target at the right edge; in a narrow drawing above its line, at the end where the line keeps away."""
    target = sheet.trend.target
    if target is None or not math.isfinite(target[0]):
        return []
    value, words = sheet.within(target[0]), target[1]
    if wide:
        return [Say(sheet.n, value, words, "t2", "left", 8)]
    half = sheet.n // 2
    if _distance(sheet, value, slice(0, half + 1)) > _distance(sheet, value, slice(half, None)):
        return [Say(0, value, words, "t2 halo", "left", 0, -5)]
    return [Say(sheet.n, value, words, "t2 halo", "right", 0, -5)]


def _distance(sheet: _Sheet, value: float, part: slice) -> float:
    """Give how near the line comes to a value in a part of the plot, in pixels."""
    ys = (sheet.value(p) for p in sheet.trend.points[part])
    return min((abs(sheet.down(y) - sheet.down(value)) for y in ys if y is not None), default=math.inf)


def _counts(sheet: _Sheet) -> list[Block]:
    counts = [p.n or 0 for p in sheet.trend.points]
    most, base = max(counts, default=0), sheet.frame.height - 2
    return [
        Block(i + 0.2, sheet.at(base), i + 0.8, sheet.at(base - BARS * n / most), "vbar")
        for i, n in enumerate(counts)
        if n > 0
    ]


def _note_places(sheet: _Sheet) -> list[float]:
    """Give where the flags of events stand; neighbours step aside so that each stays readable."""
    pixels = sheet.frame.width / sheet.n
    return [x / pixels for x in spread([sheet.inside(note.at) * pixels for note in sheet.trend.notes], 18)]


def _poles(sheet: _Sheet) -> list[Stroke]:
    return [
        Stroke(sheet.inside(note.at), sheet.at(18), sheet.inside(note.at), sheet.at(sheet.bottom), "flag")
        for note in sheet.trend.notes
    ]


def _note_words(sheet: _Sheet) -> list[Say]:
    places = zip(sheet.trend.notes, _note_places(sheet), strict=True)
    return [Say(x, sheet.at(9), note.mark, "fl") for note, x in places]


def _axis_words(sheet: _Sheet) -> list[Say]:
    t = sheet.trend
    values = [Say(0, v, t.value_format(v), held="right", dx=-8) for v in sheet.scale.ticks(5)]
    foot = sheet.at(sheet.frame.height)
    return values + [Say(i + 0.5, foot, t.points[i].label, dy=15) for i in _named(sheet)]


def _line_words(sheet: _Sheet, wide: bool) -> list[Say]:
    """Write the last finished value, that the last period still runs, and what the bars count."""
    t, base = sheet.trend, sheet.at(sheet.frame.height - 2)
    said: list[Say] = []
    if any(p.n for p in t.points):
        said.append(Say(0, base, t.n_label, held="right", dx=-8, dy=0))
        said += [Say(sheet.n, base, t.n_last, held="left", dx=8, dy=0)] if wide and t.n_last else []
    values = [(i, y) for i, p in enumerate(t.points) if (y := sheet.value(p)) is not None]
    done = [(i, y) for i, y in values if not t.points[i].unfinished]
    if done:
        i, y = done[-1]
        rest = [v for j, v in values if j > i]
        below = (bool(rest) and rest[0] > y) or sheet.down(y) < sheet.top + 16
        edge = i + 1 == sheet.n
        said.append(
            Say(i + 0.5, y, t.value_format(y), "tb", "right" if edge else "center", 6 * edge, 19 if below else -9)
        )
    if wide and values and t.points[values[-1][0]].unfinished:
        said.append(Say(sheet.n, sheet.at(_beside_target(sheet, values[-1][1])), t.unfinished_label, "t0", "left", 8))
    return said


def _beside_target(sheet: _Sheet, value: float) -> float:
    """Give where words beside a value stand, in pixels from the top, clear of those of the target."""
    here = sheet.down(value)
    if sheet.trend.target is None or math.isnan(sheet.trend.target[0]):
        return here
    there = sheet.down(sheet.trend.target[0])
    if abs(here - there) >= 16:
        return here
    return there + 16 if here >= there else there - 16


def _named(sheet: _Sheet) -> list[int]:
    """Choose the periods that are named: evenly, as many as fit, and the last finished one always."""
    points = sheet.trend.points
    wide = max((letters(p.label) for p in points), default=0) + 14
    every = max(1, math.ceil(wide / (sheet.frame.width / sheet.n)))
    last = next((i for i in reversed(range(len(points))) if not points[i].unfinished), len(points) - 1)
    return [i for i, p in enumerate(points) if (i - last) % every == 0 and p.label]
