"""One's own account: what one changes oneself, and what not."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from django.test import Client
from tests.web.conftest import PASSWORD, SignIn

from peil.accounts.keys import find_key, keys_of
from peil.accounts.models import Person


@pytest.mark.parametrize("role", ["agent", "team_lead", "manager", "analyst", "digital_owner", "administrator"])
def test_everyone_has_one(role: str, sign_in: SignIn, people: Mapping[str, Person]) -> None:
    people[role].teams.clear()
    page = sign_in(role).get("/account/?language=nl")
    assert page.status_code == 200
    assert ("Sleutel maken" in page.content.decode()) == (role in ("manager", "analyst", "administrator"))


def test_name_and_language_change_and_nothing_else(sign_in: SignIn, people: Mapping[str, Person]) -> None:
    client = sign_in("agent")
    said = {
        "name": "Anna", "language_of_person": "en", "language": "nl", "role": "administrator", "is_active": "0",
        "email": "boss@example.nl", "employee_id": "m1", "teams": "Rotterdam", "session_epoch": "9",
    }  # fmt: skip
    assert client.post("/account/", said).status_code == 302
    person = Person.objects.get(pk=people["agent"].pk)
    assert (person.name, person.language) == ("Anna", "en")
    assert (person.role, person.email, person.employee_id, person.is_active) == ("agent", "agent@example.nl", "", True)
    assert [t.name for t in person.teams.all()] == ["Zwolle"]


@pytest.mark.parametrize("name", ["", "x" * 201, "x" * 10_000])
def test_a_name_that_does_not_fit_is_told(name: str, sign_in: SignIn) -> None:
    answer = sign_in("agent").post("/account/", {"name": name, "language_of_person": "nl"})
    assert answer.status_code == 400
    assert 'id="id_name_err"' in answer.content.decode()


def test_a_key_is_shown_once(sign_in: SignIn, people: Mapping[str, Person]) -> None:
    client = sign_in("analyst")
    said = {"key_name": "Power BI", "scopes": ["read_figures", "import"], "days": "90"}
    assert client.post("/account/keys/", said).headers["Location"] == "/account/#sleutels"
    shown = re.search(r"peil_[0-9a-f]{10}_[\w-]{43}", client.get("/account/").content.decode())
    assert shown is not None
    found = find_key(shown.group())
    assert found is not None
    assert (found.person, found.scopes) == (people["analyst"], {"read_figures", "import"})
    assert shown.group() not in client.get("/account/").content.decode()
    assert client.post(f"/account/keys/{found.id}/end/").status_code == 302
    assert find_key(shown.group()) is None


@pytest.mark.parametrize(
    "said",
    [
        {"key_name": "", "scopes": "read_figures", "days": "30"},
        {"key_name": "x", "days": "30"},
        {"key_name": "x", "scopes": "import", "days": "30"},
        {"key_name": "x", "scopes": "read_figures", "days": "9999"},
    ],
)
def test_a_key_that_can_not_be_is_told(said: dict[str, str], sign_in: SignIn, people: Mapping[str, Person]) -> None:
    answer = sign_in("manager").post("/account/keys/?language=nl", said)
    assert answer.status_code == 400
    assert 'aria-invalid="true"' in answer.content.decode()
    assert keys_of(people["manager"]) == []


def test_the_key_of_someone_else_is_not_there(sign_in: SignIn) -> None:
    client = sign_in("analyst")
    client.post("/account/keys/", {"key_name": "x", "scopes": "read_figures", "days": "30"})
    key = keys_of(Person.objects.get(role="analyst"))[0]
    assert sign_in("manager").post(f"/account/keys/{key.id}/end/").status_code == 404
    assert sign_in("agent").post(f"/account/keys/{key.id}/end/").status_code == 403
    assert keys_of(Person.objects.get(role="analyst"))[0].revoked_at is None


def test_sessions_elsewhere_end_and_this_one_stays(sign_in: SignIn) -> None:
    here, there, other = sign_in("manager"), sign_in("manager"), sign_in("agent")
    assert here.post("/account/sessions/end/").status_code == 302
    assert [c.get("/account/").status_code for c in (here, there, other)] == [200, 302, 200]


def test_a_new_password_ends_what_is_open_elsewhere(stranger: Client, sign_in: SignIn) -> None:
    there, new = sign_in("manager"), "zeven paarse olifanten"
    stranger.post("/account/login/", {"login": "manager@example.nl", "password": PASSWORD})
    wrong = stranger.post(
        "/account/password/change/?language=nl", {"oldpassword": "fout", "password1": new, "password2": new}
    )
    assert "Dit wachtwoord klopt niet" in wrong.content.decode()
    stranger.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert stranger.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302


def test_a_post_without_its_token_is_refused(people: Mapping[str, Person]) -> None:
    client = Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=True)
    client.force_login(people["administrator"], backend="allauth.account.auth_backends.AuthenticationBackend")
    for path in ("/account/", "/account/keys/", "/account/sessions/end/", "/people/invite/", "/people/per-person/"):
        assert client.post(path, {"name": "x"}).status_code == 403
