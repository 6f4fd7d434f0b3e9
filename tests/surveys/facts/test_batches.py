"""What is answered reaches the facts: all of it, once, in its newest form, whatever ends in between."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlglot import exp
from tests.surveys.asked import NOW, answer_again, answered, published, requested
from tests.warehouse import conftest as warehouses

from peil.core.errors import BadInput
from peil.library import Peil
from peil.surveys.answering.doors import door_of_link
from peil.surveys.channels.files import check_file, take_in_file
from peil.surveys.channels.read_in import TakenBack, files_for_person, take_file_back
from peil.surveys.facts import batches
from peil.surveys.facts import wake as waking
from peil.surveys.facts.batches import all_again, is_behind, knows_fewer, refused, take_in
from peil.surveys.links import make_link
from peil.surveys.models import Batch, Response
from peil.warehouse.open import Warehouse, open_warehouse

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Europe/Amsterdam")
EASY = {"ease": ["6"], "solved": ["1"]}
HARD = {"ease": ["2"], "solved": ["0"], "reason_low": ["waiting"], "ease_comment": ["Het duurde lang."]}


url = warehouses.url


@pytest.fixture
def warehouse(url: str) -> Iterator[Warehouse]:
    with open_warehouse(url) as opened:
        yield opened


def rows(warehouse: Warehouse, fact: str) -> list[dict[str, Any]]:
    return warehouse.engine.fetch(exp.select("*").from_(exp.to_table(fact)), {}).to_pylist()


def figure(warehouse: Warehouse, key: str) -> tuple[float | None, int]:
    (found,) = Peil(warehouse).kpi(key, since=date(2026, 11, 1), until=date(2026, 12, 1))
    return found.value, found.n


def take_all(warehouse: Warehouse) -> int:
    taken = 0
    while is_behind():
        taken += take_in(warehouse)
    return taken


def test_an_answer_is_in_the_figures(warehouse: Warehouse) -> None:
    survey = published("after_contact")
    for number in range(12):
        answered(survey, EASY if number % 3 else HARD, context={"customer_id": f"K{number}", "channel": "phone"})

    assert take_in(warehouse) == 12

    assert not is_behind()
    value, n = figure(warehouse, "ces_agree")
    assert (value, n) == (pytest.approx((8 * 6 + 4 * 2) / 12), 12)
    assert figure(warehouse, "solved_asked")[1] == 12
    assert {r["channel"] for r in rows(warehouse, "answers")} == {"phone"}


def test_in_a_rush_a_load_gives_way_between_its_rows(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waking, "_AWAY", 0.4)
    survey, took = published("after_contact"), []
    for many in (0, waking.RUSH):
        for _ in range(25):  # two rows each
            answered(survey, EASY)
        if many:
            waking.wake(many)
        else:
            time.sleep(1.1)  # whoever answered before is past
        began = time.monotonic()
        assert take_in(warehouse) == 25
        took.append(time.monotonic() - began)
    assert took[1] - took[0] > 0.3


def test_nothing_new_is_no_import(warehouse: Warehouse) -> None:
    answered(published("after_contact"), EASY)
    take_in(warehouse)

    assert take_in(warehouse) == 0
    assert len(warehouse.imports()) == 1


@warehouses.on_both
def test_a_changed_answer_takes_the_place_of_the_first(warehouse: Warehouse) -> None:
    survey = published("after_contact")
    response = answered(survey, HARD)
    take_in(warehouse)
    before = {r["answer_id"] for r in rows(warehouse, "answers")}
    answer_again(response, survey, EASY)

    take_in(warehouse)

    found = {r["question"]: r for r in rows(warehouse, "answers")}
    assert found["ease"]["score"] == 6
    assert found["solved"]["score"] == 1
    assert found["ease"]["comment"] is None
    assert {r["answer_id"] for r in rows(warehouse, "answers")} >= before  # what was taken back is known of ...
    assert (found["reason_low"]["kind"], found["reason_low"]["choice"]) == ("other", None)  # ... and in no figure
    warehouse.rebuild()
    assert {r["question"]: r["score"] for r in rows(warehouse, "answers")}["ease"] == 6


def test_test_answers_stay_out(warehouse: Warehouse) -> None:
    survey = published("after_contact")
    answered(survey, EASY, test=True)
    requested(survey.key, "K1", test=True)

    take_all(warehouse)

    assert not rows(warehouse, "answers")
    assert not rows(warehouse, "invitations")
    assert not is_behind()


def test_requests_are_invitations_and_give_the_response_rate(warehouse: Warehouse) -> None:
    survey, at = published("after_contact"), NOW - timedelta(days=16)
    for number in range(20):
        told = {"started_at": at + timedelta(hours=1), "answered_at": at + timedelta(hours=1)} if number < 5 else {}
        requested(survey.key, f"K{number}", at=at, **told)
    requested(survey.key, "K20", at=at, sent_at=None, held_back="resting")
    requested(survey.key, "K22")  # by which it is known that the others have had their 14 days
    requested(survey.key, "K21", at=at, sent_at=None)  # not sent yet

    take_all(warehouse)

    found = rows(warehouse, "invitations")
    assert len(found) == 22
    assert [r["held_back_reason"] for r in found if r["sent_at"] is None] == ["resting"]
    (rate,) = Peil(warehouse).kpi("response_rate", since=date(2026, 11, 1), until=date(2026, 11, 8))
    assert (rate.value, rate.n) == (25, 20)


def test_an_end_after_setting_apart_loses_nothing(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    survey = published("after_contact")
    first = answered(survey, HARD)
    with monkeypatch.context() as patched:
        patched.setattr(batches, "_load", _die)
        with pytest.raises(SystemExit):
            take_in(warehouse)
    assert not Response.objects.filter(to_facts=True).exists()
    answer_again(first, survey, EASY)  # changed before the next process comes

    assert take_all(warehouse) == 2  # the batch that was left, and the change

    assert [r["score"] for r in rows(warehouse, "answers") if r["question"] == "ease"] == [6]
    assert not Batch.objects.exists()


def test_an_end_after_loading_doubles_nothing(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    answered(published("after_contact"), EASY)
    with monkeypatch.context() as patched:
        patched.setattr(Batch, "delete", _die)
        with pytest.raises(SystemExit):
            take_in(warehouse)

    assert take_all(warehouse) == 1

    assert len([r for r in rows(warehouse, "answers") if r["question"] == "ease"]) == 1


def _die(*_: object) -> None:
    raise SystemExit


def test_one_that_cant_be_loaded_does_not_keep_the_others(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey = published("after_contact")
    made = [answered(survey, EASY, context={"customer_id": f"K{n}"}) for n in range(9)]
    for number in range(4):
        requested(survey.key, f"K{number}")
    real = batches._load

    def refuse(warehouse: Warehouse, batch: Batch) -> None:
        if str(made[4].pk) in batch.responses:
            raise BadInput("This row is broken.", "Mend it.")
        real(warehouse, batch)

    monkeypatch.setattr(batches, "_load", refuse)

    take_all(warehouse)

    assert len({r["response_id"] for r in rows(warehouse, "responses")}) == 8
    assert len(rows(warehouse, "invitations")) == 4
    assert ["broken" in reason for reason in refused()] == [True]
    monkeypatch.undo()
    all_again()
    take_all(warehouse)
    assert len(rows(warehouse, "responses")) == 9
    assert not refused()


def test_another_warehouse_is_told_all_of_it(warehouse: Warehouse, tmp_path: Path) -> None:
    survey = published("after_contact")
    answered(survey, EASY)
    answered(survey, EASY, test=True)
    take_all(warehouse)
    assert not knows_fewer(warehouse)

    with open_warehouse(f"duckdb:///{tmp_path / 'new.duckdb'}") as new:
        assert knows_fewer(new)
        all_again()
        take_all(new)
        assert len(rows(new, "responses")) == 1
        assert not knows_fewer(new)


def test_many_small_batches_are_few_imports(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "JOINED_FROM", 3)
    survey = published("after_contact")
    for number in range(6):
        answered(survey, EASY, context={"customer_id": f"K{number}"})
        answered(survey, EASY, context={"customer_id": f"L{number}"})
        take_in(warehouse)

    assert len(warehouse.imports()) <= 3
    assert figure(warehouse, "ces_agree")[1] == 12


def test_employees_are_known_by_team_and_day_alone(warehouse: Warehouse) -> None:
    survey = published("engagement")
    form = {q.key: [str(max(q.scores))] for q in survey.questions if q.scores}
    answered(survey, form, context={"customer_id": "E7", "employee_id": "E7", "team": "Noord", "channel": "email"})
    requested(survey.key, "E7")

    take_all(warehouse)

    facts = [r for fact in ("answers", "responses", "invitations") for r in rows(warehouse, fact)]
    assert {r.get("team") for r in rows(warehouse, "answers")} == {"Noord"}
    assert not any("E7" in str(r) for r in facts)
    assert {r["sent_at"].hour for r in rows(warehouse, "invitations")} == {12}
    assert {r["answered_at"].hour for r in rows(warehouse, "answers")} == {12}


def test_a_file_of_paper_that_is_taken_back_is_in_no_figure(warehouse: Warehouse) -> None:
    survey = published("after_contact")
    link = make_link(survey.key, "paper", "At the counter")
    door = door_of_link(link.code)
    days = "".join(f"2026-11-{n:02d};{n % 7 + 1};j\n" for n in range(3, 17))
    take_in_file(door, check_file(door, f"date;ease;solved\n{days}", ZONE, None), ZONE)
    take_all(warehouse)
    assert figure(warehouse, "ces_agree")[1] == 14
    (file,) = files_for_person(link.id, 0, all_of_them=True)
    assert take_file_back(link.id, file.id, 0, all_of_them=True) == TakenBack(14, 0)
    take_all(warehouse)
    assert figure(warehouse, "ces_agree")[1] == 0
    assert {row["kind"] for row in rows(warehouse, "answers")} == {"other"}
    assert not knows_fewer(warehouse)


def test_in_a_rush_only_some_are_set_apart_at_once(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "AT_ONCE_IN_A_RUSH", 3)
    survey = published("after_contact")
    for _ in range(8):
        answered(survey, EASY)
    monkeypatch.setattr(batches, "is_rush", lambda: True)
    assert take_in(warehouse) == 3
    monkeypatch.setattr(batches, "is_rush", lambda: False)
    assert take_in(warehouse) == 5
    assert len({row["response_id"] for row in rows(warehouse, "answers")}) == 8
