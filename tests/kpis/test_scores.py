"""Scores by the definitions: rows written out, figures worked out by hand."""

from __future__ import annotations

import pytest
from tests.kpis.figures import answers, figure, rows, shares


def test_160_of_200_scoring_4_or_5_is_a_csat_of_80_percent() -> None:
    e = figure("csat", answers("csat", [5] * 100 + [4] * 60 + [3] * 25 + [2] * 10 + [1] * 5, (1, 5)))
    assert (e.value, e.n, e.unit, e.status) == (80.0, 200, "percent", "ok")
    # Wilson's score interval of 160 / 200, worked out from its formula with z = 1.96
    assert e.low == pytest.approx(73.914, abs=0.001)
    assert e.high == pytest.approx(84.955, abs=0.001)


@pytest.mark.parametrize(
    ("scale", "scores", "csat", "dsat"),
    [
        ((1, 2), [1, 2, 2, 2], 75.0, 25.0),  # 2 / - / 1
        ((1, 3), [1, 2, 3, 3], 50.0, 25.0),  # 3 / 2 / 1
        ((1, 4), [1, 2, 3, 4], 50.0, 50.0),  # 3-4 / - / 1-2
        ((1, 5), [1, 2, 3, 4, 5], 40.0, 40.0),  # 4-5 / 3 / 1-2
        ((1, 6), [1, 2, 3, 4, 5, 6, 6, 6], 50.0, 25.0),  # 5-6 / 3-4 / 1-2
        ((1, 7), [1, 2, 3, 4, 5, 6, 7, 7, 7, 7], 50.0, 30.0),  # 6-7 / 4-5 / 1-3
        ((1, 10), list(range(1, 11)), 30.0, 50.0),  # 8-10 / 6-7 / 1-5
    ],
)
def test_boxes_of_each_scale(scale: tuple[int, int], scores: list[int], csat: float, dsat: float) -> None:
    given = answers("csat", scores, scale)
    assert figure("csat", given).value == pytest.approx(csat)
    assert figure("dsat", given).value == pytest.approx(dsat)


def test_a_skipped_answer_enters_nothing() -> None:
    given = [*answers("csat", [5, 5, 1, 1], (1, 5)), *rows({"kind": "csat", "relationship": 0})]
    e = figure("csat", given)
    assert (e.value, e.n) == (50.0, 4)


def test_nothing_answered_is_no_figure_and_not_zero() -> None:
    for key in ("csat", "nps", "csat_mean", "gap", "fcr", "retention", "contact_rate", "turnover"):
        e = figure(key, [])
        assert (e.value, e.low, e.high, e.n, e.status) == (None, None, None, 0, "no_data")


def test_nps_is_promoters_minus_detractors_in_points() -> None:
    e = figure("nps", answers("nps", [10, 9, 9, 9, 8, 7, 7, 6, 3, 0], (0, 10)))
    assert (e.value, e.n, e.unit) == (10.0, 10, "points")  # 40 % - 30 %


def test_nps_on_1_10_is_a_kpi_of_its_own() -> None:
    both = [*answers("nps", [10, 10], (0, 10)), *answers("nps_1_10", [9, 6, 1, 8], (1, 10))]
    assert figure("nps", both).value == 100.0
    e = figure("nps_1_10", both)
    assert (e.value, e.n) == (-25.0, 4)  # 25 % - 50 %


def test_relationship_and_touchpoint_answers_stay_apart() -> None:
    given = [*answers("nps", [10, 10], (0, 10)), *answers("nps", [0, 0, 0], (0, 10), relationship=1)]
    assert figure("nps", given).value == 100.0
    assert figure("nps_relationship", given).value == -100.0
    assert figure("nps_relationship", given).n == 3


def test_csat_mean_on_its_own_scale() -> None:
    e = figure("csat_mean", answers("csat", [5, 4, 4, 2], (1, 5)))
    assert (e.value, e.unit) == (3.75, "score")


def test_a_mean_over_different_scales_is_refused_and_shown_on_0_100_when_asked() -> None:
    given = [*answers("csat", [5, 3], (1, 5)), *answers("csat", [10, 1], (1, 10))]
    assert figure("csat_mean", given).status == "mixed"
    assert figure("csat_mean", given).value is None
    assert figure("csat_mean_100", given).value == pytest.approx(62.5)  # 100, 50, 100, 0


def test_rapportcijfer_is_the_mean_mark() -> None:
    given = answers("rapportcijfer", [7, 8, 8, 9, 7], (1, 10))
    assert figure("rapportcijfer", given).value == pytest.approx(7.8)
    assert figure("csat", given).n == 0


@pytest.mark.parametrize(
    ("kind", "scale", "scores", "mean", "share", "easy"),
    [
        ("ces_agree", (1, 7), [7, 6, 5, 4, 1], 4.6, "ces_agree_easy", 60.0),  # 5-7 is easy
        ("ces_effort", (1, 5), [1, 2, 2, 3, 5], 2.6, "ces_effort_low", 60.0),  # 1-2 is good
        ("ces_ease", (1, 5), [5, 4, 3, 2, 1], 3.0, "ces_ease_easy", 40.0),  # 4-5 is easy
    ],
)
def test_effort_has_a_mean_and_a_share_per_wording(
    kind: str, scale: tuple[int, int], scores: list[int], mean: float, share: str, easy: float
) -> None:
    given = answers(kind, scores, scale)
    assert figure(kind, given).value == pytest.approx(mean)
    assert figure(share, given).value == pytest.approx(easy)


def test_wordings_of_effort_are_never_pooled() -> None:
    given = [*answers("ces_effort", [1, 1], (1, 5)), *answers("ces_ease", [5, 5], (1, 5))]
    assert [figure(k, given).value for k in ("ces_effort", "ces_ease")] == [1.0, 5.0]


def test_a_gap_is_perceived_minus_expected() -> None:
    given = rows(
        {"kind": "gap", "score": 5, "expected": 7, "gap": -2, "scale_code": 7001},
        {"kind": "gap", "score": 6, "expected": 6, "gap": 0, "scale_code": 7001},
        {"kind": "gap", "score": 7, "expected": 4, "gap": 3, "scale_code": 7001},
        {"kind": "gap", "score": 4, "expected": 7, "gap": -3, "scale_code": 7001},
    )
    assert figure("gap", given).value == pytest.approx(-0.5)


def test_half_a_pair_is_no_gap_and_another_scale_is_refused() -> None:
    pairs = rows(*[{"kind": "gap", "score": 5, "expected": 6, "gap": -1, "scale_code": 7001}] * 3)
    half = rows({"kind": "gap", "score": 7, "expected": None, "gap": None, "scale_code": 7001})
    assert (figure("gap", [*pairs, *half]).value, figure("gap", [*pairs, *half]).n) == (-1.0, 3)
    other = rows({"kind": "gap", "score": 3, "expected": 4, "gap": -1, "scale_code": 5001})
    assert figure("gap", [*pairs, *other]).status == "mixed"


def test_servqual_by_dimension_overall_and_weighted() -> None:
    def made(kind: str, score: float, expected: float, dimension: str | None = None) -> dict[str, str | float | None]:
        gap = score - expected
        return {
            "kind": kind,
            "dimension": dimension,
            "score": score,
            "expected": expected,
            "gap": gap,
            "scale_code": 7001,
        }

    given = rows(
        made("servqual_dimension", 5.0, 6.5, "reliability"),
        made("servqual_dimension", 6.0, 6.5, "reliability"),
        made("servqual_dimension", 6.5, 6.0, "empathy"),
        made("servqual_overall", 5.5, 6.25),
        made("servqual_overall", 6.0, 6.25),
        made("servqual_weighted", 5.0, 6.0),
    )
    assert figure("servqual_reliability", given).value == pytest.approx(-1.0)
    assert figure("servqual_empathy", given).value == pytest.approx(0.5)
    assert figure("servqual_tangibles", given).value is None
    assert figure("servqual", given).value == pytest.approx(-0.5)
    assert figure("servqual_perceived", given).value == pytest.approx(5.75)
    assert figure("servqual_expected", given).value == pytest.approx(6.25)
    assert figure("servqual_weighted", given).value == pytest.approx(-1.0)


def test_servperf_asks_the_experience_alone() -> None:
    given = answers("servperf", [7, 5, 6, 4], (1, 7))
    assert figure("servperf", given).value == pytest.approx(5.5)
    assert figure("servperf_100", given).value == pytest.approx(75.0)


def test_usability_and_task_success() -> None:
    sus = rows(*({"kind": "sus", "score": s} for s in (82.5, 70.0, 47.5)))
    tasks = answers("task_success", [1, 1, 1, 0], (0, 1))
    assert figure("sus", sus).value == pytest.approx(66.667, abs=0.001)
    assert figure("task_success", tasks).value == 75.0


def test_engagement_of_groups() -> None:
    given = answers("engagement", [5, 4, 4, 3, 1], (1, 5))
    assert figure("engagement", given).value == pytest.approx(3.4)
    assert figure("engagement_favourable", given).value == 60.0


def test_asked_solutions_and_stories() -> None:
    assert figure("solved_asked", answers("solved", [1, 1, 0, 1], (0, 1))).value == 75.0
    assert figure("told_again", answers("told_again", [1, 0, 0, 0], (0, 1))).value == 25.0


def test_choices_are_shares_of_what_was_named() -> None:
    given = rows(
        {"kind": "preferred_channel", "choice": "phone"},
        {"kind": "preferred_channel", "choice": "chat"},
        {"kind": "preferred_channel", "choice": "chat"},
        {"kind": "preferred_channel", "choice": "chat"},
        {"kind": "preferred_channel", "choice": None},
        {"kind": "considered_channel", "choice": "app"},
        {"kind": "reason", "choice": "price"},
        {"kind": "reason", "choice": "waiting"},
    )
    assert shares("preferred_channel", given) == {"chat": 75.0, "phone": 25.0}
    assert shares("considered_channel", given) == {"app": 100.0}
    assert shares("reasons", given) == {"price": 50.0, "waiting": 50.0}


def test_answers_of_one_customer_widen_the_interval() -> None:
    alone = answers("csat", [5] * 60 + [1] * 30, (1, 5))
    three = [r.but(customer_id=f"c{i // 3}") for i, r in enumerate(alone)]  # alike within each customer
    wide, narrow = figure("csat", three), figure("csat", alone)
    assert (wide.value, wide.n) == (narrow.value, narrow.n)
    assert wide.high - wide.low > 1.5 * (narrow.high - narrow.low)
