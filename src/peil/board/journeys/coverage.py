"""What is measured and what is not: touchpoints and channels, answers without a touchpoint, and what to look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from peil.board.journeys.figures import Rows
from peil.board.journeys.keeping import PLACES, JourneyKept, StopKept
from peil.warehouse.questions.values import column_values

# What customers are asked after a moment; the first of several of one kind is enough to call it measured.
ASKED = (
    "csat", "ces_agree", "ces_ease", "ces_effort", "nps", "nps_1_10", "rapportcijfer", "solved_asked", "task_success", "sus",
)  # fmt: skip
WITHOUT_PLACE = (*ASKED, "servperf")
AFTER_CONTACT_NOT = ("nps", "nps_1_10")
OF_THE_WHOLE = ("nps", "nps_1_10", "nps_relationship", "nps_1_10_relationship")

# unmeasured: nothing asked at any of its stops; only_nps: nothing but the brand's score; nps_at_contact: asked
# where effort or satisfaction fits; no_department: nobody owns the stop; not_in_journey: touchpoints left out
HintKind: TypeAlias = Literal["unmeasured", "only_nps", "nps_at_contact", "no_department", "not_in_journey"]


@dataclass(frozen=True, slots=True)
class Measured:
    """One KPI asked somewhere; `n` is None where it is too small to tell."""

    kpi: str
    n: int | None


@dataclass(frozen=True, slots=True)
class Covered:
    """A touchpoint or channel: how often customers were there, and what was asked of them."""

    value: str
    contacts: int
    runs: int
    asked: tuple[Measured, ...]
    stop: StopKept | None = None

    @property
    def measured(self) -> bool:
        return bool(self.asked)


@dataclass(frozen=True, slots=True)
class Coverage:
    """All touchpoints, channels and answers of a period."""

    touchpoints: tuple[Covered, ...]
    channels: tuple[Covered, ...]
    without: tuple[Measured, ...]  # answers that belong to no touchpoint


@dataclass(frozen=True, slots=True)
class Hint:
    """Something to look at; `about` is a department, stop or touchpoint, by name."""

    kind: HintKind
    about: tuple[str, ...]


def cover(rows: Rows, kept: Sequence[JourneyKept]) -> Coverage:
    """What was measured over these rows, the places with most contacts first."""
    by_touchpoint = _asked_by(rows, "touchpoint", WITHOUT_PLACE)
    by_channel = _asked_by(rows, "channel", ASKED)
    contacts, runs = _contacts_by_reason(rows), _runs(rows)
    stops = {value.casefold(): s for j in kept for s in j.stops for value in s.found_in.values()}
    names = {v.casefold(): v for column in PLACES for v in column_values(rows.warehouse, column)}
    places = [
        Covered(name, contacts.get(key, 0), runs.get(key, 0), tuple(by_touchpoint.get(key, ())), stops.get(key))
        for key, name in names.items()
    ]
    # A stop that the facts don't know is a touchpoint that is not measured.
    places += [Covered(s.name, 0, 0, (), s) for j in kept for s in j.stops if not s.found_in]
    on_channels = _contacts_by_channel(rows)
    channels = [
        Covered(c, on_channels.get(c.casefold(), 0), 0, tuple(by_channel.get(c.casefold(), ())))
        for c in column_values(rows.warehouse, "channel")
    ]
    return Coverage(
        tuple(sorted(places, key=lambda p: (-(p.contacts + p.runs), p.value.casefold()))),
        tuple(sorted(channels, key=lambda p: (-p.contacts, p.value))),
        tuple(m for m in by_touchpoint.get("", ()) if m.n),
    )


def hints(kept: Sequence[JourneyKept], coverage: Coverage) -> list[Hint]:
    """What a journey's owner should look at."""
    stops = [s for j in kept for s in j.stops]
    if not stops:
        return []
    owned: dict[str, list[StopKept]] = {}
    for stop in stops:
        owned.setdefault(stop.department, []).append(stop)
    unowned = owned.pop("", [])
    own_kpis = {name: {k for s in mine for k in s.kpis} for name, mine in owned.items()}
    found = [
        ("unmeasured", tuple(sorted(name for name, keys in own_kpis.items() if not keys))),
        ("only_nps", tuple(sorted(n for n, keys in own_kpis.items() if keys and keys <= set(OF_THE_WHOLE)))),
        ("nps_at_contact", _nps_at(stops, coverage)),
        ("no_department", tuple(s.name for s in unowned)),
        ("not_in_journey", tuple(c.value for c in coverage.touchpoints if c.stop is None)),
    ]
    return [Hint(kind, about) for kind, about in found if about]  # type: ignore[arg-type]


def _nps_at(stops: Sequence[StopKept], coverage: Coverage) -> tuple[str, ...]:
    """Where the brand's score is asked of one moment, by the journey or by the answers."""
    planned = [s.name for s in stops if set(s.kpis) & set(AFTER_CONTACT_NOT)]
    asked = [c.stop.name if c.stop else c.value for c in coverage.touchpoints if _asks_nps(c)]
    return tuple(dict.fromkeys([*planned, *asked]))


def _asks_nps(place: Covered) -> bool:
    return any(m.kpi in AFTER_CONTACT_NOT for m in place.asked)


def _asked_by(rows: Rows, column: str, keys: Sequence[str]) -> dict[str, list[Measured]]:
    """By value of the column, without regard to capitals; '' is not known."""
    found: dict[str, list[Measured]] = {}
    for e in rows.figures(keys, (column,)):
        if column in e.group and (e.n > 0 or e.status == "hidden"):
            value = e.group[column]
            key = "" if value is None else str(value).casefold()
            found.setdefault(key, []).append(Measured(e.kpi, e.n if e.status != "hidden" else None))
    return found


def _contacts_by_reason(rows: Rows) -> dict[str, int]:
    """Incoming contacts of each subject: their share of all of them, times all of them."""
    found: dict[str, int] = {}
    for e in rows.figures(["contact_reasons"]):
        if e.value is not None and e.group.get("reason") is not None:
            found[str(e.group["reason"]).casefold()] = round(e.value * e.n / 100)
    return found


def _contacts_by_channel(rows: Rows) -> dict[str, int]:
    found: dict[str, int] = {}
    for e in rows.figures(["contact_reasons"], ("channel",)):
        if e.group.get("channel") is not None:
            found[str(e.group["channel"]).casefold()] = e.n
    return found


def _runs(rows: Rows) -> dict[str, int]:
    return {
        str(e.group["journey"]).casefold(): e.n
        for e in rows.figures(["journey_completed"], ("journey",))
        if e.group.get("journey") is not None
    }
