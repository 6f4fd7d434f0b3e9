"""The figures about contacts, as a person would count them from the definitions."""

from __future__ import annotations

from math import fsum

from tests.generated.sets import Row
from tests.oracle.tally import Figure, Measure, Spread, Tally


def inbound(t: Tally, **more: object) -> list[Row]:
    return t.rows("interactions", direction="in", **more)


def share(column: str, *yes: object, **more: object) -> Measure:
    return lambda t: t.share(inbound(t, **more), column, yes=yes or (1,))


def share_above_zero(column: str) -> Measure:
    def measure(t: Tally) -> Figure:
        rows = [{**row, "_yes": None if row[column] is None else int(row[column] > 0)} for row in inbound(t)]
        return t.share(rows, "_yes")

    return measure


def mean(column: str, **more: object) -> Measure:
    return lambda t: t.mean(inbound(t, **more), column)


def ripe(column: str, **more: object) -> Measure:
    """Only contacts that are old enough to tell whether the customer came back."""
    return lambda t: t.share([r for r in inbound(t, **more) if r["ripe_7"]], column)


def quantile(column: str, q: float, age: str | None = None, **more: object) -> Measure:
    return lambda t: t.quantile(inbound(t, **more), column, q, age)


def by_channel(column: str, q: float, age: str | None = None, **more: object) -> Measure:
    """A time that customers wait, never over more than one channel."""

    def measure(t: Tally) -> Figure:
        rows = [r for r in inbound(t, **more) if r[column] is not None or (age is not None and r[age] is not None)]
        value, n = t.quantile(rows, column, q, age)
        return (None, n) if len({r["channel"] for r in rows}) > 1 else (value, n)

    return measure


def present(t: Tally) -> float:
    """Customers over the period, each for the part of it that they were one."""
    return fsum(t.weight(r) * r["present"] for r in t.rows("memberships") if r["present"] is not None)


def contact_rate(t: Tally) -> Figure:
    customers, rows = present(t), inbound(t)
    return (100 * t.total(rows) / customers, len(rows)) if customers else (None, len(rows))


def cost_per_contact(t: Tally) -> float | None:
    return t.mean(inbound(t), "cost")[0]


def cost_per_solved(t: Tally) -> Figure:
    """Costs of contacts for each of them that was solved, where the cost is known."""
    priced = [r for r in inbound(t) if r["cost"] is not None]
    solved = t.total(r for r in priced if r["resolved_by"] in ("person", "automatic"))
    return fsum(t.weight(r) * r["cost"] for r in priced) / solved if solved else None, len(priced)


def _stayed_away(t: Tally) -> Figure:
    """Of self-service visits the share, 0 to 1, that did not go on to the contact page."""
    value, n = t.share(t.rows("visits", self_service=1), "contact_after_self_service", yes=(0,))
    return (None, n) if value is None else (value / 100, n)


def contacts_avoided(t: Tally) -> Figure:
    value, n = _stayed_away(t)
    return (None, n) if value is None else (100 * AVOIDED_SHARE * value, n)


def cost_avoided(t: Tally) -> Figure:
    value, n = _stayed_away(t)
    mean_cost = cost_per_contact(t)
    return (None, n) if value is None or mean_cost is None else (AVOIDED_SHARE * value * mean_cost, n)


AVOIDED_SHARE = 0.3
FIGURES: dict[str, Measure] = {
    "first_response_in_target": share("in_target"),
    "first_response_median": by_channel("first_response_seconds", 0.5, "response_age"),
    "first_response_p90": by_channel("first_response_seconds", 0.9, "response_age"),
    "auto_reply_median": by_channel("auto_reply_seconds", 0.5),
    "unanswered": share("answered", 0),
    "reachability": share("answered"),
    "abandoned": share("abandoned"),
    "service_level": share("in_service_level"),
    "speed_of_answer": mean("wait_seconds", answered=1),
    "wait_median": by_channel("wait_seconds", 0.5),
    "next_reply_median": by_channel("next_reply_seconds", 0.5),
    "total_wait_median": by_channel("total_wait_seconds", 0.5),
    "total_wait_mean": mean("total_wait_seconds"),
    "talk_time": mean("talk_seconds"),
    "handle_time": mean("handle_seconds"),
    "handle_time_median": quantile("handle_seconds", 0.5),
    "transferred": share("transferred"),
    "transfers_mean": mean("transfers"),
    "repeat_contact": ripe("repeated"),
    "callbacks_kept": share("callback_kept"),
    "episode_contacts": lambda t: t.mean([r for r in inbound(t) if r["ripe_7"]], "episode_contacts"),
    "fcr": ripe("episode_fcr"),
    "fcr_strict": ripe("episode_fcr_strict"),
    "reopened": share_above_zero("reopens"),
    "solved_automatically": ripe("solved_automatically"),
    "channel_switching": ripe("episode_switched"),
    "history_lost": share("warm_transfer", 0, transferred=1),
    "solution_time_median": quantile("episode_seconds", 0.5, "episode_age"),
    "resolution_time_median": quantile("resolution_seconds", 0.5, "open_age"),
    "first_response_business_median": by_channel("first_response_business_seconds", 0.5, "business_age"),
    "contact_rate": contact_rate,
    "cost_per_contact": mean("cost"),
    "cost_per_solved": cost_per_solved,
    "contacts_avoided": contacts_avoided,
    "cost_avoided": cost_avoided,
}
SPREADS: dict[str, Spread] = {
    "contact_reasons": lambda t: t.shares(inbound(t), "reason"),
    "contact_reasons_control": lambda t: t.shares(inbound(t), "controllable"),
    "contact_reasons_type": lambda t: t.shares(inbound(t), "reason_type"),
}
