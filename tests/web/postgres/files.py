"""A year of answers and the contacts that they are about: six hundred of each, three teams."""

from __future__ import annotations

from datetime import date, timedelta

TEAMS = ("Noord", "Zuid", "Oost")
FIRST = date(2026, 1, 5)
HEADING = "Antwoord;Dag;Klant;Contact;Team;Medewerker;Kanaal;Onderwerp;Geopend;Eerste reactie;Opgelost;Tevreden;NPS;Toelichting"
MAPPING = """
source = "kantoor"
[file]
delimiter = ";"
dates = "iso"
[answers]
response_id = "Antwoord"
answered_at = "Dag"
customer_id = "Klant"
interaction_id = "Contact"
team = "Team"
channel = "Kanaal"
comment = "Toelichting"
[[answers.questions]]
question = "tevreden"
kind = "csat"
column = "Tevreden"
scale = [1, 5]
[[answers.questions]]
question = "aanbevelen"
kind = "nps"
column = "NPS"
[interactions]
interaction_id = "Contact"
opened_at = "Geopend"
resolved_at = "Opgelost"
customer_id = "Klant"
employee_id = "Medewerker"
team = "Team"
channel = "Kanaal"
reason = "Onderwerp"
first_response_seconds = { from = "Geopend", to = "Eerste reactie" }
direction = { value = "in" }
resolved_by = { value = "person" }
"""


def answers(start: int = 0, count: int = 600) -> bytes:
    lines = [HEADING]
    for i in range(start, start + count):
        day = FIRST + timedelta(days=i % 560 // 2)
        solved = "" if i % 17 == 0 else f"{day} {10 + i % 7}:00"
        lines.append(
            f"A{i};{day};K{i % 190};C{i};{TEAMS[i * 7 % 3]};M{i % 11};{('phone', 'e-mail')[i % 2]};{('factuur', 'storing')[i % 5 == 0]};"
            f"{day} 09:{i % 60:02d};{day} 10:{i * 7 % 60:02d};{solved};{1 + i * i % 5};{i * 3 % 11};Toelichting {i}"
        )
    return "\n".join([*lines, ""]).encode()
