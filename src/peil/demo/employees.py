"""Who works there: places in teams, and the people who fill them one after the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from peil.demo.clock import DAY, Array, Codes, Random
from peil.demo.tables import stream

CUSTOMERS_EACH = 250
FEWEST = 24
LEAVE_A_YEAR = 0.22
TEAMS = ("Zwolle", "Eindhoven", "Rotterdam", "Avondploeg", "Storingsdienst")
_SIZES = (0.24, 0.22, 0.2, 0.19, 0.15)
_PEOPLE = 6  # at most, one after the other on one place within the time of the demo


@dataclass(frozen=True, slots=True)
class Staff:
    """Places by people: when each person began; the next one begins when the last one leaves."""

    team: Codes  # (places,)
    began: Array  # (places, people), moments, rising
    salary: Array  # (places, people), euro a month

    def choose(self, rng: Random, team: Codes, at: Array) -> Codes:
        """Somebody of each team at each moment, as place * 10 + person."""
        by_team = np.argsort(self.team, kind="stable")
        size = np.bincount(self.team, minlength=len(TEAMS))
        first = np.concatenate([[0], np.cumsum(size)[:-1]])
        place = by_team[first[team] + (rng.random(len(team)) * size[team]).astype(np.int64)]
        return self.person(place, at)

    def person(self, place: Codes, at: Array) -> Codes:
        """Who fills each place at each moment, as place * 10 + person."""
        return np.asarray(place * 10 + (self.began[place] <= at[:, None]).sum(axis=1) - 1)


def draw_staff(seed: int, customers: int) -> Staff:
    """A place for so many customers, and a few at least; people stay as long as those who leave say."""
    rng = stream(seed, "staff")
    places = max(FEWEST, round(customers / CUSTOMERS_EACH))
    stay = 365.25 * DAY / LEAVE_A_YEAR
    spells = rng.exponential(stay, (places, _PEOPLE))
    began = np.column_stack([-spells[:, 0], *(rng.exponential(stay, places) for _ in range(_PEOPLE - 1))]).cumsum(
        axis=1
    )
    began[:, 1:] += spells[:, :1]  # the first person's time so far says nothing of what is left of it
    team = (np.searchsorted(np.cumsum(_SIZES), (np.arange(places) + 0.5) / places)).clip(0, len(TEAMS) - 1)
    salary = np.round(2_650 * np.exp(0.12 * rng.standard_normal((places, _PEOPLE))) / 10) * 10
    return Staff(team.astype(np.int64), began, salary)
