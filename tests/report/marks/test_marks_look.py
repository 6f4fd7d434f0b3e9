"""The stylesheet of a report: its contrast, its size, and that it fetches nothing."""

import re
from pathlib import Path

import pytest

import peil.report

CSS = (Path(peil.report.__file__).parent / "style" / "look.css").read_text()
SURFACES = ("bg", "panel", "sunk")
WORDS = ("ink", "ink-2", "ink-3", "good-t", "bad-t")
SHAPES = ("serie", "band-2", "good", "good-2", "bad", "bad-2", "mid", "ctrl")


def tokens(theme: str) -> dict[str, str]:
    """Give the colour of each token in a theme."""
    fixed = dict(re.findall(r"--([\w-]+):(#[0-9a-f]{3,6})[;}]", CSS))
    both = re.findall(r"--([\w-]+):light-dark\((#[0-9a-f]{3,6}),(#[0-9a-f]{3,6})\)", CSS)
    return fixed | {name: light if theme == "light" else dark for name, light, dark in both}


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(c * 2 for c in digits) if len(digits) == 3 else digits
    linear = []
    for i in (0, 2, 4):
        v = int(digits[i : i + 2], 16) / 255
        linear.append(v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4)
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Give the contrast of WCAG 2.2 between two colours."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("surface", SURFACES)
def test_words_and_shapes_stand_out_from_every_surface(theme: str, surface: str) -> None:
    t = tokens(theme)
    faint = {word: contrast(t[word], t[surface]) for word in WORDS if contrast(t[word], t[surface]) < 4.5}
    vague = {shape: contrast(t[shape], t[surface]) for shape in SHAPES if contrast(t[shape], t[surface]) < 3}
    assert (faint, vague) == ({}, {})


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("words", "fill"),
    [
        *[("on", "good"), ("on", "serie"), ("on-mid", "bad"), ("on-mid", "mid"), ("on-band", "band-2")],
        *[("good-t", "good-bg"), ("bad-t", "bad-bg"), ("ink", "mid-bg"), ("ink-2", "sunk")],
        *[("ink", "good-3"), ("ink", "bad-3"), ("ink", "band"), ("ink-2", "band")],
    ],
)
def test_words_stand_out_from_what_they_are_written_on(theme: str, words: str, fill: str) -> None:
    t = tokens(theme)
    assert contrast(t[words], t[fill]) >= 4.5


def test_browsers_without_light_dark_get_the_light_colours() -> None:
    plain = dict(re.findall(r"--([\w-]+):(#[0-9a-f]{3,6})[;}]", CSS.split("@supports")[0]))
    light = {name: colour for name, colour in tokens("light").items() if f"--{name}:light-dark" in CSS}
    assert {name: plain.get(name) for name in light} == light


def test_the_stylesheet_is_small_and_fetches_nothing() -> None:
    assert len(CSS.encode()) < 22_000
    assert not re.search(r"url\(|@import|@font-face|https?:", CSS)
    assert CSS.count("{") == CSS.count("}")


@pytest.mark.parametrize("reader", ["prefers-reduced-motion", "prefers-contrast:more", "forced-colors:active", "print"])
def test_the_wishes_of_readers_are_heard(reader: str) -> None:
    assert f"@media({reader}" in CSS or f"@media {reader}" in CSS


def test_every_token_that_is_used_exists() -> None:
    defined = set(re.findall(r"--([\w-]+):", CSS))
    assert set(re.findall(r"var\(--([\w-]+)", CSS)) <= defined
