"""Journeys and their stops: kept in order; what is removed can be put back where it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from django.db import transaction
from django.db.models import Max, Prefetch
from django.utils import timezone

from peil.board.models import Journey, Stop
from peil.core.errors import BadQuery
from peil.core.kpis import BY_KEY

PLACES = ("touchpoint", "reason", "journey")  # the columns in which a stop can be found
MOST_KPIS = 2
LONGEST_NAME = 120
Step: TypeAlias = Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class StopKept:
    """A stop: `found_in` says by which value of which column its rows are known. A drafted one has the id 0."""

    id: int
    journey: int
    name: str
    department: str = ""
    found_in: Mapping[str, str] = field(default_factory=dict)
    kpis: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JourneyKept:
    """A journey with its stops in order."""

    id: int
    name: str
    stops: tuple[StopKept, ...]


@dataclass(frozen=True, slots=True)
class StopChange:
    """What somebody wrote about a stop."""

    name: str
    department: str = ""
    found_in: Mapping[str, str] = field(default_factory=dict)
    kpis: Sequence[str] = ()


def journeys() -> list[JourneyKept]:
    """Every journey that was not removed, in order, in two questions."""
    there = Stop.objects.filter(removed_at=None)
    rows = Journey.objects.filter(removed_at=None).prefetch_related(Prefetch("stops", there, to_attr="there"))
    return [JourneyKept(row.pk, row.name, tuple(_kept(s) for s in row.there)) for row in rows]


def journey_of(id: int) -> JourneyKept | None:
    return next((j for j in journeys() if j.id == id), None)


def stop_of(id: int) -> StopKept | None:
    row = Stop.objects.filter(pk=id, removed_at=None, journey__removed_at=None).first()
    return None if row is None else _kept(row)


def add_journey(name: str, stops: Sequence[StopChange] = ()) -> int:
    """Keep a journey, at the end, with its stops in the order given."""
    with transaction.atomic():
        last = Journey.objects.aggregate(last=Max("place"))["last"]
        row = Journey.objects.create(name=_name(name), place=(last or 0) + 1)
        for stop in stops:
            add_stop(row.pk, stop)
    return int(row.pk)


def rename_journey(id: int, name: str) -> bool:
    return bool(Journey.objects.filter(pk=id, removed_at=None).update(name=_name(name)))


def remove_journey(id: int) -> bool:
    return bool(Journey.objects.filter(pk=id, removed_at=None).update(removed_at=timezone.now()))


def restore_journey(id: int) -> bool:
    return bool(Journey.objects.filter(pk=id).exclude(removed_at=None).update(removed_at=None))


def removed_journey(id: int) -> str | None:
    """The name of a journey that is removed at present."""
    return Journey.objects.filter(pk=id).exclude(removed_at=None).values_list("name", flat=True).first()


def add_stop(journey: int, new: StopChange) -> int | None:
    """Keep a stop at the end of a journey; None where there is no such journey."""
    _check(new)
    with transaction.atomic():
        if not Journey.objects.filter(pk=journey, removed_at=None).exists():
            return None
        last = Stop.objects.filter(journey=journey).aggregate(last=Max("place"))["last"]
        row = Stop.objects.create(journey_id=journey, place=(last or 0) + 1, **_columns(new))
    return int(row.pk)


def change_stop(id: int, change: StopChange) -> bool:
    _check(change)
    return bool(Stop.objects.filter(pk=id, removed_at=None).update(**_columns(change)))


def move_stop(id: int, step: Step) -> bool:
    """Change places with the stop before or after it; at either end nothing changes."""
    with transaction.atomic():
        row = Stop.objects.filter(pk=id, removed_at=None).first()
        if row is None:
            return False
        # Numbered anew, so that places are never shared, whoever moved what at the same time.
        order = list(Stop.objects.select_for_update().filter(journey=row.journey_id, removed_at=None))
        at = next(i for i, s in enumerate(order) if s.pk == id)
        to = at - 1 if step == "up" else at + 1
        if 0 <= to < len(order):
            taken = [s.place for s in order]
            order[at], order[to] = order[to], order[at]
            places = taken if len(set(taken)) == len(taken) else list(range(1, len(order) + 1))
            for s, place in zip(order, places, strict=True):
                s.place = place
            Stop.objects.bulk_update(order, ["place"])
    return True


def remove_stop(id: int) -> int | None:
    """Take a stop out; the journey it is of, or None when it is not there."""
    return _set_removed(id, there=True)


def restore_stop(id: int) -> int | None:
    """Put a stop back where it was."""
    return _set_removed(id, there=False)


def removed_stop(id: int) -> str | None:
    """The name of a stop that is removed at present."""
    return Stop.objects.filter(pk=id).exclude(removed_at=None).values_list("name", flat=True).first()


def _set_removed(id: int, *, there: bool) -> int | None:
    row = Stop.objects.filter(pk=id, removed_at__isnull=there).first()
    if row is None:
        return None
    row.removed_at = timezone.now() if there else None
    row.save(update_fields=["removed_at"])
    return int(row.journey_id)


def _check(stop: StopChange) -> None:
    unknown = [k for k in stop.kpis if k not in BY_KEY]
    if unknown or len(stop.kpis) > MOST_KPIS:
        raise BadQuery(f"A stop has at most {MOST_KPIS} KPIs that exist.", "Choose one or two of the list.")
    if not set(stop.found_in) <= set(PLACES):
        raise BadQuery("A stop is found by touchpoint, subject or journey.", "Name one of these columns.")


def _columns(stop: StopChange) -> dict[str, object]:
    return {
        "name": _name(stop.name),
        "department": stop.department.strip()[:LONGEST_NAME],
        "found_in": {column: value for column, value in stop.found_in.items() if value},
        "kpis": list(dict.fromkeys(stop.kpis)),
    }


def _name(text: str) -> str:
    name = text.strip()
    if not 0 < len(name) <= LONGEST_NAME:
        raise BadQuery("A name has 1 to 120 characters.", "Write a shorter one.")
    return name


def _kept(row: Stop) -> StopKept:
    kpis = tuple(k for k in row.kpis if k in BY_KEY)
    return StopKept(row.pk, row.journey_id, row.name, row.department, dict(row.found_in), kpis)
