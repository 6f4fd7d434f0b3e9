"""Where people came for and where they ended: two columns with bands between them."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from peil.report.marks.shares import amount
from peil.report.marks.status import Judged
from peil.report.marks.svg import UNITS, at_spot, draw, num, ready, stretch, text

ROOM = 34.0
"""Least height in pixels from the top of one node to the top of the next: two lines of words."""

SPACE = 24.0
"""Height in pixels between two nodes."""


@dataclass(frozen=True, slots=True)
class Node:
    """One end of the flow: its key, its name, the figures under it, and how much went through it."""

    key: str
    label: str
    detail: str
    amount: float
    judged: Judged = ""


@dataclass(frozen=True, slots=True)
class Link:
    """How much went from a node on the left to a node on the right."""

    source: str
    target: str
    amount: float


@dataclass(frozen=True, slots=True)
class _Block:
    node: Node
    top: float
    height: float

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


@dataclass(frozen=True, slots=True)
class _Shape:
    """Where the columns stand and the words are, in per cent of the width."""

    left: float
    right: float
    outside: bool


def flow(left: Sequence[Node], right: Sequence[Node], links: Sequence[Link], label: str) -> Markup:
    """Draw what went from left to right; bands have the colour of where they end. A wide and a narrow drawing."""
    wide = _drawing((left, right), links, _Shape(24, 76, outside=True), label)
    narrow = _drawing((left, right), links, _Shape(0, 100, outside=False), label)
    return ready(f'<span class="fit chart"><span class="wide">{wide}</span><span class="narrow">{narrow}</span></span>')


def _drawing(sides: tuple[Sequence[Node], Sequence[Node]], links: Sequence[Link], shape: _Shape, label: str) -> Markup:
    through = [_totals(nodes, links, at) for at, nodes in enumerate(sides)]
    most = max(sum(t.values()) for t in through) or 1.0
    height = 60.0 * max(3, *(len(nodes) for nodes in sides))
    above = 4.0 if shape.outside else ROOM + 2
    space = SPACE if shape.outside else ROOM + 8
    gaps = space * max(0, *(len(nodes) - 1 for nodes in sides))
    scale = max(0.0, height - gaps) / most
    columns = [_stack(nodes, totals, scale, (above, space)) for nodes, totals in zip(sides, through, strict=True)]
    bottom = max((b.top + max(b.height, 0 if not shape.outside else ROOM) for c in columns for b in c), default=40.0)
    bands = _bands(columns, links, scale, shape)
    blocks = [_block(b, shape, at) for at, column in enumerate(columns) for b in column]
    words = [_words(b, shape, at) for at, column in enumerate(columns) for b in column]
    return draw([stretch(bands, bottom + 4), *blocks, *words], bottom + 4, label)


def _totals(nodes: Sequence[Node], links: Sequence[Link], at: int) -> dict[str, float]:
    """Give each node what went through it: its own amount, or its links when they are more."""
    totals: dict[str, float] = {}
    for node in nodes:
        own = sum(amount(k.amount) for k in links if (k.source, k.target)[at] == node.key)
        totals[node.key] = max(amount(node.amount), own)
    return totals


def _stack(nodes: Sequence[Node], totals: dict[str, float], scale: float, rhythm: tuple[float, float]) -> list[_Block]:
    top, space = rhythm
    column: list[_Block] = []
    for node in nodes:
        height = max(2.0, totals[node.key] * scale)
        column.append(_Block(node, top, height))
        top += max(height + space, ROOM + 6)
    return column


def _bands(columns: Sequence[Sequence[_Block]], links: Sequence[Link], scale: float, shape: _Shape) -> list[str]:
    starts, ends = ({b.node.key: b for b in column} for column in columns)
    used_left = {key: b.top for key, b in starts.items()}
    used_right = {key: b.top for key, b in ends.items()}
    order = [{b.node.key: i for i, b in enumerate(column)} for column in columns]
    drawn: list[str] = []
    known = [k for k in links if k.source in starts and k.target in ends and amount(k.amount)]
    x1, x2 = shape.left * UNITS / 100, shape.right * UNITS / 100
    for link in sorted(known, key=lambda k: (order[0][k.source], order[1][k.target])):
        wide = amount(link.amount) * scale
        a, b = used_left[link.source], used_right[link.target]
        drawn.append(_band((x1, x2), (a, b), wide, ends[link.target].node.judged))
        used_left[link.source] += wide
        used_right[link.target] += wide
    return drawn


def _band(x: tuple[float, float], y: tuple[float, float], wide: float, judged: Judged) -> str:
    (x1, x2), (a, b) = x, y
    half = (x1 + x2) / 2
    there = f"M{x1:.0f} {a:.1f}C{half:.0f} {a:.1f} {half:.0f} {b:.1f} {x2:.0f} {b:.1f}v{wide:.1f}"
    back = f"C{half:.0f} {b + wide:.1f} {half:.0f} {a + wide:.1f} {x1:.0f} {a + wide:.1f}Z"
    return f'<path class="{f"flow {judged}".strip()}" d="{there}{back}"/>'


def _block(block: _Block, shape: _Shape, at: int) -> str:
    fill = "fs" if at == 0 else {"good": "fp", "bad": "fd"}.get(block.node.judged, "fm")
    x, back = (shape.left, 0) if at == 0 else (shape.right, -7)
    return at_spot(x, block.top, f'<path class="{fill}" d="M{back} 0h7v{num(block.height, 1)}h-7Z"/>')


def _words(block: _Block, shape: _Shape, at: int) -> str:
    if shape.outside:
        x, held = ((shape.left, ("end", -9.0)), (shape.right, ("start", 9.0)))[at]
        name, detail = block.middle - 2, block.middle + 14
    else:
        x, held = ((0.0, ("start", 0.0)), (100.0, ("end", 0.0)))[at]
        name, detail = block.top - 20, block.top - 5
    halo = "" if shape.outside else " halo"
    written = text(x, name, block.node.label, f"tb{halo}", held)
    return written + text(x, detail, block.node.detail, halo.strip(), held)
