"""Mails of subscriptions: the numbers themselves, with the rights of who gets them, and a way out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from django.test import Client
from tests.web.conftest import SignIn

from peil.accounts.models import Person
from peil.board.models import Snapshot, Subscription
from peil.board.reported.mails import Message, send_due
from peil.board.reported.subscriptions import unsubscribe_token
from peil.library import Peil

FIGURE = re.compile(r'<data value="([^"]+)" data-part="value" data-kpi="(\w+)"')
FIRST_OF_NOVEMBER = datetime(2026, 11, 1, 7, tzinfo=UTC)
ADDRESS = "https://kpi.example.nl"


def begin(person: Person, every: str = "month", **more: object) -> Subscription:
    made = Subscription.objects.create(person=person, every=every, **more)
    Subscription.objects.filter(pk=made.pk).update(started_at=datetime(2026, 9, 10, tzinfo=UTC))
    return made


def sent(company: Peil, now: datetime = FIRST_OF_NOVEMBER) -> list[Message]:
    put: list[Message] = []
    send_due(company.warehouse, now, ADDRESS, put.append)
    return put


def test_the_mail_has_the_numbers_themselves(company: Peil, people: Mapping[str, Person]) -> None:
    begin(people["manager"])
    (mail,) = sent(company)
    found = {key: float(value) for value, key in FIGURE.findall(mail.html)}
    given = {e.kpi: e.value for e in company.kpi(*found, period="2026-10")}
    assert len(found) >= 9
    assert found == given
    assert mail.to == "manager@example.nl"
    assert "oktober 2026" in mail.subject


def test_each_gets_the_own_rows(company: Peil, people: Mapping[str, Person]) -> None:
    begin(people["team_lead"])
    (mail,) = sent(company)
    found = {key: float(value) for value, key in FIGURE.findall(mail.html)}
    assert found == {e.kpi: e.value for e in company.kpi(*found, period="2026-10", where={"team": "Zwolle"})}


def test_the_rights_are_those_of_the_moment_of_sending(company: Peil, people: Mapping[str, Person]) -> None:
    begin(people["team_lead"])
    people["team_lead"].teams.clear()
    assert sent(company) == []


def test_who_left_gets_nothing(company: Peil, people: Mapping[str, Person]) -> None:
    begin(people["manager"])
    people["manager"].is_active = False
    people["manager"].save()
    assert sent(company) == []


def test_a_period_is_told_once(company: Peil, people: Mapping[str, Person]) -> None:
    begin(people["manager"])
    assert len(sent(company)) == 1
    assert sent(company) == []


def test_what_was_sent_is_kept(company: Peil, people: Mapping[str, Person]) -> None:
    begin(people["manager"])
    (mail,) = sent(company)
    kept = Snapshot.objects.get(kind="mail")
    assert (kept.made_by, kept.title) == (people["manager"], mail.subject)
    found = {f["figures"][0]["kpi"]: f["figures"][0]["value"] for f in kept.figures if f["figures"]}
    assert found == {key: float(value) for value, key in FIGURE.findall(mail.html)}


def test_a_mail_that_can_not_be_put_in_line_is_not_told(company: Peil, people: Mapping[str, Person]) -> None:
    begin(people["manager"])

    def fail(_: Message) -> None:
        raise OSError("no line")

    with pytest.raises(OSError):
        send_due(company.warehouse, FIRST_OF_NOVEMBER, ADDRESS, fail)
    assert Snapshot.objects.count() == 0
    assert len(sent(company)) == 1


def test_only_when_something_demonstrably_changed(company: Peil, people: Mapping[str, Person]) -> None:
    from peil.board.models import Board

    Board.objects.create(person=people["manager"], tiles=[{"kpi": "contact_rate", "where": [], "by": ""}])
    begin(people["manager"], only_changed=True)
    Subscription.objects.update(started_at=datetime(2025, 12, 1, tzinfo=UTC))
    told, changed = [], []
    for month in range(2, 12):
        told.append(bool(sent(company, datetime(2026, month, 1, 7, tzinfo=UTC))))
        (c,) = company.compare("contact_rate", period=f"2026-{month - 1:02d}")
        changed.append(bool(c.changed))
    assert told == changed
    assert set(told) == {True, False}


def test_the_text_says_all_that_the_page_says(company: Peil, people: Mapping[str, Person]) -> None:
    begin(people["manager"])
    (mail,) = sent(company)
    from markupsafe import Markup

    for cell in re.findall(r'<(?:data|span)[^>]*data-part="(?:value|limits|n)"[^>]*>(.*?)</(?:data|span)>', mail.html):
        assert Markup(cell).striptags() in mail.text
    assert "<" not in mail.text


def test_a_mail_is_light_and_asks_nothing_of_the_web(company: Peil, people: Mapping[str, Person]) -> None:
    begin(people["manager"])
    (mail,) = sent(company)
    assert len(mail.html.encode()) <= 60_000
    assert not re.search(r"<(?:img|script|link|iframe)|url\(", mail.html)
    assert "prefers-color-scheme:dark" in mail.html
    assert all(u.startswith(ADDRESS) for u in re.findall(r'href="([^"]+)"', mail.html))


def test_mails_speak_the_language_of_who_reads_them(company: Peil, people: Mapping[str, Person]) -> None:
    people["manager"].language = "en"
    people["manager"].save()
    begin(people["manager"])
    (mail,) = sent(company)
    assert "October 2026" in mail.subject
    assert "Unsubscribe" in mail.text
    assert "aantoonbaar" not in mail.text


def test_a_hostile_name_breaks_no_header(company: Peil, sign_in: SignIn, people: Mapping[str, Person]) -> None:
    from peil.board.models import SavedView

    view = SavedView.objects.create(owner=people["manager"], name="x\r\nBcc: y@z.nl<script>", path="/kpi/csat/")
    begin(people["manager"], view=view)
    (mail,) = sent(company)
    assert "\n" not in mail.subject
    assert "<script>" not in mail.html
    assert FIGURE.findall(mail.html) == [(repr(company.kpi("csat", period="2026-10")[0].value), "csat")]


def test_a_shared_view_that_is_gone_is_not_sent(company: Peil, people: Mapping[str, Person]) -> None:
    from peil.board.models import SavedView

    view = SavedView.objects.create(owner=people["manager"], name="x", path="/kpi/csat/", shared_with="everyone")
    begin(people["analyst"], view=view)
    SavedView.objects.update(shared_with="")
    assert sent(company) == []


def test_leaving_takes_a_post(company: Peil, people: Mapping[str, Person]) -> None:
    kept = begin(people["manager"])
    (mail,) = sent(company)
    address = mail.headers["List-Unsubscribe"].strip("<>").removeprefix(ADDRESS)
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stranger = Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=True)
    for look in (stranger.get, stranger.head):
        assert look(address).status_code == 200
    kept.refresh_from_db()
    assert kept.ended_at is None
    assert stranger.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    kept.refresh_from_db()
    assert kept.ended_at is not None
    assert stranger.post(address).status_code == 200


def test_a_token_opens_nothing_else(people: Mapping[str, Person]) -> None:
    from django.core import signing

    kept = begin(people["manager"])
    stranger = Client(SERVER_NAME="127.0.0.1")
    for token in ("x", str(kept.pk), signing.dumps(kept.pk, salt="other"), unsubscribe_token(kept.pk)[:-1] + "-"):
        assert stranger.post(f"/board/unsubscribe/{token}/").status_code == 404
    kept.refresh_from_db()
    assert kept.ended_at is None


def test_subscribing_ending_and_taking_it_back(sign_in: SignIn) -> None:
    client = sign_in("agent")
    client.post("/board/subscriptions/", {"every": "week", "only_changed": "1", "view": ""})
    kept = Subscription.objects.get()
    assert (kept.every, kept.only_changed, kept.view) == ("week", True, None)
    assert sign_in("manager").post(f"/board/subscriptions/{kept.pk}/end/").status_code == 404
    page = client.post(f"/board/subscriptions/{kept.pk}/end/", follow=True).content.decode()
    assert "Je krijgt deze mail niet meer." in page
    client.post(f"/board/subscriptions/{kept.pk}/restore/")
    kept.refresh_from_db()
    assert kept.ended_at is None


def test_a_sample_is_shown_and_not_sent(sign_in: SignIn, people: Mapping[str, Person]) -> None:
    kept = begin(people["manager"])
    client = sign_in("manager")
    assert client.get(f"/board/subscriptions/{kept.pk}/sample/").status_code == 200
    mail = client.get(f"/board/subscriptions/{kept.pk}/sample/mail/")
    assert mail.status_code == 200
    assert "default-src 'none'" in mail.headers["Content-Security-Policy"]
    assert Snapshot.objects.count() == 0
    assert sign_in("analyst").get(f"/board/subscriptions/{kept.pk}/sample/mail/").status_code == 404
