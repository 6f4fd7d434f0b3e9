"""What leaves Peil, files and mails, holds what its receiver may see and nothing else: every role, every kind of file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.web.conftest import SignIn
from tests.web.figures.test_exports import content, read
from tests.web.people import OTHER_TEAM, OWN_TEAM

from peil.accounts.models import Person
from peil.board.models import SavedView, Subscription
from peil.board.reported.mails import Message, send_due
from peil.board.tiles import COUNTS
from peil.core.kpis import BY_KEY
from peil.library import Peil
from peil.web.pages.exports.formats import FORMATS

PERIOD, LONGER = "2026-10", "2026-Q3"
FIGURE = re.compile(r'<data value="([^"]+)" data-part="value" data-kpi="(\w+)"')
# whose rows, and who reads comments
TEAMS = {"team_lead": {OWN_TEAM}, "other_lead": {OTHER_TEAM}, "agent": {OWN_TEAM}}
TAKES_ROWS = ("manager", "analyst", "team_lead", "other_lead")
TAKES_FIGURES = (*TAKES_ROWS, "digital_owner")
EVERYONE = (*TAKES_FIGURES, "agent", "administrator")
NOBODYS = {"customer_id", "employee_id", "block", "visitor_id"}  # columns that no file has
FEW = [k for k, kpi in BY_KEY.items() if kpi.people]


def whose(role: str) -> dict[str, str]:
    return {"team": next(iter(TEAMS[role]))} if role in TEAMS else {}


@pytest.mark.parametrize("role", TAKES_ROWS)
@pytest.mark.parametrize("kind", FORMATS)
def test_a_file_of_rows_holds_the_rows_of_who_takes_it(
    role: str, kind: str, company: Peil, sign_in: SignIn, tmp_path: Path
) -> None:
    rows = read(kind, content(sign_in(role).get(f"/kpi/csat/rows.{kind}?period={LONGER}")), tmp_path)
    figure = company.kpi("csat", period=LONGER, where=whose(role))[0]
    assert len(rows) == figure.n > 10
    assert not NOBODYS & set(rows[0])
    assert {row["team"] for row in rows} == TEAMS.get(role, {row["team"] for row in rows})
    assert len({row["team"] for row in rows}) > 1 or role in TEAMS


@pytest.mark.parametrize("role", TAKES_FIGURES)
def test_a_file_of_figures_is_counted_over_the_rows_of_who_takes_it(
    role: str, company: Peil, sign_in: SignIn, tmp_path: Path
) -> None:
    rows = read("csv", content(sign_in(role).get(f"/kpi/csat/figures.csv?period={PERIOD}&by=team")), tmp_path)
    given = company.kpi("csat", period=PERIOD, by="team", where=whose(role))
    assert [(row["team"], row["n"]) for row in rows] == [(e.group["team"] or "", str(e.n)) for e in given]


@pytest.mark.parametrize("role", EVERYONE)
def test_a_mail_holds_the_figures_of_who_gets_it(role: str, company: Peil, people: Mapping[str, Person]) -> None:
    (mail,) = mails(company, people[role])
    found = {key: float(value) for value, key in FIGURE.findall(mail.html) if key not in COUNTS}
    assert len(found) > 3
    assert mail.to == people[role].email
    assert found == {e.kpi: e.value for e in company.kpi(*found, period=PERIOD, where=whose(role))}
    assert role in ("manager", "analyst") or not set(found) & set(FEW)


@pytest.mark.parametrize("role", EVERYONE)
def test_a_shared_view_of_employees_is_mailed_to_few(role: str, company: Peil, people: Mapping[str, Person]) -> None:
    assert FEW
    for key in FEW:
        view = SavedView.objects.create(
            owner=people["manager"], name="Staff", path=f"/kpi/{key}/", shared_with="everyone"
        )
        Subscription.objects.all().delete()
        for mail in mails(company, people[role], view=view):
            assert role in ("manager", "analyst"), f"{key} went to {role}: {mail.subject}"


@pytest.mark.parametrize("role", ["team_lead", "agent"])
def test_a_shared_view_of_another_team_is_mailed_to_nobody_else(
    role: str, company: Peil, people: Mapping[str, Person]
) -> None:
    view = SavedView.objects.create(
        owner=people["manager"], name="Theirs", path="/kpi/csat/", parameters=f"only-team={OTHER_TEAM}",
        shared_with="everyone",
    )  # fmt: skip
    assert mails(company, people[role], view=view) == []


BY_EMPLOYEE = ("by=employee_id", "only-employee_id=E-001", "not-employee_id=E-001")


@pytest.mark.slow
@pytest.mark.parametrize("role", EVERYONE)
def test_figures_per_employee_are_few_peoples(role: str, agreed: Peil, sign_in: SignIn) -> None:
    client, few = sign_in(role), role in ("manager", "analyst")
    for path in (
        "/",
        "/kpi/handle_time/",
        "/contact/",
        "/kpi/handle_time/figures.csv",
        "/kpi/handle_time/rows/",
        "/board/slides/",
    ):
        for asked in BY_EMPLOYEE:
            status = client.get(f"{path}?period={LONGER}&{asked}").status_code
            assert few or status == 403, (path, asked)
            assert not few or status in (200, 400), (path, asked)


@pytest.mark.parametrize("role", TAKES_ROWS)
def test_rows_name_the_employee_to_few_people(role: str, agreed: Peil, sign_in: SignIn) -> None:
    few, client = role in ("manager", "analyst"), sign_in(role)
    rows = read("csv", content(client.get(f"/kpi/handle_time/rows.csv?period={PERIOD}")), Path())
    assert ("employee_id" in rows[0]) is few
    told = client.get(f"/api/v1/kpis/handle_time/rows?period={PERIOD}").json()
    assert ("employee_id" in told["columns"]) is few
    assert ("employee_id" in told["items"][0]) is few


def test_a_shared_view_of_one_employee_is_mailed_to_few(agreed: Peil, people: Mapping[str, Person]) -> None:
    view = SavedView.objects.create(
        owner=people["manager"], name="One", path="/kpi/handle_time/", parameters="not-employee_id=E-001",
        shared_with="everyone",
    )  # fmt: skip
    for role in EVERYONE:
        Subscription.objects.all().delete()
        assert bool(mails(agreed, people[role], view=view)) is (role in ("manager", "analyst"))


@pytest.fixture
def agreed(company: Peil) -> Iterator[Peil]:
    """The works council agreed to figures per employee."""
    before = company.warehouse.settings
    company.warehouse.settings = replace(before, per_person=True)
    yield company
    company.warehouse.settings = before


def mails(company: Peil, person: Person, **more: object) -> list[Message]:
    made = Subscription.objects.create(person=person, every="month", **more)
    Subscription.objects.filter(pk=made.pk).update(started_at=datetime(2026, 9, 10, tzinfo=UTC))
    put: list[Message] = []
    send_due(company.warehouse, datetime(2026, 11, 1, 7, tzinfo=UTC), "https://kpi.example.nl", put.append)
    return put
