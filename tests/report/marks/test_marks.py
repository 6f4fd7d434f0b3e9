"""The small figures: where things are drawn, worked out by hand; what is shown when something is missing."""

import math
import re
from xml.etree import ElementTree as Xml

import pytest

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
    shape,
    sparkline,
    stacked,
    status,
)

TWENTY_TO_FORTY = Scale(20, 40)


def parts(figure: str, css: str) -> list[dict[str, str]]:
    """Give the attributes of every element of a class."""
    root = Xml.fromstring(f"<page>{figure}</page>")
    return [dict(e.attrib) | {"text": e.text or ""} for e in root.iter() if e.get("class") == css]


def words(figure: str) -> list[str]:
    return [e.text or "" for e in Xml.fromstring(f"<page>{figure}</page>").iter("text")]


def test_a_gauge_has_value_interval_target_and_before_where_they_lie() -> None:
    drawn = gauge(TWENTY_TO_FORTY, GaugeMark(31, 27, 35, 22, 36, "doel +36", "was +22"), "NPS +31")
    assert [c["cx"] for c in parts(drawn, "pt")] == ["55%"]
    assert [(i["x1"], i["x2"]) for i in parts(drawn, "iv")] == [("35%", "75%")]
    assert [t["x1"] for t in parts(drawn, "tg")] == ["80%"]
    assert [c["cx"] for c in parts(drawn, "pt0")] == ["10%"]
    assert words(drawn) == ["doel +36", "was +22"]
    assert 'role="img" aria-label="NPS +31"' in drawn


def test_the_word_before_gives_way_to_the_target_where_both_do_not_fit() -> None:
    drawn = gauge(TWENTY_TO_FORTY, GaugeMark(31, 27, 35, 35, 36, "doel +36", "was +35"), "")
    assert words(drawn) == ["doel +36"]
    apart = gauge(TWENTY_TO_FORTY, GaugeMark(31, 27, 35, 31, 36, "doel +36", "was +31"), "")
    assert "w320" in parts(apart, "w320")[0]["class"]


def test_a_gauge_without_a_value_is_dotted_and_shows_the_target() -> None:
    drawn = gauge(TWENTY_TO_FORTY, GaugeMark(None, target=36, target_label="doel +36"), "geen cijfer")
    assert len(parts(drawn, "gl few")) == 1
    assert not parts(drawn, "pt")
    assert not parts(drawn, "iv")
    assert words(drawn) == ["doel +36"]


@pytest.mark.parametrize("limits", [(None, None), (27, None), (None, 35), (math.nan, 35)])
def test_missing_limits_give_a_dot_without_a_bar(limits: tuple[float | None, float | None]) -> None:
    drawn = dots(TWENTY_TO_FORTY, Interval(31, *limits))
    assert len(parts(drawn, "pt")) == 1
    assert not parts(drawn, "iv")


def test_an_open_limit_runs_to_the_edge_with_a_broken_end() -> None:
    drawn = dots(TWENTY_TO_FORTY, Interval(31, 27, math.inf), "bad")
    assert [(i["x1"], i["x2"]) for i in parts(drawn, "iv bad")] == [("35%", "100%")]
    assert len(parts(drawn, "cut")) == 1
    both = dots(TWENTY_TO_FORTY, Interval(31, -math.inf, 60))
    assert [(i["x1"], i["x2"]) for i in parts(both, "iv")] == [("0%", "100%")]
    assert len(parts(both, "cut")) == 2


def test_a_value_beyond_the_scale_is_an_arrowhead_at_the_edge() -> None:
    right = dots(TWENTY_TO_FORTY, Interval(90, 70, 120), "good")
    assert "cx" not in parts(right, "pt good")[0]
    assert '<svg x="100%" y="15"' in right
    assert not parts(right, "iv good")
    assert '<svg x="0%" y="15"' in dots(TWENTY_TO_FORTY, Interval(-3))


def test_a_cell_has_the_line_of_all_and_the_target() -> None:
    drawn = dots(TWENTY_TO_FORTY, Interval(31, 27, 35), reference=25, target=36)
    assert [r["x1"] for r in parts(drawn, "ref")] == ["25%"]
    assert [t["x1"] for t in parts(drawn, "tg")] == ["80%"]
    assert 'aria-hidden="true"' in drawn


def test_the_head_of_a_column_keeps_labels_apart() -> None:
    drawn = dots_axis(Scale(0, 100), [(v, f"{v}%") for v in range(0, 101, 10)], (50, "alle 50%"))
    assert parts(drawn, "t1")[0]["text"] == "alle 50%"
    steps = {w: parts(drawn, w) for w in ("w160", "w240", "w320", "w480")}
    shown = {t["text"] for found in steps.values() for t in found}
    assert "50%" not in shown
    assert "40%" not in {t["text"] for t in steps["w160"] + steps["w240"] + steps["w320"]}


def test_a_change_has_both_dots_and_only_the_new_interval() -> None:
    labels = ("+22", "+31", "NPS van +22 naar +31")
    drawn = before_after(TWENTY_TO_FORTY, Interval(22, 20, 24), Interval(31, 27, 35), "good", labels)
    assert parts(drawn, "pt0")[0]["cx"] == "10%"
    assert parts(drawn, "pt good")[0]["cx"] == "55%"
    assert len(parts(drawn, "iv good")) == 1
    assert 'aria-label="NPS van +22 naar +31"' in drawn


def test_figures_of_a_small_change_stand_on_either_side() -> None:
    drawn = before_after(Scale(0, 10), Interval(5.5), Interval(5.3, 5.2, 5.4), "bad", ("5,5", "5,3", ""))
    new, old = (next(t for t in Xml.fromstring(drawn).iter("text") if t.text == w) for w in ("5,3", "5,5"))
    assert (new.get("text-anchor"), old.get("text-anchor")) == ("end", None)
    assert (new.get("x"), old.get("x")) == ("53%", "55%")


def test_a_gap_has_whiskers_on_both_and_a_bar_between() -> None:
    drawn = dumbbell(Scale(1, 6), Interval(5, 4.5, 5.5), Interval(3, 2.5, 3.5), "bad")
    gap = parts(drawn, "gap bad")[0]
    assert (gap["x"], gap["width"]) == ("40%", "40%")
    assert parts(drawn, "pt1")[0]["cx"] == "80%"
    assert parts(drawn, "pt bad")[0]["cx"] == "40%"
    assert len(parts(drawn, "wh")) == 6


def test_parts_fill_the_whole_and_words_stand_where_they_fit() -> None:
    shares = [Part("18%", 0.18, "bad"), Part("34%", 0.34, "mid"), Part("48%", 0.48, "good")]
    drawn = stacked(shares, "18% criticasters, 34% passief tevreden, 48% promotors")
    rects = [e.attrib for e in Xml.fromstring(drawn).iter("rect")]
    assert [(r["x"], r["width"]) for r in rects] == [("0%", "18%"), ("18%", "34%"), ("52%", "48%")]
    assert words(drawn) == ["18%", "34%", "48%"]
    assert words(stacked([Part("heel lange woorden", 0.01, "bad"), Part("99%", 0.99, "good")], "")) == ["99%"]


def test_a_part_falls_back_on_its_short_words() -> None:
    drawn = stacked([Part("automatisch opgelost 23%", 0.23, "serie", "23%"), Part("77%", 0.77, "band")], "")
    long, short, _ = (t.get("class", "") for t in Xml.fromstring(drawn).iter("text"))
    hidden_below = re.findall(r"w(\d+)", long)
    assert re.findall(r"x(\d+)", short) == hidden_below
    assert int(hidden_below[0]) > int((re.findall(r"w(\d+)", short) or [0])[0])


@pytest.mark.parametrize("shares", [[], [0.0, 0.0], [math.nan], [-1.0, math.inf]])
def test_parts_of_nothing_are_a_dotted_line(shares: list[float]) -> None:
    drawn = stacked([Part("x", s, "bad") for s in shares], "niets")
    assert len(parts(drawn, "gl few")) == 1
    assert not list(Xml.fromstring(drawn).iter("rect"))


def test_a_bar_starts_at_zero_and_stops_at_the_whole() -> None:
    def width(share: float, whole: float) -> str:
        return next(Xml.fromstring(bar(share, whole, "31")).iter("rect")).get("width", "")

    assert [width(31, 62), width(0, 62), width(90, 62), width(3, 0)] == ["50%", "0%", "100%", "100%"]
    now, before = Xml.fromstring(bar(40, 100, "", 20)).iter("rect")
    assert (now.get("width"), before.get("width")) == ("40%", "20%")


def bands(figure: str) -> dict[str, float]:
    """Give the height of each band by where it starts."""
    found = re.findall(r"M(\d+) ([\d.]+)C[^v]*v([\d.]+)", figure)
    return {f"{x} {y}": float(height) for x, y, height in found}


def test_a_flow_has_bands_as_thick_as_their_amounts() -> None:
    left = [Node("a", "Zoeken", "30", 30), Node("b", "Regelen", "70", 70)]
    right = [Node("g", "Gelukt", "60", 60, "good"), Node("w", "Weg", "40", 40)]
    links = [Link("a", "g", 20), Link("a", "w", 10), Link("b", "g", 40), Link("b", "w", 30), Link("x", "g", 9)]
    found = Xml.fromstring(flow(left, right, links, "bezoeken")).find("span[@class='wide']")
    wide = Xml.tostring(found, encoding="unicode") if found is not None else ""
    heights = list(bands(wide).values())
    assert heights == pytest.approx([heights[1] * n for n in (2, 1, 4, 3)], abs=0.2)
    assert wide.count('class="flow good"') == 2
    assert words(wide) == ["Zoeken", "30", "Regelen", "70", "Gelukt", "60", "Weg", "40"]


def test_a_flow_of_nothing_is_an_empty_figure() -> None:
    assert "<path" not in flow([], [], [], "geen bezoeken")
    assert words(flow([Node("a", "A", "", math.nan)], [], [Link("a", "b", 1)], ""))[0] == "A"


def test_a_sparkline_breaks_where_nothing_was_measured_and_dots_what_runs() -> None:
    points = [Point(1, 0, 2), Point(2, 1, 3), Point(None), Point(2, 1, 3), Point(3, 2, 4), Point(4, 3, 5, True)]
    drawn = sparkline(points, 2)
    lines = [p["d"] for p in parts(drawn, "ns ln th")]
    assert [d.count("L") for d in lines] == [1, 1]
    assert len(parts(drawn, "band")) == 2
    assert len(parts(drawn, "ns ln open")) == 1
    assert len(parts(drawn, "ns dot0")) == 1
    finished = sparkline(points[:2], None)
    assert not parts(finished, "ns dot0")
    assert not parts(finished, "ns tgl")


def test_a_sparkline_is_highest_where_the_value_is() -> None:
    drawn = sparkline([Point(0), Point(10), Point(5)], None)
    ys = [float(y) for y in re.findall(r"[ML][\d.]+ ([\d.]+)", parts(drawn, "ns ln th")[0]["d"])]
    assert ys == [41, 5, 23]


def test_one_wide_band_does_not_flatten_a_sparkline() -> None:
    calm = [Point(v, v - 2, v + 2) for v in (10, 12, 11, 13, 12, 11, 12, 10, 13)]
    wild = [*calm, Point(12, -500, 500)]
    heights = [parts(sparkline(points, None), "ns ln th")[0]["d"].split("L")[0:9] for points in (calm, wild)]
    tops = [[float(step.split(" ")[1]) for step in steps] for steps in heights]
    assert max(tops[1]) - min(tops[1]) > 0.6 * (max(tops[0]) - min(tops[0]))


def surfaces(figure: str, css: str) -> float:
    """Add up the columns of a class: width times height, in drawn units."""
    d = "".join(p["d"] for p in parts(figure, css))
    columns = re.findall(r"M([\d.]+) [\d.]+v-([\d.]+)H([\d.]+)V", d)
    return sum((float(right) - float(left)) * float(height) for left, height, right in columns)


def test_columns_of_a_histogram_are_as_large_as_their_shares_and_late_is_apart() -> None:
    scale = Scale(1, 10_000, log=True)
    bins = [Bin(1, 10, 0.5), Bin(10, 100, 0.3), Bin(100, 10_000, 0.2)]
    drawn = histogram_cell(scale, bins, 100, Interval(10, 8, 12), "telefoon")
    assert surfaces(drawn, "late") / surfaces(drawn, "fb2") == pytest.approx(0.2 / 0.8, rel=0.02)
    assert parts(drawn, "tg")[0]["x1"] == "50%"
    assert parts(drawn, "pt")[0]["cx"] == "25%"
    split = histogram_cell(scale, [Bin(1, 100, 1.0)], 10, None)
    assert surfaces(split, "late") == pytest.approx(surfaces(split, "fb2"), rel=0.01)


def test_rows_that_are_all_the_same_are_one_narrow_column() -> None:
    drawn = histogram_cell(Scale(0, 100), [Bin(50, 50, 1.0)], None, None)
    left, right = re.findall(r"M([\d.]+) .*H([\d.]+)V", parts(drawn, "fb2")[0]["d"])[0]
    assert (float(left), float(right)) == (498, 502)


def test_rows_beyond_the_scale_are_shown_at_its_edge() -> None:
    scale = Scale(10, 1000, log=True)
    drawn = histogram_cell(scale, [Bin(1, 5, 0.2), Bin(10, 100, 0.5), Bin(2000, 3000, 0.3)], 500, None)
    assert '<svg x="0%"' in drawn
    assert '<svg x="100%"' in drawn
    assert "gl few" in histogram_cell(scale, [], None, None)


@pytest.mark.parametrize("kind", ["good", "mid", "bad", "none"])
def test_a_status_is_a_shape_of_its_own_beside_its_word(kind: str) -> None:
    others = {str(shape(other)) for other in ("good", "mid", "bad", "none") if other != kind}
    assert str(shape(kind)) not in others  # type: ignore[arg-type]
    assert status(kind, "rond <doel>").endswith("rond &lt;doel&gt;</span>")  # type: ignore[arg-type]


def test_words_are_escaped_wherever_they_stand() -> None:
    evil = '</text><script>alert("1")</script>&\'\x07'
    scale, one = Scale(0, 1), Interval(0.5, 0.4, 0.6)
    figures = [
        gauge(scale, GaugeMark(0.5, target=0.2, target_label=evil, was=0.9, was_label=evil), evil),
        dots_axis(scale, [(0, evil)], (1, evil)),
        before_after(scale, one, one, "", (evil, evil, evil)),
        stacked([Part(evil, 1, "bad", evil)], evil),
        bar(1, 2, evil),
        flow([Node("a", evil, evil, 1)], [Node("b", evil, evil, 1)], [Link("a", "b", 1)], evil),
        sparkline([Point(1)], None, evil),
        histogram_cell(scale, [], None, None, evil),
        status("good", evil),
        key("now", evil),
    ]
    for drawn in figures:
        assert "<script" not in drawn
        assert "alert" in " ".join([drawn, *Xml.fromstring(f"<page>{drawn}</page>").itertext()])
