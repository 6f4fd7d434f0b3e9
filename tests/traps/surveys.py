"""Surveys with the traps of real ones: codes for no answer, words for scores, three headings, odd letters."""

from __future__ import annotations

import json
import random
from pathlib import Path

from tests.traps.trap import Tally, TrapFile, Truth, five, moments, nps_score, save, written


def panel(folder: Path, rng: random.Random) -> TrapFile:
    """A Dutch export: semicolons, cp1252, decimal commas, day before month; 11 and 99 for no answer."""
    tally, rows = Tally(), [["Respnr", "Datum", "Kanaal", "Aanbeveling", "Tevreden", "Cijfer", "Weging", "Toelichting"]]
    for number, at in enumerate(moments(rng, 400), start=1):
        nps = rng.choice(["11", "99", ""]) if rng.random() < 0.1 else str(nps_score(rng))
        csat = rng.choice(["6", "0", "Blanco"]) if rng.random() < 0.15 else str(five(rng))
        mark = "" if rng.random() < 0.05 else f"{rng.randint(9, 20) / 2:.1f}".replace(".", ",")
        text = rng.choice(
            ["", "Prima!", 'Zei: "bel terug"; niet gebeurd', "Café\nop de hoek", "€ 12,50 te veel; geïnd"]
        )
        weight = f"{rng.randint(5_000, 20_000) / 10_000:.4f}".replace(".", ",")
        if number == 37:
            nps, tally.rejected = "12", tally.rejected + 1  # no such score
        for question, value, none in (("nps", nps, ("11", "99", "", "12")), ("tevreden", csat, ("6", "0", "Blanco"))):
            if value not in none:
                tally.score(question, float(value))
        if mark:
            tally.score("cijfer", float(mark.replace(",", ".")))
        if text:
            tally.score("toelichting", 0)
        channel = rng.choice(["Tel", "E-mail", "Chat"])
        rows.append([str(number), at.strftime("%d-%m-%Y %H:%M"), channel, nps, csat, mark, weight, text])
    text = written(rows, ";").replace("\r\n200;", "\r\nonvolledige rij;1\r\n200;", 1) + ";;;;;;;\r\n\r\n"
    tally.rejected += 1  # the row with two cells
    truth = Truth(rows={"answers": tally.answers}, rejected=tally.rejected, scores=tally.told())
    return save(folder, "panel.csv", text.encode("cp1252"), _PANEL, (panel.__doc__ or "", truth))


_PANEL = """
source = "panel"
[file]
delimiter = ";"
decimal = ","
dates = "day-month"
[answers]
response_id = "Respnr"
answered_at = "Datum"
weight = "Weging"
survey = { value = "panel" }
channel = { column = "Kanaal", labels = { "Tel" = "phone", "E-mail" = "email", "Chat" = "chat" } }
[[answers.questions]]
question = "nps"
kind = "nps"
column = "Aanbeveling"
missing = [11, 99]
relationship = true
[[answers.questions]]
question = "tevreden"
kind = "csat"
column = "Tevreden"
scale = [1, 5]
missing = [0, 6, "Blanco"]
[[answers.questions]]
question = "cijfer"
kind = "rapportcijfer"
column = "Cijfer"
[[answers.questions]]
question = "toelichting"
kind = "comment"
column = "Toelichting"
"""


def phones(folder: Path, rng: random.Random) -> TrapFile:
    """Scores in words, numbers with words at the ends, curly apostrophes; no keys, and two exact copies that both count."""
    words = (
        "Very dissatisfied",
        "Somewhat dissatisfied",
        "Neither satisfied nor dissatisfied",
        "Somewhat satisfied",
        "Very satisfied",
    )
    ease = ("Very difficult", "Difficult", "Neither easy nor difficult", "Easy", "Very easy")
    ends = {0: "0 Not at all likely", 10: "10 Extremely likely"}
    tally, rows = Tally(), []
    for at in moments(rng, 300):
        nps, csat, ces = nps_score(rng), five(rng), five(rng)
        unsure = rng.random() < 0.1
        tally.score("q8", nps)
        tally.score("q11", csat)
        if not unsure:
            tally.score("q12", ces)
        rows.append(
            [
                at.date().isoformat(),
                ends.get(nps, str(nps)),
                words[csat - 1],
                "Don’t know" if unsure else f" {ease[ces - 1]} ",
            ]
        )
    rows += rows[:2]
    for copy, value in (("q8", rows[0][1]), ("q8", rows[1][1])):
        tally.score(copy, float(value.split()[0]))
    for row in rows[:2]:
        tally.score("q11", words.index(row[2]) + 1)
        if row[3] != "Don’t know":
            tally.score("q12", ease.index(row[3].strip()) + 1)
    text = written([["StartDate", "Q8", "Q11", "Q12"], *rows])
    truth = Truth(rows={"answers": tally.answers}, scores=tally.told())
    return save(folder, "phones.csv", text.encode(), _PHONES, (phones.__doc__ or "", truth))


_PHONES = """
source = "phones"
[answers]
answered_at = "StartDate"
survey = { value = "phones" }
[[answers.questions]]
question = "q8"
kind = "nps"
column = "Q8"
labels = { "0 Not at all likely" = 0, "10 Extremely likely" = 10 }
[[answers.questions]]
question = "q11"
kind = "csat"
column = "Q11"
scale = [1, 5]
labels = { "Very dissatisfied" = 1, "Somewhat dissatisfied" = 2, "Neither satisfied nor dissatisfied" = 3, "Somewhat satisfied" = 4, "Very satisfied" = 5 }
[[answers.questions]]
question = "q12"
kind = "ces_ease"
column = "Q12"
missing = ["Don't know"]
labels = { "Very difficult" = 1, "Difficult" = 2, "Neither easy nor difficult" = 3, "Easy" = 4, "Very easy" = 5 }
"""


def export(folder: Path, rng: random.Random) -> TrapFile:
    """Three heading rows, one of them JSON and one with a line end in it; a mark of the encoding; hashed e-mail addresses."""
    tally = Tally()
    names = ["EndDate", "ResponseId", "RecipientEmail", "Q1", "Q2", "Q2_TEXT"]
    asked = [
        "Einddatum",
        "Antwoord-ID",
        "E-mail",
        "Is uw vraag opgelost?",
        "Het was makkelijk\nom hulp te krijgen",
        "Toelichting",
    ]
    rows: list[list[str]] = [
        names,
        asked,
        [json.dumps({"ImportId": f"QID{i}"}, separators=(",", ":")) for i in range(6)],
    ]
    for number, at in enumerate(moments(rng, 250), start=1):
        solved, agree = int(rng.random() < 0.7), rng.randint(1, 7)
        tally.score("solved", solved)
        tally.score("easy", agree)
        email = rng.choice(["Jan@Example.nl", "jan@example.nl ", f"klant{number}@example.nl"])
        rows.append(
            [at.strftime("%Y-%m-%d %H:%M:%S"), f"R_{number:05}", email, "Ja" if solved else "Nee", str(agree), ""]
        )
    truth = Truth(rows={"answers": tally.answers}, scores=tally.told())
    return save(folder, "export.csv", written(rows).encode("utf-8-sig"), _EXPORT, (export.__doc__ or "", truth))


_EXPORT = """
source = "export"
[file]
time_zone = "UTC"
[answers]
response_id = "ResponseId"
answered_at = "EndDate"
customer_id = { column = "RecipientEmail", kind = "email" }
survey = { value = "after contact" }
[[answers.questions]]
question = "solved"
kind = "solved"
column = "Is uw vraag opgelost?"
[[answers.questions]]
question = "easy"
kind = "ces_agree"
column = "Q2"
"""

_DIMENSIONS = {"tangibles": 4, "reliability": 5, "responsiveness": 4, "assurance": 4, "empathy": 5}


def quality(folder: Path, rng: random.Random) -> TrapFile:
    """Pairs of columns, expected beside experienced, divided by bars; points that add up to 100; a few left blank."""
    tally, items = Tally(), [(d, i) for d, n in _DIMENSIONS.items() for i in range(1, n + 1)]
    heading = ["nr", *(f"E {d} {i}" for d, i in items), *(f"P {d} {i}" for d, i in items), *_DIMENSIONS]
    rows: list[list[object]] = [list(heading)]
    for number in range(1, 121):
        expected = [rng.randint(5, 7) for _ in items]
        perceived: list[object] = [
            max(1, e - rng.choice([0, 0, 1, 1, 2, -1])) if e < 7 else rng.randint(4, 7) for e in expected
        ]
        if number % 20 == 0:
            perceived[3] = ""
        for (d, i), value in zip(items, perceived, strict=True):
            if value != "":
                tally.score(f"{d}_{i}", float(str(value)))
        points = [20, 32, 22, 15, 11] if number % 2 else [10, 40, 20, 20, 10]
        for d, p in zip(_DIMENSIONS, points, strict=True):
            tally.score(f"points_{d}", p)
        rows.append([number, *expected, *perceived, *points])
    mapping = ['source = "quality"', "[answers]", 'response_id = "nr"', 'survey = { value = "servqual" }']
    for d, i in items:
        mapping += _question(f"{d}_{i}", "servqual", f"P {d} {i}", d)
        mapping += ["scale = [1, 7]", f'expected = "E {d} {i}"']
    for d in _DIMENSIONS:
        mapping += _question(f"points_{d}", "servqual_points", d, d)
    truth = Truth(rows={"answers": tally.answers}, scores=tally.told())
    return save(
        folder, "quality.txt", written(rows, "|").encode(), "\n".join(mapping) + "\n", (quality.__doc__ or "", truth)
    )


def _question(key: str, kind: str, column: str, dimension: str = "") -> list[str]:
    lines = ["[[answers.questions]]", f'question = "{key}"', f'kind = "{kind}"', f'column = "{column}"']
    return [*lines, f'dimension = "{dimension}"'] if dimension else lines


def usability(folder: Path, rng: random.Random) -> TrapFile:
    """One row an answer, any order, as JSON lines: ten statements and a task; a code that is left out, one nobody knows."""
    tally, lines = Tally(), []
    for person in range(1, 81):
        for item in range(1, 11):
            value = rng.randint(3, 5) if item % 2 else rng.randint(1, 3)
            tally.score(f"sus_{item}", value)
            lines.append({"who": {"id": person}, "code": f"S{item}", "value": value, "at": "2026-05-04T10:00:00+02:00"})
        done = rng.random() < 0.8
        tally.score("task", float(done))
        lines.append({"who": {"id": person}, "code": "T1", "value": done, "at": "2026-05-04T10:00:00+02:00"})
        lines.append({"who": {"id": person}, "code": "device", "value": "phone", "at": None})
    rng.shuffle(lines)
    lines.append({"who": {"id": 1}, "code": "S99", "value": 3, "at": None})
    content = "\n".join(json.dumps(line) for line in lines) + "\n{broken\n"
    mapping = [
        'source = "usability"',
        "[answers]",
        'layout = "long"',
        'code = "code"',
        'value = "value"',
        'ignore = ["device"]',
    ]
    mapping += ['response_id = "who.id"', 'answered_at = "at"', 'survey = { value = "sus" }', ""]
    for item in range(1, 11):
        mapping += [
            "[[answers.questions]]",
            f'question = "sus_{item}"',
            f'code = "S{item}"',
            'kind = "sus_item"',
            f'dimension = "{item}"',
        ]
    mapping += ["[[answers.questions]]", 'question = "task"', 'code = "T1"', 'kind = "task_success"']
    truth = Truth(rows={"answers": tally.answers}, rejected=2, scores=tally.told())
    return save(
        folder, "usability.jsonl", content.encode(), "\n".join(mapping) + "\n", (usability.__doc__ or "", truth)
    )
