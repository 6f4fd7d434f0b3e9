"""What a letter says: of every kind of question, in both languages, on narrow and wide screens, and with hostile texts."""

from __future__ import annotations

import re
import uuid
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Browser
from tests.surveys.asking import SITE, TUESDAY, published, terms, wanted

from peil.surveys.mails.envelope import LARGEST, Envelope, addresses_of, html_part, mail_of, uid_of_message
from peil.surveys.mails.letter import About, Letter, compose, text_part
from peil.surveys.mails.sending import Sender, letter_of
from peil.surveys.manner import Manner
from peil.surveys.models import Request
from peil.surveys.questionnaires.question import Look
from peil.surveys.questionnaires.questionnaire import Questionnaire
from peil.surveys.questionnaires.scales import usual_labels
from peil.surveys.questionnaires.templates import TEMPLATES, draft_from
from peil.surveys.whom.asking import ask
from peil.surveys.whom.leaving import take_request

UID = uuid.UUID("00000000-0000-4000-8000-000000000001")
HOSTILE = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "Mina\r\nBcc: all@example.nl", "{{ 7*7 }}",
    "{customer.name}", "\u202eelgooG", "=?utf-8?q?=0ABcc:_all?=", "a" * 5_000, "Mina\x00\x1b[31m", "<!--[if mso]>", "</title><h1>x",
)  # fmt: skip


def letter(q: Questionnaire, **more: Any) -> Letter:
    told: dict[str, Any] = {
        "known": {"contact.day": "6 november"}, "language": "nl", "organisation": "Kadewijk Energie",
        "manner": Manner(postal="Havenkade 12, 8011 AB Zwolle"),
    }  # fmt: skip
    return compose(About(questionnaire=q, **(told | more)), addresses_of(UID, SITE))


def with_look(look: Look, points: int = 5) -> Questionnaire:
    q = draft_from("after_contact_satisfaction")
    first = q.pages[0].questions[0]
    shown = replace(first, look=look, points=points, labels=usual_labels("csat", points, look))
    return replace(q, pages=(replace(q.pages[0], questions=(shown,)), *q.pages[1:]))


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("template", [t for t in TEMPLATES if t != "engagement"])
def test_every_template_has_its_letter(template: str, language: str) -> None:
    q = draft_from(template)
    found = letter(q, language=language)
    html, text = html_part(found), text_part(found)
    assert len(html.encode()) < LARGEST
    assert "{" not in found.subject + found.intro + found.question + text
    assert found.stop in html
    assert found.stop in text
    assert len(re.findall(r'class="cel"', html)) == len(found.cells) in (0, 2, 5, 7, 10, 11)
    assert found.answer in text
    assert found.answer in html
    if language == "nl":
        assert not re.search(r"\b(?:je|jij|jouw)\b", text)


@pytest.mark.parametrize(
    ("look", "shown"),
    [("figures", "1"), ("stars", "1\u2009★"), ("smileys", "1\u2009\U0001f61e"), ("words", "Zeer ontevreden")],
)
def test_each_look_of_a_scale(look: Look, shown: str) -> None:
    found = letter(with_look(look))
    assert found.cells[0].shown == shown
    assert found.cells[0].words == "zeer ontevreden"  # for who hears it, whatever is shown
    assert [c.url.rpartition("=")[2] for c in found.cells] == ["1", "2", "3", "4", "5"]
    assert 'aria-label="' in html_part(found)


def test_yes_and_no_and_what_can_not_be_clicked() -> None:
    q = draft_from("after_contact")
    solved = next(x for x in q.questions if x.kind == "solved")
    found = letter(replace(q, pages=(replace(q.pages[0], questions=(solved,)),)))
    assert [(c.shown, c.url.rpartition("=")[2]) for c in found.cells] == [("Nee", "0"), ("Ja", "1")]
    pairs = letter(draft_from("service_quality"))
    assert pairs.cells == ()
    assert "Vragen beantwoorden" in html_part(pairs)


def test_a_trial_puts_another_question_first_and_another_subject() -> None:
    q = draft_from("after_contact")
    other = next(x.key for x in q.pages[0].questions if x.kind == "solved")
    found = letter(q, first=other, subject="Hoe ging {subject}?")
    assert found.cells[1].url.endswith(f"?score=1&question={other}")
    assert found.subject == "Hoe ging uw contact met ons op 6 november?"


def test_the_mail_names_the_contact_as_the_page_does() -> None:
    found = letter(draft_from("after_contact"))
    assert "uw contact met ons op 6 november" in found.subject
    assert "uw contact met ons op 6 november" in found.intro


@pytest.mark.parametrize("bad", HOSTILE)
def test_hostile_texts_do_nothing(bad: str) -> None:
    q = draft_from("after_contact")
    found = letter(
        q,
        known={"customer.name": bad, "contact.day": bad},
        organisation=bad,
        subject=bad,
        manner=Manner(sender=bad, postal=bad),
    )
    html = html_part(found)
    assert not re.search(r"<(?:script|img|h1>x|!--\[if)", html.replace("<h1 style", ""))
    message = mail_of(found, Envelope(to="mina@example.nl", message_id="<1@example.nl>")).message()
    assert message["Bcc"] is None
    assert sorted(set(message.keys())) == sorted(
        {"Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress",
         "List-Unsubscribe", "List-Unsubscribe-Post"}
    )  # fmt: skip
    raw = message.as_bytes()
    assert b"\nBcc:" not in raw.partition(b"\n\n")[0]
    assert "49" not in found.subject or "49" in bad


@pytest.mark.django_db
def test_hostile_names_from_an_event_do_nothing() -> None:
    for n, bad in enumerate(HOSTILE):
        told = wanted(
            published("recommend").key, customer_id=f"K{n}", address=f"k{n}@example.nl", known={"customer.name": bad}
        )
        asked = ask(told, terms(), TUESDAY)
        parcel = take_request(asked.number, terms(), TUESDAY)
        assert parcel is not None
        found = letter_of(parcel, Sender(terms(), SITE))
        assert "\n" not in found.dear
        assert "<script" not in html_part(found)
    assert Request.objects.count() == len(HOSTILE)


@pytest.mark.parametrize(
    "text", ["<>", "<x@y>", f"<{'0' * 32}>", "<" + "g" * 32 + ".ask@y>", "", "\x00", f"<{'0' * 31}.ask@y>"]
)
def test_ids_of_other_messages_are_no_requests(text: str) -> None:
    assert uid_of_message(text) in (None, uuid.UUID(int=0))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 600])
def test_scores_fit_the_screen_and_the_finger(chromium: Browser, width: int, scheme: Any) -> None:
    """No scrolling sideways, links of 44 pixels high, two rows on a phone, text that can be read on its ground."""
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, java_script_enabled=True
    )
    page = context.new_page()
    for q in (draft_from("recommend"), with_look("smileys"), with_look("words"), draft_from("service_quality")):
        found = letter(q)
        page.set_content(html_part(found))
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        boxes = [link.bounding_box() for link in page.locator("a.cel").all()]
        assert len(boxes) == len(found.cells)
        assert all(b is not None and b["height"] >= 44 and b["width"] >= 36 for b in boxes)
        rows = len({round(b["y"]) for b in boxes if b is not None})
        assert rows == (len(boxes) if found.stacked else 2 if len(boxes) == 11 and width == 320 else min(1, len(boxes)))
        dark = page.evaluate("getComputedStyle(document.querySelector('.kaart')).backgroundColor")
        assert dark == ("rgb(22, 27, 31)" if scheme == "dark" else "rgb(255, 255, 255)")
        ink = page.evaluate("getComputedStyle(document.querySelector('.kaart p')).color")
        assert ink == ("rgb(233, 237, 239)" if scheme == "dark" else "rgb(20, 24, 27)")
    context.close()
