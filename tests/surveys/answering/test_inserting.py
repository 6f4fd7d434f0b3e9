"""New answers are written as the model itself would write them."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.surveys.answering.doors import published

from peil.surveys.answering.inserting import Row, insert_new
from peil.surveys.models import Response, Version

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 3, 29, 1, 30, 15, 123456, tzinfo=UTC)  # the night in which the clock goes forward
HOSTILE = "%s \"'; -- \u202e Ünïcödé 😀 \n ?"


@pytest.fixture
def version() -> Version:
    return Version.objects.get(survey__key=published("recommend"))


def row(version: Version, **told: Any) -> Row:
    return {
        "id": uuid.uuid4(), "survey_id": version.survey_id, "version_id": version.pk, "submission": uuid.uuid4().hex,
        "request_id": None, "link_id": None, "answers": "[]", "language": "nl", "device": "phone",
        "context": {"team": "Zwolle"}, "call_back": "", "last_question": "nps", "flags": "", "sender": "", "test": False,
        "started_at": MOMENT, "saved_at": MOMENT + timedelta(minutes=2), "finished_at": None, "entered_by_id": None,
        "to_facts": True, "let_go_at": None,
    } | told  # fmt: skip


def kept(rows: list[Row]) -> list[dict[str, Any]]:
    return list(Response.objects.filter(pk__in=[r["id"] for r in rows]).order_by("answers").values())


def test_what_is_written_is_what_the_model_writes(version: Version) -> None:
    told: list[dict[str, Any]] = [
        {"answers": "1"},
        {"answers": "2" + HOSTILE, "language": "", "finished_at": MOMENT, "context": {}, "test": True},
        {"answers": "3", "context": {"extra": {"a": [1, None, HOSTILE]}}, "call_back": HOSTILE, "to_facts": False},
    ]
    quickly, by_the_model = ([row(version, **one) for one in told] for _ in range(2))
    insert_new(quickly)
    Response.objects.bulk_create(Response(**one) for one in by_the_model)
    own = {"id", "submission"}
    as_read = [[{k: v for k, v in one.items() if k not in own} for one in kept(of)] for of in (quickly, by_the_model)]
    assert as_read[0] == as_read[1]
    assert [one["id"] for one in kept(quickly)] == [one["id"] for one in quickly]


@pytest.mark.parametrize("many", [1, 44, 45, 46, 200])
def test_none_is_left_out_however_many_come(many: int, version: Version) -> None:
    rows = [row(version, answers=f"{n:03}") for n in range(many)]
    insert_new(rows)
    assert [one["answers"] for one in kept(rows)] == [f"{n:03}" for n in range(many)]


def test_one_that_is_there_is_told_and_none_of_its_transaction_is_kept(version: Version) -> None:
    there = row(version)
    insert_new([there])
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_new([row(version), row(version, submission=there["submission"])])
    assert Response.objects.count() == 1
