"""The pages of colleagues: setting up a link, the sheet to print, typing answers in, a file, a call that is neutral."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from tests.surveys.answering.doors import published
from tests.web.channels.making import link_of
from tests.web.conftest import SignIn
from tests.web.surveys.test_begin import seen

from peil.accounts.models import AuditEntry, Person
from peil.library import Peil
from peil.surveys.channels.pins import is_pin
from peil.surveys.channels.rules import Rules, read_rules
from peil.surveys.links import find_link
from peil.surveys.models import Request, Response, Survey
from peil.surveys.questionnaires.as_json import answers_from_json

pytestmark = pytest.mark.django_db
TODAY = date.today().isoformat()
RULES = {"after": "5", "scroll": "50", "share": "10", "rest_days": "0", "paths": "/hulp/*\n/", "theme": "dark", "language": "nl", "leaving": "yes"}  # fmt: skip


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


def test_a_widget_is_set_up_and_what_is_wrong_is_told_at_its_field(sign_in: SignIn) -> None:
    link = link_of("widget", "leaving_website")
    client, address = sign_in("digital_owner"), f"/channels/{link.id}/?language=nl"
    assert f"/w/{link.code}.js" in seen(client, address)
    wrong = client.post(
        address, {**RULES, "after": "-1", "share": "0", "paths": "no path", "theme": "pink", "language": "xx"}
    )
    assert wrong.status_code == 400
    assert text(wrong).count('aria-invalid="true"') == 5
    assert client.post(address, RULES).status_code == 302
    found = find_link(link.code)
    assert found is not None
    assert read_rules(found.settings) == Rules(
        after=5, scroll=50, share=10, rest_days=0, paths=("/hulp/*", "/"), theme="dark", language="nl", leaving=True
    )
    assert "/hulp/*" in seen(client, address)


def test_the_key_of_a_website_is_for_who_edits_surveys(sign_in: SignIn) -> None:
    link = link_of("chat_end", "after_contact")
    assert "Nieuwe sleutel maken" in seen(sign_in("manager"), f"/channels/{link.id}/?language=nl")
    page = seen(sign_in("team_lead"), f"/channels/{link.id}/?language=nl")
    assert "De sleutel is te zien voor wie enquêtes mag wijzigen" in page
    assert "<form" not in page.partition("<main")[2]


def test_a_kiosk_gets_its_pin_and_tells_it_to_nobody(sign_in: SignIn) -> None:
    link = link_of("kiosk", "leaving_website")
    client, address = sign_in("manager"), f"/channels/{link.id}/pin/?language=nl"
    assert "niet allemaal gelijk zijn" in text(client.post(address, {"pin": "7777"}))
    assert client.post(address, {"pin": "864209"}).status_code == 302
    found = find_link(link.code)
    assert found is not None
    assert is_pin(found, "864209")
    assert "864209" not in seen(client, f"/channels/{link.id}/")


def test_a_sheet_has_its_questions_boxes_number_and_the_way_online(sign_in: SignIn) -> None:
    link = link_of("paper", "after_contact")
    client = sign_in("manager")
    assert client.post(f"/channels/{link.id}/", {"back": "Lever dit in bij <b>de balie"}).status_code == 302
    page = seen(client, f"/channels/{link.id}/sheet/?in=nl")
    assert page.count('class="box"') == 7 + 2 + 6 + 5 + 2
    assert "Lever dit in bij &lt;b&gt;de balie" in page
    assert f"/s/{link.code}/" in page
    assert f"{link.id} · A paper" in page
    assert "data:image/svg+xml;base64," in page
    assert "Alleen bij: vraag 1, 1–4." in page
    assert "Put a cross" in seen(client, f"/channels/{link.id}/sheet/?in=en")
    assert client.get(f"/channels/{link_of('widget').id}/sheet/").status_code == 404


def test_a_sheet_is_typed_in_kept_and_taken_back(sign_in: SignIn) -> None:
    link, client = link_of("paper", "after_contact"), sign_in("agent")
    address = f"/answers/{link.id}/?language=nl"
    assert f"/answers/{link.id}/" in seen(client, "/answers/")
    assert "Is uw vraag opgelost?" in seen(client, address)
    wrong = client.post(address, {"day": "2031-01-01", "q.ease": "8", "q.solved": "j"})
    assert wrong.status_code == 400
    assert text(wrong).count('aria-invalid="true"') == 2
    assert "Dit is geen van de antwoorden. Mogelijk: 1–7." in text(wrong)
    assert 'value="8"' in text(wrong)
    done = client.post(address, {"day": TODAY, "number": "12", "q.ease": "3", "q.solved": "n", "q.reason_low": "1"})
    assert done.status_code == 302
    row = Response.objects.get()
    assert row.entered_by is not None
    assert row.entered_by.role == "agent"
    assert {a.question: a.score if a.score is not None else a.choices for a in answers_from_json(row.answers)} == {
        "ease": 3, "solved": 0, "reason_low": ("waiting",),
    }  # fmt: skip
    page = seen(client, done.headers["Location"] + "&language=nl")
    assert str(row.pk) in page
    other = sign_in("team_lead")
    assert other.post(f"/answers/{link.id}/undo/", {"kept": str(row.pk)}).status_code == 404
    assert client.post(f"/answers/{link.id}/undo/", {"kept": str(row.pk)}).status_code == 302
    row.refresh_from_db()
    assert (row.answers, row.finished_at) == ("[]", None)
    assert client.post(f"/answers/{link.id}/undo/", {"kept": "nothing"}).status_code == 404


def test_an_empty_sheet_is_no_answer_and_one_form_is_one_answer(sign_in: SignIn) -> None:
    link, client = link_of("paper", "after_contact"), sign_in("agent")
    empty = client.post(f"/answers/{link.id}/?language=nl", {"day": TODAY})
    assert (empty.status_code, "Er is nog niets ingevuld" in text(empty)) == (400, True)
    for _ in range(2):  # the button pressed twice
        client.post(f"/answers/{link.id}/", {"day": TODAY, "drawn": "d" * 22, "q.ease": "5"})
    assert Response.objects.count() == 1


def test_the_desk_of_another_team_is_not_there(sign_in: SignIn, people: Mapping[str, Person]) -> None:
    mine = people["agent"].teams.values_list("name", flat=True)[0]
    link, other = link_of("paper", "after_contact", team=mine), link_of("paper", "after_contact", team="Elders")
    client = sign_in("agent")
    page = seen(client, "/answers/")
    assert (f"/answers/{link.id}/" in page, f"/answers/{other.id}/" in page) == (True, False)
    assert client.get(f"/answers/{other.id}/").status_code == 404
    assert sign_in("manager").get(f"/answers/{other.id}/").status_code == 200
    assert client.get(f"/answers/{link_of('widget').id}/").status_code == 404


def test_the_list_of_desks_asks_as_often_for_three_links_as_for_one(
    sign_in: SignIn, django_assert_max_num_queries: object
) -> None:
    client = sign_in("manager")
    link_of("paper", "after_contact")
    for _ in range(2):
        with django_assert_max_num_queries(14):  # type: ignore[operator]
            assert client.get("/answers/").status_code == 200
        link_of("paper", "after_contact")
        link_of("phone", "after_contact")


def post_file(client: Client, link_id: int, content: bytes) -> HttpResponse:
    return client.post(f"/answers/{link_id}/file/?language=nl", {"file": SimpleUploadedFile("a.csv", content)})


def test_a_file_is_checked_first_then_read_in_and_the_second_time_there_is_nothing_to_do(sign_in: SignIn) -> None:
    link, client = link_of("paper", "after_contact"), sign_in("analyst")
    empty = client.get(f"/answers/{link.id}/file/empty.csv")
    assert empty.content.startswith(b"\xef\xbb\xbfsheet;date;language;ease;solved;")
    content = f"sheet;date;ease;ease_comment\n1;{TODAY};7;Fijn\n2;{TODAY};3;<b>\n".encode()
    checked = post_file(client, link.id, content)
    assert "2 nieuwe vellen; alles klopt." in text(checked)
    assert Response.objects.count() == 0
    assert "&lt;b&gt;" in text(checked)
    taken = client.post(f"/answers/{link.id}/file/?language=nl", {"do": "take_in", "content": content.decode()})
    assert taken.status_code == 302
    assert Response.objects.count() == 2
    assert "Er is niets in te lezen" in text(post_file(client, link.id, content))
    back = re.search(
        r'action="(/answers/\d+/file/\d+/take-back/)"', text(client.get(f"/answers/{link.id}/file/?language=nl"))
    )
    assert back is not None
    assert sign_in("agent").post(back[1]).status_code == 404  # another colleague's
    assert client.post(back[1]).status_code == 302
    page = text(client.get(f"/answers/{link.id}/file/?language=nl"))
    assert "2 vellen teruggenomen: ze tellen niet mee." in page
    assert "take-back" not in page
    assert not Response.objects.exclude(finished_at=None).exists()
    assert AuditEntry.objects.filter(detail__what="file_taken_back").count() == 1


def test_what_is_wrong_in_a_file_is_told_with_row_column_and_remedy(sign_in: SignIn) -> None:
    link, client = link_of("paper", "after_contact"), sign_in("analyst")
    answer = post_file(client, link.id, f"date;ease;reason_low\n{TODAY};9;\n{TODAY};2;<script>\n".encode())
    page = text(answer)
    assert answer.status_code == 400
    assert '<td class="r">2</td><td class="any"><code>ease</code></td>' in page
    assert "Mogelijk: 1–7." in page
    assert "Mogelijk: waiting, unclear" in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    bad = client.post(f"/answers/{link.id}/file/", {"do": "take_in", "content": f"date;ease\n{TODAY};9\n"})
    assert (bad.status_code, Response.objects.count()) == (400, 0)
    assert client.post(f"/answers/{link.id}/file/?language=nl").status_code == 400
    assert "groter dan 1 MB" in text(post_file(client, link.id, b"x" * 1_000_001))


MAPPING = """source = "calls"
[file]
dates = "iso"
[interactions]
interaction_id = "id"
customer_id = "customer"
channel = "channel"
opened_at = "day"
employee_id = "employee"
"""


@pytest.fixture(scope="module")
def contact(company: Peil, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A contact that somebody had."""
    folder = tmp_path_factory.mktemp("calls")
    rows = "".join(f"C{n};K{n};email;2026-02-{1 + n:02d};M{n}\n" for n in range(20))
    (folder / "calls.csv").write_text("id;customer;channel;day;employee\n" + rows, encoding="utf-8")
    (folder / "calls.toml").write_text(MAPPING, encoding="utf-8")
    company.import_file(folder / "calls.csv", folder / "calls.toml")
    return {"interaction_id": "C7", "employee_id": "M7", "channel": "email", "customer_id": "K7"}


def test_who_had_the_contact_does_not_ask_about_it(
    sign_in: SignIn, people: Mapping[str, Person], contact: dict[str, str]
) -> None:
    link = link_of("phone", "after_contact", channel="phone")
    Person.objects.filter(pk=people["agent"].pk).update(employee_id=contact["employee_id"])
    said = {"interaction": contact["interaction_id"], "q.ease": "6", "q.solved": "j"}
    refused = sign_in("agent").post(f"/answers/{link.id}/?language=nl", said)
    assert refused.status_code == 403
    assert "Dit contact had je zelf. Laat een collega bellen en invoeren" in text(refused)
    assert Response.objects.count() == 0
    assert sign_in("team_lead").post(f"/answers/{link.id}/", said).status_code == 302
    row = Response.objects.get()
    assert row.entered_by == people["team_lead"]
    assert row.context["interaction_id"] == contact["interaction_id"]
    assert row.context["employee_id"] == contact["employee_id"]
    assert row.context["channel"] == contact["channel"]  # of the contact, and not of the call about it
    assert row.link_id == link.id  # by which it is known that it was by phone


def test_a_file_is_no_way_around_who_may_ask(sign_in: SignIn) -> None:
    link, client = link_of("phone", "after_contact"), sign_in("manager")
    content = f"date;ease\n{TODAY};7\n"
    assert client.get(f"/answers/{link.id}/file/").status_code == 404
    assert client.get(f"/answers/{link.id}/file/empty.csv").status_code == 404
    assert client.post(f"/answers/{link.id}/file/", {"do": "take_in", "content": content}).status_code == 404


def test_a_call_needs_a_contact_that_is_there(sign_in: SignIn) -> None:
    link, client = link_of("phone", "after_contact"), sign_in("team_lead")
    for number, said in (("", "Vul het nummer van het contact in"), ("x' OR 1=1 --", "Dit nummer is er niet")):
        answer = client.post(f"/answers/{link.id}/?language=nl", {"interaction": number, "q.ease": "6"})
        assert (answer.status_code, said in text(answer)) == (400, True)


def test_who_is_to_be_called_is_listed_but_not_called_by_who_helped_them(
    sign_in: SignIn, people: Mapping[str, Person]
) -> None:
    link, now = link_of("phone", "after_contact"), timezone.now()
    mine = people["agent"].teams.values_list("name", flat=True)[0]
    asked = Request.objects.create(
        survey=Survey.objects.get(key=published("after_contact")), via="phone", digest=uuid.uuid4().hex, made_at=now,
        due_at=now - timedelta(hours=1), address="0612345678", context={"employee_id": "e-1", "team": mine, "customer_id": "K-7"},
    )  # fmt: skip
    Person.objects.filter(pk=people["agent"].pk).update(employee_id="e-1")
    client, address = sign_in("agent"), f"/answers/{link.id}/?language=nl&request={asked.uid}"
    assert "0612345678" in seen(client, f"/answers/{link.id}/")
    refused = client.get(address)
    assert (refused.status_code, "Dit contact had je zelf" in text(refused)) == (403, True)
    said = {"request": str(asked.uid), "q.ease": "6"}
    assert client.post(f"/answers/{link.id}/", said).status_code == 403
    manager = sign_in("manager")
    assert "Je belt K-7" in seen(manager, address)
    assert manager.post(f"/answers/{link.id}/", said).status_code == 302
    asked.refresh_from_db()
    assert asked.answered_at is not None
    assert manager.post(f"/answers/{link.id}/", said).status_code == 404  # it is done with
