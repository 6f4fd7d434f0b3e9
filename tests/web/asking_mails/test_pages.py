"""The pages of asking for colleagues: rules, manner, requests, trials, the address book, what was told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.surveys.asking import published, terms, wanted
from tests.web.conftest import SignIn

from peil.ops.models import OutboxRow
from peil.surveys.manner import read_logo, read_manner
from peil.surveys.models import Contact, Request, Told
from peil.surveys.trials import trials_of
from peil.surveys.whom.asking import ask
from peil.surveys.whom.rules import all_rules
from peil.web.facts import the_peil

pytestmark = pytest.mark.django_db
RULE = {
    "name": "Na een gesprek", "moment": "after_contact", "via": "email", "delay": "24", "share": "100", "late": "7",
    "before": "30", "spread": "365",
}  # fmt: skip
MANNER = {
    "sender": "Kadewijk", "reply_to": "klant@example.nl", "postal": "Havenkade 12", "colour": "#0B5C8A", "rest_days": "30",
    "rest_days_page": "7", "remind_after": "4", "lasts": "30", "a_day": "0", "quiet_from": "20", "quiet_until": "9",
}  # fmt: skip


def page(client: Client, path: str, **given: Any) -> str:
    answer = client.get(path, given)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_a_rule_is_made_tried_set_going_and_paused(sign_in: SignIn) -> None:
    client, survey = sign_in("manager"), published().key
    tried = client.post("/invitations/rules/new/", {**RULE, "survey": survey, "late": "30", "do": "try"})
    assert tried.status_code == 200
    told = re.search(r"had deze regel ([\d.]+) keer gevraagd, ([\d.]+) tegengehouden", tried.content.decode())
    assert told is not None
    assert int(told[2].replace(".", "")) > 100  # the company's contacts; nobody is in the address book
    assert "geen adres bekend" in tried.content.decode()
    assert all_rules() == []
    assert client.post("/invitations/rules/new/", {**RULE, "survey": survey, "do": "save"}).status_code == 302
    (rule,) = all_rules()
    assert not rule.active
    client.post(f"/invitations/rules/{rule.id}/start/")
    assert all_rules()[0].active
    assert OutboxRow.objects.filter(kind="ask_rules").count() == 1
    assert "staat aan" in page(client, "/invitations/")
    client.post(f"/invitations/rules/{rule.id}/remove/")  # one that is going is not removed
    client.post(f"/invitations/rules/{rule.id}/pause/")
    assert not all_rules()[0].active
    client.post(f"/invitations/rules/{rule.id}/remove/")
    assert all_rules() == []


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("survey", "nothing"), ("moment", "calmly"), ("via", "post"), ("share", "0"), ("delay", "x")],
)
def test_an_error_stands_under_its_field(sign_in: SignIn, field: str, value: str) -> None:
    given = {**RULE, "survey": published().key, "do": "save", field: value}
    answer = sign_in("manager").post("/invitations/rules/new/", given)
    html = answer.content.decode()
    assert answer.status_code == 400
    assert re.search(rf'name="{field}"[^>]*aria-invalid="true"[^>]*aria-describedby="[^"]*f-{field}-err', html)
    assert f'id="f-{field}-err"' in html
    assert all_rules() == []


def test_the_manner_is_kept_and_a_colour_that_can_not_be_read_refused(sign_in: SignIn) -> None:
    client = sign_in("manager")
    assert client.post("/invitations/manner/", {**MANNER, "working_days": "yes"}).status_code == 302
    assert (read_manner().sender, read_manner().colour, read_manner().working_days) == ("Kadewijk", "#0b5c8a", True)
    for wrong in (
        {"colour": "#ffcc00"}, {"colour": "red;"}, {"reply_to": "nobody"}, {"quiet_from": "24"}, {"rest_days": "-1"},
        {"sender": "Kadewijk\r\nBcc: x@example.nl"},
    ):  # fmt: skip
        assert client.post("/invitations/manner/", {**MANNER, **wrong}).status_code == 400, wrong
    assert read_manner().colour == "#0b5c8a"


def test_a_logo_is_a_picture_whatever_it_says_it_is(sign_in: SignIn) -> None:
    client = sign_in("manager")
    png = b"\x89PNG\r\n\x1a\n" + b"0" * 100
    for content, status in ((b"<svg onload='alert(1)'/>", 400), (png + b"0" * 20_000, 400), (png, 302)):
        file = SimpleUploadedFile("logo.png", content, content_type="image/png")
        assert client.post("/invitations/manner/", {**MANNER, "logo": file}).status_code == status
    assert read_logo() == (png, "image/png")
    client.post("/invitations/manner/", {**MANNER, "no_logo": "yes"})
    assert read_logo() is None


def test_requests_show_names_only_to_who_may_see_them(sign_in: SignIn) -> None:
    survey = published().key
    ask(wanted(survey, customer_id="K-777", address="mina@example.nl", context={"team": "Zwolle"}), terms())
    ask(wanted(survey, customer_id="K-888", context={"team": "Rotterdam"}, attributes={"open_case": True}), terms())
    seen = page(sign_in("manager"), "/invitations/requests/")
    assert "mina@example.nl" in seen
    assert "K-888" in seen
    assert "opvolging loopt nog" in seen
    for role in ("administrator", "digital_owner"):
        hidden = page(sign_in(role), "/invitations/requests/")
        assert "mina@example.nl" not in hidden
        assert "K-777" not in hidden
    own = page(sign_in("team_lead"), "/invitations/requests/")
    assert "K-777" in own
    assert "K-888" not in own
    assert "opvolging loopt nog</th>" not in own
    chosen = page(sign_in("manager"), "/invitations/requests/", state="held_back", reason="open_case")
    assert "K-888" in chosen
    assert "K-777" not in chosen


def test_a_list_of_three_asks_no_more_than_a_list_of_one(sign_in: SignIn) -> None:
    client, counts = sign_in("manager"), []
    for more in (1, 2):
        for _ in range(more):
            ask(wanted(published().key, customer_id=""), terms(rest_days=0))
        with CaptureQueriesContext(connection) as asked:
            page(client, "/invitations/requests/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_trial_begins_with_its_number_and_gives_no_verdict_yet(sign_in: SignIn) -> None:
    client, survey = sign_in("manager"), published("recommend").key
    given = {
        "survey": survey, "trial_what": "subject", "trial_one": "Hoe ging het?", "trial_other": "Eén vraag",
        "trial_expected": "15", "trial_smallest": "5",
    }  # fmt: skip
    assert client.post("/invitations/trials/", {**given, "trial_other": "Hoe ging het?"}).status_code == 400
    assert client.post("/invitations/trials/", {**given, "trial_smallest": "90"}).status_code == 400
    assert client.post("/invitations/trials/", given).status_code == 302
    assert client.post("/invitations/trials/", given).status_code == 400  # one at a time
    seen = page(client, "/invitations/trials/")
    assert "906 verzoeken per manier nodig" in seen
    assert "Nog geen oordeel: 0 van 906" in seen
    (trial,) = trials_of(survey)
    assert client.post(f"/invitations/trials/{trial.id}/end/").status_code == 302
    assert client.post(f"/invitations/trials/{trial.id}/end/").status_code == 404


def test_a_trial_of_first_questions_takes_what_can_be_first_and_tells_it_in_words(sign_in: SignIn) -> None:
    client, survey = sign_in("manager"), published("after_contact").key
    given = {
        "survey": survey, "trial_what": "first_question", "trial_one": "ease", "trial_other": "reason_low",
        "trial_expected": "15", "trial_smallest": "5",
    }  # fmt: skip
    assert client.post("/invitations/trials/", given).status_code == 400  # waits for an answer
    assert client.post("/invitations/trials/", {**given, "trial_other": "solved"}).status_code == 302
    assert "Is uw vraag opgelost?" in page(client, "/invitations/trials/")


def test_the_address_book_takes_all_or_nothing(sign_in: SignIn) -> None:
    client = sign_in("manager")
    good = b"customer_id;email;first_name;language\nK1;mina@example.nl;Mina;nl\nK2;tom@example.nl;=1+1;en\n"
    bad = b"customer_id,email\nK3,kees@example.nl\nK4,no address\n"
    answer = client.post("/invitations/addresses/", {"book_file": SimpleUploadedFile("a.csv", bad)})
    assert answer.status_code == 400
    assert Contact.objects.count() == 0
    assert client.post("/invitations/addresses/", {"book_file": SimpleUploadedFile("a.csv", good)}).status_code == 302
    assert client.post("/invitations/addresses/", {"book_file": SimpleUploadedFile("a.csv", good)}).status_code == 302
    assert Contact.objects.count() == 2
    assert "2 klanten" in page(client, "/invitations/addresses/")
    assert client.post("/invitations/addresses/", {}).status_code == 400


def test_what_we_did_is_counted_before_it_leaves(sign_in: SignIn) -> None:
    client, survey = sign_in("manager"), published("recommend").key
    for n in range(3):
        ask(wanted(survey, customer_id=f"K{n}", address=f"k{n}@example.nl"), terms())
    now, today = timezone.now(), the_peil().warehouse.today
    Request.objects.update(sent_at=now, answered_at=now)
    Request.objects.filter(address="k2@example.nl").update(answered_at=None)
    day = {"told_since": str(today - timedelta(days=1)), "told_until": str(today)}
    given = {"survey": survey, "told_subject": "Sneller antwoord", "told_text": "We zijn later open.\n\nDank u.", **day}
    looked = client.post("/invitations/told/", {**given, "do": "look"})
    assert "Gaat naar 2 mensen" in looked.content.decode()
    assert not Told.objects.exists()
    assert client.post("/invitations/told/", {**given, "do": "send"}).status_code == 302
    assert Told.objects.get().people == OutboxRow.objects.filter(kind="ask_told").count() == 2
    assert client.post("/invitations/told/", {**given, "told_text": "", "do": "send"}).status_code == 400


def test_who_may_only_look_changes_nothing(sign_in: SignIn) -> None:
    client, survey = sign_in("analyst"), published().key
    for path in (
        "/invitations/",
        "/invitations/manner/",
        "/invitations/trials/",
        "/invitations/told/",
        f"/invitations/mail/{survey}/",
    ):
        assert 'method="post" enctype' not in page(client, path)
    assert client.post("/invitations/manner/", MANNER).status_code == 403
    assert client.post("/invitations/trials/", {}).status_code == 403
    assert client.post("/invitations/told/", {}).status_code == 403
    assert client.post("/invitations/rules/new/", {}).status_code == 403


def test_the_preview_of_a_mail_leads_nowhere_and_a_test_goes_to_oneself(
    sign_in: SignIn, people: Mapping[str, Any]
) -> None:
    client, survey = sign_in("manager"), published("recommend").key
    seen = page(client, f"/invitations/mail/{survey}/")
    assert 'class="mail-320"' in seen
    body = client.get(f"/invitations/mail/{survey}/body/")
    assert "script-src 'none'" in body.headers["Content-Security-Policy"]
    assert re.findall(r'href="([^"#]+)"', body.content.decode()) == []
    assert client.post(f"/invitations/mail/{survey}/test/").status_code == 302
    row = Request.objects.get()
    assert (row.address, row.test) == (people["manager"].email, True)


def test_the_page_of_the_domain_says_where_nothing_is_set_up(sign_in: SignIn) -> None:
    assert "Er is nog geen afzender" in page(sign_in("manager"), "/invitations/domain/", look="1")
