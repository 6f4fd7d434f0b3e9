"""Publishing, ending, and the links to a survey."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.test import Client
from tests.pages.tree import read_page
from tests.web.conftest import SignIn
from tests.web.surveys.test_begin import seen

from peil.surveys.counting import tallies_for_teams
from peil.surveys.keeping import add_survey, draft_from_published, get_survey, publish_draft
from peil.surveys.links import change_link, links_of, make_link
from peil.surveys.models import Response
from peil.surveys.questionnaires.templates import draft_from

pytestmark = pytest.mark.django_db


def test_a_draft_is_published_and_gets_a_link(sign_in: SignIn) -> None:
    client = sign_in("manager")
    add_survey(draft_from("after_contact"))
    assert "Dit wordt versie 1" in seen(client, "/surveys/after_contact/publish/?language=nl")
    answer = client.post("/surveys/after_contact/publish/", {"edits": "0"})
    assert answer.headers["Location"] == "/surveys/after_contact/links/"
    assert get_survey("after_contact").published is not None
    assert "Versie 1 is gepubliceerd" in seen(client, "/surveys/after_contact/links/?language=nl")
    made = {"kind": "qr", "label": "Onder de factuur", "channel": "post", "team": ""}
    assert client.post("/surveys/after_contact/links/", made).status_code == 302
    (link,) = links_of("after_contact")
    assert (link.label, link.channel, link.closed_at) == ("Onder de factuur", "post", None)
    page = seen(client, "/surveys/after_contact/links/")
    assert f"/s/{link.code}/" in page
    code = client.get(f"/surveys/after_contact/links/{link.id}/qr.svg")
    assert code.headers["Content-Type"] == "image/svg+xml"
    assert code.content.count(b"<svg") == 1
    assert f"/s/{link.code}/" in seen(client, f"/surveys/after_contact/links/{link.id}/sheet/")


def test_the_links_to_a_survey_of_employees_say_that_nobody_is_mailed(sign_in: SignIn) -> None:
    for key in ("engagement", "recommend"):
        add_survey(draft_from(key))
        publish_draft(key, 0)
    client, said = sign_in("manager"), "Peil mailt medewerkers niet"
    assert said in seen(client, "/surveys/engagement/links/?language=nl")
    assert said not in seen(client, "/surveys/recommend/links/?language=nl")


def test_a_draft_that_is_equal_or_wrong_is_not_published(sign_in: SignIn) -> None:
    client = sign_in("manager")
    add_survey(draft_from("after_contact"))
    publish_draft("after_contact", 0)
    kept = draft_from_published("after_contact")
    page = seen(client, "/surveys/after_contact/publish/?language=nl")
    assert "het concept is gelijk aan wat live is" in page
    assert client.post("/surveys/after_contact/publish/", {"edits": str(kept.edits)}).status_code == 400
    published = get_survey("after_contact").published
    assert published is not None
    assert published.version == 1


def test_who_publishes_what_somebody_changed_meanwhile_is_told(sign_in: SignIn) -> None:
    add_survey(draft_from("after_contact"))
    answer = sign_in("manager").post("/surveys/after_contact/publish/?language=nl", {"edits": "3"})
    assert answer.status_code == 400
    assert get_survey("after_contact").published is None


def test_a_link_is_closed_and_opened_again(sign_in: SignIn) -> None:
    client = sign_in("manager")
    add_survey(draft_from("after_contact"))
    publish_draft("after_contact", 0)
    link = make_link("after_contact", "link", "Website")
    address = f"/surveys/after_contact/links/{link.id}"
    answer = client.post(f"{address}/close/")
    assert "‘Website’ is gesloten" in seen(client, answer.headers["Location"] + "&language=nl")
    assert links_of("after_contact")[0].closed_at is not None
    assert client.post(f"{address}/close/").status_code == 404
    client.post(f"{address}/reopen/")
    assert links_of("after_contact")[0].closed_at is None
    add_survey(draft_from("recommend"))
    assert client.post(f"/surveys/recommend/links/{link.id}/close/").status_code == 404


def test_a_link_needs_a_name_and_a_kind_that_works(sign_in: SignIn) -> None:
    client = sign_in("manager")
    add_survey(draft_from("after_contact"))
    wrong = {"kind": "fax", "label": "", "channel": "pigeon", "team": "none"}
    assert client.post("/surveys/after_contact/links/?language=nl", wrong).status_code == 400
    publish_draft("after_contact", 0)
    answer = client.post("/surveys/after_contact/links/?language=nl", wrong)
    assert answer.content.decode().count('aria-invalid="true"') == 4
    assert not links_of("after_contact")


def test_a_test_link_says_so(sign_in: SignIn) -> None:
    client = sign_in("manager")
    add_survey(draft_from("after_contact"))
    publish_draft("after_contact", 0)
    client.post(
        "/surveys/after_contact/links/", {"kind": "link", "label": "Proef", "channel": "", "team": "", "test": "yes"}
    )
    (link,) = links_of("after_contact")
    assert link.settings == {"test": True}
    assert "proeflink" in seen(client, "/surveys/after_contact/links/?language=nl")


def test_a_survey_ends_and_opens_again(sign_in: SignIn) -> None:
    client = sign_in("manager")
    add_survey(draft_from("after_contact"))
    publish_draft("after_contact", 0)
    client.post("/surveys/after_contact/end/")
    assert get_survey("after_contact").ended_at is not None
    assert "Deze enquête is gestopt" in seen(client, "/surveys/after_contact/?language=nl")
    client.post("/surveys/after_contact/reopen/")
    assert get_survey("after_contact").ended_at is None


@pytest.mark.django_db(transaction=True)
def test_what_is_answered_by_a_test_link_counts_nowhere(sign_in: SignIn) -> None:
    add_survey(draft_from("helpful"))
    publish_draft("helpful", 0)
    for label, settings in (("Try", {"test": True}), ("Here", {})):
        link = make_link("helpful", "link", label)
        change_link(link.id, settings)
        respondent, address = Client(SERVER_NAME="127.0.0.1"), f"/s/{link.code}/"
        (form,) = read_page(seen(respondent, address)).all("form")
        sent = {
            f.attributes["name"]: f.attributes.get("value", "")
            for f in form.all("input")
            if f.attributes.get("type") == "hidden"
        }
        said = urlencode({**sent, "helpful": "1"})
        reply = respondent.post(form.attributes["action"], said, content_type="application/x-www-form-urlencoded")
        assert reply.status_code in (302, 303)
    assert {r.link.label: r.test for r in Response.objects.all() if r.link} == {"Try": True, "Here": False}
    assert tallies_for_teams(None)["helpful"].answers == 1
    lines = read_page(seen(sign_in("manager"), "/surveys/helpful/links/"))
    assert [row.text.split()[0] for row in lines.all("tr")][1:] == ["Try", "Here"]
