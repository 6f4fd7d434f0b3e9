"""What several processes get of one sender is counted as if one had got it, at no write and mostly at no look either."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.surveys.asked import answered, published

from peil.surveys.answering.doubts import Senders
from peil.surveys.models import Response
from peil.surveys.questionnaires.question import Answer
from peil.surveys.questionnaires.questionnaire import Questionnaire

pytestmark = pytest.mark.django_db
SENDER, PROCESSES = "s" * 64, 4
WORDS = 'Lang gewacht, "heel" lang'


@pytest.fixture
def survey() -> Questionnaire:
    return published("after_contact")


def flags(survey: Questionnaire, forms: int, *, shared: bool, fast: bool) -> list[bool]:
    """Which of so many forms of one sender are a flood, where processes get them in turn."""
    processes = [Senders(shared=shared) for _ in range(PROCESSES)]
    found = []
    for n in range(forms):
        found.append(processes[n % PROCESSES].is_flood(SENDER, float(n), fast=fast))
        keep(survey, flags="speeder" if fast else "")
    return found


def keep(survey: Questionnaire, **more: Any) -> Response:
    return answered(survey, {"ease": ["5"]}, **({"at": timezone.now(), "sender": SENDER} | more))


def test_twenty_that_are_too_fast_are_the_limit_of_all_processes_together(survey: Questionnaire) -> None:
    assert flags(survey, 30, shared=True, fast=True) == [False] * 20 + [True] * 10


def test_each_for_itself_would_take_four_times_as_many(survey: Questionnaire) -> None:
    assert flags(survey, 60, shared=False, fast=True) == [False] * 60


def test_an_office_is_no_flood_for_several_processes_either(survey: Questionnaire) -> None:
    keep(survey)
    Response.objects.bulk_create(
        [Response(survey_id=r.survey_id, version_id=r.version_id, submission=f"a{n}", answers="[]", language="nl", sender=SENDER,
                  started_at=r.started_at, saved_at=r.saved_at, finished_at=r.saved_at)
         for r in Response.objects.all() for n in range(298)]
    )  # fmt: skip
    assert flags(survey, 8, shared=True, fast=False) == [False] * 8
    Response.objects.filter(submission__startswith="a").update(saved_at=timezone.now() - timedelta(seconds=50))
    extra = Response.objects.values().first()
    assert extra is not None
    Response.objects.bulk_create(
        [Response(**{**{k: v for k, v in extra.items() if k != "id"}, "submission": f"b{n}"}) for n in range(30)]
    )
    assert flags(survey, 8, shared=True, fast=False)[PROCESSES:] == [True] * 4


def test_what_is_longer_ago_and_of_others_does_not_count(survey: Questionnaire) -> None:
    for _ in range(25):
        keep(survey, flags="speeder", at=timezone.now() - timedelta(hours=2))
        keep(survey, flags="speeder", sender="o" * 64)
        keep(survey, flags="speeder", finished_at=None)
    assert flags(survey, 8, shared=True, fast=True) == [False] * 8


def test_the_same_words_are_found_whichever_process_got_them(survey: Questionnaire) -> None:
    said = [Answer(question="ease_comment", text=WORDS)]
    one, other = Senders(shared=True), Senders(shared=True)
    assert not one.is_duplicate(SENDER, survey.key, said, 1.0)
    answered(survey, {"ease": ["5"], "ease_comment": [WORDS]}, at=timezone.now(), sender=SENDER)
    assert other.is_duplicate(SENDER, survey.key, said, 2.0)
    assert not Senders(shared=False).is_duplicate(SENDER, survey.key, said, 2.0)
    assert not Senders(shared=True).is_duplicate("o" * 64, survey.key, said, 2.0)
    assert not Senders(shared=True).is_duplicate(SENDER, "another", said, 2.0)
    assert not Senders(shared=True).is_duplicate(
        SENDER, survey.key, [Answer(question="ease_comment", text=WORDS[:-1] + "!")], 2.0
    )


def test_who_sends_one_answer_costs_nothing_and_nobody_costs_a_write() -> None:
    senders = Senders(shared=True)
    with CaptureQueriesContext(
        connection,
    ) as told:
        for n in range(50):
            assert not senders.is_flood(f"{n:064}", 1.0, fast=True)
    assert len(told) == 0
    with CaptureQueriesContext(
        connection,
    ) as told:
        senders.is_flood("0" * 64, 2.0, fast=True)
        senders.is_duplicate("0" * 64, "a", [Answer(question="q", text=WORDS)], 2.0)
    assert 0 < len(told) <= 3
    assert all(q["sql"].startswith("SELECT") for q in told)
