"""The pages of people: inviting, changing, closing; with hostile names, and at one query count."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.accounts.conftest import Mails
from tests.web.conftest import SignIn

from peil.accounts.audit import entries, record
from peil.accounts.models import Invitation, Person
from peil.library import Peil
from peil.warehouse.settings import read_settings

HOSTILE = ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "\u202egnp.exe", "=HYPERLINK(1)", "x" * 190)


def invite(client: Client, email: str = "tom@example.nl", **more: object) -> object:
    said = {"email": email, "role": "team_lead", "teams": [], "language_of_person": "nl", **more}
    return client.post("/people/invite/?language=nl", said)


def link_in(mail: Mapping[str, str]) -> str:
    found = re.search(r"http\S+/join/\S+", mail["text"])
    assert found is not None
    return found.group()


def test_who_is_invited_joins_by_the_mail(sign_in: SignIn, mails: Mails) -> None:
    admin = sign_in("administrator")
    assert invite(admin, teams=["Zwolle"]).status_code == 302  # type: ignore[attr-defined]
    mail = mails()[0]
    assert (mail["to"], "uitgenodigd" in mail["subject"]) == ("tom@example.nl", True)
    joining = Client(SERVER_NAME="127.0.0.1")
    first = joining.get(link_in(mail))
    assert first.headers["Location"] == "/join/", "the token leaves the address"
    page = joining.get("/join/?language=nl").content.decode()
    assert "tom@example.nl" in page
    wrong = joining.post("/join/?language=nl", {"name": "", "password": "kort"})
    assert wrong.status_code == 400
    assert "Vul dit in." in wrong.content.decode()
    said = {"name": "Tom", "password": "acht groene vogels", "role": "administrator", "email": "boss@example.nl"}
    assert joining.post("/join/", said).headers["Location"] == "/"
    person = Person.objects.get(email="tom@example.nl")
    assert (person.role, [t.name for t in person.teams.all()]) == ("team_lead", ["Zwolle"])
    assert joining.get("/account/").status_code == 200
    assert Client(SERVER_NAME="127.0.0.1").get(link_in(mail)).status_code == 404


def test_an_invitation_is_withdrawn_and_sent_again(sign_in: SignIn, mails: Mails) -> None:
    admin = sign_in("administrator")
    invite(admin)
    row = Invitation.objects.get()
    admin.post(f"/people/invitations/{row.pk}/again/")
    first, second = (link_in(mail) for mail in mails())
    assert Client(SERVER_NAME="127.0.0.1").get(first).status_code == 404
    assert Client(SERVER_NAME="127.0.0.1").get(second).status_code == 302
    kept = Invitation.objects.get(ended_at=None)
    admin.post(f"/people/invitations/{kept.pk}/withdraw/")
    assert Client(SERVER_NAME="127.0.0.1").get(second).status_code == 404
    assert admin.post(f"/people/invitations/{kept.pk}/withdraw/").status_code == 404


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"email": "geen adres"}, "Dit is geen e-mailadres"),
        ({"email": "manager@example.nl"}, "hoort bij iemand die hier al werkt"),
        ({"email": "x@example.nl\nBcc: all@example.nl"}, "Dit is geen e-mailadres"),
    ],
)
def test_a_wrong_invitation_is_told_at_its_field(
    said: dict[str, str], told: str, sign_in: SignIn, mails: Mails
) -> None:
    answer = invite(sign_in("administrator"), **said)
    assert answer.status_code == 400  # type: ignore[attr-defined]
    text = answer.content.decode()  # type: ignore[attr-defined]
    assert told in text
    assert 'aria-describedby=" id_email_err"' in text
    assert mails() == []


@pytest.mark.parametrize("said", [{"role": "god"}, {"role": ""}, {"teams": ["Nergens"]}, {"language_of_person": "fr"}])
def test_what_is_not_on_the_page_is_not_taken(said: dict[str, object], sign_in: SignIn) -> None:
    assert invite(sign_in("administrator"), **said).status_code == 400  # type: ignore[attr-defined]
    assert not Invitation.objects.exists()


def test_rights_that_were_taken_away_are_gone_at_the_next_request(
    sign_in: SignIn, people: Mapping[str, Person]
) -> None:
    admin, other = sign_in("administrator"), sign_in("analyst")
    assert other.get("/data/").status_code == 200
    path = f"/people/{people['analyst'].pk}/"
    said = {"role": "agent", "teams": ["Zwolle"], "language_of_person": "nl"}
    assert admin.post(path, said).status_code == 302
    assert other.get("/data/").status_code == 403
    admin.post(f"{path}active/", {"active": "no"})
    assert other.get("/account/").status_code == 302
    admin.post(f"{path}active/", {"active": "yes"})
    assert other.get("/account/").status_code == 302, "they sign in anew"


def test_the_last_administrator_is_told_why(sign_in: SignIn, people: Mapping[str, Person]) -> None:
    admin, path = sign_in("administrator"), f"/people/{people['administrator'].pk}/"
    answer = admin.post(f"{path}?language=nl", {"role": "agent", "language_of_person": "nl"})
    assert answer.status_code == 400
    assert "enige beheerder" in answer.content.decode()
    shown = admin.post(f"{path}active/?language=nl", {"active": "no"}, follow=True).content.decode()
    assert "enige beheerder" in shown
    assert Person.objects.get(pk=people["administrator"].pk).is_active


def test_hostile_names_do_nothing(sign_in: SignIn, people: Mapping[str, Person]) -> None:
    admin = sign_in("administrator")
    for n, name in enumerate(HOSTILE):
        Person.objects.create_user(f"h{n}@example.nl", name=name)
        admin.post("/people/teams/add/", {"team": name[:150]})
        record(people["manager"], "exported", name)
    for path in ("/people/", "/people/log/", "/people/invite/", f"/people/{people['agent'].pk}/"):
        page = admin.get(path)
        assert page.status_code == 200, path
        text = page.content.decode()
        assert "<script>alert" not in text
        assert "<img src=x" not in text
    assert "<bdi>gnp.exe</bdi>" in admin.get("/people/").content.decode(), "it turns no other text around"
    listed = b"".join(admin.get("/people/log.csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert ",'=HYPERLINK(1)," in listed


@pytest.mark.parametrize("name", ["", "   ", "x" * 201, "x" * 10_000, "a\nb"])
def test_a_team_needs_a_name(name: str, sign_in: SignIn) -> None:
    answer = sign_in("administrator").post("/people/teams/add/", {"team": name})
    assert answer.status_code == 400
    assert 'id="team_err"' in answer.content.decode()


def test_the_list_takes_as_many_queries_at_one_as_at_many(sign_in: SignIn) -> None:
    admin = sign_in("administrator")

    def queries() -> dict[str, int]:
        found = {}
        for path in ("/people/", "/people/log/"):
            with CaptureQueriesContext(
                connection,
            ) as asked:
                assert admin.get(path).status_code == 200
            found[path] = len(asked)
        return found

    invite(admin, "one@example.nl", teams=["Zwolle"])
    before = queries()
    for n in range(3):
        invite(admin, f"more{n}@example.nl", teams=["Zwolle", "Rotterdam"])
        Person.objects.create_user(f"p{n}@example.nl")
    assert queries() == before


def test_the_log_is_paged_and_filtered(sign_in: SignIn, people: Mapping[str, Person]) -> None:
    admin = sign_in("administrator")
    for n in range(60):
        record(people["manager" if n % 2 else "analyst"], "exported", f"file{n:03}")
    page = admin.get("/people/log/?language=en").content.decode()
    assert re.findall(r"file(\d{3})", page) == [f"{n:03}" for n in range(59, 9, -1)]
    older = re.search(r'href="(\?before=\d+)"', page)
    assert older is not None
    assert re.findall(r"file(\d{3})", admin.get(f"/people/log/{older.group(1)}").content.decode()) == [
        f"{n:03}" for n in range(9, -1, -1)
    ]
    only = admin.get(f"/people/log/?person={people['manager'].pk}&action=exported").content.decode()
    assert all(int(n) % 2 for n in re.findall(r"file(\d{3})", only))
    for nonsense in ("action=nothing", "person=x", "before=-1", "before=" + "9" * 40):
        assert admin.get(f"/people/log/?{nonsense}").status_code == 400


def test_figures_per_employee_wait_for_the_works_council(sign_in: SignIn, company: Peil) -> None:
    admin, path = sign_in("administrator"), company.warehouse.settings_file
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    try:
        path.write_text("# our own note\nmin_answers = 12\n[opening]\nmonday = []\n", encoding="utf-8")
        for said in (
            {},
            {"agreed_on": "2026-04-01"},
            {"agreement": "OR"},
            {"agreed_on": "2999-01-01", "agreement": "OR"},
        ):
            assert admin.post("/people/per-person/", {"per_person": "on", **said}).status_code == 400
        assert not company.warehouse.settings.per_person
        said = {"per_person": "on", "agreed_on": "2026-04-01", "agreement": "Instemming OR 2026-04"}
        assert admin.post("/people/per-person/", said).status_code == 302
        assert company.warehouse.settings.per_person
        kept = read_settings(path)
        assert (kept.per_person, kept.min_answers) == (True, 12)
        assert path.read_text(encoding="utf-8").startswith("# our own note\nmin_answers = 12\nper_person = true\n")
        assert (entries()[0].about, entries()[0].detail) == ("Instemming OR 2026-04", {"agreed_on": "2026-04-01"})
        admin.post("/people/per-person/", {"per_person": "off"})
        assert not company.warehouse.settings.per_person
        assert not read_settings(path).per_person
        assert [e.action for e in entries()[:2]] == ["per_person_off", "per_person_on"]
    finally:
        restore(path, before)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])  # one of them has another day than UTC
def test_the_works_council_agrees_today_at_the_latest_by_the_organisations_own_calendar(
    sign_in: SignIn, company: Peil, zone: str
) -> None:
    admin, path = sign_in("administrator"), company.warehouse.settings_file
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    try:
        path.write_text(f'time_zone = "{zone}"\n', encoding="utf-8")
        today = datetime.now(ZoneInfo(zone)).date()
        for day, status in ((today + timedelta(days=1), 400), (today, 302)):
            said = {"per_person": "on", "agreement": "OR", "agreed_on": str(day)}
            assert admin.post("/people/per-person/", said).status_code == status, day
    finally:
        restore(path, before)


def restore(path: Path, text: str) -> None:
    if text:
        path.write_text(text, encoding="utf-8")
    else:
        path.unlink()
