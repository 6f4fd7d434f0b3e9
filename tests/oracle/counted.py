"""All figures of all groups by hand: every KPI, from rows as they were given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

from tests.generated.chance import Facts, Row
from tests.oracle import answers, contacts, web_and_people
from tests.oracle.derive import ZONE, enrich
from tests.oracle.tally import Figure, Measure, Tally

MEASURES: dict[str, Measure] = {**answers.FIGURES, **contacts.FIGURES, **web_and_people.FIGURES}
SPREADS: dict[str, Any] = {**answers.SPREADS, **contacts.SPREADS, **web_and_people.SPREADS}
HAPPENED = ("bounced_at", "opened_at", "started_at", "answered_at")
OVER_A_PERIOD = ("retention", "churn", "retention_yearly", "contact_rate")
Group: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """What is asked: groups, weights, and a period (none: all days)."""

    by: tuple[str, ...] = ("x_data_set",)
    weighted: bool = False
    since: date | None = None
    until: date | None = None


class Counted:
    """The figures of one set of facts."""

    def __init__(self, facts: Facts) -> None:
        self.facts = enrich(facts)
        this_month = datetime.now(ZONE).date().replace(day=1)  # what employees answered in it is not told yet
        self.facts["answers"] = [
            r
            for r in self.facts.get("answers", [])
            if r["kind"] != "engagement" or not r["day"] or r["day"] < this_month
        ]
        for fact, rows in self.facts.items():
            days = [r["day"] for r in rows if r.get("day")]
            if fact == "invitations" and days:
                days += [r[c].astimezone(ZONE).date() for r in rows for c in HAPPENED if r.get(c) is not None]
            newest = max(days, default=None)
            for row in rows:
                for days in (7, 14):
                    old = row.get("day") is None or newest is None or row["day"] <= newest - timedelta(days=days)
                    row[f"ripe_{days}"] = old

    def figures(self, keys: Iterable[str], look: Look) -> dict[tuple[str, Group], Figure]:
        tallies = self._tallies(look)
        keys = [k for k in keys if k not in OVER_A_PERIOD or (look.since and "month" not in look.by)]
        return {(key, g): MEASURES[key](t) for key in keys if key in MEASURES for g, t in tallies.items()}

    def spreads(self, keys: Iterable[str], look: Look) -> dict[tuple[str, Group, object], float]:
        tallies = self._tallies(look)
        return {
            (key, g, value): share
            for key in keys
            if key in SPREADS
            for g, t in tallies.items()
            for value, share in SPREADS[key](t).items()
        }

    def _tallies(self, look: Look) -> dict[Group, Tally]:
        """Rows per group; a fact that lacks a column lends its rows to every group that agrees on the others."""
        groups: dict[Group, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
        lent: dict[str, tuple[tuple[int, ...], dict[Group, list[Row]]]] = {}
        for fact, rows in self.facts.items():
            there = seen(fact, rows, look)
            if fact == "answers":
                answers.mark_last(there, tuple(c for c in look.by if c in ("day", "month")))
            known = tuple(i for i, c in enumerate(look.by) if there and c in there[0])
            parts: dict[Group, list[Row]] = defaultdict(list)
            for row in there:
                parts[tuple(row[look.by[i]] for i in known)].append(row)
            if len(known) == len(look.by):
                for group, part in parts.items():
                    groups[group][fact] = part
            else:
                lent[fact] = (known, parts)
        for group, facts in groups.items():
            for fact, (known, parts) in lent.items():
                facts[fact] = parts.get(tuple(group[i] for i in known), [])
        return {group: Tally(dict(facts), look.weighted) for group, facts in groups.items()}


def seen(fact: str, rows: list[Row], look: Look) -> list[Row]:
    """The rows of the period; of customers, those who were one at some time in it, with what they were then."""
    if look.since is None or look.until is None:
        return rows
    if fact != "memberships":
        return [r for r in rows if r["day"] is not None and look.since <= r["day"] < look.until]
    return [shown for r in rows for shown in [spell(r, look.since, look.until)] if shown is not None]


def spell(row: Mapping[str, Any], start: date, end: date) -> Row | None:
    since, until = row["since"], row["until"] or date.max
    days = sum(1 for i in range((end - start).days) if since <= start + timedelta(days=i) < until)
    here = since < start and until >= start
    if not days and not here:
        return None
    return {
        **row,
        "at_start": 1 if here else None,
        "kept": int(until >= end) if here else None,
        "start_days": (end - start).days if here else None,
        "present": days / (end - start).days if days else None,
    }
