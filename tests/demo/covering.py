"""How often small companies' intervals hold the truth, and what their own figures report: python -m tests.demo.covering [seeds].

Seeds 1 and on, apart from those of the population whose values are the truth. Companies stand in one warehouse, a
hundred at a time, told apart by a column; that leaves a hundred blocks for each.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from peil.core.compare import benjamini_hochberg
from peil.core.kpi import Comparison, Estimate
from peil.demo.files.write import POPULATION
from peil.demo.population import SMALL
from peil.demo.truth.chunks import COMPANY, draw_apart, loaded
from peil.demo.truth.effects import EFFECTS, LAST, WHOLE
from peil.demo.truth.questions import ASSUMED, OVERALL, SHARES, WITHIN
from peil.demo.world import Company
from peil.library import Peil

AT_ONCE = 100
CHANNELS_APART = ("phone", "email", "chat")
# Touched by what is planted in October 2026 (new addresses, routing), by the season, or, tenure, by a month going by
TOUCHED = frozenset((
    "csat", "dsat", "csat_mean", "csat_mean_100", "ces_agree", "ces_agree_easy", "transferred", "transfers_mean",
    "history_lost", "told_again", "repeat_contact", "episode_contacts", "fcr", "fcr_strict", "solved_asked",
    "channel_switching", "talk_time", "handle_time", "handle_time_median", "cost_per_contact", "cost_per_solved",
    "cost_avoided", "contact_rate", "solution_time_median", "resolution_time_median", "solved_automatically", "reopened", "tenure",
))  # fmt: skip
UNTOUCHED = tuple(key for key in OVERALL if key not in TOUCHED)
BREAKDOWNS = (
    ("first_response_in_target", "channel"),
    ("nps_relationship", "x_regio"),
    ("visits_contact_page", "device"),
)


@dataclass(slots=True)
class Tally:
    """Counts over companies; tallies of different companies add up."""

    companies: int = 0
    told: Counter[str] = field(default_factory=Counter)  # intervals, by figure
    held: Counter[str] = field(default_factory=Counter)  # of these, which hold the truth
    showing: Counter[str] = field(default_factory=Counter)  # companies that show an effect
    alarmed: Counter[str] = field(default_factory=Counter)  # companies that report a change where nothing was planted

    def add(self, other: Tally) -> None:
        self.companies += other.companies
        for name in ("told", "held", "showing", "alarmed"):
            getattr(self, name).update(getattr(other, name))


@lru_cache(maxsize=1)
def truth() -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(POPULATION.read_text(encoding="utf-8"))
    return found


def true_values() -> dict[tuple[str, tuple[tuple[str, Any], ...]], float]:
    """The population's value of every figure over the whole time, by KPI and group."""
    whole = [day.isoformat() for day in WHOLE]
    return {
        (v["kpi"], tuple(v.get("group", {}).items())): v["value"]
        for v in truth()["values"]
        if [v["since"], v["until"]] == whole and "where" not in v
    }


def figures(peil: Peil) -> Iterator[tuple[str, tuple[tuple[str, Any], ...], Estimate]]:
    """Every figure of every company over the whole time: its name, its group in the population, and the figure."""
    period = {"since": WHOLE[0], "until": WHOLE[1]}
    for e in peil.kpi(*OVERALL, *SHARES, by=COMPANY, assume=ASSUMED, **period):  # type: ignore[arg-type]
        group = tuple((k, v) for k, v in e.group.items() if k != COMPANY)
        yield e.kpi, group, e
    for channel in CHANNELS_APART:
        for e in peil.kpi(*WITHIN, by=COMPANY, where=[f"channel={channel}"], **period):  # type: ignore[arg-type]
            yield f"{e.kpi} ({channel})", (("channel", channel),), e


def examine(seeds: Sequence[int]) -> Tally:
    """What a handful of companies' own figures say."""
    tally, values = Tally(companies=len(seeds)), true_values()
    with loaded([draw_apart(Company(SMALL, seed)) for seed in seeds]) as peil:
        for name, group, e in figures(peil):
            true = values.get((e.kpi, group))
            if true is None or e.low is None or e.status not in ("ok", "few_customers"):
                continue
            tally.told[name] += 1
            tally.held[name] += e.low <= true and (e.high is None or true <= e.high)
        for effect in EFFECTS:
            tally.showing[effect.key] += sum(effect.found(peil).values())
        tally.alarmed.update(alarms(peil))
    return tally


def alarms(peil: Peil) -> Counter[str]:
    """Companies that report a change of the last 30 days where nothing was planted, corrected over what they look at."""
    found: Counter[str] = Counter()
    period = {"since": LAST[0], "until": LAST[1], "compare": "previous"}
    every = peil.compare(*UNTOUCHED, by=COMPANY, assume=ASSUMED, **period)  # type: ignore[arg-type]
    found["all KPIs"] = _reporting(every)
    for key, column in BREAKDOWNS:
        parts = peil.compare(key, by=[COMPANY, column], **period)  # type: ignore[arg-type]
        found[f"{key} by {column}"] = _reporting(parts)
    return found


def _reporting(changes: Sequence[Comparison]) -> int:
    by_company: dict[Any, list[float]] = defaultdict(list)
    for c in changes:
        if c.p is not None:
            by_company[c.group[COMPANY]].append(c.p)
    return sum(min(benjamini_hochberg(p)) < 0.05 for p in by_company.values())


def examine_all(seeds: int, processes: int = 2) -> Tally:
    """Companies 1 to `seeds`."""
    chunks = [range(first, min(first + AT_ONCE, seeds + 1)) for first in range(1, seeds + 1, AT_ONCE)]
    whole = Tally()
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        for tally in pool.map(examine, chunks):
            whole.add(tally)
    return whole


def main(seeds: int) -> None:
    tally = examine_all(seeds)
    print(
        f"{tally.companies:,} companies of {SMALL:,} customers\n\n| figure | intervals | hold the truth |\n|---|---|---|"
    )
    for name, n in tally.told.items():
        print(f"| {name} | {n:,} | {tally.held[name] / n:.1%} |")
    print("\n| planted | companies that show it |\n|---|---|")
    for name, n in tally.showing.items():
        print(f"| {name} | {n / tally.companies:.1%} |")
    print("\n| not planted | companies that report a change |\n|---|---|")
    for name, n in tally.alarmed.items():
        print(f"| {name} | {n / tally.companies:.1%} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
