"""What was reported stays: interpretations with their figures, snapshots beside today, events on days."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.web.conftest import SignIn

from peil.accounts.models import Person
from peil.board.models import Interpretation, Snapshot
from peil.core.errors import Bug
from peil.library import Peil

MONTH = "since=2026-10-01&until=2026-11-01"
WRITE = f"/board/interpretation/?{MONTH}"
HOSTILE = "<script>alert(1)</script> \u202e =1+1"


def test_an_interpretation_stays_with_its_figures(company: Peil, sign_in: SignIn) -> None:
    client = sign_in("manager")
    assert client.post(WRITE, {"text": "De contactratio steeg."}).status_code == 302
    assert "De contactratio steeg." in client.get("/?period=2026-10").content.decode()
    kept = Interpretation.objects.latest("pk").snapshot
    (given,) = company.kpi("contact_rate", period="2026-10").to_dicts()
    found = next(f["figures"][0] for f in kept.figures if f["tile"]["kpi"] == "contact_rate")
    names = ("value", "low", "high", "n", "status", "definition", "method", "unit")
    assert {n: found[n] for n in names} == {n: given[n] for n in names}


def test_an_earlier_text_stays_as_history(sign_in: SignIn) -> None:
    client = sign_in("manager")
    for text in ("Eerste versie", "Tweede versie"):
        client.post(WRITE, {"text": text})
    page = client.get(f"/?{MONTH}").content.decode()
    assert page.index("Tweede versie") < page.index("Eerste versie")
    assert "Eerdere versies (1)" in page


def test_a_text_is_read_by_who_sees_the_same_rows(sign_in: SignIn) -> None:
    sign_in("team_lead").post(WRITE, {"text": "Over ons team"})
    sees = {
        role: "Over ons team" in sign_in(role).get(f"/?{MONTH}").content.decode()
        for role in ("team_lead", "agent", "other_lead", "manager")
    }
    assert sees == {"team_lead": True, "agent": True, "other_lead": False, "manager": False}
    assert "Over ons team" in sign_in("manager").get(f"/?{MONTH}&only-team=Zwolle").content.decode()


@pytest.mark.parametrize("role", ["agent", "analyst", "digital_owner", "administrator"])
def test_others_write_no_interpretation(role: str, sign_in: SignIn) -> None:
    assert sign_in(role).post(WRITE, {"text": "x"}).status_code == 403
    assert Interpretation.objects.count() == 0


@pytest.mark.parametrize(
    ("text", "status"), [("", 422), (" \n", 422), ("x" * 5001, 422), ("x" * 5000, 302), (HOSTILE, 302)]
)
def test_texts_of_every_kind(text: str, status: int, sign_in: SignIn) -> None:
    client = sign_in("manager")
    answer = client.post(WRITE, {"text": text})
    assert answer.status_code == status
    if status == 422:
        assert 'aria-invalid="true" aria-describedby="text-error"' in answer.content.decode()
    assert "<script>alert" not in client.get(f"/?{MONTH}").content.decode()


def test_a_snapshot_is_never_changed(sign_in: SignIn) -> None:
    sign_in("manager").post(f"/board/reported/keep/?{MONTH}")
    kept = Snapshot.objects.latest("pk")
    kept.title = "anders"
    for change in (kept.save, kept.delete, Snapshot.objects.all().delete, lambda: Snapshot.objects.update(title="x")):
        with pytest.raises(Bug):
            change()


def test_a_snapshot_changed_by_others_says_so(sign_in: SignIn) -> None:
    from django.db import connection

    client = sign_in("manager")
    address = client.post(f"/board/reported/keep/?{MONTH}").headers["Location"]
    assert "Alle cijfers zijn nog hetzelfde." in client.get(address).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE board_snapshot SET figures = replace(figures, '\"n\": ', '\"n\": 1')")
    assert "buiten Peil om veranderd" in client.get(address).content.decode()


def test_figures_that_changed_stand_beside_the_reported_ones(company: Peil, own_folder: Path, sign_in: SignIn) -> None:
    client = sign_in("manager")
    address = client.post(f"/board/reported/keep/?{MONTH}").headers["Location"]
    last = next(e for e in reversed(company.imports()) if e.status == "loaded" and e.rows.get("interactions"))
    company.undo(last.import_id)
    try:
        page = client.get(address).content.decode()
    finally:
        file = own_folder / last.file_name
        company.import_file(file, file.with_suffix(".toml"))
    assert "cijfers zijn sindsdien bijgewerkt" in page


def test_snapshots_are_seen_by_who_sees_their_rows(sign_in: SignIn) -> None:
    of_all = sign_in("manager").post(f"/board/reported/keep/?{MONTH}").headers["Location"]
    of_team = sign_in("team_lead").post(f"/board/reported/keep/?{MONTH}").headers["Location"]
    sees = {
        r: tuple(sign_in(r).get(a).status_code for a in (of_all, of_team))
        for r in ("manager", "analyst", "team_lead", "agent", "other_lead")
    }
    assert sees == {
        "manager": (200, 200),
        "analyst": (200, 200),
        "team_lead": (404, 200),
        "agent": (404, 200),
        "other_lead": (404, 404),
    }
    assert of_all not in sign_in("agent").get("/board/reported/").content.decode()


def test_an_event_stands_numbered_on_a_course(sign_in: SignIn) -> None:
    client = sign_in("manager")
    assert client.post("/board/events/", {"day": "2026-09-14", "text": f"Storing {HOSTILE}"}).status_code == 302
    page = client.get("/kpi/csat/").content.decode()
    assert "14 sep 2026" in page
    assert re.search(r"<bdi>Storing &lt;script&gt;", page)
    assert "<script>alert" not in page


def test_an_event_of_a_team_is_the_teams(sign_in: SignIn) -> None:
    sign_in("team_lead").post("/board/events/", {"day": "2026-09-14", "text": "Nieuw rooster"})
    sees = {
        r: "Nieuw rooster" in sign_in(r).get("/board/events/").content.decode()
        for r in ("agent", "other_lead", "manager")
    }
    assert sees == {"agent": True, "other_lead": False, "manager": True}


def test_an_event_is_removed_by_who_wrote_it_and_taken_back(sign_in: SignIn) -> None:
    manager, lead = sign_in("manager"), sign_in("team_lead")
    manager.post("/board/events/", {"day": "2026-09-14", "text": "Storing"})
    number = re.search(r"/board/events/(\d+)/remove/", manager.get("/board/events/").content.decode())[1]  # type: ignore[index]
    assert lead.post(f"/board/events/{number}/remove/").status_code == 404
    assert sign_in("agent").post(f"/board/events/{number}/remove/").status_code == 403
    manager.post(f"/board/events/{number}/remove/")
    assert "Storing" not in lead.get("/board/events/").content.decode()
    manager.post(f"/board/events/{number}/restore/")
    assert "Storing" in lead.get("/board/events/").content.decode()


@pytest.mark.parametrize("day", ["", "14-09-2026", "1800-01-01", "9999-12-31"])
def test_a_wrong_day_is_told_under_its_field(day: str, sign_in: SignIn) -> None:
    answer = sign_in("manager").post("/board/events/", {"day": day, "text": "Storing"})
    assert answer.status_code == 422
    assert 'id="day-error"' in answer.content.decode()


def test_slides_show_what_the_overview_shows(sign_in: SignIn, people: Mapping[str, Person]) -> None:
    figure = re.compile(r'<data value="([^"]+)" data-part="value" data-kpi="(\w+)">')
    client = sign_in("manager")
    overview, slides = (
        set(figure.findall(client.get(a).content.decode())) for a in (f"/?{MONTH}", f"/board/slides/?{MONTH}")
    )
    assert slides
    assert slides <= overview
