"""A customer is erased from requests, answers, the address book and what is on its way; no figure changes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.ops.erasing.asked import ASKED_MARKS, PHONE, answer_on_the_way, plant_asked
from tests.ops.erasing.planted import MAIL, NUMBER, stores_of
from tests.ops.erasing.test_erasing import everything

from peil.library import Peil
from peil.ops.erase.erasing import Ground, erase
from peil.ops.erase.finding import find
from peil.surveys.facts.batches import all_again, is_behind, take_in
from peil.surveys.models import Contact, Hold, Request, Response
from peil.warehouse.open import open_warehouse

pytestmark = pytest.mark.django_db
ALL = (*ASKED_MARKS, NUMBER, MAIL)
KPIS = ("ces_agree", "solved_asked", "response_rate")


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    with open_warehouse(stores_of(tmp_path).warehouse) as warehouse:
        yield Ground(stores_of(tmp_path), warehouse)


def marks_in(ground: Ground) -> set[tuple[str, str]]:
    found = everything(ground.stores.home, ground.warehouse)
    return {(store, mark) for store, text in found.items() for mark in ALL if mark in text}


def figures(ground: Ground) -> str:
    peil = Peil(ground.warehouse)
    return peil.kpi(*KPIS).to_json() + peil.kpi(*KPIS, by=["channel"]).to_json() + peil.kpi(*KPIS, by=["day"]).to_json()


def take_all(ground: Ground) -> None:
    while is_behind():
        take_in(ground.warehouse)


@pytest.mark.parametrize("words", [[NUMBER, MAIL, PHONE], [MAIL]], ids=["every name", "an address alone"])
def test_every_mark_goes_and_every_figure_stays(ground: Ground, words: list[str]) -> None:
    waiting = plant_asked()
    answer_on_the_way()
    take_all(ground)
    before = figures(ground)
    answers = Response.objects.count()
    assert {mark for _, mark in marks_in(ground)} == set(ALL), "the marks are really there"
    assert len(marks_in(ground)) > 20
    assert find(ground, words).found["database surveys.response"] == 3

    certificate = erase(ground, words)

    assert not marks_in(ground)
    assert figures(ground) == before
    take_all(ground)  # what changed is loaded again
    assert figures(ground) == before
    assert not marks_in(ground)
    ground.warehouse.rebuild()
    assert figures(ground) == before
    assert certificate.found["database surveys.response"] == 3
    assert certificate.found["database surveys.request"] == 2
    assert NUMBER not in json.dumps(certificate.to_dict())
    assert not Contact.objects.exists()
    assert not Hold.objects.exists()
    assert Request.objects.get(pk=waiting.pk).held_back == "erased"  # nobody is mailed any more
    assert Response.objects.count() == answers
    assert not find(ground, words).found


def test_what_is_on_its_way_does_not_bring_them_back(ground: Ground) -> None:
    plant_asked()
    take_all(ground)
    answer_on_the_way()

    erase(ground, [NUMBER, MAIL, PHONE])
    take_all(ground)

    assert not marks_in(ground)
    (rows,) = Peil(ground.warehouse).kpi("ces_agree")
    assert rows.n == 43


def test_all_loaded_again_says_the_same(ground: Ground) -> None:
    """As after a restored backup: the archive and the database know the person by the same other name."""
    plant_asked()
    take_all(ground)
    erase(ground, [NUMBER, MAIL, PHONE])
    before = figures(ground)

    all_again()
    take_all(ground)

    assert figures(ground) == before
    assert not marks_in(ground)


def test_others_keep_their_words(ground: Ground) -> None:
    plant_asked()
    take_all(ground)

    erase(ground, [NUMBER, MAIL, PHONE])

    others = Request.objects.exclude(known={})
    assert others.count() == 40
    assert {r.context["customer_id"] for r in others} == {f"K-3{n:04d}" for n in range(40)}
