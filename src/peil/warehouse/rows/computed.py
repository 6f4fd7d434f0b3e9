"""The columns that a row gives by itself, fact by fact. What needs other rows is in derive."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import pyarrow as pa

from peil.facts.schema import WORK_WEEKS
from peil.warehouse.rows.business_hours import business_seconds
from peil.warehouse.rows.columns import Array, codes, flags, numbers, one_of, real, times, whole
from peil.warehouse.rows.local_time import DAY, SECOND
from peil.warehouse.settings import Settings

ANSWER_WINDOW = 14 * DAY
SHORT_ABANDON = 5.0  # seconds; who hangs up within them was not waiting
STILL_MEMBER = 1_000_000
ANYONE_CAN_ANSWER = ("link", "qr", "kiosk")
NO_WAITING_LINE = ("email", "post", "social", "web", "messaging", "app")
Computed: TypeAlias = dict[str, pa.Array]


def _answers(table: pa.Table) -> Computed:
    score, low, high = (numbers(table, c) for c in ("score", "scale_min", "scale_max"))
    with np.errstate(divide="ignore", invalid="ignore"):
        stretched = 100 * (score - low) / (high - low)
    return {
        "scale_code": whole(np.where(np.isfinite(low + high), np.round(low + 1000 * high), np.nan)),
        "score_100": real(np.where(np.isfinite(stretched), stretched, np.nan)),
        "gap": real(score - numbers(table, "expected")),
    }


def _invitations(table: pa.Table) -> Computed:
    sent, started, answered = (times(table, c) for c in ("sent_at", "started_at", "answered_at"))
    was_sent = ~np.isnan(sent) & ~one_of(table, "channel", *ANYONE_CAN_ANSWER)  # how many saw it is not known
    delivered = was_sent & np.isnan(times(table, "bounced_at"))
    first = np.fmin(started, answered)
    return {
        "delivered": flags(delivered, was_sent),
        "answered": flags(first - sent <= ANSWER_WINDOW, delivered),
        "finished": flags(answered - sent <= ANSWER_WINDOW, delivered),
    }


def _interactions(table: pa.Table, settings: Settings) -> Computed:
    opened, first = times(table, "opened_at"), numbers(table, "first_response_seconds")
    transfers = numbers(table, "transfers")
    parts = sum(numbers(table, c) for c in ("talk_seconds", "hold_seconds", "wrap_up_seconds"))
    handle = numbers(table, "handle_seconds")
    never = np.full(len(table), np.nan)
    business = business_seconds(opened, opened + first * SECOND, settings)
    return {
        "handle_seconds": real(np.where(np.isnan(handle), parts, handle)),
        "resolution_seconds": real(_not_negative((times(table, "resolved_at") - opened) / SECOND)),
        "first_response_business_seconds": real(business),
        "in_service_level": _in_service_level(table, settings),
        "transferred": flags(transfers > 0, ~np.isnan(transfers)),
        **target_and_call_back(table, never, never, settings),
    }


def target_and_call_back(table: pa.Table, late_by: Array, newest: Array, settings: Settings) -> Computed:
    """Within its target, called back within the slot: what is due and has not happened counts as missed.

    Due is judged at the newest time that the row's source knows (microseconds, NaN when not known); `late_by` is
    the same where the source tells first responses at all.
    """
    first, opened = numbers(table, "first_response_seconds"), times(table, "opened_at")
    target = _targets(table, settings)
    late = np.isnan(first) & (numbers(table, "answered") != 1) & ((late_by - opened) / SECOND > target)
    told = ~np.isnan(target) & ~one_of(table, "direction", "out") & (~np.isnan(first) | late)
    promised, kept = times(table, "callback_promised_at"), times(table, "callback_kept_at")
    due = ~np.isnan(promised) & (~np.isnan(kept) | (promised < newest))
    return {"in_target": flags(first <= target, told), "callback_kept": flags(kept <= promised, due)}


def _targets(table: pa.Table, settings: Settings) -> Array:
    """The row's own target, else its channel's from the settings."""
    given = numbers(table, "first_response_target_seconds")
    index, channels = codes(table, "channel")
    by_channel = dict(settings.targets)
    default = np.array([*(by_channel.get(c, np.nan) for c in channels), np.nan])
    return np.where(np.isnan(given), default[index], given)


def _in_service_level(table: pa.Table, settings: Settings) -> pa.Array:
    wait, answered, abandoned = (numbers(table, c) for c in ("wait_seconds", "answered", "abandoned"))
    yes = (answered == 1) & (wait <= settings.service_level_seconds)
    late = (answered == 1) & (wait > settings.service_level_seconds)
    in_line = ~np.isnan(wait) | ~one_of(table, "channel", *NO_WAITING_LINE)
    missed = (answered != 1) & ((answered == 0) | (abandoned == 1)) & in_line
    offered = ~((answered != 1) & (abandoned == 1) & (wait <= SHORT_ABANDON)) & ~one_of(table, "direction", "out")
    return flags(yes, (yes | late | missed) & offered)


def _not_negative(seconds: Array) -> Array:
    return np.where(seconds >= 0, seconds, np.nan)


def _visits(table: pa.Table) -> Computed:
    parts = np.array([numbers(table, c) for c in ("self_care", "self_provisioning", "used_tool")])
    any_yes = (parts == 1).any(axis=0)
    return {"self_service": flags(any_yes, any_yes | ~np.isnan(parts).any(axis=0))}


def _memberships(table: pa.Table) -> Computed:
    since, until = (table.column(c).combine_chunks().cast(pa.int32()) for c in ("since", "until"))
    until_day = until.cast(pa.int64()).fill_null(STILL_MEMBER)
    return {"since_day": since.cast(pa.int64()), "until_day": until_day}


def _work_weeks(table: pa.Table) -> Computed:
    weeks = np.nan_to_num(numbers(table, "weeks"), nan=1.0)
    named = table.column("employee_id").is_valid().combine_chunks().to_numpy(zero_copy_only=False)
    employees = numbers(table, "employees")
    employees = np.where(np.isnan(employees) & named, 1.0, employees)
    together = employees * weeks
    own = {
        column.name: real(np.where(np.isnan(numbers(table, column.name.removesuffix("_weeks"))), np.nan, together))
        for column in WORK_WEEKS.columns
        if column.stage == "computed" and column.name.endswith("_weeks") and column.name != "employee_weeks"
    }
    leavers_told = ~np.isnan(numbers(table, "left"))
    own["monthly_salary_weeks"] = real(np.where(leavers_told, numbers(pa.table(own), "monthly_salary_weeks"), np.nan))
    return {"weeks": real(weeks), "employees": real(employees), "employee_weeks": real(together), **own}


_PLAIN: dict[str, Callable[[pa.Table], Computed]] = {
    "answers": _answers,
    "invitations": _invitations,
    "visits": _visits,
    "memberships": _memberships,
    "work_weeks": _work_weeks,
}


def computed_columns(fact: str, table: pa.Table, settings: Settings) -> Computed:
    """The computed columns of a fact, calendar, cluster and buckets apart."""
    if fact == "interactions":
        return _interactions(table, settings)
    return _PLAIN[fact](table) if fact in _PLAIN else {}
