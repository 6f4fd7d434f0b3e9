"""Signing in with an account of the organisation, at a provider that runs in this process."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.test import Client
from pytest_django import Settings

from peil.accounts.audit import entries
from peil.accounts.joining import Place, invite
from peil.accounts.models import Person
from peil.accounts.rules import Role
from peil.core.errors import UserError
from peil.web.serving.sso import Provider, allauth_providers, read_providers

SECRET = "a-client-secret-of-some-length-1234"


@dataclass
class Office:
    """The provider: who signs in there, and what Peil asked it."""

    url: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    asked: list[Mapping[str, list[str]]] = field(default_factory=list)


@pytest.fixture
def office() -> Iterator[Office]:
    told = Office()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.startswith("/.well-known/"):
                ends = {
                    "authorization_endpoint": "authorize",
                    "token_endpoint": "token",
                    "userinfo_endpoint": "userinfo",
                    "jwks_uri": "jwks",
                }
                found = {name: f"{told.url}/{end}" for name, end in ends.items()}
                self.say({"issuer": told.url, "token_endpoint_auth_methods_supported": ["client_secret_post"], **found})
            else:
                self.say(told.claims)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            told.asked.append(parse_qs(body))
            claims = {"iss": told.url, "aud": "peil", "iat": 1, "exp": 4_000_000_000, **told.claims}
            self.say({"access_token": "t", "token_type": "Bearer", "id_token": jwt.encode(claims, SECRET)})

        def say(self, what: Mapping[str, Any]) -> None:
            body = json.dumps(what).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing on stderr."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    told.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield told
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def provider(office: Office, settings: Settings) -> Provider:
    found = Provider("work", "Kadewijk", office.url, "peil", SECRET)
    settings.SSO = [found]
    settings.SOCIALACCOUNT_PROVIDERS = allauth_providers([found])
    return found


def come_back(client: Client, office: Office, next_url: str = "") -> Any:
    """Press the button, sign in over there, and come back with a code."""
    gone = client.post("/account/sso/work/login/", {"process": "login", "next": next_url})
    assert gone.status_code == 302
    asked = parse_qs(urlsplit(gone.headers["Location"]).query)
    return client.get("/account/sso/work/login/callback/", {"code": "c", "state": asked["state"][0]})


def test_the_button_leads_there_with_a_challenge(stranger: Client, office: Office, provider: Provider) -> None:
    page = stranger.get("/account/login/?language=nl").content.decode()
    assert "Inloggen met Kadewijk" in page
    step = stranger.get("/account/sso/work/login/")
    assert step.status_code == 200, "a link alone signs nobody in"
    assert '<main id="inhoud" class="door">' in step.content.decode()
    gone = stranger.post("/account/sso/work/login/", {"process": "login"})
    parts = urlsplit(gone.headers["Location"])
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    assert gone.headers["Location"].startswith(f"{office.url}/authorize?")
    assert asked["redirect_uri"] == "http://127.0.0.1/account/sso/work/login/callback/"
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["state"]) >= 16
    assert SECRET not in gone.headers["Location"]
    office.claims = {"sub": "1", "email": "manager@example.nl", "email_verified": True}
    stranger.get("/account/sso/work/login/callback/", {"code": "c", "state": asked["state"]})
    verifier = office.asked[0]["code_verifier"][0]
    digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    assert digest == asked["code_challenge"]


def test_who_is_here_comes_in_and_is_known_again(stranger: Client, office: Office, provider: Provider) -> None:
    office.claims = {"sub": "1", "email": "Manager@Example.nl", "email_verified": True, "name": "M"}
    answer = come_back(stranger, office, "/contact/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/contact/")
    assert stranger.get("/account/").status_code == 200
    assert [(e.action, e.actor) for e in entries()] == [("signed_in_by_sso", "Manager")]
    office.claims = {"sub": "1", "email": "renamed@example.nl", "email_verified": True}
    again = Client(SERVER_NAME="127.0.0.1")
    come_back(again, office)
    assert again.get("/account/").status_code == 200, "by the number over there, whatever the address is now"
    assert Person.objects.count() == 7


def test_who_was_invited_joins(
    stranger: Client, office: Office, provider: Provider, people: Mapping[str, Person]
) -> None:
    invite(people["administrator"], "tom@example.nl", Place(role=Role.TEAM_LEAD, teams=("Zwolle",)))
    office.claims = {"sub": "2", "email": "tom@example.nl", "email_verified": True, "name": "Tom Bos"}
    come_back(stranger, office)
    person = Person.objects.get(email="tom@example.nl")
    assert (person.name, person.role, person.has_usable_password()) == ("Tom Bos", "team_lead", False)
    assert stranger.get("/account/").status_code == 200


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "nobody@example.nl", "email_verified": True},
        {"email": "manager@example.nl"},
        {"email": "manager@example.nl", "email_verified": False},
        {"email": "manager@example.nl", "email_verified": "false"},
        {"email": "", "email_verified": True},
        {},
    ],
)
def test_everyone_else_stays_out(
    claims: dict[str, object], stranger: Client, office: Office, provider: Provider
) -> None:
    office.claims = {"sub": "3", **claims}
    answer = come_back(stranger, office)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/sso/refused/")
    assert stranger.get("/account/").status_code == 302
    assert Person.objects.count() == 7
    assert entries()[0].action == "sso_refused"


def test_a_closed_account_stays_closed(
    stranger: Client, office: Office, provider: Provider, people: Mapping[str, Person]
) -> None:
    office.claims = {"sub": "1", "email": "manager@example.nl", "email_verified": True}
    come_back(stranger, office)
    Person.objects.filter(pk=people["manager"].pk).update(is_active=False)
    again = Client(SERVER_NAME="127.0.0.1")
    come_back(again, office)
    assert again.get("/account/").status_code == 302
    office.claims["sub"] = "other"
    come_back(again, office)
    assert again.get("/account/").status_code == 302


def test_a_state_of_someone_else_is_refused(stranger: Client, office: Office, provider: Provider) -> None:
    """Whoever lures someone to come back with a foreign code signs nobody in."""
    office.claims = {"sub": "1", "email": "manager@example.nl", "email_verified": True}
    answer = stranger.get("/account/sso/work/login/callback/", {"code": "c", "state": "made-up"})
    assert answer.status_code in (401, 302, 200, 403)
    assert stranger.get("/account/").status_code == 302
    assert office.asked == []


GOOD = '[entra]\nname = "Microsoft"\nserver = "https://login.microsoftonline.com/1234/v2.0"\nclient_id = "a"\nclient_secret = "s3cret"\n'


def test_providers_are_read(tmp_path: Path) -> None:
    assert read_providers(tmp_path) == []
    (tmp_path / "sso.toml").write_text(GOOD + "trust_addresses = true\n")
    (found,) = read_providers(tmp_path)
    assert (found.key, found.origin, found.client_secret, found.trust_addresses) == (
        "entra", "https://login.microsoftonline.com", "s3cret", True,
    )  # fmt: skip
    assert "s3cret" not in repr(found)
    (tmp_path / "key").write_text("from-a-file\n")
    (tmp_path / "sso.toml").write_text(
        GOOD.replace('client_secret = "s3cret"', f'client_secret_file = "{tmp_path}/key"')
    )
    assert read_providers(tmp_path)[0].client_secret == "from-a-file"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[entra", "not valid TOML"),
        ("entra = 1", "no name of a provider"),
        ("['../x']\nname = 'x'", "no name of a provider"),
        (GOOD + "tenant = 'x'", "'tenant'"),
        (GOOD.replace("https://login", "http://login"), "no https address"),
        (GOOD.replace("client_id", "name2"), "name2"),
        (GOOD.replace('client_id = "a"\n', ""), "no client_id"),
        (GOOD + "trust_addresses = 'yes'", "neither true nor false"),
        (GOOD.replace("/1234/", "/common/") + "trust_addresses = true", "anybody can make an account"),
        (GOOD.replace('client_secret = "s3cret"', 'client_secret_file = "/nowhere"'), "can't be read"),
    ],
)
def test_a_wrong_file_says_what_is_wrong(text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "sso.toml").write_text(text)
    with pytest.raises(UserError) as caught:
        read_providers(tmp_path)
    assert told in str(caught.value)
    assert "s3cret" not in str(caught.value)
