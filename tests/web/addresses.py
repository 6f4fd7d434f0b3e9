"""Every page that someone of a role can open: from the table of access, so from the router, with things of their own."""

from __future__ import annotations

import time
from string import Formatter

from django.http import HttpResponseBase
from django.test import Client
from tests.web.access.cells import Line
from tests.web.access.table import LINES
from tests.web.access.things import MAKERS
from tests.web.data.files import SURVEY, upload

from peil.accounts.models import Person
from peil.accounts.rules import Role
from peil.board.demo import set_up_demo_board
from peil.web.facts import the_peil

STATE = "period=2026-10&compare=last_year"
# what an address of the table does not say: other kinds of figure, forms that are filled in or filled in wrongly
MORE = (
    "/kpi/first_response_median/", "/kpi/contact_reasons/", "/kpi/csat_relationship/", "/board/views/new/?page=/contact/",
    "/board/interpretation/", "/targets/new/?kpi=csat&value=86&months=3", "/targets/new/?kpi=csat&value=veel", "/nothing/", "/kpi/csat/?period=2019",
)  # fmt: skip

IN_FRAMES = ("/sample/mail/", "/preview/")  # shown in a frame as others get them, so no pages of their own
_KEY = {"manager": ("key",), "analyst": ("key",), "administrator": ("key",)}  # who may have one


def enter(person: Person | None) -> Client:
    """A browser of this person, who gave the password just now."""
    client = Client(SERVER_NAME="127.0.0.1")
    if person is not None:
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        given = {"method": "password", "at": time.time(), "reauthenticated": True}
        session["account_authentication_methods"] = [given]
        session["account_authentication_methods_user"] = str(person.pk)
        session.save()
    return client


def furnish(person: Person) -> None:
    """Lists with something in them: the demo company's board, and one of each thing that the person may make."""
    set_up_demo_board(the_peil().warehouse)
    for kind in (
        "view",
        "subscription",
        "note",
        "snapshot",
        "benchmark",
        "invitation",
        "work",
        "survey",
        "survey_link",
        *_KEY.get(person.role, ()),
    ):
        MAKERS[kind](person)


def pages(role: str, client: Client, person: Person | None) -> list[str]:
    """The addresses that answer this client with a page."""
    return list(read(role, client, person))


def read(role: str, client: Client, person: Person | None) -> dict[str, str]:
    """Those pages, by their addresses."""
    found = [_address(line, person) for line in LINES if _may_be_a_page(line, role)]
    if person is not None:
        found += MORE
    if person is not None and role in (Role.ANALYST, Role.ADMINISTRATOR):
        read_file = upload(client, SURVEY)
        found += [read_file, f"{read_file.partition('?')[0]}text/"]
    asked = [a if "?" in a else f"{a}?{STATE}" for a in dict.fromkeys(found)]
    answers = {a: client.get(a) for a in asked}
    return {a: said.content.decode() for a, said in answers.items() if _is_page(said) or a.startswith("/nothing/")}


def _may_be_a_page(line: Line, role: str) -> bool:
    if line.method != "GET" or line.whose in ("foreign", "missing") or line.route.startswith("api/"):
        return False
    if line.route.endswith(IN_FRAMES):
        return False
    # a passkey that is made up breaks signing in by it; tests/web/accounts/test_passkey.py has a real one
    if "_passkey}" in line.at:
        return False
    return line.expected()[role] in ("200", "302")


def _address(line: Line, person: Person | None) -> str:
    address = "/" + (line.at or line.route)
    names = {field for _, field, _, _ in Formatter().parse(address) if field}
    by = person or Person.objects.filter(role=Role.MANAGER).first()
    assert by is not None
    return address.format(**{name: MAKERS[name.partition("_")[2]](by) for name in names})


def _is_page(answer: HttpResponseBase) -> bool:
    return answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith("text/html")
