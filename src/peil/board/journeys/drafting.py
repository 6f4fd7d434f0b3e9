"""A first journey from what the facts hold, so that nobody begins with an empty page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from peil.board.journeys.figures import Rows
from peil.board.journeys.keeping import PLACES, StopChange
from peil.report.words.changes import capital
from peil.warehouse.questions.values import column_values

MOST_STOPS = 12
# What is asked at a moment, the first that was asked there wins: effort after a contact, satisfaction else.
ASKED = ("ces_agree", "ces_ease", "ces_effort", "csat", "task_success", "rapportcijfer", "nps", "nps_1_10")
# In which order customers usually meet things, by the beginnings of words in Dutch and English.
USUAL = (
    ("orient", "website", "web", "offer", "quote", "advies"),
    ("aanmeld", "registr", "signup", "sign-up", "onboard", "order", "bestel", "aankoop", "purchase"),
    ("contract", "install"),
    ("lever", "deliver", "bezorg", "start"),
    ("afspraak", "appointment", "bezoek", "visit"),
    ("meter", "verbruik", "usage"),
    ("termijn", "betal", "pay"),
    ("jaarnota", "factuur", "nota", "invoice", "bill"),
    ("vraag", "contact", "support", "service"),
    ("storing", "klacht", "outage", "fault", "complain", "repair", "reparatie"),
    ("zonne", "solar", "upgrade"),
    ("verhuis", "verhuiz", "mov"),
    ("verleng", "renew"),
    ("opzeg", "cancel", "retour", "return"),
)


def draft_journey(rows: Rows) -> list[StopChange]:
    """The stops that answers, contacts and journeys name, in their usual order, with what was asked there."""
    values = {column: column_values(rows.warehouse, column) for column in PLACES}
    names = _most_common(values.values())
    asked, runs = _asked(rows), set(values["journey"])
    stops = []
    for name in sorted(names, key=_usual_place):
        found_in = {column: same for column in PLACES if (same := _same(name, values[column]))}
        kpis = [k for k in ASKED if (k, found_in.get("touchpoint", "")) in asked][:1]
        if found_in.get("journey") in runs:
            kpis.append("journey_completed")
        stops.append(StopChange(capital(name.replace("_", " ")), "", found_in, tuple(kpis)))
    return stops


def _asked(rows: Rows) -> set[tuple[str, str]]:
    """Which KPI was asked at which touchpoint."""
    return {
        (e.kpi, str(e.group["touchpoint"]))
        for e in rows.figures(ASKED, ("touchpoint",))
        if e.group.get("touchpoint") is not None and (e.n > 0 or e.status == "hidden")
    }


def _most_common(lists: Iterable[Sequence[str]]) -> list[str]:
    """Names of any list once, those near the top of one first, at most so many."""
    best: dict[str, tuple[int, str]] = {}
    for values in lists:
        for place, value in enumerate(values):
            key = value.casefold()
            best[key] = min(best.get(key, (place, value)), (place, value))
    return [name for _, name in sorted(best.values())][:MOST_STOPS]


def _same(name: str, values: Iterable[str]) -> str:
    return next((v for v in values if v.casefold() == name.casefold()), "")


def _usual_place(name: str) -> tuple[float, str]:
    words = name.casefold()
    for place, starts in enumerate(USUAL):
        if any(words.startswith(start) for start in starts):
            return place, words
    return len(USUAL) / 2, words
