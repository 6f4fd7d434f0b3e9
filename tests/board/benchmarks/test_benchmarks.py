"""Others beside oneself: compared only where scale and question agree, and never without an interval."""

from __future__ import annotations

from dataclasses import replace

import pytest

from peil.board.benchmarks import (
    KNOWN,
    NewBenchmark,
    Outside,
    add_benchmark,
    against,
    own_benchmarks,
    remove_benchmark,
    restore_benchmark,
)
from peil.board.benchmarks.outside import scale_of, scales
from peil.core.errors import BadQuery
from peil.core.kpi import Estimate, Words
from peil.core.kpis import BY_KEY
from peil.library import Peil

OWN = Estimate(kpi="csat", value=79.0, low=75.0, high=83.0, n=400, unit="percent", status="ok", method="wilson")
SAME = Outside(
    kpi="csat", name=Words("Noord", "Noord"), value=85.0, source="verslag", year=2025, method=Words("", ""), scale="1-5",
    same_question=True,
)  # fmt: skip
NEW = NewBenchmark(kpi="csat", name="Noord", source="verslag", year=2025, value=85.0)


def test_without_a_margin_the_own_interval_decides() -> None:
    found = against(SAME, OWN, "1-5")
    assert (found.verdict, found.difference, found.margin_known) == ("below", -6.0, False)
    assert (found.low, found.high) == (-10.0, -2.0)


def test_two_margins_are_square_and_added() -> None:
    """Worked out by hand: sqrt(4^2 + 3^2) = 5 on either side of a difference of -6."""
    found = against(replace(SAME, low=82.0, high=88.0), OWN, "1-5")
    assert (found.low, found.high) == pytest.approx((-11.0, -1.0))
    assert found.verdict == "below"
    wide = against(replace(SAME, low=79.0, high=91.0), OWN, "1-5")
    assert wide.verdict == "around"  # 6 is less than sqrt(4^2 + 6^2) = 7.2


def test_a_share_of_so_many_answers_has_a_margin() -> None:
    found = against(replace(SAME, n=100), OWN, "1-5")
    assert found.margin_known
    assert found.verdict == "around"  # Wilson at 85 % of 100: 76.7 to 90.7
    assert found.low == pytest.approx(-6 - (4**2 + (90.69 - 85) ** 2) ** 0.5, abs=0.02)


@pytest.mark.parametrize(
    ("changed", "scale", "reasons"),
    [
        ({}, "1-5", ()),
        ({}, "1-7", ("other_scale",)),
        ({}, "", ("scale_unknown",)),
        ({"scale": ""}, "1-5", ("scale_unknown",)),
        ({"same_question": False}, "1-5", ("other_question",)),
        ({"same_question": False}, "1-7", ("other_question", "other_scale")),
        ({"other_definition": True}, "1-5", ("other_definition",)),
        ({"top": 90.0}, "1-5", ("range_only",)),
        ({"kpi": "fcr", "scale": ""}, "", ()),
    ],
)
def test_why_two_figures_are_kept_apart(changed: dict[str, object], scale: str, reasons: tuple[str, ...]) -> None:
    outside = replace(SAME, **changed)  # type: ignore[arg-type]
    found = against(outside, replace(OWN, kpi=outside.kpi), scale)
    assert found.reasons == reasons
    assert (found.verdict == "untold") == bool(reasons)
    assert (found.difference is None) == bool(reasons)


@pytest.mark.parametrize(
    "own", [None, replace(OWN, value=None, low=None, high=None), replace(OWN, low=None, high=None)]
)
def test_without_an_own_interval_nothing_is_told(own: Estimate | None) -> None:
    found = against(SAME, own, "1-5")
    assert (found.verdict, found.reasons, found.difference) == ("untold", (), None)


def test_what_is_often_quoted_is_never_a_verdict() -> None:
    """As the documents print them, none has the question, scale and definition that one's own figure has."""
    quoted = {o.name.en: o.value for o in KNOWN}
    assert quoted["ACSI, breweries"] == 84
    assert quoted["ACSI, internet and subscription TV"] == 62
    assert len(KNOWN) == 11
    for o in KNOWN:
        found = against(o, replace(OWN, kpi=o.kpi), o.scale or "0-10")
        assert found.reasons
        assert found.verdict == "untold"


def test_the_scale_of_the_answers_is_read_from_the_facts(company: Peil) -> None:
    known = scales(company.warehouse)
    assert scale_of(BY_KEY["csat"], known) == "1-5"
    assert scale_of(BY_KEY["nps_relationship"], known) == "0-10"
    assert scale_of(BY_KEY["ces_agree"], known) == "1-7"
    assert scale_of(BY_KEY["nps"], known) == ""  # nobody was asked after a contact
    assert scale_of(BY_KEY["fcr"], known) == ""


@pytest.mark.django_db
def test_an_own_benchmark_is_kept_taken_out_and_put_back() -> None:
    id = add_benchmark(NEW, None)
    assert [(o.name.nl, o.value, o.id) for o in own_benchmarks()] == [("Noord", 85.0, id)]
    assert remove_benchmark(id) == "Noord"
    assert own_benchmarks() == []
    assert remove_benchmark(id) is None
    assert restore_benchmark(id) == "Noord"
    assert restore_benchmark(id) is None
    assert [o.id for o in own_benchmarks()] == [id]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changed", [{"kpi": "nonsense"}, {"low": 80.0}, {"low": 86.0, "high": 90.0}, {"value": float("nan")}]
)
def test_numbers_that_can_not_be_are_refused(changed: dict[str, object]) -> None:
    with pytest.raises(BadQuery):
        add_benchmark(replace(NEW, **changed), None)  # type: ignore[arg-type]
