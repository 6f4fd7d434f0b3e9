"""What a rule would have asked: counted over the last days as if it had been going, without keeping anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from peil.surveys.keeping import find_survey
from peil.surveys.models import Hold, NoMore, Request
from peil.surveys.tokens import lot_of
from peil.surveys.whom.addresses import Line, address_hash, contacts_of, customer_hash
from peil.surveys.whom.asking import Terms, Wanted
from peil.surveys.whom.looking import candidates
from peil.surveys.whom.reasons import HOLDS, HeldBack, bad_address
from peil.surveys.whom.rules import AskRule

if TYPE_CHECKING:
    from peil.warehouse.open import Warehouse

DAYS = 30
MOST = 20_000  # events; of more the first ones are counted, and the page says so
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Preview:
    """How many it would have asked, and held back for what; `cut` where there were more events than are counted."""

    asked: int
    held: tuple[tuple[str, int], ...]  # the most frequent first
    cut: bool

    @property
    def held_back(self) -> int:
        return sum(n for _, n in self.held)


def preview_rule(rule: AskRule, warehouse: Warehouse, terms: Terms, now: datetime) -> Preview:
    """Count over the last 30 days. Who was asked meanwhile by other rules rests in this count too."""
    tried = replace(rule, since=now - timedelta(days=DAYS), how=replace(rule.how, late_days=DAYS))
    found = list(islice(candidates(tried, warehouse, terms, (now - timedelta(days=DAYS), now)), MOST + 1))
    kept = find_survey(rule.survey)
    if kept is None or kept.published is None or kept.ended_at is not None or kept.published.anonymous:
        reason = "ended" if kept and kept.ended_at else "anonymous" if kept and kept.published else "unpublished"
        return Preview(0, ((reason, min(len(found), MOST)),) if found else (), len(found) > MOST)
    counted = Counter[str]()
    resting = _Resting(terms, now)
    for start in range(0, min(len(found), MOST), _AT_ONCE):
        batch = found[start : min(start + _AT_ONCE, MOST)]
        known = _Known.of(batch, rule.survey, now)
        for wanted in batch:
            counted[_decide(wanted, known, resting) or ""] += 1
    asked = counted.pop("", 0)
    return Preview(asked, tuple(counted.most_common()), len(found) > MOST)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is kept about the customers of a batch, read in four questions."""

    lines: Mapping[str, Line]
    no_more: frozenset[str]
    holds: Mapping[str, str]
    asked: Mapping[str, list[datetime]]

    @classmethod
    def of(cls, batch: Iterable[Wanted], survey: str, now: datetime) -> _Known:
        customers = {w.customer_id for w in batch if w.customer_id}
        lines = contacts_of(customers)
        persons = {customer_hash(c) for c in customers} | {address_hash(x.email) for x in lines.values() if x.email}
        refused = NoMore.objects.filter(person__in=persons).filter(survey=None) | NoMore.objects.filter(
            person__in=persons, survey__key=survey
        )
        holds = Hold.objects.filter(customer_id__in=customers, until=None) | Hold.objects.filter(
            customer_id__in=customers, until__gt=now
        )
        asked: dict[str, list[datetime]] = {}
        rows = Request.objects.filter(person__in=persons, held_back="", test=False).exclude(sent_at=None)
        for person, sent in rows.values_list("person", "sent_at"):
            asked.setdefault(person, []).extend([sent] if sent else [])
        return cls(
            lines,
            frozenset(refused.values_list("person", flat=True)),
            dict(holds.values_list("customer_id", "reason")),
            asked,
        )


class _Resting:
    """Who would have been asked so far in this count, and when."""

    def __init__(self, terms: Terms, now: datetime) -> None:
        self._terms, self._now = terms, now
        self._turns: dict[str, datetime] = {}

    def takes(self, wanted: Wanted, persons: list[str], known: _Known) -> bool:
        """Whether somebody has a turn; then it is theirs."""
        moment = (wanted.happened_at or self._now) + timedelta(hours=wanted.delay_hours)
        due = self._terms.hours.first_from(moment)
        rest = timedelta(days=max(self._terms.manner.rest_days, wanted.again_days))
        before = [
            t for p in persons for t in [*known.asked.get(p, ()), *([self._turns[p]] if p in self._turns else [])]
        ]
        if any(abs(due - t) < rest for t in before):
            return False
        self._turns.update(dict.fromkeys(persons, due))
        return True


def _decide(wanted: Wanted, known: _Known, resting: _Resting) -> HeldBack | None:
    line = known.lines.get(wanted.customer_id)
    address = wanted.address or (line.address(wanted.via) if line else "")
    persons = [customer_hash(wanted.customer_id)] + ([address_hash(address)] if address else [])
    if bad_address(wanted.via, address):
        return "no_address"
    if known.no_more & set(persons):
        return "opted_out"
    held = known.holds.get(wanted.customer_id)
    if held is not None:
        return next((reason for reason in HOLDS if reason == held), "other_hold")
    if lot_of("sample", wanted.survey, wanted.cause) >= wanted.share:
        return "not_sampled"
    return None if resting.takes(wanted, persons, known) else "resting"
