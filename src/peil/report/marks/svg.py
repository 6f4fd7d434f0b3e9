"""The pen: SVG with x in per cent and y in pixels, so that a figure is sharp and legible at any width.

Paths cannot be written in per cent. They live in a nested box of 1000 units wide that is stretched, with strokes that
do not stretch; a dot on such a path is a line without length and with round ends.
"""

import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

UNITS = 1000
"""Width of the nested box, in its own units."""

WIDTHS = (160, 240, 320, 480, 640, 860)
"""Widths of a figure in pixels at which more labels are shown; look.css has a class for each."""

LETTER = 6.8
"""Width of an average character of 12 pixels high, in pixels, on the wide side."""

Corner = tuple[float, float]

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def num(value: float, digits: int = 2) -> str:
    """Write a coordinate as short as it can be."""
    text = f"{value:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def spell(words: str) -> Markup:
    """Make words safe to stand in a drawing; characters that XML forbids are left out."""
    return escape(printable(words))


def printable(words: str) -> str:
    """Leave out the characters that XML forbids, which a label from a file may have."""
    return _FORBIDDEN.sub("", words)


def ready(drawn: str) -> Markup:
    """Hand over what was drawn here, its words already escaped, as ready for a page."""
    return Markup(drawn)  # noqa: S704


def draw(body: Iterable[str], height: float, label: str = "", css: str = "plot") -> Markup:
    """Give the figure; without a label it is hidden from readers aloud, who have the figures beside it."""
    named = f'role="img" aria-label="{spell(label)}"' if label else 'aria-hidden="true"'
    inside = "".join(body)
    return ready(f'<svg class="{css}" width="100%" height="{num(height)}" {named}>{inside}</svg>')


def fit(figure: Markup, css: str = "") -> Markup:
    """Wrap a figure so that its labels know how wide it is."""
    return ready(f'<span class="{f"fit {css}".strip()}">{figure}</span>')


def stretch(body: Iterable[str], height: float) -> str:
    """Give the nested box for paths."""
    box = f'viewBox="0 0 {UNITS} {num(height)}" width="100%" height="{num(height)}" preserveAspectRatio="none"'
    return f"<svg {box}>{''.join(body)}</svg>"


def line(start: Corner, end: Corner, css: str) -> str:
    """Draw a straight line; x in per cent, y in pixels."""
    (x1, y1), (x2, y2) = start, end
    return f'<line class="{css}" x1="{num(x1)}%" y1="{num(y1)}" x2="{num(x2)}%" y2="{num(y2)}"/>'


def circle(x: float, y: float, radius: float, css: str) -> str:
    """Draw a dot; x in per cent, y and radius in pixels."""
    return f'<circle class="{css}" cx="{num(x)}%" cy="{num(y)}" r="{num(radius)}"/>'


def rect(x: tuple[float, float], y: tuple[float, float], css: str, round_by: float = 0) -> str:
    """Draw a block; x is from and to in per cent, y is top and height in pixels."""
    corner = f' rx="{num(round_by)}"' if round_by else ""
    return (
        f'<rect class="{css}" x="{num(x[0])}%" width="{num(max(0.0, x[1] - x[0]))}%"'
        f' y="{num(y[0])}" height="{num(max(0.0, y[1]))}"{corner}/>'
    )


def text(x: float, y: float, words: str, css: str = "", held: tuple[str, float] = ("middle", 0)) -> str:
    """Write words; x in per cent, held by their start, middle or end, and moved by a number of pixels."""
    anchor, shift = held
    styled = f' class="{css}"' if css else ""
    moved = f' dx="{num(shift)}"' if shift else ""
    anchored = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text x="{num(x)}%" y="{num(y)}"{anchored}{moved}{styled}>{spell(words)}</text>'


def path(points: Sequence[Corner], css: str, closed: bool = False) -> str:
    """Draw a path in the nested box."""
    steps = "L".join(f"{num(x, 1)} {num(y, 1)}" for x, y in points)
    return f'<path class="{css}" d="M{steps}{"Z" if closed else ""}"/>'


def at_spot(x: float, y: float, body: str) -> str:
    """Draw a shape in pixels around a place that is x per cent wide and y pixels high."""
    return f'<svg x="{num(x)}%" y="{num(y)}" overflow="visible">{body}</svg>'


def hold(x: float, words: str, width: float = 300) -> str:
    """Say by which end words are held so that they do not stick out of a figure of about `width` pixels."""
    half = len(words) * LETTER / 2
    if x * width / 100 < half:
        return "start"
    return "end" if (100 - x) * width / 100 < half else "middle"


def place(labels: Sequence[tuple[float, str]], gap: float = 10) -> list[str | None]:
    """Give each label the class that shows it only where it fits beside those before it; None when it never does.

    Labels are places in per cent with their words, the most important first.
    """
    placed: list[tuple[float, str, int]] = []
    classes: list[str | None] = []
    for x, words in labels:
        fits = 0
        for width in WIDTHS:
            taken = [other for other in placed if other[2] <= width]
            if any(_touch((x, words), (other[0], other[1]), width, gap) for other in taken):
                fits = width + 1
        step = 0 if fits == 0 else next((w for w in WIDTHS if w >= fits), None)
        classes.append(None if step is None else f"w{step}" if step else "")
        if step is not None:
            placed.append((x, words, step))
    return classes


def _touch(one: tuple[float, str], other: tuple[float, str], width: float, gap: float) -> bool:
    (a1, b1), (a2, b2) = _reach(*one, width), _reach(*other, width)
    return a1 < b2 + gap and a2 < b1 + gap


def _reach(x: float, words: str, width: float) -> Corner:
    here, wide = x * width / 100, len(words) * LETTER
    start = {"start": here, "middle": here - wide / 2, "end": here - wide}[hold(x, words)]
    return start, start + wide
