"""From layers of Vega-Lite to a small SVG whose colours, lines and letters are those of `look.css`.

Each colour stands for a class of the stylesheet; in the drawing it becomes `class="..."`. What the class says already
is left out, and so are the groups and the texts that Vega adds for its own readers aloud: the page says what a figure
shows in one sentence.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as Xml

import vl_convert
from markupsafe import Markup

from peil.core.errors import Bug
from peil.report.charts.shapes import INK, Layer
from peil.report.marks.svg import num, ready, spell

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
"""Says to the renderer which Vega-Lite this is; nothing is fetched."""

CONFIG = {"view": {"stroke": None}, "aria": False, "text": {"baseline": "alphabetic", "fontSize": 12}}

_CLASS_OF = {colour: css for css, colour in INK.items()}
_NUMBER = re.compile(r"-?\d*\.?\d+(?:e-?\d+)?")
_STEP = re.compile(r"([MLCHVZhvz])([^MLCHVZhvz]*)")
_MOVE = re.compile(r"translate\(([^,]+),([^)]+)\)")
_DISC = re.compile(r"^M([\d.]+),0A")
_SVG = "{http://www.w3.org/2000/svg}"

Offset = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """The room of a drawing in pixels: the plot, and what stays free left, right, above and below it."""

    width: float
    height: float
    left: float
    right: float
    above: float = 4
    below: float = 22

    @property
    def outer(self) -> tuple[float, float]:
        """Width and height of the whole drawing."""
        return self.left + self.width + self.right, self.above + self.height + self.below


@dataclass(frozen=True, slots=True)
class _Piece:
    """One thing to draw: its attributes and path, which joins with neighbours alike, or a whole element."""

    attributes: str = ""
    path: str = ""
    element: str = ""


def both(wide: Markup, narrow: Markup, size: str = "") -> Markup:
    """Give a wide and a narrow drawing, of which the page shows the one that fits; "half" is for half a page."""
    shown = (
        f'<span class="{f"wide {size}".strip()}">{wide}</span><span class="{f"narrow {size}".strip()}">{narrow}</span>'
    )
    return ready(f'<span class="fit chart">{shown}</span>')


def render(layers: Iterable[Layer], frame: Frame, label: str) -> Markup:
    """Draw layers on top of each other as one SVG that scales to the width it gets.

    Raises Bug when a colour came out that no class stands for.
    """
    drawn = Xml.fromstring(vl_convert.vegalite_to_svg(specify(layers, frame)))  # noqa: S314 (made here)
    inside = "".join(_joined(_pieces(drawn, (0.0, 0.0))))
    wide, high = frame.outer
    box = f'viewBox="0 0 {num(wide)} {num(high)}"'
    return ready(f'<svg class="vl" {box} role="img" aria-label="{spell(label)}">{inside}</svg>')


def specify(layers: Iterable[Layer], frame: Frame) -> Layer:
    """Give the whole chart in Vega-Lite."""
    spec: Layer = {"$schema": SCHEMA, "layer": list(layers), "background": "transparent", "config": CONFIG}
    spec |= {"width": frame.width, "height": frame.height, "autosize": {"type": "none"}}
    spec["padding"] = {"left": frame.left, "right": frame.right, "top": frame.above, "bottom": frame.below}
    return spec


def _pieces(node: Xml.Element, offset: Offset) -> Iterator[_Piece]:
    """Walk the drawing, adding up the moves of its groups."""
    x, y = offset
    for dx, dy in _MOVE.findall(node.get("transform", "")):
        x, y = x + float(dx), y + float(dy)
    if node.tag in (f"{_SVG}svg", f"{_SVG}g"):
        for child in node:
            yield from _pieces(child, (x, y))
    elif (css := _css(node)) is not None:
        yield _piece(node, (x, y), f' class="{css}"' if css != "t0" else "")


def _piece(node: Xml.Element, at: Offset, named: str) -> _Piece:
    x, y = at
    place = f'x="{num(x, 1)}" y="{num(y, 1)}"'
    if node.tag == f"{_SVG}text":
        anchor = node.get("text-anchor", "start")
        held = "" if anchor == "start" else f' text-anchor="{anchor}"'
        return _Piece(element=f"<text{named} {place}{held}>{spell(''.join(node.itertext()))}</text>")
    if node.tag == f"{_SVG}line":
        x2, y2 = x + float(node.get("x2", 0)), y + float(node.get("y2", 0))
        return _Piece(named, f"M{num(x, 1)} {num(y, 1)}L{num(x2, 1)} {num(y2, 1)}")
    d = node.get("d", "")
    if disc := _DISC.match(d):
        return _Piece(element=f'<circle{named} c{place.replace(" y", " cy")} r="{num(float(disc[1]), 1)}"/>')
    return _Piece(named, _shifted(d, at))


def _joined(pieces: Iterable[_Piece]) -> Iterator[str]:
    """Draw neighbours of one class as one path."""
    held, steps = "", ""
    for piece in pieces:
        if steps and (piece.element or piece.attributes != held):
            yield f'<path{held} d="{steps}"/>'
            steps = ""
        held, steps = piece.attributes, steps + piece.path
        yield piece.element
    if steps:
        yield f'<path{held} d="{steps}"/>'


def _css(node: Xml.Element) -> str | None:
    """Give the class a thing's colour stands for; None for what is not seen."""
    seen = [c for c in (node.get("fill"), node.get("stroke")) if c not in (None, "none", "transparent")]
    if not seen or node.get("display") == "none" or not (node.get("d", "-") or node.text):
        return None
    if seen[0] not in _CLASS_OF:
        raise Bug(f"a figure has the colour {seen[0]}, which stands for no class of look.css")
    return _CLASS_OF[str(seen[0])]


def _shifted(d: str, offset: Offset) -> str:
    """Move a path and round it; Vega writes M, L, C, H and V absolute, h and v relative."""
    moved: list[str] = []
    for command, numbers in _STEP.findall(d):
        values = [float(v) for v in _NUMBER.findall(numbers)]
        if command in "MLC":
            values = [v + offset[i % 2] for i, v in enumerate(values)]
        elif command in "HV":
            values = [v + offset["HV".index(command)] for v in values]
        moved.append(command + " ".join(num(v, 1) for v in values).replace(" -", "-"))
    return "".join(moved)
