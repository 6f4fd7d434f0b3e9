"""A company whose every name, title, comment and file does its best to do harm, put in by the app's own forms."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.hostile.texts import HEADER, HOSTILE, LONG, SCRIPT, TURNED, ZERO

from peil.accounts.models import Person, Team
from peil.board.journeys import journeys
from peil.library import Peil
from peil.surveys.keeping import get_survey, publish_draft
from peil.warehouse.questions.values import column_values

Enter = Callable[[str], Client]
SURVEY = "hostile"
FRAME = {"language.nl": "yes", "language.en": "yes", "first": "nl", "moment": "calm", "scope": "touchpoint"}
NAMES = [text for name, text in HOSTILE.items() if name != "zero"]
COLUMNS = (
    "Respons",
    "Dag",
    "Klant",
    "Team",
    "Kanaal",
    "Reden",
    "Contactpunt",
    "Reis",
    "Product",
    "NPS",
    "CSAT",
    "Toelichting",
)
MAPPING = """
source = "vijandig"
[file]
delimiter = ";"
dates = "iso"
[answers]
response_id = "Respons"
answered_at = "Dag"
customer_id = "Klant"
team = "Team"
channel = "Kanaal"
touchpoint = "Contactpunt"
journey = "Reis"
comment = "Toelichting"
extra = ["Product", { column = "Reden", name = "why", label = "<script>alert(3)</script>" }]
[[answers.questions]]
question = "<script>alert(4)</script>"
kind = "nps"
column = "NPS"
[[answers.questions]]
question = "tevreden"
kind = "csat"
column = "CSAT"
scale = [1, 5]
"""


def take_in(peil: Peil, folder: Path) -> None:
    """Answers of fourteen weeks, each value hostile; some are refused, so that there are rejected rows too."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for i in range(len(NAMES) * 60):
        one, other = NAMES[i % len(NAMES)], NAMES[(i // 7) % len(NAMES)]
        nps = one if i % 40 == 0 else i % 11
        day = f"2026-{8 + i % 3:02d}-{1 + i % 28:02d}"
        writer.writerow([f"R{i}", day, f"K{i}", one, other, one, other, one, other, nps, 1 + i % 5, one])
    (folder / "a.csv").write_text(out.getvalue(), encoding="utf-8")
    (folder / "a.toml").write_text(MAPPING, encoding="utf-8")
    from peil.facts.mapping import parse_mapping
    from peil.sources.files import Named
    from peil.sources.intake import import_file

    import_file(peil.warehouse, Named(folder / "a.csv", f"{SCRIPT}{TURNED}.csv"), parse_mapping(MAPPING, "mapping"))


def plant(enter: Enter, people: Mapping[str, Person], peil: Peil) -> list[str]:
    """Fill in every form with every hostile text: kept or refused, and never a failure, which is given back."""
    teams = [str(v) for v in column_values(peil.warehouse, "team") if v]
    people["team_lead"].teams.set([Team.objects.get_or_create(name=name)[0] for name in teams])
    clients = {role: enter(role) for role in ("manager", "administrator", "analyst", "team_lead")}
    wrong = []
    for text in HOSTILE.values():
        for role, path, said in _forms(text, teams):
            status = clients[role].post(path, said).status_code
            if status >= 500:
                wrong.append(f"{status} {path} {text[:20]!r}")
    kept = journeys()
    for journey in kept[:1]:
        for text in HOSTILE.values():
            status = (
                clients["manager"]
                .post(f"/journeys/{journey.id}/stops/", {"name": text[:100], "department": text[:100]})
                .status_code
            )
            wrong += [] if status in (302, 400) else [f"{status} stops {text[:20]!r}"]
    wrong += plant_surveys(clients["manager"])
    for name in (f"{SCRIPT}.csv", f"{TURNED}.csv", HEADER, f"{LONG}.csv"):
        file = SimpleUploadedFile(name, f"{SCRIPT};NPS\na;3\nb;9\n".encode())
        status = clients["analyst"].post("/data/import/", {"file": file}).status_code
        wrong += [] if status == 302 else [f"{status} upload {name[:20]!r}"]
    for person, text in zip(people.values(), NAMES, strict=False):  # as another organisation's sign-in tells them
        person.name = text[:200]
        person.save()
    return wrong


def plant_surveys(client: Client) -> list[str]:
    """A survey whose every text is hostile, one after another; the last one that was taken stays."""
    wrong = []
    begun = {"template": "recommend", "key": SURVEY, "name.nl": "A", "name.en": "A"}
    assert client.post("/surveys/new-survey/", begun).status_code == 302
    publish_draft(SURVEY, 0)
    for text in HOSTILE.values():
        short = text[:100]
        forms = (
            ("/surveys/new-survey/", begun | {"key": text, "name.nl": text}),
            ("/surveys/from-file/", {"text": text, "key": text}),
            (f"/surveys/{SURVEY}/frame/", FRAME | {f"{n}.nl": text for n in ("name", "sender", "purpose", "thanks")}),
            (f"/surveys/{SURVEY}/frame/", FRAME | {"touchpoint": short, "journey": short, "subject.nl": short}),
            (f"/surveys/{SURVEY}/pages/2/", {"heading.nl": text, "help.en": text}),
            (f"/surveys/{SURVEY}/questions/reason_low/", _options(text)),
            (f"/surveys/{SURVEY}/questions/recommend/", {"text.nl": text, "labels.1.nl": text, "dont_know.nl": text}),
            (f"/surveys/{SURVEY}/questions/recommend/", {"key": text, "look": text, "boxes": text, "points": text}),
            (f"/surveys/{SURVEY}/links/", {"kind": "link", "label": short, "channel": "", "team": ""}),
            (f"/surveys/{SURVEY}/links/", {"kind": text, "label": text, "channel": text, "team": text}),
        )
        for path, said in forms:
            status = client.post(path, said | {"edits": str(get_survey(SURVEY).edits)}).status_code
            wrong += [] if status in (302, 303, 400) else [f"{status} {path} {text[:20]!r}"]
    return wrong


def _options(text: str) -> dict[str, str]:
    said = {"options": "2", "options.1.key": "a", "options.1.nl": text, "options.2.key": text, "options.2.nl": text}
    return {"text.nl": text, "help.nl": text, "act": "add_option", **said}


def _forms(text: str, teams: list[str]) -> Iterator[tuple[str, str, dict[str, str]]]:
    short = text[:100]
    yield "manager", "/board/views/new/", {"name": text, "page": "/kpi/nps/"}
    yield "manager", "/board/views/new/", {"name": short, "page": f"/kpi/csat/?only-team={teams[0]}"}
    yield "manager", "/board/reported/keep/", {"title": text}
    if text in (SCRIPT, TURNED, ZERO):  # each counts a whole board
        yield "manager", "/board/reported/keep/", {"title": text[:200]}
        yield "manager", "/board/interpretation/?period=2026-09", {"text": text * 50}
    yield "manager", "/board/events/", {"text": text[:250], "day": "2026-09-10"}
    yield "manager", "/board/add/", {"kpi": "csat", "only": f"team={text}", "by": ""}
    yield "manager", "/board/add/", {"kpi": text, "only": "", "by": text}
    yield "manager", "/targets/new/", {"kpi": "csat", "team": text, "value": "80", "months": "3"}
    yield "manager", "/benchmarks/new/", _benchmark(short)
    yield "manager", "/benchmarks/new/", _benchmark(text)
    yield "manager", "/journeys/new/", {"name": short}
    yield "manager", "/journeys/new/", {"name": text}
    yield "manager", "/board/subscriptions/", {"every": text, "view": text}
    yield "manager", "/account/keys/", {"key_name": short, "scopes": "read_figures", "days": "30"}
    yield "administrator", "/people/teams/add/", {"team": short}
    yield "administrator", "/people/teams/remove/", {"team": text}
    yield "administrator", "/people/invite/", {"email": f"{short}@example.nl", "role": "agent", "teams": short}
    yield (
        "administrator",
        "/people/per-person/",
        {"per_person": "on", "agreement": text[:200], "agreed_on": "2026-01-05"},
    )
    yield "administrator", "/settings/", {"organisation": text, "do": "save"}


def _benchmark(text: str) -> dict[str, str]:
    return {
        "kpi": "csat",
        "name": text,
        "source": text,
        "year": "2025",
        "value": "70",
        "low": "",
        "high": "",
        "n": "",
        "scale": "",
        "same": "",
    }
