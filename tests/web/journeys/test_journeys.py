"""The pages of journeys: a proposal first, an editor that works without a script, figures that agree."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web.conftest import SignIn

from peil.board.journeys import journey_of, journeys
from peil.board.journeys.keeping import StopChange, add_journey, add_stop
from peil.board.targets import set_target
from peil.board.targets.keeping import NewTarget
from peil.library import Peil

OCTOBER = "period=2026-10"
MOVING = StopChange("Verhuizen", "Klantenservice", {"touchpoint": "verhuizen"}, ("ces_agree",))
GIVEN = {
    "name": "Storing melden", "department": "Storingsdienst", "touchpoint": "storing", "reason": "storing", "journey": "",
    "kpi1": "ces_agree", "kpi2": "fcr",
}  # fmt: skip


def make(*stops: StopChange) -> tuple[int, list[int]]:
    journey = add_journey("Reis", stops or [StopChange(name) for name in "ABC"])
    found = journey_of(journey)
    assert found is not None
    return journey, [s.id for s in found.stops]


def names() -> list[str]:
    return [s.name for j in journeys() for s in j.stops]


def test_the_first_page_is_a_proposal_that_is_taken_over(sign_in: SignIn) -> None:
    client = sign_in("manager")
    page = client.get(f"/journeys/?{OCTOBER}").content.decode()
    assert "Een voorstel uit je gegevens" in page
    assert "<h3>Verhuizen" in page
    assert journeys() == []
    for _ in range(2):
        assert client.post("/journeys/adopt/").status_code == 302
    assert len(journeys()) == 1
    assert "Een voorstel uit je gegevens" not in client.get(f"/journeys/?{OCTOBER}").content.decode()


def test_the_strip_shows_what_kpi_gives_and_judges_it(company: Peil, sign_in: SignIn) -> None:
    make(MOVING, StopChange("Eerste levering"))
    given = company.kpi("ces_agree", period="2026-10", where={"touchpoint": "verhuizen"})[0]
    client = sign_in("manager")
    page = client.get(f"/journeys/?{OCTOBER}").content.decode()
    assert f'<data value="{given.value!r}" data-part="value" data-kpi="ces_agree"' in page
    assert (
        f'data-part="n" data-kpi="ces_agree" data-group="{{&#34;touchpoint&#34;: &#34;verhuizen&#34;}}">{given.n}<'
        in page
    )
    assert "Wordt niet gemeten." in page
    assert "doel niet gehaald bij Verhuizen" in page  # below the 5.5 of the settings


def test_the_verdict_is_that_of_the_target_in_force(sign_in: SignIn) -> None:
    from datetime import date

    make(MOVING)
    set_target(NewTarget("ces_agree", "", 2.0, 3, date(2026, 1, 1)), None, None)
    page = sign_in("manager").get(f"/journeys/?{OCTOBER}").content.decode()
    assert "elk contactpunt met een oordeel haalt het doel" in page


def test_a_journey_is_made_and_changed_without_a_script(sign_in: SignIn) -> None:
    client = sign_in("digital_owner")
    there = client.post("/journeys/new/", {"name": "Storing"}).headers["Location"]
    for name in ("Melden", "Wachten", "Oplossen"):
        assert client.post(f"{there}stops/", {"name": name, "department": "Netbeheer"}).status_code == 302
    assert names() == ["Melden", "Wachten", "Oplossen"]
    (journey,) = journeys()
    client.post(f"/journeys/stops/{journey.stops[2].id}/move/", {"step": "up"})
    assert names() == ["Melden", "Oplossen", "Wachten"]
    gone = client.post(f"/journeys/stops/{journey.stops[1].id}/remove/").headers["Location"]
    page = client.get(gone).content.decode()
    assert "Wachten is verwijderd." in page
    assert names() == ["Melden", "Oplossen"]
    assert client.post(f"/journeys/stops/{journey.stops[1].id}/restore/").status_code == 302
    assert names() == ["Melden", "Oplossen", "Wachten"]
    client.post(there, {"name": "Storing en herstel"})
    assert [j.name for j in journeys()] == ["Storing en herstel"]
    away = client.post(f"{there}remove/").headers["Location"]
    assert "Storing en herstel is verwijderd." in client.get(away).content.decode()
    client.post(f"{there}restore/")
    assert len(journeys()) == 1


def test_what_is_measured_at_a_stop_is_chosen(sign_in: SignIn) -> None:
    _, (first, *_) = make()
    client = sign_in("manager")
    assert client.post(f"/journeys/stops/{first}/", GIVEN).status_code == 302
    stop = journeys()[0].stops[0]
    assert (stop.name, stop.department, stop.kpis) == ("Storing melden", "Storingsdienst", ("ces_agree", "fcr"))
    assert stop.found_in == {"touchpoint": "storing", "reason": "storing"}
    page = client.get(f"/journeys/stops/{first}/").content.decode()
    assert '<option value="ces_agree" selected>' in page
    assert '<option value="storing" selected>' in page


@pytest.mark.parametrize(
    ("field", "value", "at"),
    [
        ("name", "", "name"), ("name", "x" * 121, "name"), ("touchpoint", "atlantis", "touchpoint"),
        ("kpi1", "nonsense", "kpi1"), ("kpi1", "engagement", "kpi1"), ("kpi2", "ces_agree", "kpi2"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_field(field: str, value: str, at: str, sign_in: SignIn) -> None:
    _, (first, *_) = make()
    answer = sign_in("manager").post(f"/journeys/stops/{first}/", GIVEN | {field: value})
    assert answer.status_code == 400
    assert re.search(rf'id="{at}"[^>]*aria-invalid="true" aria-describedby="{at}-error"', answer.content.decode())
    assert names() == ["A", "B", "C"]


@pytest.mark.parametrize("address", ["/journeys/new/", "/journeys/{0}/", "/journeys/{0}/stops/"])
def test_a_name_is_needed(address: str, sign_in: SignIn) -> None:
    journey, _ = make()
    answer = sign_in("manager").post(address.format(journey), {"name": "  "})
    assert answer.status_code == 400
    assert 'aria-invalid="true"' in answer.content.decode()


@pytest.mark.parametrize("role", ["team_lead", "agent", "analyst"])
def test_who_may_not_edit_sees_the_journey_and_changes_nothing(role: str, sign_in: SignIn) -> None:
    journey, (first, *_) = make()
    client = sign_in(role)
    page = client.get(f"/journeys/?{OCTOBER}")
    assert page.status_code == 200
    assert f"/journeys/{journey}/" not in page.content.decode()
    assert f"/journeys/stops/{first}/" not in page.content.decode()
    for address in (
        "adopt/", "new/", f"{journey}/", f"{journey}/remove/", f"{journey}/restore/", f"{journey}/stops/",
        f"stops/{first}/", f"stops/{first}/move/", f"stops/{first}/remove/", f"stops/{first}/restore/",
    ):  # fmt: skip
        assert client.post(f"/journeys/{address}", {"name": "X"}).status_code == 403
    assert names() == ["A", "B", "C"]


def test_a_team_lead_sees_the_figures_of_the_own_team(company: Peil, sign_in: SignIn) -> None:
    make(MOVING)
    given = company.kpi("ces_agree", period="2026-Q3", where={"touchpoint": "verhuizen", "team": "Zwolle"})[0]
    page = sign_in("team_lead").get("/journeys/?period=2026-Q3").content.decode()
    assert f'<data value="{given.value!r}" data-part="value" data-kpi="ces_agree"' in page


def test_what_is_not_known_by_team_says_so(sign_in: SignIn) -> None:
    make(StopChange("Verhuizen", "A", {"journey": "verhuizen"}, ("journey_completed",)))
    page = sign_in("team_lead").get("/journeys/?period=2026-Q3").content.decode()
    assert "Niet te geven per team." in page


def test_what_is_missing_is_missing(sign_in: SignIn) -> None:
    client = sign_in("manager")
    for address in ("999/", "stops/999/"):
        assert client.get(f"/journeys/{address}").status_code == 404
    for address in (
        "999/remove/",
        "999/restore/",
        "999/stops/",
        "stops/999/move/",
        "stops/999/remove/",
        "stops/999/restore/",
    ):
        assert client.post(f"/journeys/{address}", {"name": "X"}).status_code == 404
        assert client.get(f"/journeys/{address}").status_code == 405
    assert client.get("/journeys/?removed=999").status_code == 200


def test_many_stops_take_no_more_questions_than_one(sign_in: SignIn) -> None:
    client, counted = sign_in("manager"), []
    journey, _ = make(MOVING)
    for more in (0, 2):
        for i in range(more):
            add_stop(journey, StopChange(f"Nog {i}"))
        client.get(f"/journeys/?{OCTOBER}")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/journeys/?{OCTOBER}")
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_hostile_names_do_nothing(sign_in: SignIn) -> None:
    bad = '"><script>alert(1)</script>{{7*7}}'
    journey, _ = make(StopChange(bad, bad))
    client = sign_in("manager")
    for address in ("/journeys/", f"/journeys/{journey}/", f"/journeys/stops/{journeys()[0].stops[0].id}/"):
        page = client.get(address).content.decode()
        assert "<script>alert(1)" not in page
        assert "{{7*7}}" in page


def test_both_languages(sign_in: SignIn) -> None:
    make(MOVING, StopChange("Levering", "Levering"))
    page = sign_in("manager").get(f"/journeys/?{OCTOBER}&language=en").content.decode()
    assert "<h1>Customer journey</h1>" in page
    assert "Not measured." in page
    assert "no KPI that measures its own work" in page
