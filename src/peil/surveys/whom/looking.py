"""Rules at work: what happened since they were set going becomes requests, once each, however often one looks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from peil.core.errors import BadQuery
from peil.surveys.models import Request
from peil.surveys.questionnaires.questionnaire import CONTACT_MOMENTS, Moment
from peil.surveys.tokens import lot_of, person_hash
from peil.surveys.whom.addresses import all_customers, contacts_of
from peil.surveys.whom.asking import Asked, Terms, Wanted, ask
from peil.surveys.whom.happened import CONTEXT_KEY, Happened, active_customers, happened
from peil.surveys.whom.moments import share_of
from peil.surveys.whom.rules import MOMENTS, AskRule, active_rules, takes

if TYPE_CHECKING:
    from peil.warehouse.open import Warehouse

_AT_ONCE = 500
_YEAR = 365  # days from one wave to the next
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened, as another system tells it. `id` is that system's own: told twice it asks once.

    For a contact it is the number that imports give it too, so that both are one.
    """

    id: str
    moment: Moment
    at: datetime
    customer_id: str = ""
    email: str = ""
    phone: str = ""
    language: str = ""
    channel: str = ""
    told: Mapping[str, str] = field(default_factory=dict)  # reason, team, employee_id, journey
    known: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, object] = field(default_factory=dict)


def look_at_rules(warehouse: Warehouse, terms: Terms, now: datetime | None = None) -> int:
    """Ask about everything that the rules are about and was not asked about before; how many new requests."""
    now = now or timezone.now()
    return sum(look_at_rule(rule, warehouse, terms, now) for rule in active_rules())


def look_at_rule(rule: AskRule, warehouse: Warehouse, terms: Terms, now: datetime) -> int:
    """The same for one rule."""
    if rule.since is None:
        return 0
    found = 0
    for wanted in _new(candidates(rule, warehouse, terms, (rule.since, now))):
        found += ask(wanted, terms, now).new
    return found


def tell_event(event: Event, terms: Terms, now: datetime | None = None) -> list[Asked]:
    """Have every rule that is about an event ask. One that happened before a rule was set going is not its business."""
    if event.moment not in MOMENTS or event.moment == "calm":
        raise BadQuery(f"Nothing is asked after '{str(event.moment)[:40]}'.", f"Say one of {', '.join(MOMENTS[:-1])}.")
    told = {**event.told, "channel": event.channel}
    rules = [r for r in active_rules(event.moment) if takes(r, told) and r.since is not None and r.since <= event.at]
    return [ask(_of_event(rule, event), terms, now) for rule in rules]


def candidates(rule: AskRule, warehouse: Warehouse, terms: Terms, span: tuple[datetime, datetime]) -> Iterator[Wanted]:
    """Whom a rule would ask about what happened in a span of time; nothing is kept."""
    since, now = span
    since = max(since, now - timedelta(days=rule.how.late_days))
    if rule.moment == "calm":
        yield from _wave(rule, warehouse, terms, (since, now))
        return
    for one in happened(warehouse, rule, since, now):
        yield _of_fact(rule, one)


def cause_of(rule: AskRule, thing: str) -> str:
    """One cause for one thing and one rule, of a length that fits and without the customer's number in it."""
    return f"rule {rule.id} {person_hash('cause', thing)[:40]}"


def _new(wanted: Iterable[Wanted]) -> Iterator[Wanted]:
    """Those of which the cause asked nobody yet; looked up many at a time."""
    batch: list[Wanted] = []
    for one in wanted:
        batch.append(one)
        if len(batch) == _AT_ONCE:
            yield from _unasked(batch)
            batch = []
    yield from _unasked(batch)


def _unasked(batch: Sequence[Wanted]) -> list[Wanted]:
    there = set(Request.objects.filter(cause__in=[w.cause for w in batch]).values_list("cause", flat=True))
    return [w for w in batch if w.cause not in there]


def _of_fact(rule: AskRule, one: Happened) -> Wanted:
    how = rule.how
    return Wanted(
        survey=rule.survey, cause=cause_of(rule, one.thing), via=how.via, customer_id=one.customer_id, channel=one.channel,
        happened_at=one.at, context=one.context, known={**_contact_day(rule, one.at), **one.known}, delay_hours=how.delay_hours, share=how.share / 100,
        late_days=how.late_days,
    )  # fmt: skip


def _contact_day(rule: AskRule, at: datetime) -> dict[str, str]:
    """When it was, for a rule about a moment that the customer remembers."""
    return {"contact.day": at.isoformat()} if rule.moment in CONTACT_MOMENTS else {}


def _of_event(rule: AskRule, event: Event) -> Wanted:
    how = rule.how
    context = {k: v for k, v in event.told.items() if k in ("team", "employee_id", "interaction_id", "visit_id")}
    if event.moment in CONTEXT_KEY:
        context.setdefault(CONTEXT_KEY[event.moment], event.id)
    known = {**_contact_day(rule, event.at), **event.known}
    thing = f"first:{event.customer_id}" if event.moment == "after_purchase" and event.customer_id else event.id
    return Wanted(
        survey=rule.survey, cause=cause_of(rule, thing), via=how.via, customer_id=event.customer_id,
        address=event.email if how.via == "email" else event.phone, language=event.language, channel=event.channel, happened_at=event.at, context=context,
        known=known, attributes=event.attributes, delay_hours=how.delay_hours, share=how.share / 100,
        late_days=how.late_days,
    )  # fmt: skip


def _wave(rule: AskRule, warehouse: Warehouse, terms: Terms, span: tuple[datetime, datetime]) -> Iterator[Wanted]:
    """Customers of the address book whose day it is: each once in 365 days, as many on every sending day."""
    since, now = span
    begun = terms.hours.day_of(rule.since or since)
    today = terms.hours.day_of(now)
    customers: list[str] | None = None
    day = max(terms.hours.day_of(since), begun)
    while day <= today:
        cycle, place = divmod((day - begun).days, _YEAR)
        days = terms.hours.sending_days(begun + timedelta(days=cycle * _YEAR), rule.how.spread_days)
        if place < rule.how.spread_days and day in days:
            customers = _reachable(warehouse, today) if customers is None else customers
            yield from _wave_of(rule, terms, (day, cycle), [c for c in customers if _day_of(rule, c, days) == day])
        day += _DAY


def _day_of(rule: AskRule, customer: str, days: Sequence[date]) -> date | None:
    return share_of(lot_of("wave", str(rule.id), customer), days)


def _wave_of(rule: AskRule, terms: Terms, when: tuple[date, int], customers: Sequence[str]) -> Iterator[Wanted]:
    (day, cycle), how = when, rule.how
    opens, closes = terms.hours.window(day)
    lines = contacts_of(customers)
    for customer in customers:
        line = lines.get(customer)
        if line is None or not line.address(how.via):
            continue
        at = opens + (closes - opens) * lot_of("wave hour", str(rule.id), customer)
        yield Wanted(
            survey=rule.survey, cause=cause_of(rule, f"wave {rule.since:%Y%m%d} {cycle} {customer}"), via=how.via,
            customer_id=customer, happened_at=at, share=how.share / 100, late_days=how.late_days, again_days=_YEAR,
        )  # fmt: skip


def _reachable(warehouse: Warehouse, day: date) -> list[str]:
    """Those of the address book who are customers today, where the facts know who is."""
    active = active_customers(warehouse, day)
    return [c for c in all_customers() if active is None or c in active]
