"""What a row becomes at load, worked out again in plain Python: one row or one customer at a time.

Written from the definitions, not from the loader: loops and dictionaries, no numpy, no SQL.
Rows get the columns that the figures read; `None` is 'not known' or 'does not count'.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from statistics import fmean
from zoneinfo import ZoneInfo

from tests.generated.sets import DIMENSIONS, Facts, Row
from tests.oracle.office import open_seconds

ZONE = ZoneInfo("Europe/Amsterdam")
WEEK = timedelta(days=7)
FORTNIGHT = timedelta(days=14)
CLOCKS = {
    "answers": "answered_at",
    "invitations": "sent_at",
    "interactions": "opened_at",
    "visits": "started_at",
    "web_events": "at",
    "journey_runs": "started_at",
    "solution_views": "at",
    "work_weeks": "week_start",
}


def enrich(facts: Facts) -> Facts:
    """All rows, with what is worked out from each row and from its customer's other rows."""
    out = {name: [dict(row) for row in rows] for name, rows in facts.items()}
    out["answers"] += derived_answers(out["answers"])
    for row in out["answers"]:
        answer(row)
    for row in out["invitations"]:
        invitation(row)
    contacts(out["interactions"])
    for row in out["visits"]:
        used = [row["self_care"], row["self_provisioning"], row["used_tool"]]
        row["self_service"] = 1 if 1 in used else None if None in used else 0
    for row in out["work_weeks"]:
        row["employee_weeks"] = row["employees"] * row["weeks"]
    for fact, clock in CLOCKS.items():
        for row in out[fact]:
            calendar(row, row[clock])
    return out


def calendar(row: Row, moment: datetime | date | None) -> None:
    local = moment.astimezone(ZONE) if isinstance(moment, datetime) else moment
    day = local.date() if isinstance(local, datetime) else local
    row["day"] = day
    row["month"] = None if day is None else f"{day.year}-{day.month:02}"


def answer(row: Row) -> None:
    for name in ("score", "expected", "box", "choice", "dimension", "scale_min", "scale_max", "question"):
        row.setdefault(name, None)
    score, low, high = row["score"], row["scale_min"], row["scale_max"]
    row["gap"] = None if score is None or row["expected"] is None else score - row["expected"]
    row["score_100"] = None if score is None or low is None else 100 * (score - low) / (high - low)
    row["person"] = row["customer_id"] or row["response_id"]


def derived_answers(rows: list[Row]) -> list[Row]:
    """A response's SERVQUAL dimensions, their mean, the mean weighted by its points, and its SUS score."""
    statements: dict[tuple[str, str], set[str]] = defaultdict(set)
    responses: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        responses[row["response_id"]].append(row)
        if row["kind"] == "servqual":
            statements[row["survey"], row["dimension"]].add(row["question"])
    out: list[Row] = []
    for given in responses.values():
        same = {k: given[0][k] for k in SHARED}
        out += [{**same, **row} for row in (*_servqual(given, statements), *_sus(given))]
    return out


SHARED = (
    "x_data_set", "weight", "response_id", "survey", "customer_id", "answered_at", "channel", "touchpoint",
    "employee_id", "team",
)  # fmt: skip


def _servqual(given: list[Row], statements: dict[tuple[str, str], set[str]]) -> list[Row]:
    found: dict[str, tuple[float, float]] = {}
    for dimension in DIMENSIONS:
        asked = statements.get((given[0]["survey"], dimension), set())
        pairs = {
            r["question"]: (r["score"], r["expected"])
            for r in given
            if r["kind"] == "servqual" and r["dimension"] == dimension
            if r["score"] is not None and r["expected"] is not None
        }
        if asked and set(pairs) == asked:
            found[dimension] = (fmean(p for p, _ in pairs.values()), fmean(e for _, e in pairs.values()))
    out = [_made("servqual_dimension", *found[d], dimension=d) for d in found]
    if len(found) < len(DIMENSIONS):
        return out
    out.append(_made("servqual_overall", fmean(p for p, _ in found.values()), fmean(e for _, e in found.values())))
    points = {r["dimension"]: r["score"] for r in given if r["kind"] == "servqual_points" and r["score"] is not None}
    total = sum(points.values())
    if set(points) == set(DIMENSIONS) and total > 0:
        perceived = sum(found[d][0] * points[d] for d in DIMENSIONS) / total
        expected = sum(found[d][1] * points[d] for d in DIMENSIONS) / total
        out.append(_made("servqual_weighted", perceived, expected))
    return out


def _made(kind: str, score: float, expected: float | None = None, dimension: str | None = None) -> Row:
    scale = (0, 100) if kind == "sus" else (1, 7)
    return {
        "kind": kind, "score": score, "expected": expected, "dimension": dimension,
        "scale_min": scale[0], "scale_max": scale[1], "relationship": 0,
    }  # fmt: skip


def _sus(given: list[Row]) -> list[Row]:
    items = {r["question"]: r["score"] for r in given if r["kind"] == "sus_item" and r["score"] is not None}
    if len(items) != 10:
        return []
    total = 0.0
    for i in range(1, 11):
        score = items[f"sus_{i}"]
        total += score - 1 if i % 2 else 5 - score
    return [_made("sus", 2.5 * total)]


def invitation(row: Row) -> None:
    sent = row["sent_at"]
    asked = sent is not None and row["channel"] not in ("link", "qr", "kiosk")
    row["delivered"] = int(row["bounced_at"] is None) if asked else None
    begun = min((at for at in (row["started_at"], row["answered_at"]) if at is not None), default=None)
    for flag, at in (("answered", begun), ("finished", row["answered_at"])):
        row[flag] = int(at is not None and at - sent <= FORTNIGHT) if row["delivered"] == 1 else None


def contacts(rows: list[Row]) -> None:
    """What never comes from a source, such as a first response by post, is not 'still open' there."""
    times = [row[c] for row in rows for c in ("opened_at", "resolved_at", "callback_kept_at")]
    newest = max((at for at in times if at is not None), default=None)
    responds = {row["channel"] for row in rows if row["first_response_seconds"] is not None}
    solves = {row["channel"] for row in rows if row["resolved_at"] is not None}
    groups: dict[tuple[str | None, ...], list[Row]] = defaultdict(list)
    for row in rows:
        row.update(dict.fromkeys(EPISODE))
        contact(row)
        until_now(row, newest, row["channel"] in responds)
        row["open_age"] = row["age"] if row["channel"] in solves else None
        if row["direction"] == "in":
            own = (row["customer_id"], row["reason"]) if row["customer_id"] else (None, row["interaction_id"])
            groups[own].append(row)
    for (customer, _), group in groups.items():
        episodes(sorted(group, key=lambda r: (r["opened_at"], r["interaction_id"])), customer is not None)


EPISODE = (
    "repeated", "solved_automatically", "episode_first", "episode_contacts", "episode_seconds", "episode_age",
    "episode_switched", "episode_fcr", "episode_fcr_strict",
)  # fmt: skip


def contact(row: Row) -> None:
    opened, solved, replied = row["opened_at"], row["resolved_at"], row["first_response_seconds"]
    row["resolution_seconds"] = None if solved is None else (solved - opened).total_seconds()
    parts = [row["talk_seconds"], row["hold_seconds"], row["wrap_up_seconds"]]
    if row["handle_seconds"] is None and None not in parts:
        row["handle_seconds"] = sum(parts)
    row["transferred"] = None if row["transfers"] is None else int(row["transfers"] > 0)
    row["first_response_business_seconds"] = (
        None if replied is None else open_seconds(opened, opened + timedelta(seconds=replied))
    )
    row["in_service_level"] = service_level(row)


def until_now(row: Row, newest: datetime, responds: bool) -> None:
    """What is due and has not happened by the newest time that is known."""
    row["age"] = (newest - row["opened_at"]).total_seconds()
    waits = row["first_response_seconds"] is None and row["answered"] != 1 and responds
    row["response_age"] = row["age"] if waits else None
    row["business_age"] = open_seconds(row["opened_at"], newest) if waits else None
    target, took = row["first_response_target_seconds"], row["first_response_seconds"]
    row["in_target"] = None
    if target is not None and row["direction"] == "in":
        row["in_target"] = int(took <= target) if took is not None else 0 if waits and row["age"] > target else None
    row["callback_kept"] = None
    promised, kept = row["callback_promised_at"], row["callback_kept_at"]
    if promised is not None and (kept is not None or promised < newest):
        row["callback_kept"] = int(kept is not None and kept <= promised)


def service_level(row: Row) -> int | None:
    """Answered within 20 seconds, of all who waited in line but those who hung up within 5."""
    wait = row["wait_seconds"]
    if row["direction"] != "in":
        return None
    if row["abandoned"] == 1 and wait is not None and wait <= 5:
        return None
    if row["answered"] == 1:
        return None if wait is None else int(wait <= 20)
    in_line = wait is not None or row["channel"] in ("phone", "chat", "in_person", None)
    return 0 if in_line and (row["answered"] == 0 or row["abandoned"] == 1) else None


def episodes(group: list[Row], known: bool) -> None:
    """One customer's inbound contacts on one subject, in order of time."""
    first: list[Row] = []
    for i, row in enumerate(group):
        soon = group[i + 1] if i + 1 < len(group) and group[i + 1]["opened_at"] - row["opened_at"] <= WEEK else None
        row["repeated"] = int(soon is not None) if known else None
        row["solved_automatically"] = None
        if known:
            row["solved_automatically"] = int(row["resolved_by"] == "automatic" and soon is None)
        if not first or row["opened_at"] - first[-1]["opened_at"] > WEEK:
            if first:
                episode(first, known)
            first = []
        first.append(row)
    if first:
        episode(first, known)


def episode(rows: list[Row], known: bool) -> None:
    """An episode's figures stand on its first contact; without a customer only its own time can be told."""
    for row in rows:
        row["episode_first"] = int(row is rows[0])
    first, ends = rows[0], [r["resolved_at"] for r in rows if r["resolved_at"] is not None]
    first["episode_age"] = first["open_age"]
    if rows[-1]["resolved_at"] is not None:
        first["episode_seconds"] = (max(ends) - first["opened_at"]).total_seconds()
    if not known:
        return
    first["episode_contacts"] = len(rows)
    channels = {r["channel"] for r in rows}
    first["episode_switched"] = int(len(channels - {None}) > 1)
    if None in channels and len(rows) > 1 and not first["episode_switched"]:
        first["episode_switched"] = None
    first["episode_fcr"] = first["episode_fcr_strict"] = int(len(rows) == 1 and not first["reopens"])
    if first["episode_fcr"]:
        first["episode_fcr_strict"] = None if first["transfers"] is None else int(first["transfers"] == 0)
