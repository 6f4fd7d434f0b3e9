"""Registers of customers, employees and invitations, with the traps of real ones."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

from tests.traps.trap import Tally, TrapFile, Truth, moments, save, written
from tests.traps.workbook import workbook


def members(folder: Path, rng: random.Random) -> TrapFile:
    """A workbook with two sheets: days as Excel keeps them, blanks that hold a space, a title above the heading, an end
    before its beginning.
    """
    rows: list[list[object]] = [
        ["Klantenlijst energie", "", "", "", ""],
        ["Klantnr", "Sinds", "Tot", "Product", "Waarde"],
    ]
    value = 0.0
    for number, at in enumerate(moments(rng, 200), start=17_000):
        since = at.date() - timedelta(days=rng.randint(200, 900))
        until = since + timedelta(days=rng.randint(400, 900)) if rng.random() < 0.15 else None
        worth = rng.randint(20_000, 200_000) / 100
        if number == 17_040:
            until = since - timedelta(days=1)
        else:
            value += worth
        rows.append([number, since, " " if until is None else until, rng.choice(["Stroom", "Gas", "Beide"]), worth])
    content = workbook({"Toelichting": [["Gemaakt op verzoek"]], "Klanten": rows})
    truth = Truth(rows={"memberships": 199}, rejected=1, sums={("memberships", "value"): value})
    return save(folder, "members.xlsx", content, _MEMBERS, (members.__doc__ or "", truth))


_MEMBERS = """
source = "members"
[file]
sheet = "Klanten"
skip_rows = 1
[memberships]
membership_id = "Klantnr"
customer_id = "Klantnr"
since = "Sinds"
until = "Tot"
tier = "Product"
value = "Waarde"
"""


def invitations(folder: Path, rng: random.Random) -> TrapFile:
    """American dates with am and pm, proved by days over 12; years of two digits would be asked."""
    rows = [["id", "klant", "kanaal", "sent", "bounced", "answered"]]
    answered = 0
    for number, at in enumerate(moments(rng, 400), start=1):
        bounced = rng.random() < 0.05
        reply = at + timedelta(hours=rng.randint(1, 400)) if not bounced and rng.random() < 0.2 else None
        answered += reply is not None
        shown = [t.strftime("%m/%d/%Y %I:%M %p") if t else "" for t in (at, at if bounced else None, reply)]
        rows.append([str(number), str(rng.randint(17_000, 17_150)), rng.choice(["email", "post"]), *shown])
    truth = Truth(rows={"invitations": 400}, sums={("invitations", "answered_at"): answered})
    return save(folder, "invitations.csv", written(rows).encode(), _INVITATIONS, (invitations.__doc__ or "", truth))


_INVITATIONS = """
source = "invitations"
[file]
time_zone = "Europe/Amsterdam"
[invitations]
invitation_id = "id"
customer_id = "klant"
channel = "kanaal"
survey = { value = "after contact" }
sent_at = "sent"
bounced_at = "bounced"
started_at = "answered"
answered_at = "answered"
"""


def staff(folder: Path, rng: random.Random) -> TrapFile:
    """Levels in words with underscores, a register without keys, years in service in months, thousands with dots."""
    words, tally = ("Low", "Medium", "High", "Very_High"), Tally()
    rows = [["Afdeling", "Werk", "Trots", "Vertrokken", "Maanden in dienst", "Salaris"]]
    months, salaries = 0, 0
    for _ in range(90):
        work, proud = rng.randint(1, 4), rng.randint(1, 4)
        tally.score("werk", work)
        tally.score("trots", proud)
        served, salary = rng.randint(1, 300), rng.randint(2100, 7900)
        months, salaries = months + served, salaries + salary
        rows.append([rng.choice(["Service", "Verkoop"]), words[work - 1], words[proud - 1], "Ja" if rng.random() < 0.12 else "Nee", str(served), f"{salary // 1000}.{salary % 1000:03},00"])  # fmt: skip
    truth = Truth(
        rows={"answers": tally.answers, "work_weeks": 90},
        scores=tally.told(),
        sums={("work_weeks", "tenure_years"): months / 12, ("work_weeks", "monthly_salary"): salaries},
    )
    return save(folder, "staff.csv", written(rows, ";").encode(), _STAFF, (staff.__doc__ or "", truth))


_LEVELS = "{ Low = 1, Medium = 2, High = 3, Very_High = 4 }"
_STAFF = f"""
source = "staff"
[work_weeks]
team = "Afdeling"
week_start = {{ value = 2026-01-05 }}
employees = {{ value = 1 }}
weeks = {{ value = 52.1775 }}
left = {{ column = "Vertrokken", labels = {{ Ja = 1, Nee = 0 }} }}
tenure_years = {{ column = "Maanden in dienst", unit = "months" }}
monthly_salary = "Salaris"
[answers]
team = "Afdeling"
survey = {{ value = "work" }}
[[answers.questions]]
question = "werk"
kind = "engagement"
column = "Werk"
scale = [1, 4]
labels = {_LEVELS}
[[answers.questions]]
question = "trots"
kind = "engagement"
column = "Trots"
scale = [1, 4]
labels = {_LEVELS}
"""


def reviews(folder: Path, rng: random.Random) -> TrapFile:
    """No heading; comments with commas, quotes, HTML entities and formulas; copies that each count."""
    texts = ["Snel, vriendelijk", 'Zei "nee" &amp; hing op', '=HYPERLINK("http://x")', "Goed.", "Slecht; nooit meer"]
    rows = [[rng.choice(["1", "-1"]), rng.choice(texts)] for _ in range(150)]
    truth = Truth(rows={"answers": 150})
    return save(folder, "reviews.csv", written(rows).encode(), _REVIEWS, (reviews.__doc__ or "", truth))


_REVIEWS = """
source = "reviews"
[answers]
survey = { value = "reviews" }
extra = [{ column = "column_1", name = "label", labels = { "1" = "positive", "-1" = "negative" } }]
[[answers.questions]]
question = "review"
kind = "comment"
column = "column_2"
"""


def members_survey(folder: Path, rng: random.Random) -> TrapFile:
    """SPSS: codes with labels, a code that SPSS itself calls missing, a wording for each question."""
    import pandas as pd
    import pyreadstat

    tally = Tally()
    columns: dict[str, list[float]] = {"lid": [], "v1": [], "v2": []}
    for number in range(1, 101):
        nps, effort = rng.randint(0, 10), rng.randint(1, 5)
        columns["lid"].append(number)
        columns["v1"].append(99 if number % 10 == 0 else nps)
        columns["v2"].append(6 if number % 8 == 0 else effort)
        if number % 10:
            tally.score("v1", nps)
        if number % 8:
            tally.score("v2", effort)
    path = folder / "leden.sav"
    pyreadstat.write_sav(
        pd.DataFrame(columns),
        str(path),
        column_labels=["Lidnummer", "Hoe waarschijnlijk is het dat u ons aanbeveelt?", "Hoeveel moeite kostte het u?"],
        variable_value_labels={
            "v1": {
                0: "Zeer onwaarschijnlijk",
                **{n: str(n) for n in range(1, 10)},
                10: "Zeer waarschijnlijk",
                99: "Weet niet",
            },
            "v2": {
                1: "Zeer weinig moeite",
                2: "Weinig moeite",
                3: "Neutraal",
                4: "Veel moeite",
                5: "Zeer veel moeite",
                6: "N.v.t.",
            },
        },
        missing_ranges={"v1": [99]},
    )
    truth = Truth(rows={"answers": tally.answers}, scores=tally.told())
    return save(folder, "leden.sav", path.read_bytes(), _LEDEN, (members_survey.__doc__ or "", truth))


_LEDEN = """
source = "leden"
[answers]
response_id = "lid"
survey = { value = "leden" }
[[answers.questions]]
question = "v1"
kind = "nps"
column = "v1"
[[answers.questions]]
question = "v2"
kind = "ces_effort"
column = "v2"
missing = [6]
"""
