"""Whatever numbers come, a large figure comes out, inside its frame."""

import re
from xml.etree import ElementTree as Xml

from hypothesis import given, settings
from hypothesis import strategies as st

from peil.report.charts import (
    Column,
    Distribution,
    Note,
    Quadrant,
    QuadrantPoint,
    Trend,
    TrendPoint,
    distribution,
    quadrant,
    trend,
)
from peil.report.marks import Interval, Scale

number = st.one_of(st.none(), st.floats(), st.sampled_from([0.0, 1e300, -1e300]))
point = st.builds(TrendPoint, st.text(max_size=5), number, number, number, st.integers(-3, 10**12), st.booleans())
interval = st.builds(Interval, number, number, number)


@settings(max_examples=20, deadline=None)
@given(st.lists(point, max_size=6), st.floats(), st.lists(st.builds(Note, st.floats(), st.just("1")), max_size=3))
def test_no_periods_are_too_odd_for_a_trend(points: list[TrendPoint], target: float, notes: list[Note]) -> None:
    assert not flaws(trend(Trend(points, lambda v: f"{v:.3g}", "Vreemd", (target, "doel"), notes)))


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.builds(QuadrantPoint, st.text(max_size=9), interval, interval), max_size=4),
    st.tuples(st.floats(), st.floats()),
)
def test_no_drivers_are_too_odd_for_a_quadrant(points: list[QuadrantPoint], middle: tuple[float, float]) -> None:
    odd = Quadrant(points, middle, ("a", "b", "c", "d"), ("x", "y"), (str, str), "Vreemd")
    assert not flaws(quadrant(odd))


column = st.builds(Column, st.floats(), st.floats(), st.floats(), st.text(max_size=4))


@settings(max_examples=20, deadline=None)
@given(st.lists(column, max_size=5), st.builds(Scale, st.floats(), st.floats(), st.booleans()), st.floats(), interval)
def test_no_columns_are_too_odd_for_a_distribution(
    columns: list[Column], scale: Scale, target: float, median: Interval
) -> None:
    assert not flaws(distribution(Distribution(columns, scale, [(target, "x")], "Vreemd", (target, "doel"), median)))


def flaws(figure: str) -> list[str]:
    """Say what lies outside its drawing, or is no number."""
    found = []
    for drawing in Xml.fromstring(figure).iter("svg"):
        wide, high = (float(v) for v in drawing.get("viewBox", "").split()[2:])
        for e in drawing:
            numbers = " ".join(v for name, v in e.attrib.items() if name not in ("class", "text-anchor"))
            found += [numbers] if re.search(r"nan|inf|e\+", numbers, re.I) else []
            x, y = float(e.get("x", e.get("cx", 0))), float(e.get("y", e.get("cy", 0)))
            found += [f"{e.tag} at {x}, {y}"] if not (-30 <= x <= wide + 30 and -30 <= y <= high + 30) else []
    return found
