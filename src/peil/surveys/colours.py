"""Colours that can be read: contrast as WCAG 2.2 counts it, and what an own colour becomes on a light and a dark page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from peil.core.errors import BadQuery

ENOUGH = 4.5  # of text on its ground: WCAG 2.2, success criterion 1.4.3
INK, PAPER = "#14181b", "#ffffff"
DARK_INK, DARK_PAPER = "#e9edef", "#161b1f"
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_GREY = 24  # a colour whose parts differ less has no hue to speak of


@dataclass(frozen=True, slots=True)
class Shown:
    """An own colour as a ground or a text, and the text that stands on it."""

    colour: str
    on_it: str


def contrast(one: str, other: str) -> float:
    """The contrast of two colours written as #rrggbb, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def check_colour(colour: str) -> str:
    """An own colour in small letters. Refuses what is none, and one on which white text can't be read."""
    if not _COLOUR.fullmatch(colour):
        raise BadQuery("This is no colour.", "Write it like #14508c: a # and six figures or letters from a to f.")
    found = contrast(colour, PAPER)
    if found < ENOUGH:
        raise BadQuery(
            f"White text can't be read on this colour: its contrast is {found:.1f}, and {ENOUGH} is needed.",
            "Take a darker one.",
        )
    return colour.lower()


def on_light(colour: str) -> Shown:
    """As it is on a light page; one that can't be read there becomes ink."""
    return (
        Shown(colour, PAPER) if _COLOUR.fullmatch(colour) and contrast(colour, PAPER) >= ENOUGH else Shown(INK, PAPER)
    )


def on_dark(colour: str) -> Shown:
    """The same colour made lighter, until it can be read on a dark page; without a hue it becomes the ink of such a page."""
    red, green, blue = _parts(on_light(colour).colour)
    if max(red, green, blue) - min(red, green, blue) < _GREY:
        return Shown(DARK_INK, INK)
    for tenth in range(0, 101, 5):
        mixed = tuple(round(part + (255 - part) * tenth / 100) for part in (red, green, blue))
        found = "#{:02x}{:02x}{:02x}".format(*mixed)
        if contrast(found, DARK_PAPER) >= ENOUGH + 1 and contrast(found, INK) >= ENOUGH:
            return Shown(found, INK)
    return Shown(DARK_INK, INK)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    """Relative luminance of sRGB."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (p / 255 for p in _parts(colour))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
