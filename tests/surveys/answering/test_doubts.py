"""Doubts: each by the rule that is written down, and no real person among a crowd."""

from __future__ import annotations

import random

import pytest
from tests.surveys.answering.doors import at_link, open_code

from peil.surveys.answering.doors import forget_doors
from peil.surveys.answering.doubts import Senders, is_speeder, is_straight_line
from peil.surveys.models import Response
from peil.surveys.questionnaires.question import Answer
from peil.surveys.questionnaires.templates import draft_from


@pytest.mark.django_db
@pytest.mark.parametrize(("after", "flags"), [(120.0, ""), (2.0, "speeder")])
def test_a_doubt_stands_beside_the_answer(after: float, flags: str) -> None:
    forget_doors()
    at_link(open_code("helpful")).send(1, after=after, helpful="1")
    assert Response.objects.get().flags == flags


def test_who_is_done_in_less_than_a_third_of_the_time_is_a_speeder() -> None:
    """One question of 13 words and a scale: 10 seconds, and 13 words at 238 a minute."""
    asked = draft_from("recommend")
    given = [Answer(question="recommend", score=9)]
    only = [q for q in asked.questions if q.key == "recommend"]
    assert len(only[0].text.of("nl").split()) == 13
    alone = type(asked)(
        **{f: getattr(asked, f) for f in asked.__slots__} | {"pages": (type(asked.pages[0])(questions=tuple(only)),)}
    )
    third = (10 + 13 / (238 / 60)) / 3
    assert is_speeder(alone, third - 0.01, "nl", given, preselected=False)
    assert not is_speeder(alone, third + 0.01, "nl", given, preselected=False)
    assert not is_speeder(alone, 0.5, "nl", given, preselected=True), "the score was given in the mail"


def test_five_statements_all_alike_are_a_straight_line() -> None:
    asked = draft_from("usability")
    keys = [q.key for q in asked.questions if q.kind == "sus_item"]
    alike = [Answer(question=k, score=3) for k in keys]
    assert is_straight_line(asked, alike)
    assert not is_straight_line(asked, alike[:4])
    assert not is_straight_line(asked, [*alike[:9], Answer(question=keys[9], score=4)])


def test_pairs_are_a_straight_line_when_both_sides_are() -> None:
    asked = draft_from("service_quality")
    page = next(p for p in asked.pages if len(p.questions) >= 4 and p.questions[0].meaning.form == "pair")
    keys = [q.key for q in page.questions]
    pairs = [Answer(question=k, score=5, expected=5) for k in keys]
    assert is_straight_line(asked, pairs) is (len(keys) >= 5)
    assert not is_straight_line(asked, [Answer(question=k, score=i % 7 + 1, expected=5) for i, k in enumerate(keys)])


@pytest.mark.parametrize("seconds", [60, 600, 3_600])
def test_an_office_of_300_people_behind_one_address_is_kept(seconds: int) -> None:
    """All after the same mail, one in twenty of them too fast: as people are."""
    senders, chance = Senders(), random.Random(5)
    fast = {*chance.sample(range(300), 15)}
    moments = sorted(chance.uniform(0, seconds) for _ in range(300))
    assert sum(senders.is_flood("office", at, fast=n in fast) for n, at in enumerate(moments)) / 300 <= 0.01


def test_ten_thousand_forms_from_one_sender_are_a_flood() -> None:
    senders = Senders()
    marked = sum(senders.is_flood("one", n / 20, fast=True) for n in range(10_000))
    assert marked >= 9_900
    slow = Senders()
    marked = sum(slow.is_flood("one", n / 20, fast=False) for n in range(10_000))
    assert marked >= 10_000 - 300 - 500 * 30 / 60 - 1, "300, and half a one a second for 500 seconds"


def test_ten_thousand_forms_from_a_hundred_senders_are_a_flood_as_soon_as_they_are_fast() -> None:
    senders = Senders()
    marked = sum(senders.is_flood(f"s{n % 100}", n / 20, fast=True) for n in range(10_000))
    assert marked >= 7_700, "twenty of each, and in these eight minutes two or three more"


def test_the_same_words_of_the_same_sender_are_a_duplicate() -> None:
    senders = Senders()
    said = [Answer(question="x", text="Prima geholpen door Anna")]
    assert not senders.is_duplicate("one", "survey", said, 0.0)
    assert senders.is_duplicate("one", "survey", said, 60.0)
    assert not senders.is_duplicate("other", "survey", said, 60.0)
    assert not senders.is_duplicate("one", "survey", [Answer(question="x", text="Goed")], 60.0)
    assert not senders.is_duplicate("one", "survey", [Answer(question="x", text="Goed")], 61.0), "too short to tell"
    assert not senders.is_duplicate("one", "survey", said, 60.0 + 2 * 86_400)
