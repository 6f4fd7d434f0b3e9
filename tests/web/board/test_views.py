"""Saved views: named, opened, shared, removed and taken back; always with the rights of who opens."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.conftest import SignIn

from peil.accounts.models import Person
from peil.board.models import SavedView
from peil.library import Peil

FIGURE = re.compile(r'<data value="([^"]+)" data-part="value" data-kpi="csat">')
HOSTILE = ["<script>alert(1)</script>", "\u202egnirts", '=HYPERLINK("http://x")', "a\r\nBcc: x@y.nl", "é" * 120]


def save(client: Client, name: str, page: str = "/kpi/csat/?period=2026-Q3") -> int:
    answer = client.post("/board/views/new/", {"name": name, "page": page})
    assert answer.status_code == 302
    return SavedView.objects.latest("pk").pk


def test_a_view_is_saved_opened_and_renamed(sign_in: SignIn) -> None:
    client = sign_in("manager")
    number = save(client, "Bellen in Q3", "/kpi/csat/?only-channel=phone&period=2026-Q3&language=en")
    opened = client.get(f"/board/views/{number}/")
    assert opened.headers["Location"] == "/kpi/csat/?period=2026-Q3&only-channel=phone"
    assert client.post(f"/board/views/{number}/rename/", {"name": "Bellen"}).status_code == 302
    assert "<bdi>Bellen</bdi>" in client.get("/board/views/").content.decode()


def test_a_page_offers_to_be_saved_in_its_state(sign_in: SignIn) -> None:
    client = sign_in("manager")
    page = client.get("/?period=2026-Q3&only-channel=phone").content.decode()
    address = re.search(r'href="(/board/views/new/\?page=[^"]+)"', page)[1]  # type: ignore[index]
    assert quote("/?period=2026-Q3&only-channel=phone", safe="/") in address
    assert client.get(address).status_code == 200


def test_a_removed_view_is_taken_back(sign_in: SignIn) -> None:
    client = sign_in("manager")
    number = save(client, "Weg en terug")
    answer = client.post(f"/board/views/{number}/remove/", follow=True).content.decode()
    assert "Ongedaan maken" in answer
    assert client.get(f"/board/views/{number}/").status_code == 404
    client.post(f"/board/views/{number}/restore/")
    assert client.get(f"/board/views/{number}/").status_code == 302


def test_who_opens_a_shared_view_sees_own_rows(company: Peil, sign_in: SignIn) -> None:
    manager, lead = sign_in("manager"), sign_in("team_lead")
    number = save(manager, "Tevredenheid in Q3")
    manager.post(f"/board/views/{number}/share/", {"with": "everyone"})
    page = lead.get(f"/board/views/{number}/", follow=True).content.decode()
    (own,) = company.kpi("csat", period="2026-Q3", where={"team": "Zwolle"})
    assert float(FIGURE.findall(page)[0]) == own.value


def test_a_shared_view_of_another_team_is_refused(sign_in: SignIn) -> None:
    manager, lead = sign_in("manager"), sign_in("team_lead")
    number = save(manager, "Rotterdam", "/kpi/csat/?only-team=Rotterdam")
    manager.post(f"/board/views/{number}/share/", {"with": "role:team_lead"})
    assert lead.get(f"/board/views/{number}/", follow=True).status_code == 403


def test_sharing_reaches_whom_it_names(sign_in: SignIn, people: Mapping[str, Person]) -> None:
    manager = sign_in("manager")
    number = save(manager, "Voor Zwolle")
    team = people["team_lead"].teams.get().pk
    reached = {
        "": set(),
        "role:analyst": {"analyst"},
        f"team:{team}": {"team_lead", "agent"},
        "everyone": {"team_lead", "other_lead", "agent", "analyst", "digital_owner", "administrator"},
    }
    for shared_with, whom in reached.items():
        manager.post(f"/board/views/{number}/share/", {"with": shared_with})
        opened = {r for r in people if r != "manager" and sign_in(r).get(f"/board/views/{number}/").status_code == 302}
        assert opened == whom


def test_who_left_shares_nothing_any_more(sign_in: SignIn, people: Mapping[str, Person]) -> None:
    number = save(sign_in("manager"), "Oud")
    sign_in("manager").post(f"/board/views/{number}/share/", {"with": "everyone"})
    people["manager"].is_active = False
    people["manager"].save()
    assert sign_in("analyst").get(f"/board/views/{number}/").status_code == 404


@pytest.mark.parametrize("what", ["rename", "share", "remove", "restore"])
def test_another_persons_view_is_not_changed(what: str, sign_in: SignIn) -> None:
    number = save(sign_in("manager"), "Van de manager")
    sign_in("manager").post(f"/board/views/{number}/share/", {"with": "everyone"})
    answer = sign_in("analyst").post(f"/board/views/{number}/{what}/", {"name": "Anders", "with": ""})
    assert answer.status_code == 404
    kept = SavedView.objects.get(pk=number)
    assert (kept.name, kept.shared_with, kept.removed_at) == ("Van de manager", "everyone", None)


def test_an_agent_shares_nothing(sign_in: SignIn) -> None:
    agent = sign_in("agent")
    number = save(agent, "Van mij")
    assert agent.post(f"/board/views/{number}/share/", {"with": "everyone"}).status_code == 403
    assert 'name="with"' not in agent.get("/board/views/").content.decode()


def test_a_lead_shares_with_own_teams_only(sign_in: SignIn, people: Mapping[str, Person]) -> None:
    lead = sign_in("team_lead")
    number = save(lead, "Mijn team")
    other = people["other_lead"].teams.get().pk
    assert lead.post(f"/board/views/{number}/share/", {"with": f"team:{other}"}).status_code == 400


@pytest.mark.parametrize(
    "page",
    ["https://evil.example/", "//evil.example/", "/account/login/", "/board/views/", "/nergens/", "javascript:alert(1)", "",
     "/kpi/csat/?period=geheim", "/" + "a" * 5000],
)  # fmt: skip
def test_only_pages_with_figures_are_saved(page: str, sign_in: SignIn) -> None:
    assert sign_in("manager").post("/board/views/new/", {"name": "x", "page": page}).status_code == 400


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_only_text(name: str, sign_in: SignIn) -> None:
    client = sign_in("manager")
    number = save(client, name)
    client.post(f"/board/views/{number}/share/", {"with": "everyone"})
    for page in (client.get("/board/views/"), sign_in("analyst").get("/board/views/")):
        text = page.content.decode()
        assert page.status_code == 200
        assert "<script>alert" not in text
        assert "\nBcc" not in text


@pytest.mark.parametrize(("name", "said"), [("", "Vul een naam in."), ("x" * 121, "Kies een kortere naam")])
def test_a_wrong_name_is_told_under_its_field(name: str, said: str, sign_in: SignIn) -> None:
    client = sign_in("manager")
    number = save(client, "Goed")
    for address, more in (("/board/views/new/", {"page": "/"}), (f"/board/views/{number}/rename/", {})):
        answer = client.post(address, {"name": name, **more})
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert 'aria-invalid="true"' in answer.content.decode()


def test_the_list_asks_as_much_for_three_as_for_one(sign_in: SignIn) -> None:
    client, counted = sign_in("manager"), []
    client.get("/board/views/")
    for names in (["een"], ["twee", "drie"]):
        for name in names:
            save(client, name)
        with CaptureQueriesContext(connection) as asked:
            client.get("/board/views/")
        counted.append(len(asked))
    assert counted[0] == counted[1]
