"""A judgement as a shape with its word, and the small drawings that explain a figure in its key."""

from typing import Literal

from markupsafe import Markup

from peil.report.marks.svg import ready, spell

Judged = Literal["good", "bad", ""]
"""Whether a difference or a target was judged: better, worse, or not to be told from chance."""

StatusKind = Literal["good", "mid", "bad", "none"]
KeyKind = Literal["now", "was", "target", "unfinished", "late", "in_time", "expected", "perceived", "count", "band"]

_SHAPES: dict[str, str] = {
    "good": '<circle cx="5" cy="5" r="4.5" class="fp"/>',
    "mid": '<circle cx="5" cy="5" r="4" class="ring"/><path d="M5 1a4 4 0 0 0 0 8z" class="fm"/>',
    "bad": '<circle cx="5" cy="5" r="4" class="ring bad"/>',
    "none": '<circle cx="5" cy="5" r="4" class="ring few"/>',
}

_KEYS: dict[str, tuple[int, str]] = {
    "now": (34, '<path class="iv" d="M5 7H29"/><circle class="pt" cx="17" cy="7" r="5"/>'),
    "was": (10, '<circle class="pt0" cx="5" cy="7" r="3.5"/>'),
    "target": (4, '<path class="tg" d="M2 0V14"/>'),
    "unfinished": (26, '<path class="ln open" d="M2 7H16"/><circle class="pt1" cx="21" cy="7" r="3"/>'),
    "late": (12, '<rect class="late" y="2" width="12" height="10" rx="2"/>'),
    "in_time": (12, '<rect class="fb2" y="2" width="12" height="10" rx="2"/>'),
    "expected": (12, '<circle class="pt1" cx="6" cy="7" r="5"/>'),
    "perceived": (12, '<circle class="pt" cx="6" cy="7" r="5.5"/>'),
    "count": (12, '<rect class="vbar" y="2" width="12" height="10"/>'),
    "band": (20, '<rect class="band" y="1" width="20" height="12"/><path class="ln" d="M0 7H20"/>'),
}


def status(kind: StatusKind, words: str) -> Markup:
    """Give a judgement: filled is reached, half is around, a ring is missed, a dotted ring is no judgement."""
    return ready(f'<span class="status">{shape(kind)}{spell(words)}</span>')


def shape(kind: StatusKind) -> Markup:
    """Give only the shape of a judgement, for where its word stands elsewhere."""
    return ready(f'<svg viewBox="0 0 10 10" aria-hidden="true">{_SHAPES[kind]}</svg>')


def key(kind: KeyKind, words: str) -> Markup:
    """Give one part of a figure's key: the drawing as it is in the figure, and what it means."""
    width, drawing = _KEYS[kind]
    figure = f'<svg width="{width}" height="14" aria-hidden="true">{drawing}</svg>'
    return ready(f"<span>{figure}{spell(words)}</span>")
