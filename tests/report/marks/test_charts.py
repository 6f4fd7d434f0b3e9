"""The large figures: what Vega-Lite drew is in place, in the classes of the stylesheet, and small."""

import math
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as Xml

import altair as alt
import pytest

import peil.report
from peil.core.errors import Bug
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
from peil.report.charts.shapes import CLASSES, Area, Block, Line, Plane, Say, Spot, Stroke, spread
from peil.report.charts.vega import Frame, render, specify
from peil.report.marks import Interval, Scale

LOOK = (Path(peil.report.__file__).parent / "style" / "look.css").read_text()


def percent(value: float) -> str:
    return f"{value:.0f}%"


def year(weeks: int = 53) -> Trend:
    points = [
        TrendPoint(
            f"wk {i}",
            70 + 8 * math.sin(i / 3),
            62 + 8 * math.sin(i / 3),
            78 + 8 * math.sin(i / 3),
            100 + i,
            i + 1 == weeks,
        )
        for i in range(weeks)
    ]
    return Trend(
        points, percent, "Een jaar", (75, "doel 75%"), [Note(10.5, "1"), Note(10.7, "2")], "n", "n 152", "loopt nog"
    )


def drivers(names: list[str]) -> Quadrant:
    points = [
        QuadrantPoint(
            name,
            Interval(5 + 3 * i, 3 + 3 * i, 7 + 3 * i),
            Interval(60 + 4 * (i * 3 % 8), 58, 95),
            "bad" if i > 6 else "",
        )
        for i, name in enumerate(names)
    ]
    quarters = ("Eerst verbeteren", "Vasthouden", "Later", "Laten zo")
    return Quadrant(points, (77, 12.5), quarters, ("Prestatie", "Belang"), (percent, percent), "Drijfveren")


def scores() -> Distribution:
    shares = [2, 1, 1, 2, 2, 5, 6, 13, 22, 26, 20]
    columns = [Column(i - 0.5, i + 0.5, share / 100, f"{share}%", "mid") for i, share in enumerate(shares)]
    return Distribution(columns, Scale(-0.5, 10.5), [(i, str(i)) for i in range(11)], "Verdeling")


def times() -> Distribution:
    columns = [Column(2.0**k, 2.0 ** (k + 1), 0.05) for k in range(20)]
    scale = Scale(1, 2.0**20, log=True)
    ticks = [(t, f"{t:.0f} s") for t in scale.ticks(6)]
    return Distribution(columns, scale, ticks, "Tijden", (1024, "doel"), Interval(1024, 900, 1100))


FIGURES: dict[str, Callable[[], str]] = {
    "trend": lambda: trend(year()),
    "quadrant": lambda: quadrant(drivers([f"Drijfveer nummer {i}" for i in range(8)])),
    "scores": lambda: distribution(scores()),
    "times": lambda: distribution(times()),
}


def drawings(figure: str) -> list[Xml.Element]:
    """Give the wide and the narrow drawing."""
    return list(Xml.fromstring(figure).iter("svg"))


def parts(drawing: Xml.Element, css: str) -> list[Xml.Element]:
    return [e for e in drawing.iter() if e.get("class") == css]


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_two_small_drawings_with_nothing_of_their_own(name: str) -> None:
    figure = FIGURES[name]()
    wide, narrow = drawings(figure)
    assert max(len(Xml.tostring(d)) for d in (wide, narrow)) < 12_000
    assert not re.search(r"#fe00|style=|<script|href|url\(|font-|tabindex|\bid=|fill=|stroke=", figure)
    assert [d.get("role") for d in (wide, narrow)] == ["img", "img"]
    assert float(wide.get("viewBox", "").split()[2]) > 1.4 * float(narrow.get("viewBox", "").split()[2])


def test_every_class_a_figure_may_use_is_in_the_stylesheet() -> None:
    named = {css for names in CLASSES for css in names.split()} - {"t0"}
    assert named <= set(re.findall(r"\.([a-z][\w-]*)", LOOK))


def test_a_colour_that_stands_for_no_class_is_a_bug() -> None:
    layers = Plane((0, 1), (0, 1)).layers([Spot(0.5, 0.5, 3, "fs")])
    layers[0]["data"]["values"][0]["ink"] = "#4c78a8"
    with pytest.raises(Bug, match="4c78a8"):
        render(layers, Frame(100, 100, 0, 0), "")


def test_every_kind_of_shape_is_valid_vega_lite() -> None:
    plane = Plane((0, 10), (0, 100))
    layers = plane.layers(
        [Stroke(0, 1, 2, 3, "gl")],
        [Block(0, 1, 2, 3, "vbar")],
        [Area([(0, 1, 2), (1, None, None)])],
        [Line([(0, 1), (1, None)])],
        [Spot(1, 2, 3, "pt")],
        [Say(1, 2, "woorden", "t2", "left", 3, 4)],
        [],
    )
    chart = alt.LayerChart.from_dict(specify(layers, Frame(100, 50, 10, 10)))
    assert [layer["mark"]["type"] for layer in chart.to_dict()["layer"]] == [
        "rule",
        "rect",
        "area",
        "line",
        "point",
        "text",
    ]


def heights(drawing: Xml.Element) -> dict[str, float]:
    """Give how far down each value of the axis lies, from the words beside it, which stand 4 px lower."""
    left = [
        t
        for t in drawing.iter("text")
        if not t.get("class") and t.get("text-anchor") == "end" and (t.text or "").endswith("%")
    ]
    return {t.text or "": float(t.get("y", 0)) - 4 for t in left}


def test_a_trend_has_its_values_level_with_the_words_of_its_axis() -> None:
    points = [TrendPoint("a", 60, 50, 70), TrendPoint("b", 80, 70, 90), TrendPoint("c", 70, 60, 80)]
    for drawing in drawings(trend(Trend(points, percent, "Drie"))):
        level = heights(drawing)
        dots = [float(c.get("cy", 0)) for c in parts(drawing, "fs")]
        assert dots == pytest.approx([level["60%"], level["80%"], level["70%"]], abs=0.2)
        edges = [float(y) for y in re.findall(r"[ML][\d.]+ ([\d.]+)", parts(drawing, "band")[0].get("d", ""))]
        assert (min(edges), max(edges)) == pytest.approx((level["90%"], level["50%"]), abs=0.2)


def test_a_trend_breaks_at_a_gap_and_is_dotted_while_it_runs() -> None:
    values = [60, 62, None, 64, 66, 61]
    points = [TrendPoint(str(i), v, v and v - 5, v and v + 5, 10, i == 5) for i, v in enumerate(values)]
    wide = drawings(trend(Trend(points, percent, "Gat", (63, "doel 63%"), unfinished_label="loopt nog")))[0]
    assert parts(wide, "ln")[0].get("d", "").count("M") == 2
    assert parts(wide, "band")[0].get("d", "").count("M") == 2
    assert parts(wide, "ln open")[0].get("d", "").count("M") == 1
    assert len(parts(wide, "pt1")) == 1
    assert len(parts(wide, "fs")) == 4
    assert [t.text for t in parts(wide, "tb")] == ["66%"]
    assert {"doel 63%", "loopt nog", "n"} <= set(wide.itertext())


def test_counts_stand_on_one_line_as_high_as_they_are() -> None:
    points = [TrendPoint("", 60, None, None, n) for n in (10, 20, 0, 5)]
    wide = drawings(trend(Trend(points, percent, "n")))[0]
    bars = re.findall(r"M[\d.]+ ([\d.]+)h[\d.]+v([\d.]+)", parts(wide, "vbar")[0].get("d", ""))
    assert [float(high) for _, high in bars] == pytest.approx([12, 24, 6], abs=0.15)
    assert len({round(float(top) + float(high)) for top, high in bars}) == 1


def test_flags_of_neighbours_step_aside() -> None:
    wide = drawings(trend(year()))[0]
    first, second = sorted(float(c.get("cx", 0)) for c in parts(wide, "mark"))
    assert second - first >= 17.5
    assert spread([10, 11, 40], 18) == pytest.approx([1.5, 19.5, 40], abs=0.1)
    assert spread([], 18) == []


def test_names_of_periods_do_not_touch() -> None:
    for drawing in drawings(trend(year())):
        weeks = [t for t in drawing.iter("text") if (t.text or "").startswith("wk")]
        places = [float(t.get("x", 0)) for t in weeks]
        assert all(b - a > 45 for a, b in pairwise(places))
        assert "wk 51" in {t.text for t in weeks}


def test_names_in_a_quadrant_cover_neither_each_other_nor_a_dot() -> None:
    names = ["In één keer goed", "Duidelijk antwoord", "Niet doorverbonden", "Snel", "Vriendelijk", "Mijn omgeving"]
    wide = drawings(quadrant(drivers(names)))[0]
    boxes = []
    for t in (t for t in wide.iter("text") if t.text in names):
        x, y, width = float(t.get("x", 0)), float(t.get("y", 0)), 6.4 * len(t.text or "")
        left = x - {"end": width, "middle": width / 2}.get(t.get("text-anchor", ""), 0)
        boxes.append((left, y - 9, left + width, y + 2))
    dots = [(float(c.get("cx", 0)), float(c.get("cy", 0))) for c in wide.iter("circle")]
    dots_boxes = [(x - 5, y - 5, x + 5, y + 5) for x, y in dots]
    assert len(boxes) == len(dots) == len(names)
    for i, a in enumerate(boxes):
        for b in [*boxes[i + 1 :], *dots_boxes]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_a_narrow_quadrant_has_ranks_in_place_of_names() -> None:
    narrow = drawings(quadrant(drivers(["Lange naam", "Nog een", "Derde"])))[1]
    assert {"1", "2", "3"} <= set(narrow.itertext())
    assert "Lange naam" not in set(narrow.itertext())


def test_what_is_late_is_the_part_beyond_the_target() -> None:
    wide = drawings(distribution(times()))[0]

    def surface(css: str) -> float:
        blocks = re.findall(r"h([\d.]+)v([\d.]+)", "".join(p.get("d", "") for p in parts(wide, css)))
        return sum(float(w) * float(h) for w, h in blocks)

    assert surface("late") == pytest.approx(surface("fb2"), rel=0.02)
    assert parts(wide, "pt")[0].get("cx") == parts(wide, "tg")[0].get("d", "")[1:].split(" ")[0]


def test_scores_have_their_share_above_and_their_name_below() -> None:
    wide = drawings(distribution(scores()))[0]
    by_place: dict[float, list[str]] = {}
    for t in wide.iter("text"):
        by_place.setdefault(round(float(t.get("x", 0))), []).append(t.text or "")
    assert sorted(sorted(pair) for pair in by_place.values() if "26%" in pair) == [["26%", "9"]]


def test_words_are_escaped_and_stay_words() -> None:
    evil = '</text><script>alert("1")</script>\x0b&'
    points = [TrendPoint(evil, 1, 0, 2, 5), TrendPoint(evil, 2, 1, 3, 5, True)]
    t = Trend(points, lambda v: evil + str(v), evil, (1.5, evil), [Note(1, evil)], evil, evil, evil)
    figures = [
        trend(t),
        quadrant(drivers([evil])),
        distribution(Distribution([], Scale(0, 1), [(0, evil)], evil, (1, evil))),
    ]
    for figure in figures:
        assert "<script" not in figure
        assert any("<script>" in word for word in Xml.fromstring(figure).itertext())
