"""Which of the population's values are kept: every KPI in three periods, and the breakdowns that pages show."""

from __future__ import annotations

from datetime import date

from peil.core import kpis as catalogue
from peil.core.moments import Histogram
from peil.demo.clock import END
from peil.demo.contact.facts import ADDRESS
from peil.demo.register import NPS_GROUP
from peil.demo.truth.effects import BEFORE, LAST, WHOLE
from peil.demo.truth.pool import Asked
from peil.demo.web.facts import FIRST_ARTICLE

ASSUMED = {"avoided_share": 0.3}
OVERALL = tuple(k.key for k in catalogue.ALL if not isinstance(k.spread, Histogram) and k.within is None)
SHARES = tuple(k.key for k in catalogue.ALL if isinstance(k.spread, Histogram))
WITHIN = tuple(k.key for k in catalogue.ALL if k.within is not None)
BY: dict[str, tuple[str, ...]] = {
    "channel": (
        *WITHIN, "first_response_in_target", "csat", "ces_agree", "solved_asked", "transferred", "repeat_contact", "fcr",
        "handle_time", "cost_per_contact", "unanswered",
    ),
    "touchpoint": ("csat", "ces_agree", "solved_asked"),
    "reason": ("contact_rate", "repeat_contact", "fcr", "transferred"),
    "team": ("csat", "ces_agree", "first_response_in_target", "transferred"),
    ADDRESS: ("ces_agree", "csat", "repeat_contact", "fcr"),
    "journey": ("journey_completed",),
    FIRST_ARTICLE: ("to_contact_after_self_service",),
    "solution": ("helpful",),
}  # fmt: skip
MONTHLY = ("nps_relationship", "csat_relationship", "csat", "ces_agree", "first_response_in_target", "contact_rate")


def questions() -> tuple[Asked, ...]:
    """Everything that is asked of the population."""
    periods = (WHOLE, LAST, BEFORE)
    found = [Asked(kpis=OVERALL, since=a, until=b) for a, b in periods]
    found += [Asked(kpis=SHARES, since=a, until=b) for a, b in periods[:2]]
    for column, keys in BY.items():
        found += [
            Asked(kpis=keys, by=(column,), since=a, until=b)
            for a, b in (periods if column != "solution" else periods[:1])
        ]
    found.append(Asked(kpis=MONTHLY, by=("month",), since=WHOLE[0], until=WHOLE[1]))
    found.append(Asked(kpis=("churn", "retention"), by=(NPS_GROUP,), since=date(2026, 7, 1), until=END))
    return tuple(found)
