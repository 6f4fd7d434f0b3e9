"""The population's own values, run through Peil itself: python -m peil.demo.population [companies [small ones]].

More than a million customers in companies of the default size give the values, and how often a company of that size shows
what is planted; small ones show how often a small company does. The result is kept beside this file.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from peil.demo.clock import END, START
from peil.demo.facts import facts_of
from peil.demo.truth.chunks import COMPANY, draw_apart, loaded, name_of
from peil.demo.truth.effects import EFFECTS, as_json
from peil.demo.truth.pool import Pool
from peil.demo.truth.questions import ASSUMED, questions
from peil.demo.truth.slopes import NAMES, Slopes, ease_and_causes, found_slopes, nps_of_all
from peil.demo.world import Company, World
from peil.library import Peil

KEPT = Path(__file__).with_name("population.json")
FIRST_SEED = 1_000_001
DEFAULT, SMALL = 20_000, 1_500
COMPANIES, SMALL_ONES = 100, 400
NPS_OF_ALL = "nps_of_all"
_DIGITS = 7


@dataclass(slots=True)
class Population:
    """What is counted over all companies of one size."""

    customers: int
    pools: list[Pool] = field(default_factory=lambda: [Pool(a) for a in questions()])
    sides: dict[str, tuple[Pool, Pool]] = field(
        default_factory=lambda: {e.key: (Pool(e.sides()[0]), Pool(e.sides()[1])) for e in EFFECTS}
    )
    slopes: Slopes = field(default_factory=Slopes)
    all_customers: Counter[str] = field(default_factory=Counter)
    companies: int = 0
    showing: Counter[str] = field(default_factory=Counter)  # companies whose figures show an effect

    def add(self, worlds: Sequence[World]) -> None:
        for world in worlds:
            self._add_beside(world)
        with loaded(worlds) as peil:
            for pool in (*self.pools, *(side for pair in self.sides.values() for side in pair)):
                pool.add(peil, ASSUMED)
            for effect in EFFECTS:
                self.showing[effect.key] += sum(effect.found(peil).values())
            self.showing[NPS_OF_ALL] += _above_all(peil, worlds)
        self.companies += len(worlds)

    def _add_beside(self, world: World) -> None:
        facts = facts_of(world)
        x, y = ease_and_causes(facts["answers"], facts["interactions"])
        self.slopes.add(x, y)
        for name, shows in zip(NAMES, found_slopes(x, y), strict=True):
            self.showing[f"ease_by_{name}"] += int(shows)
        self.all_customers.update(dict(zip(("promoters", "detractors", "n"), nps_of_all(world), strict=True)))

    def power(self, key: str) -> float:
        return self.showing[key] / self.companies


def _above_all(peil: Peil, worlds: Sequence[World]) -> int:
    """Companies of which the NPS of those who answer is demonstrably above that of all who were asked."""
    told = {e.group[COMPANY]: e for e in peil.kpi("nps_relationship", by=COMPANY, since=START, until=END)}
    found = 0
    for world in worlds:
        promoters, detractors, n = nps_of_all(world)
        low = told[name_of(world.company)].low
        found += low is not None and low > 100 * (promoters - detractors) / n
    return found


def simulated(customers: int, companies: int, at_once: int) -> Population:
    """Companies of one size, some of them in a warehouse at a time."""
    found = Population(customers)
    for first in range(0, companies, at_once):
        seeds = range(FIRST_SEED + first, FIRST_SEED + min(first + at_once, companies))
        found.add([draw_apart(Company(customers, seed)) for seed in seeds])
        sys.stderr.write(f"{found.companies} of {companies} companies of {customers:,}\n")
    return found


def described(large: Population, small: Population) -> dict[str, Any]:
    """Values and effects, as `truth.json` holds them."""
    return {
        "population": {"customers": large.customers * large.companies, "first_seed": FIRST_SEED},
        "power_of": {
            "default": large.customers,
            "default_companies": large.companies,
            "small": small.customers,
            "small_companies": small.companies,
        },
        "since": START.isoformat(),
        "until": END.isoformat(),
        "assumed": ASSUMED,
        "values": list(_values(large)),
        "effects": [*_effects(large, small), *_others(large, small)],
    }


def _values(large: Population) -> Iterator[dict[str, Any]]:
    for pool in large.pools:
        for key, group, value in pool.values(ASSUMED):
            by = {"group": dict(group)} if group else {}
            yield {**pool.asked.as_json(key), **by, "value": _rounded(value)}


def _effects(large: Population, small: Population) -> Iterator[dict[str, Any]]:
    for effect in EFFECTS:
        other, figure = (pool.values(ASSUMED)[0][2] for pool in large.sides[effect.key])
        powers = {"default": large.power(effect.key), "small": small.power(effect.key)}
        yield {**as_json(effect, (_rounded(other), _rounded(figure))), "power": powers}


def _others(large: Population, small: Population) -> Iterator[dict[str, Any]]:
    """The slopes of ease, and the NPS of those who did not answer as well."""
    words = {
        "transfers": ("Elke keer doorgeven kost gemak.", "Each transfer costs ease."),
        "log_minutes": (
            "Wachten kost gemak, per logaritme van 1 + minuten.",
            "Waiting costs ease, per logarithm of 1 + minutes.",
        ),
    }
    for name, slope in zip(NAMES, large.slopes.values(), strict=True):
        key = f"ease_by_{name}"
        nl, en = words[name]
        powers = {"default": large.power(key), "small": small.power(key)}
        yield {"truth": 1, "key": key, "nl": nl, "en": en, "command": None, "planted": True, "difference": _rounded(float(slope)), "power": powers}  # fmt: skip
    total = large.all_customers
    everyone = 100 * (total["promoters"] - total["detractors"]) / total["n"]
    answered = next(
        v for pool in large.pools for key, group, v in pool.values(ASSUMED) if key == "nps_relationship" and not group
    )
    yield {
        "truth": 6, "key": NPS_OF_ALL, "planted": True,
        "nl": "Ontevreden klanten antwoorden minder: de NPS van wie antwoordt ligt boven die van alle klanten.",
        "en": "Dissatisfied customers answer less: the NPS of those who answer lies above that of all customers.",
        "command": f"peil kpi nps_relationship --since {START} --until {END}",
        "compared_with": {"kpi": "nps_relationship", "of": "all customers", "value": _rounded(everyone)},
        "figure": {"kpi": "nps_relationship", "of": "those who answer", "value": _rounded(answered)},
        "difference": _rounded(answered - everyone),
        "power": {"default": large.power(NPS_OF_ALL), "small": small.power(NPS_OF_ALL)},
    }  # fmt: skip


def _rounded(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")


def write_population(path: Path, companies: int = COMPANIES, small: int = SMALL_ONES) -> None:
    large = simulated(DEFAULT, companies, 10)
    found = described(large, simulated(SMALL, small, 100))
    lines = ",\n".join(json.dumps(v, ensure_ascii=False) for v in found.pop("values"))
    head = json.dumps(found, ensure_ascii=False, indent=1)
    path.write_text(head[: head.rindex("}")].rstrip() + f',\n "values": [\n{lines}\n ]\n}}\n', encoding="utf-8")


if __name__ == "__main__":
    write_population(KEPT, *(int(a) for a in sys.argv[1:]))
