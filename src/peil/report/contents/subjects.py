"""Which KPIs a report shows, and where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from peil.core.kpi import Estimate
from peil.core.kpis import ALL
from peil.core.moments import Histogram

# Of each row the first KPI that has answers is shown: they say the same in other wordings.
TILES: tuple[tuple[str, ...], ...] = (
    ("nps_relationship", "nps", "nps_1_10_relationship", "nps_1_10"),
    ("csat", "csat_relationship"),
    ("ces_agree", "ces_ease", "ces_effort"),
    ("first_response_in_target", "service_level", "speed_of_answer"),
    ("fcr", "solved_asked"),
    ("retention",),
    ("servqual", "gap", "servperf"),
    ("engagement",),
    ("conversion", "journey_completed"),
    ("turnover",),
)
BESIDE: tuple[tuple[str, ...], ...] = (
    ("contact_rate",),
    ("reachability", "unanswered"),
    ("abandoned",),
    ("rapportcijfer", "rapportcijfer_relationship"),
    ("transferred",),
    ("response_rate",),
)
MOST_TILES = 6
CONTACT = (
    "first_response_in_target", "reachability", "abandoned", "service_level", "speed_of_answer", "talk_time", "handle_time",
    "transferred", "repeat_contact", "callbacks_kept", "told_again", "fcr", "fcr_strict", "solved_asked", "reopened",
    "channel_switching", "episode_contacts", "solved_automatically", "cost_per_contact",
)  # fmt: skip
VISIT_REASONS = (
    "visits_orientation", "visits_sales", "visits_service", "visits_self_care", "visits_self_provisioning",
    "visits_contact_page", "visits_new", "visits_returning",
)  # fmt: skip
EFFECTIVENESS = (
    "journey_completed", "task_success", "helpful", "search_unanswered", "service_bounce",
    "to_contact_after_self_service", "conversion", "solved_automatically",
)  # fmt: skip
EXPERIENCE = ("csat", "ces_agree", "ces_ease", "gap", "sus", "rapportcijfer")
LOYALTY = ("retention", "churn", "retention_yearly", "contact_rate")
MARKS = ("rapportcijfer", "rapportcijfer_relationship")
SERVQUAL = (
    "servqual_reliability", "servqual_responsiveness", "servqual_assurance", "servqual_empathy", "servqual_tangibles",
)  # fmt: skip
SERVQUAL_WHOLE = ("servqual", "servqual_weighted", "servqual_expected", "servqual_perceived")
EMPLOYEES = (
    "engagement", "engagement_favourable", "turnover", "tenure", "turnover_cost", "overtime", "manager_time", "group_time",
    "network",
)  # fmt: skip

SINGLE = tuple(k.key for k in ALL if not isinstance(k.spread, Histogram))
SHARES = tuple(k.key for k in ALL if isinstance(k.spread, Histogram))


def has_figure(e: Estimate | None) -> bool:
    """Whether there is a value to show; a hidden or mixed figure has none."""
    return e is not None and e.value is not None and e.status in ("ok", "few_customers", "too_few")


def chosen(slots: Iterable[tuple[str, ...]], figures: Mapping[str, Estimate], most: int) -> tuple[str, ...]:
    """Of each slot the first KPI that has a figure, at most so many."""
    found = [next((key for key in slot if has_figure(figures.get(key))), None) for slot in slots]
    return tuple(key for key in found if key)[:most]
