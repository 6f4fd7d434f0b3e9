"""Rules and the facts: what happened since they were set going is asked about once, and a wave is spread evenly."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.surveys.asking import TUESDAY, published, terms
from tests.warehouse.conftest import on_both, url, warehouse
from tests.warehouse.staged import take_in

from peil.core.errors import BadQuery
from peil.surveys.models import Request
from peil.surveys.questionnaires.questionnaire import Moment
from peil.surveys.whom.addresses import Line, keep_contacts
from peil.surveys.whom.looking import Event, look_at_rules, tell_event
from peil.surveys.whom.rules import AskRule, How, add_rule, change_rule, pause_rule, start_rule
from peil.warehouse.open import Warehouse

__all__ = ["url", "warehouse"]
pytestmark = pytest.mark.django_db
BEGUN = TUESDAY - timedelta(days=1)


def rule(moment: Moment, survey: str = "", **how: Any) -> AskRule:
    """A rule that was set going a day ago, asking at once."""
    made = add_rule(survey or published().key, "a rule", moment, How(**({"delay_hours": 0} | how)))
    start_rule(made.id, BEGUN)
    return made


def book(*customers: str) -> None:
    keep_contacts(Line(customer_id=c, email=f"{c.lower()}@example.nl", language="nl") for c in customers)


def contact(number: int, at: datetime | None = None, **more: Any) -> dict[str, Any]:
    solved = at or TUESDAY - timedelta(hours=2)
    told = {"interaction_id": f"I{number}", "customer_id": f"K{number}", "opened_at": solved - timedelta(hours=1)}
    return {**told, "resolved_at": solved, "channel": "phone", "direction": "in", **more}


def asked() -> list[tuple[str, str]]:
    rows = Request.objects.order_by("context__customer_id")
    return [(r.context["customer_id"], r.held_back) for r in rows]


@on_both
def test_after_a_contact_that_was_solved_since_the_rule_was_set_going(warehouse: Warehouse) -> None:
    rule("after_contact", channels=("phone", "chat"))
    rows = [
        contact(1, team="Zwolle", employee_id="E7"),
        contact(2, channel="email"),  # another channel
        contact(3, direction="out"),  # we called them
        contact(4, abandoned=1),  # hung up
        contact(5, resolved_at=None),  # still open
        contact(6, BEGUN - timedelta(hours=1)),  # before the rule
        contact(7, customer_id=None),  # nobody known
        contact(8),  # in no address book
    ]
    take_in(warehouse, {"interactions": rows})
    book("K1", "K2", "K3", "K4", "K5", "K6")
    assert look_at_rules(warehouse, terms(), TUESDAY) == 2
    assert look_at_rules(warehouse, terms(), TUESDAY) == 0
    assert asked() == [("K1", ""), ("K8", "no_address")]
    row = Request.objects.get(held_back="")
    assert row.context == {"customer_id": "K1", "interaction_id": "I1", "team": "Zwolle", "employee_id": "E7"}
    assert row.channel == "phone"
    assert row.known == {"contact.day": "24 november", "contact.channel": "telefoon"}


def test_the_same_contact_by_import_and_by_api_asks_once(warehouse: Warehouse) -> None:
    rule("after_contact")
    book("K1")
    take_in(warehouse, {"interactions": [contact(1)]})
    event = Event(id="I1", moment="after_contact", at=TUESDAY - timedelta(hours=2), customer_id="K1", channel="phone")
    (told,) = tell_event(event, terms(), TUESDAY)
    assert told.new
    assert look_at_rules(warehouse, terms(), TUESDAY) == 0
    (again,) = tell_event(event, terms(), TUESDAY)
    assert not again.new


def test_an_import_that_is_repeated_or_corrected_asks_nobody_twice(warehouse: Warehouse) -> None:
    rule("after_contact")
    book("K1")
    take_in(warehouse, {"interactions": [contact(1)]}, "one.csv")
    look_at_rules(warehouse, terms(), TUESDAY)
    take_in(warehouse, {"interactions": [contact(1, TUESDAY - timedelta(hours=1))]}, "corrected.csv")
    assert look_at_rules(warehouse, terms(), TUESDAY) == 0
    assert Request.objects.count() == 1


def test_a_rule_that_stands_still_asks_nobody_and_forgets_what_it_missed(warehouse: Warehouse) -> None:
    made = rule("after_contact")
    book("K1", "K2")
    pause_rule(made.id)
    take_in(warehouse, {"interactions": [contact(1, TUESDAY - timedelta(hours=3))]}, "one.csv")
    assert look_at_rules(warehouse, terms(), TUESDAY) == 0
    start_rule(made.id, TUESDAY - timedelta(hours=2))
    take_in(warehouse, {"interactions": [contact(2, TUESDAY - timedelta(hours=1))]}, "two.csv")
    assert look_at_rules(warehouse, terms(), TUESDAY) == 1
    assert asked() == [("K2", "")]


@on_both
def test_visits_journeys_and_first_purchases(warehouse: Warehouse) -> None:
    rule("after_visit")
    rule("journey_step", journey="moving")
    rule("after_purchase")
    at = TUESDAY - timedelta(hours=3)
    take_in(
        warehouse,
        {
            "visits": [{"visit_id": "V1", "customer_id": "K1", "started_at": at}],
            "journey_runs": [
                {"run_id": "R2", "customer_id": "K2", "journey": "moving", "started_at": at, "completed": 1},
                {"run_id": "R3", "customer_id": "K3", "journey": "moving", "started_at": at, "completed": 0},
                {"run_id": "R4", "customer_id": "K4", "journey": "paying", "started_at": at, "completed": 1},
            ],
            "customer_events": [
                {"event_id": "P5", "customer_id": "K5", "kind": "purchase", "at": at},
                {"event_id": "P6", "customer_id": "K6", "kind": "purchase", "at": at},
                {"event_id": "P6a", "customer_id": "K6", "kind": "purchase", "at": at - timedelta(days=90)},
                {"event_id": "P7", "customer_id": "K7", "kind": "invoice", "at": at},
            ],
        },
    )
    book(*(f"K{n}" for n in range(1, 8)))
    assert look_at_rules(warehouse, terms(), TUESDAY) == 3
    assert asked() == [("K1", ""), ("K2", ""), ("K5", "")]


@on_both
def test_so_many_days_before_a_contract_is_renewed(warehouse: Warehouse) -> None:
    rule("before_renewal", days_before=30)
    spells = [
        {"membership_id": "M1", "customer_id": "K1", "since": date(2023, 12, 24)},  # 30 days from the 24th
        {"membership_id": "M2", "customer_id": "K2", "since": date(2023, 12, 25)},  # tomorrow's
        {"membership_id": "M3", "customer_id": "K3", "since": date(2023, 12, 24), "until": date(2026, 6, 1)},
        {"membership_id": "M4", "customer_id": "K4", "since": date(2026, 12, 24)},  # begins only then
    ]
    take_in(warehouse, {"memberships": spells})
    book("K1", "K2", "K3", "K4")
    assert look_at_rules(warehouse, terms(), TUESDAY) == 1
    assert asked() == [("K1", "")]
    assert Request.objects.get().known == {"renewal.day": "24 december"}
    assert look_at_rules(warehouse, terms(), TUESDAY + timedelta(days=1)) == 1


def test_who_began_on_the_29th_of_february_is_renewed_each_year() -> None:
    from peil.surveys.whom.happened import _same_day_before

    assert date(2024, 2, 29) in _same_day_before(date(2027, 2, 28))
    assert date(2024, 2, 29) in _same_day_before(date(2028, 2, 29))
    assert date(2024, 2, 29) not in _same_day_before(date(2028, 2, 28))
    assert date(2024, 2, 28) in _same_day_before(date(2028, 2, 28))


@pytest.mark.slow
def test_a_wave_asks_each_customer_once_a_year_and_as_many_on_each_working_day(warehouse: Warehouse) -> None:
    survey = published("relationship").key
    made = add_rule(survey, "wave", "calm", How(spread_days=28))
    monday = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
    start_rule(made.id, monday)
    book(*(f"K{n}" for n in range(400)))
    how = terms(rest_days=0)
    for day in range(0, 400, 1):
        look_at_rules(warehouse, how, monday + timedelta(days=day, hours=2))
    rows = Request.objects.filter(held_back="")
    first = rows.filter(due_at__lt=monday + timedelta(days=40))
    assert first.count() == 400
    assert {c for _, c in Counter(r.person for r in first).items()} == {1}
    a_day = Counter(r.due_at.date() for r in first if r.due_at)
    assert len(a_day) == 20  # four weeks of five days
    assert all(day.isoweekday() <= 5 for day in a_day)
    expected = 20.0
    assert sum((n - expected) ** 2 / expected for n in a_day.values()) < 44  # chi-square of 19, one time in 1,000
    again = rows.filter(due_at__gte=monday + timedelta(days=40))
    assert again.exists()
    for second in again:
        before = first.get(person=second.person)
        assert second.due_at is not None
        assert before.due_at is not None
        assert second.due_at - before.due_at >= timedelta(days=364)
    hours = {r.due_at.hour for r in first if r.due_at}
    assert min(hours) >= 7
    assert max(hours) <= 19


def test_a_wave_leaves_out_who_is_no_customer_any_more(warehouse: Warehouse) -> None:
    made = add_rule(published("relationship").key, "wave", "calm", How(spread_days=1))
    start_rule(made.id, TUESDAY)
    spells = [
        {"membership_id": "M1", "customer_id": "K1", "since": date(2023, 1, 1)},
        {"membership_id": "M2", "customer_id": "K2", "since": date(2023, 1, 1), "until": date(2026, 6, 1)},
    ]
    take_in(warehouse, {"memberships": spells})
    book("K1", "K2", "K3")
    look_at_rules(warehouse, terms(), TUESDAY)
    assert asked() == [("K1", "")]


def test_an_event_finds_the_rules_that_are_about_it() -> None:
    rule("after_contact", channels=("chat",))
    other = rule("after_contact", teams=("Zwolle",))
    at = TUESDAY - timedelta(hours=1)
    event = Event(
        id="C1", moment="after_contact", at=at, customer_id="K1", email="k1@example.nl", channel="phone",
        told={"team": "Zwolle"},
    )  # fmt: skip
    (told,) = tell_event(event, terms(), TUESDAY)
    assert Request.objects.get(pk=told.number).survey.key == other.survey
    early = Event(id="C2", moment="after_contact", at=BEGUN - timedelta(hours=1), channel="chat")
    assert tell_event(early, terms(), TUESDAY) == []
    with pytest.raises(BadQuery, match="Nothing is asked after"):
        tell_event(Event(id="C3", moment="calm", at=at), terms(), TUESDAY)


def test_a_rule_that_is_changed_goes_on_from_now() -> None:
    made = rule("after_contact")
    before = timezone.now()
    changed = change_rule(made.id, "another", "after_visit", How(share=50))
    assert changed is not None
    assert (changed.moment, changed.how.share, changed.active) == ("after_visit", 50, True)
    assert changed.since is not None
    assert changed.since >= before


@pytest.mark.parametrize(
    "how", [How(share=0), How(delay_hours=-1), How(late_days=99), How(via="page"), How(spread_days=0)]
)
def test_settings_that_can_not_be(how: How) -> None:
    with pytest.raises(BadQuery):
        add_rule(published().key, "a rule", "after_contact", how)
