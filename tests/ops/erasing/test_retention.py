"""An answer is somebody's as long as its survey says: five years with the clock held still."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.ops.erasing.planted import stores_of
from tests.ops.erasing.test_erasing import everything
from tests.surveys.asked import answered, published, requested

from peil.library import Peil
from peil.ops.erase.erasing import Ground
from peil.ops.erase.retention import keep_retention
from peil.surveys.facts.batches import is_behind, take_in
from peil.surveys.forgetting.retaining import due
from peil.surveys.keeping import draft_from_published, publish_draft, save_draft
from peil.surveys.models import Request, Response
from peil.warehouse.open import open_warehouse

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 3, 15, tzinfo=UTC)
EDGE = datetime(2024, 11, 1, tzinfo=UTC)  # 24 whole months before
KPIS = ("ces_agree", "solved_asked")


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    with open_warehouse(stores_of(tmp_path).warehouse) as warehouse:
        yield Ground(stores_of(tmp_path), warehouse)


def plant(months: int = 60) -> None:
    """An answer and its request a month, each with its own mark, for five years; two more at the very edge."""
    survey = published("after_contact")
    moments = [NOW - timedelta(days=30 * n + 1) for n in range(months)] + [EDGE - timedelta(seconds=1), EDGE]
    for number, at in enumerate(moments):
        who = f"merk-{number:03d}."
        request = requested(
            survey.key,
            f"{who}klant",
            at=at,
            address=f"{who}adres@example.nl",
            known={"customer.first_name": f"{who}naam"},
        )
        form = {"ease": [str(1 + number % 7)], "solved": [str(number % 2)], "ease_comment": [f"{who}toelichting"]}
        kept = {"context": {"customer_id": f"{who}klant", "interaction_id": f"{who}contact", "channel": "phone"}}
        answered(survey, form, at=at, request=request, call_back=f"{who}bel", **kept)


def take_all(ground: Ground) -> None:
    while is_behind():
        take_in(ground.warehouse)


def marked(ground: Ground) -> set[int]:
    """Which of the planted answers are still known by anything that is somebody's."""
    text = "".join(everything(ground.stores.home, ground.warehouse).values())
    return {number for number in range(62) if f"merk-{number:03d}." in text}


def test_nothing_older_stays_and_nothing_younger_goes(ground: Ground) -> None:
    plant()
    take_all(ground)
    assert marked(ground) == set(range(62))
    peil = Peil(ground.warehouse)
    before = [peil.kpi(*KPIS).to_json(), peil.kpi(*KPIS, by=["year"]).to_json()]
    old = {r.pk for r in Response.objects.filter(saved_at__lt=EDGE)}
    looked = due(NOW)
    assert {str(pk) for pk in old} == set(looked.responses)
    assert Response.objects.filter(let_go_at=None).count() == 62, "looking changes nothing"

    assert keep_retention(ground.warehouse, NOW) == 2 * len(old)

    take_all(ground)
    young = {n for n in range(60) if NOW - timedelta(days=30 * n + 1) >= EDGE} | {61}
    assert marked(ground) == young
    assert [peil.kpi(*KPIS).to_json(), peil.kpi(*KPIS, by=["year"]).to_json()] == before
    ground.warehouse.rebuild()
    assert marked(ground) == young
    assert peil.kpi(*KPIS).to_json() == before[0]
    assert keep_retention(ground.warehouse, NOW) == 0
    assert Request.objects.exclude(address="").count() == len(young)


def test_each_version_keeps_answers_as_long_as_it_says() -> None:
    old, survey = NOW - timedelta(days=400), published("after_contact")
    answered(survey, {"ease": ["6"]}, at=old)
    kept = draft_from_published(survey.key)
    assert kept.draft is not None
    shorter = replace(kept.draft, retention_months=6)
    newest = publish_draft(survey.key, save_draft(survey.key, shorter, kept.edits).edits)
    later = answered(newest, {"ease": ["5"]}, at=old)
    assert due(NOW).responses == (str(later.pk),)


def test_where_answers_came_from_is_forgotten_after_a_day(ground: Ground) -> None:
    survey = published("after_contact")
    for hours in (1, 23, 25, 500):
        answered(survey, {"ease": ["6"]}, at=NOW - timedelta(hours=hours), sender=f"from{hours}")
    keep_retention(ground.warehouse, NOW)
    assert set(Response.objects.values_list("sender", flat=True)) == {"from1", "from23", ""}


def test_a_month_later_one_more_month_goes(ground: Ground) -> None:
    plant(0)
    take_all(ground)
    keep_retention(ground.warehouse, NOW)
    assert marked(ground) == {1}

    assert keep_retention(ground.warehouse, datetime(2026, 12, 1, tzinfo=UTC)) == 2
    take_all(ground)
    assert not marked(ground)


def test_an_end_in_the_middle_is_made_good(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    from peil.ops.erase import retention

    plant(30)
    take_all(ground)
    peil = Peil(ground.warehouse)
    before = peil.kpi(*KPIS).to_json()

    def die(*_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(retention, "let_go", die)
        with pytest.raises(SystemExit):
            keep_retention(ground.warehouse, NOW)
    keep_retention(ground.warehouse, NOW)
    take_all(ground)

    ground.warehouse.rebuild()
    assert not {n for n in marked(ground) if n < 30 and NOW - timedelta(days=30 * n + 1) < EDGE}
    assert peil.kpi(*KPIS).to_json() == before
