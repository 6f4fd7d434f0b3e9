"""What was published of a survey, version by version."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.web.conftest import SignIn
from tests.web.surveys.test_begin import seen

from peil.surveys.keeping import add_survey, draft_from_published, publish_draft, save_draft
from peil.surveys.questionnaires.questionnaire import Questionnaire
from peil.surveys.questionnaires.templates import draft_from
from peil.surveys.questionnaires.texts import text

pytestmark = pytest.mark.django_db
PATH = "/surveys/after_contact/versions/?language=nl"


def publish_anew(change: Callable[[Questionnaire], Questionnaire]) -> None:
    kept = draft_from_published("after_contact")
    assert kept.draft is not None
    changed = change(kept.draft)
    publish_draft("after_contact", save_draft("after_contact", changed, kept.edits).edits)


def other_words(draft: Questionnaire) -> Questionnaire:
    """The first question says something else, and the last of the page is left out."""
    (page, *pages) = draft.pages
    first = replace(
        page.questions[0], text=text("Hoe makkelijk was het om ons te bereiken?", "How easy was it to reach us?")
    )
    return replace(draft, pages=(replace(page, questions=(first, *page.questions[1:-1])), *pages))


def test_each_version_stands_there_with_what_it_changed(sign_in: SignIn) -> None:
    client = sign_in("manager")
    add_survey(draft_from("after_contact"))
    assert "Er is nog niets gepubliceerd" in seen(client, PATH)
    publish_draft("after_contact", 0)
    once = seen(client, PATH)
    assert "Versie 1, sinds" in once
    assert not any(words in once for words in ("gewijzigd", "nieuw", "Vervallen sinds"))
    before = draft_from("after_contact").pages[0].questions
    publish_anew(other_words)
    twice = seen(client, PATH)
    newest, oldest = twice[twice.index('id="version-2"') :].split('id="version-1"')
    assert "Hoe makkelijk was het om ons te bereiken?" in newest
    assert newest.count("gewijzigd") == 1
    gone = newest[newest.index("Vervallen sinds versie 1") :]
    assert before[-1].text.of("nl")[:20] in gone
    assert before[-1].text.of("nl")[:20] in oldest
    assert not any(words in oldest for words in ("gewijzigd", "nieuw", "Vervallen"))


def test_a_question_that_came_is_new_and_a_frame_alone_changes_no_question(sign_in: SignIn) -> None:
    client, whole = sign_in("analyst"), draft_from("after_contact")
    (page, *pages) = whole.pages
    add_survey(replace(whole, pages=(replace(page, questions=page.questions[:-1]), *pages)))
    publish_draft("after_contact", 0)
    publish_anew(lambda draft: replace(draft, pages=whole.pages))
    publish_anew(lambda draft: replace(draft, thanks=text("Tot ziens.", "Goodbye.")))
    _, newest, middle, _ = seen(client, PATH).split('id="version-')
    assert "De vragen zijn gelijk aan die van versie 2" in newest
    assert middle.count(">nieuw<") == 1
