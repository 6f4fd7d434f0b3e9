"""What a large figure is made of, in the values it shows; each kind becomes one layer of Vega-Lite."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any, Literal

from peil.report.marks.svg import LETTER, printable

CLASSES = (
    *("gl", "ax", "ref", "tgl", "tg", "flag", "wh", "ln open", "ln", "band", "iv"),
    *("fs", "pt", "pt good", "pt bad", "pt1", "mark", "quad", "vbar", "fb2", "late", "fd", "fm", "fp"),
    *("t0", "t1", "t2", "tb", "t1 halo", "t2 halo", "tb halo", "fl"),
)
"""The classes of look.css a figure may use; "t0" is plain small text."""

INK = {css: f"#fe00{i:02x}" for i, css in enumerate(CLASSES)}
"""The colour that stands for each class between here and the drawing: one that nobody uses."""

Layer = dict[str, Any]
Held = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line from one place to another."""

    x: float
    y: float
    x2: float
    y2: float
    css: str


@dataclass(frozen=True, slots=True)
class Block:
    """A filled rectangle between two corners."""

    x: float
    y: float
    x2: float
    y2: float
    css: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A disc with its radius in pixels."""

    x: float
    y: float
    radius: float
    css: str


@dataclass(frozen=True, slots=True)
class Say:
    """Words at a place, held by an end, moved by pixels; `dy` 4 sets them level with the place."""

    x: float
    y: float
    words: str
    css: str = "t0"
    held: Held = "center"
    dx: float = 0
    dy: float = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line through places, broken where y is None."""

    places: Sequence[tuple[float, float | None]]
    css: str = "ln"


@dataclass(frozen=True, slots=True)
class Area:
    """A band between two heights at each place, broken where they are None."""

    places: Sequence[tuple[float, float | None, float | None]]
    css: str = "band"


Shape = Stroke | Block | Spot | Say | Line | Area


@dataclass(frozen=True, slots=True)
class Plane:
    """What x and y stand for across the whole plot: from left to right, and from bottom to top."""

    x: tuple[float, float]
    y: tuple[float, float]

    def layers(self, *groups: Sequence[Shape]) -> list[Layer]:
        """Give a layer for each group of shapes of one kind, in the order in which they are drawn."""
        return [self._layer(group) for group in groups if group]

    def _layer(self, group: Sequence[Shape]) -> Layer:
        match group[0]:
            case Line(places=places, css=css):
                rows: list[Layer] = [{"x": x, "y": y} for x, y in places]
                return self._path(rows, {"type": "line", "stroke": INK[css]})
            case Area(places=edges, css=css):
                rows = [{"x": x, "y": y, "y2": y2} for x, y, y2 in edges]
                return self._path(rows, {"type": "area", "fill": INK[css]})
            case Stroke():
                return self._marks(group, {"type": "rule"}, "stroke")
            case Block():
                return self._marks(group, {"type": "rect"}, "fill")
            case Spot():
                return self._marks(group, {"type": "point", "strokeWidth": 0}, "fill")
            case Say():
                held = {"align": {"expr": "datum.held"}, "dx": {"expr": "datum.dx"}, "dy": {"expr": "datum.dy"}}
                return self._marks(group, {"type": "text", **held}, "fill")

    def _path(self, rows: Sequence[Layer], mark: Layer) -> Layer:
        mark |= {"invalid": "break-paths-show-path-domains"}
        return {"data": {"values": rows}, "mark": mark, "encoding": self._channels(rows[0])}

    def _marks(self, group: Sequence[Shape], mark: Layer, painted: str) -> Layer:
        rows = [_row(shape) for shape in group]
        channels = self._channels(rows[0])
        channels[painted] = {"field": "ink", "type": "nominal", "scale": None}
        return {"data": {"values": rows}, "mark": mark, "encoding": channels}

    def _channels(self, row: Layer) -> Layer:
        channels: Layer = {"x": _channel("x", self.x), "y": _channel("y", self.y)}
        channels |= {name: {"field": name} for name in ("x2", "y2") if name in row}
        if "words" in row:
            channels["text"] = {"field": "words", "type": "nominal"}
        if "size" in row:
            channels["size"] = {"field": "size", "type": "quantitative", "scale": None}
        return channels


def letters(words: str) -> float:
    """Give about how many pixels wide words of 12 pixels high are."""
    return len(words) * LETTER


def spread(places: Sequence[float], apart: float) -> list[float]:
    """Move places in pixels aside, as little as keeps them about this far apart, in their order."""
    order = sorted(range(len(places)), key=lambda i: places[i])
    moved = list(places)
    for _ in range(40):
        for a, b in pairwise(order):
            short = apart - (moved[b] - moved[a])
            if short > 0.01:
                moved[a], moved[b] = moved[a] - short / 2, moved[b] + short / 2
    return moved


def _row(shape: Shape) -> Layer:
    """Give a shape as a row of data; what XML forbids is left out of its words, so that no label can stop a figure."""
    row = asdict(shape)
    row["ink"] = INK[row.pop("css")]
    if "words" in row:
        row["words"] = printable(row["words"])
    if "radius" in row:
        row["size"] = 3.141593 * row.pop("radius") ** 2
    return row


def _channel(field: str, domain: tuple[float, float]) -> Layer:
    scale = {"domain": list(domain), "nice": False, "zero": False}
    return {"field": field, "type": "quantitative", "axis": None, "scale": scale}
