"""What calendars, rosters and the employees themselves tell of the work."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from peil.demo.clock import DAY, DAYS, END, HOUR, START, Array, moment, utc
from peil.demo.employees import TEAMS, Staff
from peil.demo.surveys.scores import left_blank
from peil.demo.surveys.sheet import Question, Sheet
from peil.demo.tables import fact_table, keys, real, stream, words

SOURCE = "personeel"
SURVEY = "medewerkers"
MONDAYS = tuple(day for n in range(DAYS) if (day := START + timedelta(days=n)).weekday() == 0 and day < END)
WAVES = (date(2025, 6, 16), date(2025, 12, 1), date(2026, 6, 15))
_ANSWERING = 0.82
_STATEMENTS = (
    ("belang", "Mijn werk is belangrijk"),
    ("gehoord", "Mijn mening telt bij mijn leidinggevende"),
    ("trots", "Ik ben trots op mijn team"),
    ("middelen", "Ik heb wat ik nodig heb om mijn werk goed te doen"),
    ("groei", "Ik leer genoeg bij"),
)
QUESTIONS = tuple(
    Question(key=key, kind="engagement", scale=(1, 5), heading=f"{text} (1-5)") for key, text in _STATEMENTS
)


def work_weeks(seed: int, prefix: str, staff: Staff) -> pa.Table:
    """One row a place and week, about who filled it at the beginning of the week."""
    rng = stream(seed, "work weeks")
    places, weeks = len(staff.team), len(MONDAYS)
    place = np.repeat(np.arange(places), weeks)
    starts = np.array([moment(day) for day in MONDAYS])
    start = np.tile(starts, places)
    person = staff.person(place, start)
    mine, n = (place, person % 10), len(place)
    habit = np.exp(0.3 * rng.standard_normal((3, *staff.began.shape)))
    began = staff.began[mine]
    leaves = np.append(staff.began, np.full((places, 1), np.inf), axis=1)[place, person % 10 + 1] < start + 7 * DAY

    def about(mean: float, of: int, spread: float) -> Array:
        return np.asarray(mean * habit[of][mine] * np.exp(spread * rng.standard_normal(n) - spread**2 / 2))

    columns = {
        "work_week_id": keys(prefix + "P", np.arange(n)),
        "employee_id": keys(prefix + "M", person, 4),
        "team": words(staff.team[place], TEAMS),
        "week_start": pa.array(np.tile(np.array(MONDAYS, dtype="datetime64[D]"), places), pa.date32()),
        "employees": real(np.ones(n)),
        "weeks": real(np.ones(n)),
        "manager_minutes": real(np.rint(about(42.0, 0, 0.6))),
        "group_minutes": real(np.rint(about(165.0, 1, 0.4))),
        "network": real(rng.poisson(about(4.2, 2, 0.2)).astype(np.float64)),
        "overtime_minutes": real(np.rint(np.where(rng.random(n) < 0.3, about(110.0, 2, 0.7), 0.0))),
        "joined": real((began >= start - 7 * DAY).astype(np.float64)),
        "left": real(leaves.astype(np.float64)),
        "tenure_years": real(np.round((start - began) / (365.25 * DAY), 2)),
        "monthly_salary": real(staff.salary[mine]),
    }
    return fact_table("work_weeks", SOURCE, columns)


def engagement_sheet(seed: int, prefix: str, staff: Staff) -> Sheet:
    """Half-yearly and without a name: only the team is asked."""
    rng = stream(seed, "engagement")
    places = len(staff.team)
    place, wave = np.tile(np.arange(places), len(WAVES)), np.repeat(np.arange(len(WAVES)), places)
    answering = rng.random(len(place)) < _ANSWERING
    place, wave = place[answering], wave[answering]
    order = rng.permutation(len(place))  # so that the order of the rows gives nobody away
    place, wave = place[order], wave[order]
    n = len(place)
    day = np.array([moment(d) for d in WAVES])[wave] + rng.integers(0, 10, n) * DAY
    feeling = 0.6 * rng.standard_normal(n)
    scores: dict[str, Array] = {}
    for q, mean in zip(QUESTIONS, (4.2, 3.6, 4.0, 3.5, 3.4), strict=True):
        scores[q.heading] = left_blank(
            rng, np.clip(np.rint(mean + feeling + 0.75 * rng.standard_normal(n)), 1, 5), 0.01
        )
    return Sheet(
        source=SOURCE,
        survey=SURVEY,
        questions=QUESTIONS,
        given={
            "response_id": keys(prefix + "Q", np.arange(n), 5),
            "answered_at": utc(day + 12 * HOUR),
            "team": words(staff.team[place], TEAMS),
        },
        scores=scores,
        texts={},
    )
