"""Numbers as people of a language write them."""

from datetime import date

import pytest

from peil.report.words.numbers import bare, day, duration, figure, number, printable


@pytest.mark.parametrize(
    ("value", "unit", "english", "dutch"),
    [
        (39.84, "points", "+39.8", "+39,8"),
        (-12.06, "points", "-12.1", "-12,1"),
        (0.0, "points", "0.0", "0,0"),
        (-0.04, "points", "0.0", "0,0"),
        (81.333, "percent", "81.3 %", "81,3 %"),
        (100, "percent", "100.0 %", "100,0 %"),
        (4.1333, "score", "4.13", "4,13"),
        (67.37, "seconds", "67.4 s", "67,4 s"),
        (227.1, "seconds", "3 min 47 s", "3 min 47 s"),
        (11520, "seconds", "3 h 12 min", "3 u 12 min"),
        (604800, "seconds", "7 d 0 h", "7 d 0 u"),
        (12.34, "minutes", "12.3 min", "12,3 min"),
        (1234.5, "euro", "€ 1,234.50", "€ 1.234,50"),
        (3.25, "years", "3.2 years", "3,2 jaar"),
        (2.5, "percentage points", "2.5 percentage points", "2,5 procentpunt"),
        (18.74, "per_100", "18.7", "18,7"),
    ],
)
def test_a_value_with_its_unit(value: float, unit: str, english: str, dutch: str) -> None:
    assert figure(value, unit, "en") == english
    assert figure(value, unit, "nl") == dutch


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0.0 s"),
        (119.9, "119.9 s"),
        (119.97, "2 min 0 s"),
        (7199.7, "2 h 0 min"),
        (172_799, "2 d 0 h"),
        (-90, "-90.0 s"),
    ],
)
def test_a_duration_carries_over_whole_units(seconds: float, text: str) -> None:
    assert duration(seconds, "en") == text


def test_differences_carry_their_sign() -> None:
    assert figure(3.2, "percentage points", "en", signed=True) == "+3.2 percentage points"
    assert duration(90, "en", signed=True) == "+90.0 s"
    assert bare(0.5, "score", "nl", signed=True) == "+0,50"
    assert number(2746, 0, "nl") == "2.746"


def test_days() -> None:
    assert day(date(2026, 3, 1), "nl") == "01-03-2026"
    assert day(date(2026, 3, 1), "en") == "2026-03-01"


def test_text_from_a_file_gives_the_terminal_no_orders() -> None:
    assert printable("Zuid\x1b[2J\x07\r\nOost") == "Zuid [2J   Oost"
    assert printable("Één ✓ — 高") == "Één ✓ — 高"
