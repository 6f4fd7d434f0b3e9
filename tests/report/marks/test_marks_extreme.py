"""Whatever numbers come, a figure comes out: well-formed, inside its frame, and without anything of its own."""

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import peil.report
from peil.report.marks import (
    Bin,
    GaugeMark,
    Interval,
    Link,
    Node,
    Part,
    Point,
    Scale,
    bar,
    before_after,
    dots,
    dots_axis,
    dumbbell,
    flow,
    gauge,
    histogram_cell,
    key,
    sparkline,
    stacked,
    status,
)

LOOK = Path(peil.report.__file__).parent / "style" / "look.css"

number = st.one_of(st.floats(), st.sampled_from([0.0, 1.0, 1e-300, 1e300, -1e300]))
maybe = st.one_of(st.none(), number)
judged = st.sampled_from(["good", "bad", ""])
label = st.text(max_size=12)
scale = st.builds(Scale, number, number, st.booleans())
interval = st.builds(Interval, maybe, maybe, maybe)
share = st.builds(Part, label, number, st.sampled_from(["bad", "mid", "good", "serie", "band"]), label)
node = st.builds(Node, st.sampled_from("abc"), label, label, number, judged)
link = st.builds(Link, st.sampled_from("abcd"), st.sampled_from("abcd"), number)
gauge_mark = st.builds(GaugeMark, maybe, maybe, maybe, maybe, maybe, label, label)

FIGURES: dict[str, st.SearchStrategy[str]] = {
    "gauge": st.builds(gauge, scale, gauge_mark, label),
    "dots": st.builds(dots, scale, interval, judged, maybe, maybe),
    "dots_axis": st.builds(dots_axis, scale, st.lists(st.tuples(number, label), max_size=9)),
    "before_after": st.builds(before_after, scale, interval, interval, judged, st.tuples(label, label, label)),
    "dumbbell": st.builds(dumbbell, scale, interval, interval, judged),
    "sparkline": st.builds(
        sparkline, st.lists(st.builds(Point, maybe, maybe, maybe, st.booleans()), max_size=8), maybe
    ),
    "stacked": st.builds(stacked, st.lists(share, max_size=6), label),
    "bar": st.builds(bar, number, number, label, maybe),
    "flow": st.builds(flow, st.lists(node, max_size=3), st.lists(node, max_size=3), st.lists(link, max_size=9), label),
    "histogram": st.builds(
        histogram_cell,
        scale,
        st.lists(st.builds(Bin, number, number, number), max_size=8),
        maybe,
        st.one_of(st.none(), interval),
        label,
    ),
    "status": st.builds(status, st.sampled_from(["good", "mid", "bad", "none"]), label),
    "key": st.builds(key, st.sampled_from(["now", "was", "target", "unfinished", "late", "expected", "band"]), label),
}

PLACES = ("x", "x1", "x2", "cx", "width")


def flaws(figure: str) -> list[str]:
    """Say what is wrong with a figure; well-formed is asked by reading it."""
    found: list[str] = []
    known = set(re.findall(r"\.([a-z][\w-]*)", LOOK.read_text()))
    for element in Xml.fromstring(f"<page>{figure}</page>").iter():
        named = element.get("class", "").split()
        found += [f"class {css} is not in look.css" for css in named if css not in known and css not in OWN]
        found += [f"attribute {name}" for name in element.attrib if name in ("style", "id", "href", "onload")]
        places = [element.get(p, "0%") for p in PLACES]
        found += [f"{p} beyond the frame" for p in places if p.endswith("%") and not 0 <= float(p[:-1]) <= 100]
        numbers = " ".join(v for name, v in element.attrib.items() if name not in ("aria-label", "class"))
        found += [f"{numbers} is no number" for word in ("nan", "inf", "e+") if word in numbers]
    return found


OWN = {"chart", "plot"}
"""Classes that name a thing without a rule of their own."""


@pytest.mark.slow
@pytest.mark.parametrize("name", FIGURES)
def test_no_numbers_are_too_odd_for_a_figure(name: str) -> None:
    @settings(max_examples=100, deadline=None)
    @given(FIGURES[name])
    def draw(figure: str) -> None:
        assert flaws(figure) == []

    draw()


@pytest.mark.parametrize(
    "draw",
    [
        lambda: gauge(Scale(20, 40), GaugeMark(31, 27, 35, 22, 36, "doel +36", "was +22"), "NPS"),
        lambda: dots(Scale(20, 40), Interval(31, 27, 35), "good", 30, 36),
        lambda: sparkline([Point(v, v - 1, v + 1) for v in range(13)], 6),
        lambda: stacked([Part("33%", 0.33, "bad")] * 3, "drie"),
    ],
)
def test_a_figure_is_small(draw: Callable[[], str]) -> None:
    assert len(draw()) < 1500
