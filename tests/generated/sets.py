"""Small data sets of every fact: rows as plain dicts of raw columns, told apart by `x_data_set`."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from tests.generated.asked import answers
from tests.generated.chance import CHANNELS, DIMENSIONS, REASONS, DataSet, Facts, Row

__all__ = ["DIMENSIONS", "Facts", "Row", "generate"]


def invitations(d: DataSet) -> Iterator[Row]:
    for _ in range(d.size()):
        sent = d.moment()

        def after(days: float, sent: datetime = sent) -> datetime | None:
            return d.maybe(sent + timedelta(days=d.rng.choice((0.0, 1.0, days, 14.0, 14.00002, 20.0))), 0.6)

        yield d.row(
            invitation_id=d.key(), survey=f"survey {d.name}", channel=d.rng.choice((*CHANNELS, "link", "kiosk")), customer_id=d.customer(),
            sent_at=sent if d.rng.random() < 0.9 else None, bounced_at=d.maybe(sent + timedelta(hours=1), 0.15),
            started_at=after(13.9), answered_at=after(13.99),
            held_back_reason=d.maybe("asked lately", 0.1),
        )  # fmt: skip


def interactions(d: DataSet) -> Iterator[Row]:
    last = d.moment()
    for _ in range(d.size()):
        opened = d.moment()
        if d.rng.random() < 0.5:  # soon after the one before: repeats, at seven days to the second, too
            opened = last + timedelta(seconds=d.rng.choice((0, 60, 86_400, 3 * 86_400, 7 * 86_400, 7 * 86_400 + 1)))
        last = opened
        yield _contact(d, opened)


def _contact(d: DataSet, opened: datetime) -> Row:
    rng = d.rng
    answered = d.flag(0.9)
    parts = [d.seconds(0.8) for _ in range(3)]
    promised = d.maybe(opened + timedelta(days=1), 0.2)
    return d.row(
        interaction_id=d.key(), customer_id=d.customer(), direction="out" if rng.random() < 0.15 else "in",
        channel=rng.choice(CHANNELS), queue=rng.choice(("q1", "q2")), reason=rng.choice(REASONS),
        reason_type=rng.choice(("product", "process", None)), controllable=rng.choice(("within", "outside")),
        tier=rng.choice(("basis", "plus")), stage=rng.choice(("new", "loyal")),
        opened_at=opened, resolved_at=d.maybe(opened + timedelta(seconds=d.seconds(1) or 0), 0.7),
        answered=answered, abandoned=None if answered is None else (0 if answered else rng.randrange(2)),
        auto_reply_seconds=d.seconds(0.4), first_response_seconds=d.seconds(0.7),
        first_response_target_seconds=d.maybe(rng.choice((60.0, 3600.0, 86400.0)), 0.6),
        wait_seconds=rng.choice((0.0, 4.999, 5.0, 5.001, 20.0, 20.001, 90.0, None)), next_reply_seconds=d.seconds(0.4),
        total_wait_seconds=d.seconds(0.6), talk_seconds=parts[0], hold_seconds=parts[1], wrap_up_seconds=parts[2],
        handle_seconds=d.seconds(0.3), transfers=d.maybe(rng.choice((0, 0, 1, 3))), warm_transfer=d.flag(0.5),
        callback_promised_at=promised,
        callback_kept_at=d.maybe(promised + timedelta(hours=rng.choice((-2, 0, 3))), 0.7) if promised else None,
        reopens=d.maybe(rng.choice((0, 0, 1, 2))), resolved_by=rng.choice(("person", "automatic", "nobody", None)),
        employee_id=d.maybe(f"{d.name} e{rng.randrange(4)}"), team=rng.choice(("north", "süd")),
        cost=d.maybe(round(rng.uniform(0, 40), 2), 0.6),
    )  # fmt: skip


def visits(d: DataSet) -> Iterator[Row]:
    names = (
        "returning", "orientation", "sales", "service", "self_care", "self_provisioning", "contact_page",
        "contact_after_self_service", "landed_on_service", "bounced", "used_tool", "converted",
    )  # fmt: skip
    for _ in range(d.size()):
        yield d.row(
            visit_id=d.key(), visitor_id=d.maybe(f"{d.name} v{d.rng.randrange(5)}", 0.5), customer_id=d.customer(),
            started_at=d.maybe(d.moment(), 0.95), pages=d.maybe(d.rng.randrange(30)),
            device=d.rng.choice(("phone", "tablet", None)), traffic_source=d.rng.choice(("search", "mail")),
            **{name: d.flag() for name in names},
        )  # fmt: skip


def web_events(d: DataSet) -> Iterator[Row]:
    for _ in range(d.size()):
        kind = d.rng.choice(("page", "search", "search", "tool", None))
        yield d.row(
            event_id=d.key(), visit_id=d.key(), customer_id=d.customer(), at=d.moment(), kind=kind,
            path="/hulp/é", searched="factuur" if kind == "search" else None, found=d.flag(),
        )  # fmt: skip


def journey_runs(d: DataSet) -> Iterator[Row]:
    for _ in range(d.size()):
        where = d.rng.choice(("web", "elsewhere", "no", None))
        done = None if where is None else int(where != "no")
        yield d.row(
            run_id=d.key(), visit_id=d.key(), customer_id=d.customer(), journey=d.rng.choice(("verhuizen", "opzeggen")),
            started_at=d.moment(), steps_done=d.rng.randrange(6), completed=done, completed_in=where,
            seconds=d.seconds(0.7) if done else None,
        )  # fmt: skip


def solution_views(d: DataSet) -> Iterator[Row]:
    for _ in range(d.size()):
        yield d.row(
            view_id=d.key(), visit_id=d.key(), customer_id=d.customer(), at=d.moment(),
            solution=d.rng.choice(("opzeggen", "factuur lezen", "Zähler", None)), helpful=d.flag(0.5),
        )  # fmt: skip


def memberships(d: DataSet) -> Iterator[Row]:
    for _ in range(d.size()):
        since = date(2025, 1, 1) + timedelta(days=d.rng.choice((0, 365, 366, 395, 396, d.rng.randrange(720))))
        stays = d.rng.choice((None, None, 1, 30, 31, 365, d.rng.randrange(1, 500)))
        yield d.row(
            membership_id=d.key(), customer_id=d.customer(), since=since,
            until=None if stays is None else since + timedelta(days=stays), value=d.maybe(round(d.rng.uniform(10, 900), 2)),
            tier=d.rng.choice(("basis", "plus")), segment=d.rng.choice(("home", "shop")), leave_reason=None,
        )  # fmt: skip


def work_weeks(d: DataSet) -> Iterator[Row]:
    for _ in range(d.size()):
        group = d.rng.random() < 0.2
        yield d.row(
            work_week_id=d.key(), employee_id=None if group else f"{d.name} e{d.rng.randrange(6)}",
            team=d.rng.choice(("north", "süd")), week_start=date(2026, 1, 5) + timedelta(weeks=d.rng.randrange(40)),
            employees=float(d.rng.randrange(2, 30)) if group else 1.0, weeks=d.rng.choice((1.0, 1.0, 4.0, 52.1775)),
            manager_minutes=d.maybe(d.rng.uniform(0, 200)), group_minutes=d.maybe(d.rng.uniform(0, 900)),
            network=d.maybe(float(d.rng.randrange(40))), overtime_minutes=d.maybe(d.rng.uniform(0, 600)),
            joined=d.maybe(float(d.rng.randrange(2))), left=d.maybe(float(d.rng.randrange(2))),
            tenure_years=d.maybe(d.rng.uniform(0, 30)), monthly_salary=d.maybe(d.rng.uniform(2000, 6000)),
        )  # fmt: skip


MAKERS = {
    f.__name__: f
    for f in (
        answers, invitations, interactions, visits, web_events, journey_runs, solution_views, memberships, work_weeks,
    )
}  # fmt: skip


def generate(count: int, seed: int = 1) -> Facts:
    """`count` data sets in one set of tables; the same for the same seed."""
    facts: Facts = {name: [] for name in MAKERS}
    for number in range(count):
        d = DataSet(number, random.Random(seed * 1_000_003 + number))
        for name, make in MAKERS.items():
            facts[name].extend(make(d))
    return facts
