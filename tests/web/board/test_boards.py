"""A person's board: the standard of the role, tiles of one's own, one step back."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.conftest import SignIn

from peil.accounts.models import Person
from peil.board.boards import board_of
from peil.board.tiles import MOST_TILES
from peil.library import Peil

TILE = re.compile(r'<li id="tegel-([^"]+)">')
FIGURE = re.compile(r'<data value="([^"]+)" data-part="value" data-kpi="(\w+)">')
HOSTILE = "<script>alert(1)</script>\u202e=1+1"


def listed(client: Client) -> list[str]:
    return TILE.findall(client.get("/board/").content.decode())


def change(client: Client, what: str, **said: str) -> int:
    return client.post(f"/board/{what}/", said).status_code


def test_every_role_starts_with_few_tiles_of_its_own(sign_in: SignIn) -> None:
    of = {r: listed(sign_in(r)) for r in ("manager", "team_lead", "agent", "analyst", "digital_owner", "administrator")}
    assert all(3 <= len(tiles) <= MOST_TILES for tiles in of.values())
    assert {"nps_relationship", "csat", "volume", "contact_rate", "backlog", "reachability"} <= set(of["manager"])
    assert {"first_response_in_target", "fcr", "transferred", "repeat_contact", "volume"} <= set(of["team_lead"])
    assert {"to_contact_after_self_service", "helpful", "journey_completed", "conversion"} <= set(of["digital_owner"])
    assert "nps_relationship" not in of["agent"]


def test_tiles_are_added_moved_and_removed(sign_in: SignIn) -> None:
    client = sign_in("manager")
    start = listed(client)
    assert change(client, "remove", tile=start[-1]) == 302
    assert change(client, "add", kpi="talk_time") == 302
    assert change(client, "move", tile="talk_time", step="up") == 302
    now = listed(client)
    assert now == [*start[:-2], "talk_time", start[-2]]
    assert "talk_time" in client.get("/").content.decode()


def test_a_change_is_undone_and_done_again(sign_in: SignIn) -> None:
    client = sign_in("manager")
    start = listed(client)
    change(client, "remove", tile="csat")
    change(client, "undo")
    assert listed(client) == start
    change(client, "undo")
    assert listed(client) == [t for t in start if t != "csat"]
    change(client, "standard")
    assert listed(client) == start
    change(client, "undo")
    assert listed(client) == [t for t in start if t != "csat"]


def test_the_first_tile_stays_first(sign_in: SignIn, people: Mapping[str, Person]) -> None:
    client = sign_in("manager")
    start = listed(client)
    change(client, "move", tile=start[0], step="up")
    assert listed(client) == start
    assert board_of(people["manager"]).tiles is None


def test_a_board_is_one_persons_own(sign_in: SignIn) -> None:
    manager, analyst = sign_in("manager"), sign_in("analyst")
    before = listed(analyst)
    change(manager, "remove", tile="csat")
    assert listed(analyst) == before


def test_a_tile_with_a_filter_counts_its_own_rows(company: Peil, sign_in: SignIn) -> None:
    client = sign_in("manager")
    change(client, "remove", tile="rapportcijfer_relationship")
    assert change(client, "add", kpi="csat", only="channel=phone") == 302
    page = client.get("/?period=2026-Q3").content.decode()
    (given,) = company.kpi("csat", period="2026-Q3", where={"channel": "phone"})
    assert str(given.value) in [value for value, key in FIGURE.findall(page) if key == "csat"]
    assert "Kanaal: Telefoon" in page


def test_a_tile_by_group_shows_the_groups(company: Peil, sign_in: SignIn) -> None:
    client = sign_in("manager")
    change(client, "remove", tile="csat")
    assert change(client, "add", kpi="csat", by="channel") == 302
    page = client.get("/?period=2026-Q3").content.decode()
    (phone,) = (e for e in company.kpi("csat", by="channel", period="2026-Q3") if e.group["channel"] == "phone")
    assert f'<data value="{phone.value!r}" data-part="value" data-kpi="csat" data-group=' in page


def test_a_tile_without_data_says_why(sign_in: SignIn) -> None:
    client = sign_in("manager")
    for gone in ("abandoned", "reachability"):
        change(client, "remove", tile=gone)
    change(client, "add", kpi="ces_effort")
    change(client, "add", kpi="cost_avoided")
    page = client.get("/").content.decode()
    assert "Nog geen gegevens. Nodig:" in page
    assert "een aanname nodig" in page


def test_a_full_board_takes_no_more(sign_in: SignIn) -> None:
    client = sign_in("manager")
    assert len(listed(client)) == MOST_TILES
    answer = client.post("/board/add/", {"kpi": "talk_time"})
    assert answer.status_code == 422
    assert "Verwijder eerst een tegel" in answer.content.decode()


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"kpi": ""}, "kpi", "Kies een cijfer uit de lijst."),
        ({"kpi": HOSTILE}, "kpi", "Kies een cijfer uit de lijst."),
        ({"kpi": "conversion", "only": "team=Zwolle"}, "only", "de rijen van dit cijfer hebben geen team"),
        ({"kpi": "csat", "only": f"{HOSTILE}=1"}, "only", "de rijen van dit cijfer hebben geen"),
        ({"kpi": "csat", "only": "customer_id=K1"}, "only", "de rijen van dit cijfer hebben geen"),
        ({"kpi": "contact_rate", "by": "reason"}, "by", "dit cijfer is niet uit te splitsen"),
        ({"kpi": "fcr"}, "kpi", "deze tegel heb je al"),
    ],
)
def test_what_can_not_be_added_is_told_under_its_field(
    said: dict[str, str], field: str, words: str, sign_in: SignIn
) -> None:
    client = sign_in("digital_owner" if said.get("kpi") == "conversion" else "agent")
    change(client, "remove", tile="conversion")
    answer = client.post("/board/add/", said)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in re.search(rf'<p class="err" id="{field}-error">([^<]*)</p>', page)[1]  # type: ignore[index]
    assert "<script>alert" not in page


def test_nobody_adds_rows_of_another_team_or_figures_of_employees(sign_in: SignIn) -> None:
    lead = sign_in("team_lead")
    lead_tiles = listed(lead)
    change(lead, "remove", tile=lead_tiles[0])
    for said in ({"kpi": "csat", "only": "team=Rotterdam"}, {"kpi": "engagement"}):
        assert lead.post("/board/add/", said).status_code == 422
    assert 'value="engagement"' not in lead.get("/board/").content.decode()


def test_a_hostile_value_is_only_text(sign_in: SignIn) -> None:
    client = sign_in("agent")
    assert change(client, "add", kpi="csat", only=f"channel={HOSTILE}") == 302
    for page in (client.get("/"), client.get("/board/")):
        assert page.status_code == 200
        assert "<script>alert" not in page.content.decode()
        assert "&lt;script&gt;alert" in page.content.decode()


def test_get_changes_nothing(sign_in: SignIn) -> None:
    client = sign_in("manager")
    assert client.get("/board/remove/", {"tile": "csat"}).status_code == 405


def test_the_number_of_queries_does_not_grow_with_the_tiles(sign_in: SignIn) -> None:
    counted = []
    for more in ([], ["talk_time", "handle_time"]):
        client = sign_in("agent")
        for kpi in more:
            change(client, "add", kpi=kpi)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get("/").status_code == 200
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_the_overview_is_a_light_page(sign_in: SignIn) -> None:
    for role in ("manager", "team_lead", "agent", "analyst", "digital_owner", "administrator"):
        assert len(sign_in(role).get("/").content) < 250_000
