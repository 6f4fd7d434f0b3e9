"""Contacts and web visits with the traps of real ones: dates and times apart, blanks for what did not happen, marks for not known."""

from __future__ import annotations

import gzip
import io
import json
import random
from datetime import timedelta
from pathlib import Path

from tests.traps.trap import Tally, TrapFile, Truth, five, moments, save, written


def calls(folder: Path, rng: random.Random) -> TrapFile:
    """Date and time in two columns, durations as hh:mm:ss, blanks when nobody answered, the same heading twice, a mark of
    the encoding; an hour that the clock skipped, and a solution before the call.
    """
    tally, talked, answered_calls = Tally(), 0, 0
    rows = [
        [
            "Call Id",
            "Klant",
            "Agent",
            "Date",
            "Time",
            "Topic",
            "Answered (Y/N)",
            "Opgelost",
            "Speed of answer",
            "Talk",
            "Rating",
            "Notitie",
            "Notitie",
        ]
    ]
    for number, at in enumerate(moments(rng, 500), start=1):
        answered = rng.random() < 0.82
        talk = rng.randint(30, 1200) if answered else 0
        rating = five(rng) if answered and rng.random() < 0.4 else None
        solved = (at + timedelta(minutes=rng.randint(2, 4000))).strftime("%Y-%m-%d %H:%M:%S") if answered else ""
        day, clock = at.strftime("%Y-%m-%d"), at.strftime("%H:%M:%S")
        if number == 60:
            day, clock, solved = "2026-03-29", "02:30:00", "2026-04-01 10:00:00"
        if number == 61:
            solved = (at - timedelta(hours=1)).strftime("%Y-%m-%d %H:%M:%S") if answered else "2025-12-31 10:00:00"
        if number == 60:
            tally.rejected += 2  # the call, and its mark
        elif number == 61:
            tally.rejected += 1
        else:
            talked, answered_calls = talked + talk, answered_calls + answered
        if rating is not None and number != 60:
            tally.score("rating", rating)
        shown = f"{talk // 3600:02}:{talk // 60 % 60:02}:{talk % 60:02}" if answered else ""
        customer = "" if rng.random() < 0.2 else f"{rng.randint(17_000, 17_150)}.0"
        speed = f"{rng.randint(5, 120)}.0" if answered else ""
        topic = rng.choice(["Factuur", "Storing", "Verhuizing", "Contract"])
        rows.append(
            [f"C{number:04}", customer, rng.choice(["Diane", "Greg", "Jim"]), day, clock, topic, "Y" if answered else "N", solved, speed, shown, "" if rating is None else f"{rating}.0", "x", "y"]
        )  # fmt: skip
    truth = Truth(
        rows={"interactions": 498, "answers": tally.answers},
        rejected=tally.rejected,
        scores=tally.told(),
        sums={("interactions", "talk_seconds"): talked, ("interactions", "answered"): answered_calls},
    )
    return save(folder, "calls.csv", written(rows).encode("utf-8-sig"), _CALLS, (calls.__doc__ or "", truth))


_CALLS = """
source = "calls"
[interactions]
interaction_id = "Call Id"
customer_id = { column = "Klant", kind = "number" }
employee_id = "Agent"
channel = { value = "phone" }
opened_at = { columns = ["Date", "Time"] }
resolved_at = "Opgelost"
reason = "Topic"
answered = "Answered (Y/N)"
abandoned = { column = "Answered (Y/N)", labels = { Y = 0, N = 1 } }
wait_seconds = "Speed of answer"
talk_seconds = "Talk"
resolved_by = { column = "Answered (Y/N)", labels = { Y = "person", N = "nobody" } }
[answers]
response_id = "Call Id"
interaction_id = "Call Id"
customer_id = { column = "Klant", kind = "number" }
answered_at = { columns = ["Date", "Time"] }
touchpoint = "Topic"
channel = { value = "phone" }
employee_id = "Agent"
survey = { value = "after the call" }
[[answers.questions]]
question = "rating"
kind = "csat"
column = "Rating"
scale = [1, 5]
"""


def tickets(folder: Path, rng: random.Random) -> TrapFile:
    """UTF-16, tabs, packed; ? for not known; day/month/year without zeros in front; times of answers instead of durations."""
    rows = [["number", "caller", "opened", "first_reply", "resolved", "category", "reassigned", "reopened", "cost"]]
    waited, costs = 0, 0.0
    for number, at in enumerate(moments(rng, 300), start=1):
        reply = at + timedelta(minutes=rng.randint(1, 900)) if rng.random() < 0.9 else None
        solved = reply + timedelta(minutes=rng.randint(5, 5000)) if reply and rng.random() < 0.9 else None
        cost = rng.randint(100, 200_000) / 100
        waited += int((reply - at).total_seconds()) if reply else 0
        costs += cost
        shown = [f"{t.day}/{t.month}/{t.year} {t:%H:%M}" if t else "?" for t in (at, reply, solved)]
        euros = (
            f"€ {int(cost) // 1000}.{int(cost) % 1000:03},{round(cost * 100) % 100:02}"
            if cost >= 1000
            else f"€ {cost:.2f}".replace(".", ",")
        )
        caller = rng.choice(["?", f"{rng.randint(17_000, 17_150)}"])
        rows.append([f"INC{number:06}", caller, *shown, rng.choice(["Factuur", "Storing", "?"]), str(rng.randint(0, 3)), str(int(rng.random() < 0.05)), euros])  # fmt: skip
    content = gzip.compress(written(rows, "\t").encode("utf-16"), mtime=0)
    truth = Truth(
        rows={"interactions": 300},
        sums={("interactions", "first_response_seconds"): waited, ("interactions", "cost"): costs},
    )
    return save(folder, "tickets.tsv.gz", content, _TICKETS, (tickets.__doc__ or "", truth))


_TICKETS = """
source = "tickets"
[file]
missing = ["?"]
time_zone = "UTC"
[interactions]
interaction_id = "number"
customer_id = "caller"
channel = { value = "email" }
opened_at = "opened"
resolved_at = "resolved"
first_response_seconds = { from = "opened", to = "first_reply" }
first_response_target_seconds = { value = 14400 }
reason = "category"
transfers = "reassigned"
reopens = "reopened"
resolved_by = { column = "resolved", other = "person", blank = "nobody" }
cost = "cost"
"""


def visits(folder: Path, rng: random.Random) -> TrapFile:
    """Parquet: typed numbers, counts of pages where the fact asks yes or no, exact copies that are different visits."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    names = ("VisitorType", "Service", "Mijn", "Product", "Contact", "Revenue", "Seconds")
    rows: list[dict[str, object]] = []
    for _ in range(600):
        kind = rng.choices(["Returning_Visitor", "New_Visitor", "Other"], weights=[80, 15, 5])[0]
        values = (
            kind,
            rng.choice([0, 0, 1, 4]),
            rng.choice([0, 0, 0, 2]),
            rng.randint(0, 9),
            int(rng.random() < 0.1),
            rng.random() < 0.15,
            rng.random() * 600,
        )
        rows.append(dict(zip(names, values, strict=True)))
    rows += rows[:25]
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), out)
    pages = sum(int(str(r["Service"])) + int(str(r["Mijn"])) + int(str(r["Product"])) for r in rows)
    truth = Truth(
        rows={"visits": 625},
        sums={
            ("visits", "pages"): pages,
            ("visits", "converted"): sum(r["Revenue"] is True for r in rows),
            ("visits", "self_care"): sum(r["Service"] != 0 for r in rows),
        },
    )
    return save(folder, "visits.parquet", out.getvalue(), _VISITS, (visits.__doc__ or "", truth))


_VISITS = """
source = "visits"
[visits]
returning = { column = "VisitorType", labels = { Returning_Visitor = 1, New_Visitor = 0 }, missing = ["Other"] }
self_care = { column = "Service", above = 0 }
service = { column = "Service", above = 0 }
self_provisioning = { column = "Mijn", above = 0 }
orientation = { column = "Product", above = 0 }
contact_page = { column = "Contact", above = 0 }
converted = "Revenue"
pages = { columns = ["Service", "Mijn", "Product"], combine = "sum" }
"""


def votes(folder: Path, rng: random.Random) -> TrapFile:
    """JSON lines with objects inside, true, false and nothing, seconds since nothing: times with their own offset."""
    lines, yes = [], 0
    for number, at in enumerate(moments(rng, 300), start=1):
        helpful = rng.choice([True, True, False, None])
        yes += helpful is True
        lines.append({"id": number, "visit": {"id": f"v{number // 2}"}, "faq": rng.choice(["Wachtwoord", "Factuur"]), "at": at.isoformat() + "+01:00", "helpful": helpful})  # fmt: skip
    content = "\n".join(json.dumps(line) for line in lines).encode()
    truth = Truth(rows={"solution_views": 300}, sums={("solution_views", "helpful"): yes})
    return save(folder, "votes.jsonl", content, _VOTES, (votes.__doc__ or "", truth))


_VOTES = """
source = "votes"
[solution_views]
view_id = "id"
visit_id = "visit.id"
solution = "faq"
at = "at"
helpful = "helpful"
"""
