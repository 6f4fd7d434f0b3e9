"""Trials: drawn by lot, counted once ripe, judged once both arms have as many requests as were planned."""

from __future__ import annotations

import uuid
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from tests.surveys.asking import TUESDAY, published, terms, wanted

from peil.core.errors import BadQuery
from peil.surveys.models import Request, Survey, Trial
from peil.surveys.trials import NewTrial, begin_trial, draw, drawn_of, end_trial, planned_number, trials_of
from peil.surveys.whom.addresses import Line, keep_contacts
from peil.surveys.whom.asking import ask

pytestmark = pytest.mark.django_db
SUBJECTS: tuple[Any, Any] = ({"nl": "Hoe ging het?"}, {"nl": "Eén vraag"})


def trial(**more: Any) -> tuple[str, int]:
    """A survey with a trial of two subjects under way, and the number of the trial."""
    survey = published("recommend").key
    made = begin_trial(NewTrial(**({"survey": survey, "what": "subject", "values": SUBJECTS} | more)))
    return survey, made.id


def requests(survey: str, arm: str, sent: int, answered: int, days: int = 20) -> None:
    """So many requests of an arm that left, the first of them answered."""
    at = TUESDAY - timedelta(days=days)
    made = [
        Request(
            survey=Survey.objects.get(key=survey), digest=uuid.uuid4().hex, via="email", arm=arm, made_at=at, sent_at=at,
            answered_at=at + timedelta(days=1) if n < answered else None,
        )
        for n in range(sent)
    ]  # fmt: skip
    Request.objects.bulk_create(made)


@pytest.mark.parametrize(
    ("expected", "smallest", "number"),
    [
        (0.15, 0.05, 906),  # statsmodels and R's power.prop.test(p1 = .15, p2 = .2, power = .8): 905.3
        (0.50, 0.25, 58),  # power.prop.test(p1 = .50, p2 = .75, power = .8) in R's own example at .9: 76.7; at .8: 57.7
        (0.10, 0.02, 3841),  # power.prop.test(p1 = .10, p2 = .12, power = .8): 3840.8
    ],
)
def test_the_number_that_is_planned(expected: float, smallest: float, number: int) -> None:
    assert planned_number(expected, smallest) == number


@pytest.mark.slow
def test_lots_fall_evenly_and_always_the_same() -> None:
    survey, _ = trial()
    pk = Survey.objects.get(key=survey).pk
    uids = [uuid.uuid4() for _ in range(2_000)]
    drawn = [draw(pk, uid) for uid in uids]
    assert drawn == [draw(pk, uid) for uid in uids]
    counted = Counter(d.arm for d in drawn)
    assert len(counted) == 2
    assert abs(counted.most_common()[0][1] - 1_000) < 100  # 4.5 standard deviations
    assert drawn_of(drawn[0].arm).value in SUBJECTS


def test_one_at_a_time() -> None:
    survey, number = trial()
    with pytest.raises(BadQuery, match="under way"):
        begin_trial(NewTrial(survey=survey, what="moment", values=(2, 24)))
    assert end_trial(number)
    assert not end_trial(number)
    assert begin_trial(NewTrial(survey=survey, what="moment", values=(2, 24))).what == "moment"


def test_no_verdict_before_both_arms_have_their_number() -> None:
    survey, number = trial(expected=0.5, smallest=0.25)
    requests(survey, f"{number}:0", 58, 58)
    requests(survey, f"{number}:1", 57, 0)
    (state,) = trials_of(survey, TUESDAY)
    assert (state.verdict, state.difference, state.p) == ("too_early", None, None)
    requests(survey, f"{number}:1", 40, 0, days=3)  # too young to count
    (state,) = trials_of(survey, TUESDAY)
    assert (state.verdict, state.arms[1].ripe, state.arms[1].unripe) == ("too_early", 57, 40)
    requests(survey, f"{number}:1", 1, 0)
    (state,) = trials_of(survey, TUESDAY)
    assert state.verdict == "first"


def test_rates_have_wilson_intervals_and_the_difference_that_of_newcombe() -> None:
    """Newcombe 1998, Statistics in Medicine 17:873, table II, example (a): 56/70 and 48/80, method 10."""
    survey, number = trial(expected=0.5, smallest=0.3)
    requests(survey, f"{number}:0", 80, 48)
    requests(survey, f"{number}:1", 70, 56)
    (state,) = trials_of(survey, TUESDAY)
    assert state.difference == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)
    assert state.verdict == "second"
    assert state.p is not None
    assert 0.001 < state.p < 0.05


def test_equal_arms_get_no_winner() -> None:
    survey, number = trial(expected=0.5, smallest=0.3)
    for arm in (0, 1):
        requests(survey, f"{number}:{arm}", 60, 30)
    assert trials_of(survey, TUESDAY)[0].verdict == "none"


def test_answers_after_14_days_and_mails_that_came_back_do_not_count() -> None:
    survey, number = trial()
    requests(survey, f"{number}:0", 3, 3)
    first, second = Request.objects.all()[:2]
    Request.objects.filter(pk=first.pk).update(answered_at=TUESDAY - timedelta(days=5))  # 15 days after
    Request.objects.filter(pk=second.pk).update(bounced_at=TUESDAY)
    arm = trials_of(survey, TUESDAY)[0].arms[0]
    assert (arm.ripe, arm.answered) == (2, 1)


def test_the_moment_and_the_way_are_those_of_the_lot() -> None:
    survey, _ = trial(what="moment", values=(1, 72))
    keep_contacts(Line(customer_id=f"K{n}", email=f"k{n}@example.nl", phone="0612345678") for n in range(40))
    at = TUESDAY - timedelta(hours=1)
    for n in range(20):
        ask(wanted(survey, customer_id=f"K{n}", address="", happened_at=at), terms(rest_days=0), TUESDAY)
    days = Counter((r.due_at - TUESDAY).days for r in Request.objects.all() if r.due_at)
    assert set(days) == {0, 2}
    Trial.objects.update(ended_at=TUESDAY)
    begin_trial(NewTrial(survey=survey, what="way", values=("email", "sms")))
    for n in range(20, 40):
        ask(wanted(survey, customer_id=f"K{n}", address=""), terms(rest_days=0), TUESDAY)
    ways = Counter((r.via, r.address[:1]) for r in Request.objects.filter(arm__gt="").order_by("-pk")[:20])
    assert set(ways) == {("email", "k"), ("sms", "0")}


def test_who_is_reached_one_way_only_is_in_no_trial_of_ways() -> None:
    survey, _ = trial(what="way", values=("email", "sms"))
    asked = ask(wanted(survey, customer_id="K1"), terms(), TUESDAY)
    assert Request.objects.get(pk=asked.number).arm == ""


@pytest.mark.parametrize(
    "more",
    [
        {"what": "colour"},
        {"values": ("a",)},
        {"values": ("a", "a")},
        {"smallest": 0.0},
        {"expected": 0.99, "smallest": 0.05},
    ],
)
def test_trials_that_can_not_be(more: dict[str, Any]) -> None:
    with pytest.raises(BadQuery):
        trial(**more)
