"""Every page of surveys in both languages: words, numbers and form of address, with answers in it and with errors."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from tests.pages.tree import read_page
from tests.web.conftest import SignIn
from tests.web.surveys.coming_in import answer, ask, live
from tests.web.words.test_spoken import complaints

from peil.accounts.models import Person
from peil.surveys.keeping import add_survey, draft_from_published
from peil.surveys.links import close_link, make_link
from peil.surveys.questionnaires.templates import TEMPLATES, draft_from

pytestmark = pytest.mark.django_db
NOTHING_OWN = re.compile(r"(?!)")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_page_mixes_languages(language: str, sign_in: SignIn, people: Mapping[str, Person]) -> None:
    Person.objects.update(language=language)
    survey, other = live("after_contact"), add_survey(draft_from("recommend")).key
    draft_from_published(survey)
    gone = make_link(survey, "link", "Zwolle")
    make_link(survey, "qr", "Zwolle", channel="post", team="Zwolle")
    close_link(gone.id)
    for number in range(40):
        ask(survey, answered=number % 3 == 0, channel="chat" if number % 2 else "phone")
        done = number % 4 > 0
        answer(
            survey,
            {"ease": "6", "solved": "1"},
            finished=done,
            last_question="solved",
            flags="speeder flood",
            language=language,
        )
    live("engagement")
    paths = [
        "/surveys/", "/surveys/new-survey/", "/surveys/new-survey/?template=recommend", "/surveys/newest-answers/",
        f"/surveys/{survey}/publish/", f"/surveys/{survey}/links/?closed={gone.id}", f"/surveys/{survey}/response/",
        "/surveys/engagement/response/", "/surveys/engagement/links/", f"/surveys/{survey}/versions/", f"/surveys/{other}/frame/", f"/surveys/{other}/pages/2/",
        f"/surveys/{other}/publish/",
        *(f"/surveys/{key}/" for key in (survey, other)),
        *(f"/surveys/{other}/questions/{q.key}/?on=recommend" for q in draft_from("recommend").questions),
    ]  # fmt: skip
    client, found = sign_in("manager"), {}
    for path in paths:
        reply = client.get(path)
        assert reply.status_code == 200, path
        found |= dict.fromkeys(complaints(read_page(reply.content.decode()), language, NOTHING_OWN), path)
    wrong = {"edits": "0", "language.nl": "yes", "first": "fr", "moment": "x", "scope": "x", "retention_months": "0"}
    for path in (f"/surveys/{other}/frame/", f"/surveys/{survey}/links/", "/surveys/from-file/"):
        reply = client.post(path, wrong)
        assert reply.status_code == 400, path
        found |= dict.fromkeys(complaints(read_page(reply.content.decode()), language, NOTHING_OWN), path)
    assert not found, "\n".join(f"{said}   {path}" for said, path in found.items())


def test_every_template_is_shown_in_both_languages(sign_in: SignIn) -> None:
    client = sign_in("manager")
    for key in TEMPLATES:
        add_survey(draft_from(key))
        for language in ("nl", "en"):
            assert client.get(f"/surveys/{key}/?language={language}&page=99").status_code == 200
            assert client.get(f"/surveys/{key}/pages/1/preview/?in={language}").status_code == 200
