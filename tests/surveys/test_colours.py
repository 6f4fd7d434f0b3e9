"""Contrast by numbers from elsewhere, and no own colour that can't be read."""

from __future__ import annotations

import itertools

import pytest

from peil.core.errors import BadQuery
from peil.surveys.colours import DARK_PAPER, PAPER, check_colour, contrast, on_dark, on_light


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [  # WebAIM's contrast checker
        ("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#767676", "#ffffff", 4.54),
        ("#0000ff", "#ffffff", 8.59), ("#ff0000", "#ffffff", 4.0), ("#336699", "#ffffff", 6.0),
    ],
)  # fmt: skip
def test_contrast_is_as_others_count_it(one: str, other: str, expected: float) -> None:
    assert contrast(one, other) == pytest.approx(expected, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize("colour", ["#ff0000", "#777777", "#ffff00", "red", "#fff", "", "#12345g", "#1234567"])
def test_a_colour_that_cannot_be_read_is_refused(colour: str) -> None:
    with pytest.raises(BadQuery):
        check_colour(colour)


def test_a_good_colour_is_taken() -> None:
    assert check_colour("#14508C") == "#14508c"


def test_every_colour_can_be_read_on_light_and_dark_pages() -> None:
    for parts in itertools.product(range(0, 256, 51), repeat=3):
        colour = "#{:02x}{:02x}{:02x}".format(*parts)
        for shown, paper in ((on_light(colour), PAPER), (on_dark(colour), DARK_PAPER)):
            assert contrast(shown.colour, shown.on_it) >= 4.5, (colour, shown)
            assert contrast(shown.colour, paper) >= 4.5, (colour, shown)
