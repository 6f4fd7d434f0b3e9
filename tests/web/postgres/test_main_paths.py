"""The main paths once more, with both stores in PostgreSQL and four processes that answer in turn."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from tests.ops.server import PEIL, environment
from tests.web.postgres.conftest import Office
from tests.web.postgres.files import MAPPING, answers
from tests.web.postgres.surfing import Surfer

import peil.library
from peil.library import Peil
from peil.warehouse.open import open_warehouse
from peil.warehouse.query import Filter
from peil.warehouse.questions.workload import workload

PASSWORD = "een-lang-wachtwoord-1"
PERIOD = "period=2026-Q2"
MARKED = "K7"  # a customer who will be erased


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Peil]:
    """The same facts in a DuckDB file."""
    folder = tmp_path_factory.mktemp("beside")
    (folder / "a.csv").write_bytes(answers())
    (folder / "a.toml").write_text(MAPPING, encoding="utf-8")
    with peil.library.open(f"duckdb:///{folder / 'peil.duckdb'}") as opened:
        opened.import_file(folder / "a.csv", folder / "a.toml")
        yield opened


@dataclass(frozen=True)
class People:
    """Who came in: the first of all, and a manager whom that one invited."""

    administrator: Surfer
    manager: Surfer


@pytest.fixture(scope="module")
def people(office: Office) -> People:
    """The first start, an import in the browser, an invitation that leaves by mail."""
    administrator = begin(office)
    take_in(administrator, "kantoor.csv", answers())
    return People(administrator, join(office, administrator, "manager@example.nl", {"role": "manager"}))


@pytest.mark.slow
def test_every_process_gives_the_figures_of_the_file(people: People, beside: Peil) -> None:
    check_figures(people.manager, beside)
    check_key(people.manager, beside)
    check_processes_agree(people)


@pytest.mark.full
def test_from_taking_along_to_a_backup(office: Office, people: People, beside: Peil) -> None:
    check_files(people.manager, beside)
    make_things(people.manager)
    check_undo(people.administrator)
    check_workload(office, beside)
    agent = {"role": "agent", "employee_id": "M3", "teams": "Noord"}
    check_agent(people, join(office, people.administrator, "agent@example.nl", agent))
    erase_and_keep(office, people.manager)


@pytest.fixture(autouse=True)
def no_failure(office: Office) -> Iterator[None]:
    yield
    assert "Traceback" not in office.server.log.read_text()
    assert not [line for line in office.server.lines() if line.get("status", 0) >= 500 or line["level"] == "error"]


def begin(office: Office) -> Surfer:
    """The first administrator, who makes an analyst of a second; then sign in as everyone does."""
    code = re.search(r"give this code: (\S+)", office.server.log.read_text())
    assert code is not None
    surfer = Surfer(office.server.port)
    assert surfer.get("/").to == "/start/"
    said = {
        "code": code[1],
        "name": "Anna",
        "email": "anna@example.nl",
        "password": PASSWORD,
        "language_of_person": "nl",
    }
    assert surfer.post("/start/", said).to == "/"
    assert surfer.get("/start/").status == 404
    assert surfer.post("/account/logout/").status == 302
    again = Surfer(office.server.port)
    assert again.post("/account/login/", {"login": "anna@example.nl", "password": "wrong"}).status == 200
    assert again.post("/account/login/", {"login": "anna@example.nl", "password": PASSWORD}).to == "/"
    return again


def take_in(surfer: Surfer, name: str, content: bytes) -> None:
    """In the browser: upload, map, try, import. Each step may be another process's."""
    there = surfer.send_file("/data/import/", name, content).to
    surfer.settle(there)
    assert surfer.post(f"{there}text/", {"mapping": MAPPING}).status == 302
    surfer.settle(there)
    page = surfer.get(f"{there}?step=columns").text
    assert surfer.post(f"{there}columns/", _fields(page) | {"do": "check"}, seen=f"{there}?step=columns").status == 302
    surfer.settle(there)
    assert surfer.post(f"{there}act/", {"do": "import"}, seen=there).status == 302
    assert f"{name} is ingelezen" in surfer.settle(there).text
    assert name in surfer.get("/data/").text


def _fields(page: str) -> dict[str, str]:
    from tests.web.data.files import form_of

    return form_of(page)


def check_figures(surfer: Surfer, beside: Peil) -> None:
    """Figures, pages and a board: whichever process is asked, they are those of the file."""
    given = beside.kpi("csat", "nps", "first_response_median", period="2026-Q2", by="team").to_dicts()
    for _ in range(4):
        told = surfer.get(f"/api/v1/figures?kpi=csat&kpi=nps&kpi=first_response_median&{PERIOD}&by=team")
        assert _alike(json.loads(told.body)["items"], given)
    value = beside.kpi("csat", period="2026-Q2")[0].value
    for path in (
        "/",
        "/kpi/csat/",
        "/comparison/",
        "/contact/",
        "/definitions/",
        "/journeys/",
        "/targets/",
        "/board/slides/",
    ):
        page = surfer.get(f"{path}?{PERIOD}&language=nl")
        assert page.status == 200, path
    found = re.findall(
        r'<data value="([^"]+)" data-part="value" data-kpi="csat"', surfer.get(f"/kpi/csat/?{PERIOD}").text
    )
    assert float(found[0]) == pytest.approx(value, rel=1e-12)


def _alike(found: object, given: object) -> bool:
    """Equal, sums to their last digits."""
    if isinstance(given, float) and isinstance(found, float):
        return found == pytest.approx(given, rel=1e-9)
    if isinstance(given, dict) and isinstance(found, dict):
        return set(found) == set(given) and all(_alike(found[name], given[name]) for name in given if name != "as_of")
    if isinstance(given, (list, tuple)) and isinstance(found, (list, tuple)):
        return len(found) == len(given) and all(map(_alike, found, given))
    return found == given


def check_files(surfer: Surfer, beside: Peil) -> None:
    n = beside.kpi("csat", period="2026-Q2")[0].n
    assert surfer.get(f"/kpi/csat/rows/?{PERIOD}").status == 200
    rows = list(csv.DictReader(io.StringIO(surfer.get(f"/kpi/csat/rows.csv?{PERIOD}").body.decode("utf-8-sig"))))
    assert len(rows) == n
    figures = list(
        csv.DictReader(io.StringIO(surfer.get(f"/kpi/csat/figures.csv?{PERIOD}&by=team").body.decode("utf-8-sig")))
    )
    given = beside.kpi("csat", period="2026-Q2", by="team")
    assert [(f["team"], int(f["n"])) for f in figures] == [(e.group["team"], e.n) for e in given]
    assert zipfile.ZipFile(io.BytesIO(surfer.get(f"/kpi/csat/rows.xlsx?{PERIOD}").body)).testzip() is None
    for kind in ("sav", "parquet"):
        assert surfer.get(f"/kpi/csat/figures.{kind}?{PERIOD}").status == 200


def join(office: Office, administrator: Surfer, address: str, place: dict[str, str]) -> Surfer:
    """Invited, by a mail that leaves by the outbox of any process, and in."""
    assert administrator.post("/people/teams/add/", {"team": "Noord"}, seen="/people/").status in (302, 400)
    said = {"email": address, "language_of_person": "nl", **place}
    assert administrator.post("/people/invite/", said, seen="/people/").to == "/people/"
    link = _link(office.home / "mail", address)
    surfer = Surfer(office.server.port)
    assert surfer.get(link).to == "/join/"
    assert surfer.post("/join/", {"name": "Someone", "password": PASSWORD}).to == "/"
    return surfer


def _link(folder: Path, address: str) -> str:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        for path in folder.glob("*.log") if folder.exists() else ():
            text = path.read_text().replace("=\n", "")
            if f"To: {address}" in text and (found := re.search(r"(/join/[^/\s]+/)", text)):
                return found[1]
        time.sleep(0.1)
    raise AssertionError(f"no mail for {address}")


def make_things(surfer: Surfer) -> None:
    """A view, a board, a target, a journey, a snapshot, an interpretation, a note, a subscription: made here, seen by all."""
    for path, said, seen in (
        ("/board/views/new/", {"name": "Mijn blik", "page": f"/kpi/csat/?{PERIOD}"}, "/board/views/"),
        ("/board/add/", {"kpi": "csat", "only": "team=Zuid", "by": ""}, "/board/"),
        ("/board/move/", {"tile": "csat", "step": "down"}, "/board/"),
        ("/targets/new/", {"kpi": "csat", "team": "", "value": "60", "months": "3"}, "/targets/new/"),
        ("/journeys/new/", {"name": "Verhuizen"}, "/journeys/new/"),
        (f"/board/reported/keep/?{PERIOD}", {"title": "Kwartaal"}, "/board/"),
        ("/board/interpretation/?period=2026-05", {"text": "Het was druk."}, "/board/interpretation/?period=2026-05"),
        ("/board/events/", {"day": "2026-05-05", "text": "Storing"}, "/board/events/"),
        ("/board/subscriptions/", {"every": "month", "view": ""}, "/board/subscriptions/"),
    ):
        assert surfer.post(path, said, seen=seen).status == 302, path
    shown = {"/board/views/": "Mijn blik", "/board/": "Zuid", "/targets/": "60", "/journeys/": "Verhuizen",
             "/board/reported/": "Kwartaal", "/?period=2026-05": "Het was druk.", "/board/events/": "Storing"}  # fmt: skip
    for path, words in shown.items():
        for _ in range(2):  # two processes, most likely
            assert words in surfer.get(path).text, path
    assert surfer.get("/board/reported/1/").status == 200


def check_key(surfer: Surfer, beside: Peil) -> None:
    assert (
        surfer.post(
            "/account/keys/", {"key_name": "k", "scopes": "read_figures", "days": "30"}, seen="/account/"
        ).status
        == 302
    )
    key = re.search(r"peil_\w+_[\w-]+", surfer.get("/account/").text)
    assert key is not None
    bearer = {"Authorization": f"Bearer {key[0]}"}
    given = beside.kpi("csat", period="2026-Q2").to_dicts()
    for _ in range(4):
        told = Surfer(surfer.port).get(f"/api/v1/kpis/csat?{PERIOD}", **bearer)
        assert _alike(json.loads(told.body)["items"], given)
    assert Surfer(surfer.port).get("/api/v1/imports/none/rejected", **bearer).status == 403


def check_undo(administrator: Surfer) -> None:
    """A second file comes in, every process counts it, and it goes out again."""
    address = "/api/v1/kpis/csat?since=2026-01-01&until=2027-01-01"
    before = json.loads(administrator.get(address).body)["items"][0]["n"]
    take_in(administrator, "meer.csv", answers(600, 60))
    _until_all_tell(administrator, address, before + 60)
    undo = re.findall(r'action="(/data/imports/[^"]+/undo/)', administrator.get("/data/").text)
    assert administrator.post(undo[0], seen="/data/").status == 302
    _until_all_tell(administrator, address, before)


def _until_all_tell(surfer: Surfer, address: str, n: int) -> None:
    """Each process looks once a second whether another changed the facts."""
    time.sleep(1.1)
    assert {json.loads(surfer.get(address).body)["items"][0]["n"] for _ in range(8)} == {n}


ASKED = f"/api/v1/kpis/first_response_median?{PERIOD}&by=employee_id"


def check_processes_agree(people: People) -> None:
    """What one process changed in the settings holds at the next request of each."""
    assert {people.manager.get(ASKED).status for _ in range(6)} == {400}
    switch(people.administrator, on=True)
    assert {people.manager.get(ASKED).status for _ in range(12)} == {200}
    switch(people.administrator, on=False)
    assert {people.manager.get(ASKED).status for _ in range(12)} == {400}


def check_agent(people: People, agent: Surfer) -> None:
    """The own workload on the own overview, and nobody else's."""
    switch(people.administrator, on=True)
    assert {agent.get(f"/?{PERIOD}").status for _ in range(4)} == {200}
    assert agent.get(ASKED).status == 403
    switch(people.administrator, on=False)


def switch(administrator: Surfer, *, on: bool) -> None:
    agreed = (
        {"per_person": "on", "agreement": "OR, brief 12", "agreed_on": "2026-01-05"} if on else {"per_person": "off"}
    )
    assert administrator.post("/people/per-person/", agreed, seen="/people/").status == 302


def check_workload(office: Office, beside: Peil) -> None:
    """How much came in and is open, of all and of one employee."""
    since, until = date(2026, 4, 1), date(2026, 7, 1)
    with open_warehouse(office.warehouse, read_only=True) as warehouse:
        for where in ((), (Filter("employee_id", ("M3",)),), (Filter("team", ("Noord", None)),)):
            told = workload(warehouse, where, since, until)
            assert told == workload(beside.warehouse, where, since, until)
            assert told.came_in
            assert told.still_open is not None


def erase_and_keep(office: Office, manager: Surfer) -> None:
    """Beside the server: a customer is erased, no figure changes, a backup is made."""
    asked = f"/api/v1/figures?{PERIOD}"
    before = json.loads(manager.get(asked).body)["items"]
    gone = peil_beside(office, "erase", "--customer", MARKED, "--json")
    assert gone.returncode == 0, gone.stderr
    assert json.loads(gone.stdout)["found"]
    time.sleep(1.1)
    assert all(_alike(json.loads(manager.get(asked).body)["items"], before) for _ in range(4))
    made = peil_beside(office, "backup", str(office.home / "backups"), "--json")
    assert made.returncode == 0, made.stderr
    assert Path(json.loads(made.stdout)["backup"]).stat().st_size > 10_000


def peil_beside(office: Office, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PEIL, *arguments],
        cwd=office.home,
        env=environment(**office.named),
        capture_output=True,
        text=True,
        timeout=120,
    )
