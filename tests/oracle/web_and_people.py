"""The figures about visits, customers, invitations and employees, counted from the definitions."""

from __future__ import annotations

from math import fsum

from tests.generated.sets import Row
from tests.oracle.tally import NOTHING, Figure, Measure, Spread, Tally

YEAR_IN_WEEKS = 52.1775


def visits(column: str, yes: int = 1) -> Measure:
    """Visits known to be so, in percent of all visits; nothing where it can be told of none."""

    def measure(t: Tally) -> Figure:
        rows = t.rows("visits")
        if all(r[column] is None for r in rows):
            return None, len(rows)
        return 100 * t.total(r for r in rows if r[column] == yes) / t.total(rows), len(rows)

    return measure


def _unknown(t: Tally) -> Figure:
    rows = t.rows("visits")
    return (100 * t.total(r for r in rows if r["returning"] is None) / t.total(rows), len(rows)) if rows else NOTHING


def bounce(t: Tally) -> Figure:
    return t.share(t.rows("visits", landed_on_service=1), "bounced")


def to_contact(t: Tally) -> Figure:
    return t.share(t.rows("visits", self_service=1), "contact_after_self_service")


def vote_rate(t: Tally) -> Figure:
    rows = [{**r, "_voted": int(r["helpful"] is not None)} for r in t.rows("solution_views")]
    return t.share(rows, "_voted")


def elsewhere(t: Tally) -> Figure:
    return t.share(t.rows("journey_runs"), "completed_in", yes=("elsewhere",))


def search_unanswered(t: Tally) -> Figure:
    return t.share(t.rows("web_events", kind="search"), "found", yes=(0,))


def response(column: str, **more: object) -> Measure:
    return lambda t: t.share([r for r in t.rows("invitations", delivered=1, **more) if r["ripe_14"]], column)


def kept(t: Tally) -> Figure:
    return t.share(t.rows("memberships", at_start=1), "kept")


def churned(t: Tally) -> Figure:
    return t.share(t.rows("memberships", at_start=1), "kept", yes=(0,))


def kept_a_year(t: Tally) -> Figure:
    """What the period's retention comes to when it goes on for a year."""
    value, n = kept(t)
    if value is None:
        return NOTHING
    rows = t.rows("memberships", at_start=1)
    days = fsum(t.weight(r) * r["start_days"] for r in rows) / t.total(rows)
    return float(100 * (value / 100) ** (365.2425 / days)), n


def per_employee_week(column: str) -> Measure:
    """An amount per employee and week, over the weeks for which it is known."""

    def measure(t: Tally) -> Figure:
        rows = [r for r in t.rows("work_weeks") if r[column] is not None]
        weeks = fsum(t.weight(r) * r["employee_weeks"] for r in rows)
        return (fsum(t.weight(r) * r[column] for r in rows) / weeks, len(rows)) if weeks else NOTHING

    return measure


def turnover(t: Tally) -> Figure:
    value, n = per_employee_week("left")(t)
    return (100 * YEAR_IN_WEEKS * value, n) if value is not None else NOTHING


def tenure(t: Tally) -> Figure:
    rows = [r for r in t.rows("work_weeks") if r["tenure_years"] is not None]
    weeks = fsum(t.weight(r) * r["employee_weeks"] for r in rows)
    return (
        (fsum(t.weight(r) * r["tenure_years"] * r["employee_weeks"] for r in rows) / weeks, len(rows))
        if weeks
        else NOTHING
    )


def turnover_cost(t: Tally) -> Figure:
    """Two months' salary for each who left, per employee and year."""
    rows: list[Row] = [r for r in t.rows("work_weeks") if r["left"] is not None and r["monthly_salary"] is not None]
    if not rows:
        return NOTHING
    salaries = fsum(t.weight(r) * r["left"] * r["monthly_salary"] for r in rows)
    years = fsum(t.weight(r) * r["employee_weeks"] for r in rows) / YEAR_IN_WEEKS
    return 2 * salaries / years, len(rows)


FIGURES: dict[str, Measure] = {
    "visits_new": visits("returning", 0),
    "visits_returning": visits("returning"),
    "visits_unknown": _unknown,
    **{
        f"visits_{name}": visits(name)
        for name in ("orientation", "sales", "service", "self_care", "self_provisioning", "contact_page")
    },
    "service_bounce": bounce,
    "helpful": lambda t: t.share(t.rows("solution_views"), "helpful"),
    "vote_rate": vote_rate,
    "to_contact_after_self_service": to_contact,
    "journey_completed": lambda t: t.share(t.rows("journey_runs"), "completed"),
    "journey_completed_elsewhere": elsewhere,
    "conversion": lambda t: t.share(t.rows("visits"), "converted"),
    "pages_per_visit": lambda t: t.mean(t.rows("visits"), "pages"),
    "search_unanswered": search_unanswered,
    "retention": kept,
    "churn": churned,
    "retention_yearly": kept_a_year,
    "response_rate": response("answered"),
    "response_finished": response("finished", answered=1),
    "manager_time": per_employee_week("manager_minutes"),
    "group_time": per_employee_week("group_minutes"),
    "network": per_employee_week("network"),
    "overtime": per_employee_week("overtime_minutes"),
    "turnover": turnover,
    "tenure": tenure,
    "turnover_cost": turnover_cost,
}
SPREADS: dict[str, Spread] = {
    "solutions_shown": lambda t: t.shares(t.rows("solution_views"), "solution", t.total(t.rows("visits"))),
}
