"""The list of surveys, and making one: after a template, as a copy, from a file."""

from __future__ import annotations

import json
from dataclasses import fields

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.web.conftest import SignIn

from peil.surveys.keeping import add_survey, find_survey, get_survey, publish_draft
from peil.surveys.questionnaires.as_json import to_json
from peil.surveys.questionnaires.questionnaire import Questionnaire, copy_questionnaire
from peil.surveys.questionnaires.templates import TEMPLATES, draft_from
from peil.surveys.questionnaires.texts import text

pytestmark = pytest.mark.django_db


def seen(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_page_offers_three_to_begin_with(sign_in: SignIn) -> None:
    page = seen(sign_in("manager"), "/surveys/?language=nl")
    assert "Begin met een van deze drie" in page
    assert page.count("<li><h3>") == 3
    assert "Toevoegen" not in seen(sign_in("analyst"), "/surveys/?language=nl")


def test_every_template_can_be_used(sign_in: SignIn) -> None:
    client = sign_in("manager")
    page = seen(client, "/surveys/new-survey/")
    for key in TEMPLATES:
        assert f"?template={key}" in page
        named = {"template": key, "key": key, "name.nl": "Een naam", "name.en": "A name"}
        assert client.post("/surveys/new-survey/", named).headers["Location"] == f"/surveys/{key}/"
        made = get_survey(key).draft
        assert made == copy_questionnaire(draft_from(key), key, text("Een naam", "A name"))
        assert seen(client, f"/surveys/{key}/")


def test_a_copy_has_every_field_of_the_other(sign_in: SignIn) -> None:
    add_survey(draft_from("recommend"))
    named = {"copy": "recommend", "key": "again", "name.nl": "Nog eens", "name.en": "Once more"}
    assert sign_in("manager").post("/surveys/new-survey/", named).status_code == 302
    one, other = get_survey("recommend").draft, get_survey("again").draft
    assert one is not None
    assert other is not None
    differ = {f.name for f in fields(Questionnaire) if getattr(one, f.name) != getattr(other, f.name)}
    assert differ == {"key", "name"}


def test_a_name_and_a_key_are_asked_for_with_what_to_do(sign_in: SignIn) -> None:
    add_survey(draft_from("recommend"))
    client = sign_in("manager")
    assert 'value="recommend_2"' in seen(client, "/surveys/new-survey/?template=recommend")
    for key, words in (("recommend", "al van een andere"), ("Recommend!", "Begin met een letter")):
        named = {"template": "recommend", "key": key, "name.nl": "", "name.en": "x", "language": "nl"}
        answer = client.post("/surveys/new-survey/?language=nl", named)
        page = answer.content.decode()
        assert answer.status_code == 400
        assert words in page
        assert "Vul een naam in" in page
        assert page.count('aria-invalid="true"') == 2
    assert client.get("/surveys/new-survey/?template=none").status_code == 404


def test_a_survey_goes_out_as_json_and_comes_in_again(sign_in: SignIn) -> None:
    client = sign_in("manager")
    add_survey(draft_from("after_contact"))
    answer = client.get("/surveys/after_contact/survey.json")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="after_contact.json"'
    file = SimpleUploadedFile("s.json", answer.content, "application/json")
    assert client.post("/surveys/from-file/", {"file": file, "key": "other"}).headers["Location"] == "/surveys/other/"
    one, other = get_survey("after_contact").draft, get_survey("other").draft
    assert one is not None
    assert other is not None
    assert to_json(copy_questionnaire(one, "other", one.name)) == to_json(other)


def test_a_file_that_is_wrong_is_told_with_the_place(sign_in: SignIn) -> None:
    client, content = sign_in("manager"), json.loads(to_json(draft_from("recommend")))
    content["questionnaire"]["pages"][0]["questions"][0]["kind"] = "npss"
    answer = client.post("/surveys/from-file/?language=nl", {"text": json.dumps(content)})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "pages[1].questions[1].kind" in page
    assert "npss" in page  # what was pasted is still there
    assert 'id="text-error"' in page
    assert find_survey("recommend") is None
    wrong = SimpleUploadedFile("s.json", b"\xff\xfe\x00", "application/json")
    for given in ({}, {"text": "{"}, {"file": wrong}):
        assert client.post("/surveys/from-file/", given).status_code == 400


def test_a_list_of_three_takes_no_more_questions_than_one_of_one(
    sign_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in("analyst")
    add_survey(draft_from("recommend"))
    publish_draft("recommend", 0)
    client.get("/surveys/")
    with django_assert_num_queries(5) as first:
        client.get("/surveys/")
    add_survey(draft_from("after_contact"))
    add_survey(draft_from("usability"))
    publish_draft("usability", 0)
    with django_assert_num_queries(len(first)):
        assert "recommend" in client.get("/surveys/").content.decode()


def test_a_draft_that_was_removed_is_put_back(sign_in: SignIn) -> None:
    client = sign_in("manager")
    add_survey(draft_from("recommend"))
    assert client.post("/surveys/recommend/remove/").headers["Location"] == "/surveys/?removed=yes"
    assert find_survey("recommend") is None
    assert "is verwijderd" in seen(client, "/surveys/?removed=yes&language=nl")
    assert "is verwijderd" not in seen(client, "/surveys/?language=nl")
    client.post("/surveys/put-back/")
    assert get_survey("recommend").draft == draft_from("recommend")
    assert client.post("/surveys/put-back/").status_code == 404
    publish_draft("recommend", 0)
    assert client.post("/surveys/recommend/remove/").status_code == 404  # its answers need it
