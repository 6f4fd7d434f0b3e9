"""Making a survey by keyboard alone: from a template to a link."""

from __future__ import annotations

import pytest
from tests.web.keyboard.conftest import At

from peil.surveys.keeping import get_survey
from peil.surveys.links import links_of

pytestmark = [pytest.mark.full, pytest.mark.django_db(transaction=True)]


def test_a_survey_is_made_changed_published_and_hung_somewhere(at: At) -> None:
    hands = at("manager", "/surveys/?language=nl")
    hands.follow("Na een contact: gemak gebruiken", "a")
    hands.follow("Enquête maken", "button")
    hands.press("Omlaag: ‘In hoeverre", "button")
    hands.page.wait_for_selector("#undo-step")
    hands.page.wait_for_selector("main :focus")  # not lost in the swap
    hands.follow("Wijzigen: ‘Is uw vraag", "a")
    hands.press("Verplicht om verder te gaan", "input", "Space")
    hands.follow("Bewaren", "button")
    hands.press("Weghalen: ‘Mogen we u terugbellen", "button")
    hands.page.wait_for_selector("#undo-step:focus")
    hands.follow("Publiceren", "a")
    hands.follow("Publiceren", "button")
    hands.write("Waar hangt hij?", "Website")
    hands.follow("Link maken", "button")
    asked = get_survey("after_contact").published
    assert asked is not None
    assert [q.key for q in asked.pages[0].questions] == ["solved", "ease"]
    assert [q.required for q in asked.pages[0].questions] == [True, False]
    assert "contact_request" not in {q.kind for q in asked.questions}
    assert [link.label for link in links_of("after_contact")] == ["Website"]
