"""Parts of a whole: a bar in parts, and a small bar in a table."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from peil.report.marks.svg import LETTER, WIDTHS, draw, fit, line, rect, text

PartKind = Literal["bad", "mid", "good", "serie", "band"]
FILLS: dict[PartKind, str] = {"bad": "fd", "mid": "fm", "good": "fp", "serie": "fs", "band": "fb2"}
_WORDS: dict[PartKind, str] = {"bad": "ond", "mid": "ond", "good": "on", "serie": "on", "band": "onb"}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a whole: the words in it, its share, what it is, and shorter words for where they do not fit."""

    label: str
    share: float
    kind: PartKind
    short: str = ""


def stacked(parts: Sequence[Part], label: str) -> Markup:
    """Draw parts of a whole beside each other, filling the width; a part's words are shown where they fit in it."""
    shares = [amount(p.share) for p in parts]
    whole = sum(shares)
    if not whole:
        return fit(draw([line((0, 15), (100, 15), "gl few")], 30, label))
    body: list[str] = []
    start = 0.0
    for part, share in zip(parts, shares, strict=True):
        width = 100 * share / whole
        if share:
            body.append(rect((start, start + width), (0, 30), f"part {FILLS[part.kind]}", 3))
            body.append(_words_in(part, (start, width)))
        start += width
    return fit(draw(body, 30, label))


def bar(share: float, whole: float, label: str = "", was: float | None = None) -> Markup:
    """Draw a small bar from 0, as wide as its share of `whole`, its words behind it; a thin one for before."""
    most = amount(whole) or 1.0
    width = min(100.0, 100 * amount(share) / most)
    body = [rect((0, width), (10, 10) if was is None else (7, 10), "fs" if was is not None else "fb2", 1)]
    if was is not None:
        body.append(rect((0, min(100.0, 100 * amount(was) / most)), (19, 4), "fb2", 1))
    if label:
        body.append(text(width, 19 if was is None else 16, label, "t2", ("start", 7)))
    return fit(draw(body, 30), "after" if label else "")


def amount(value: float) -> float:
    """Read a number as something that can be drawn: what is unknown, infinite, below zero or next to it is nothing."""
    return min(value, 1e15) if math.isfinite(value) and value > 1e-12 else 0.0


def _words_in(part: Part, place: tuple[float, float]) -> str:
    start, width = place
    held, css = ("start", 9.0), _WORDS[part.kind]
    full, short = _needed(part.label, width), _needed(part.short, width)
    written = text(start, 19, part.label, css + _from(full), held) if part.label and full else ""
    if part.short and short and short != full:
        until = f" x{full}" if full else ""
        written += text(start, 19, part.short, css + _from(short) + until, held)
    return written


def _needed(words: str, width: float) -> int | None:
    """Give how wide the whole bar must be for words to fit in a part of so many per cent."""
    pixels = (len(words) * LETTER * 1.08 + 18) * 100 / width
    return next((w for w in WIDTHS if w >= pixels), None)


def _from(width: int) -> str:
    return f" w{width}" if width > WIDTHS[0] else ""
