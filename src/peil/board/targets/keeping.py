"""Setting a target, ending it, and which one holds; a target that was set stays to be read."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from math import isfinite
from typing import Any, Literal, TypeAlias

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from peil.accounts.audit import record
from peil.accounts.models import Person
from peil.board.models import Target
from peil.core.errors import BadQuery
from peil.core.kpi import Estimate
from peil.core.kpis import get
from peil.report.contents import Contents
from peil.warehouse.query import Filter
from peil.warehouse.settings import Settings

Due: TypeAlias = Literal[3, 6]
MONTHS: tuple[Due, ...] = (3, 6)


@dataclass(frozen=True, slots=True)
class Baseline:
    """What was measured when a target was set, over [since, until)."""

    value: float
    low: float | None
    high: float | None
    n: int
    since: date
    until: date
    level: float
    definition: int

    @classmethod
    def of(cls, e: Estimate, since: date, until: date) -> Baseline | None:
        """None where there is no figure to start from, or where it may not be shown."""
        if e.value is None or e.status not in ("ok", "few_customers", "too_few"):
            return None
        return cls(e.value, e.low, e.high, e.n, since, until, e.level, e.definition)

    @property
    def days(self) -> int:
        return (self.until - self.since).days


@dataclass(frozen=True, slots=True)
class NewTarget:
    """What somebody wants to reach: `team` as it is called in the facts, '' for everyone."""

    kpi: str
    team: str
    value: float
    months: Due
    starts: date

    @property
    def due(self) -> date:
        return months_later(self.starts, self.months)


@dataclass(frozen=True, slots=True)
class TargetKept:
    """A target as it was set; `ended_at` tells since when it no longer holds."""

    id: int
    kpi: str
    team: str
    value: float
    months: int
    starts: date
    due: date
    baseline: Baseline | None
    set_by: str
    set_at: datetime
    ended_at: datetime | None
    replaced: bool


def set_target(new: NewTarget, baseline: Baseline | None, person: Person | None) -> TargetKept:
    """Keep a target. One for the same KPI, team and number of months ends; its row stays."""
    check_target(new)
    with transaction.atomic():
        row = Target.objects.create(
            kpi=new.kpi,
            team=new.team,
            value=new.value,
            months=new.months,
            starts=new.starts,
            due=new.due,
            baseline=None if baseline is None else _as_json(baseline),
            set_by=person,
        )
        _same(row).update(ended_at=timezone.now(), replaced_by=row)
        record(person, "target_changed", f"{row.pk} {new.kpi} {new.team}".strip(), what="added", value=new.value)
    return _kept(row)


def check_target(new: NewTarget) -> None:
    """Refuse a target that can't be one: no KPI, no direction, or a value that its scale does not have."""
    kpi = get(new.kpi)
    if kpi.better == "neither":
        raise BadQuery(f"'{kpi.key}' is neither better high nor low.", "Choose another KPI.")
    if new.months not in MONTHS:
        raise BadQuery(f"A target is for 3 or 6 months, not {new.months}.", "Choose one of them.")
    low, high = {"percent": (0.0, 100.0), "points": (-100.0, 100.0)}.get(kpi.unit, kpi.bounds or (None, None))
    wrong = not isfinite(new.value) or (low is not None and new.value < low) or (high is not None and new.value > high)
    if wrong:
        raise BadQuery(f"{new.value} is no value of '{kpi.key}'.", f"Give a number between {low} and {high}.")


def end_target(id: int) -> TargetKept | None:
    """End a target; None when there is none that holds."""
    row = Target.objects.filter(pk=id, ended_at=None).first()
    if row is None:
        return None
    row.ended_at = timezone.now()
    row.save(update_fields=["ended_at"])
    return _kept(row)


def restore_target(id: int) -> TargetKept | None:
    """Let an ended target hold again, in place of the one that came after it."""
    with transaction.atomic():
        row = Target.objects.filter(pk=id).exclude(ended_at=None).first()
        if row is None:
            return None
        row.ended_at, row.replaced_by = None, None
        row.save(update_fields=["ended_at", "replaced_by"])
        _same(row).update(ended_at=timezone.now(), replaced_by=row)
    return _kept(row)


def target_of(id: int) -> TargetKept | None:
    row = Target.objects.select_related("set_by").filter(pk=id).first()
    return None if row is None else _kept(row)


def in_force(day: date | None = None, teams: Sequence[str] | None = None) -> list[TargetKept]:
    """Every target that holds, or held on `day`; those of some teams when they are named ('' is everyone)."""
    rows = Target.objects.select_related("set_by")
    if day is None:
        rows = rows.filter(ended_at=None)
    else:
        rows = rows.filter(Q(ended_at=None) | Q(ended_at__date__gt=day), starts__lte=day)
    if teams is not None:
        rows = rows.filter(team__in=teams)
    return [_kept(row) for row in rows]


def history(teams: Sequence[str] | None = None, most: int = 50) -> list[TargetKept]:
    """Targets that no longer hold, the one that ended last first."""
    rows = Target.objects.select_related("set_by").exclude(ended_at=None).order_by("-ended_at", "-pk")
    if teams is not None:
        rows = rows.filter(team__in=teams)
    return [_kept(row) for row in rows[:most]]


def targets_for(settings: Settings, where: Iterable[Filter], day: date) -> Mapping[str, float]:
    """The target of each KPI for figures over these rows until and with `day`.

    That of the one team that the rows are of, else that of everyone, else the one of peil.toml. Of two for
    one team the one that is due first holds; after both are due, the last of them until another is set.
    """
    team = team_of(where)
    found = dict(settings.kpi_targets)
    for whose in ("", team) if team else ("",):
        by_kpi: dict[str, list[TargetKept]] = {}
        for target in in_force(day, [whose]):
            by_kpi.setdefault(target.kpi, []).append(target)
        found |= {kpi: current(targets, day).value for kpi, targets in by_kpi.items()}
    return found


def with_targets(contents: Contents, settings: Settings) -> Contents:
    """The contents of a page, held to the targets of today, or of the last day that was asked for by name."""
    named = contents.asked.since or contents.asked.until
    day = contents.span.last if named and contents.span is not None else contents.today
    return replace(contents, targets=targets_for(settings, contents.asked.where, day))


def current(targets: Sequence[TargetKept], day: date) -> TargetKept:
    """Of targets for one KPI and team the one that holds on `day`: the next one due, else the last."""
    coming = [t for t in targets if t.due >= day]
    return min(coming, key=lambda t: t.due) if coming else max(targets, key=lambda t: t.due)


def team_of(where: Iterable[Filter]) -> str:
    """The one team that these rows are of; '' where they are of more, or of any."""
    told = [f.values for f in where if f.column == "team" and not f.negated]
    shared = set(told[0]).intersection(*told[1:]) if told else set()
    return str(next(iter(shared))) if len(shared) == 1 and None not in shared else ""


def months_later(day: date, months: int) -> date:
    """The same day so many months on, or the last of that month.

    >>> months_later(date(2026, 11, 30), 3)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _same(row: Target) -> Any:
    """The other targets that hold for the same KPI, team and number of months."""
    same = Target.objects.filter(kpi=row.kpi, team=row.team, months=row.months, ended_at=None)
    return same.exclude(pk=row.pk)


def _as_json(baseline: Baseline) -> dict[str, Any]:
    return asdict(baseline) | {"since": baseline.since.isoformat(), "until": baseline.until.isoformat()}


def _kept(row: Target) -> TargetKept:
    raw = row.baseline
    if raw is not None:
        days = {name: date.fromisoformat(raw[name]) for name in ("since", "until")}
        raw = Baseline(**(raw | days))
    return TargetKept(
        id=row.pk,
        kpi=row.kpi,
        team=row.team,
        value=row.value,
        months=row.months,
        starts=row.starts,
        due=row.due,
        baseline=raw,
        set_by="" if row.set_by is None else str(row.set_by),
        set_at=row.set_at,
        ended_at=row.ended_at,
        replaced=row.replaced_by_id is not None,
    )
