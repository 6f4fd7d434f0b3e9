"""The editor: every step keeps the draft, a form that is not changed changes nothing, and who is late loses nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client
from tests.pages.tree import Element, read_page
from tests.web.conftest import SignIn
from tests.web.surveys.test_begin import seen

from peil.surveys.editing.arranging import add_question, question_of
from peil.surveys.keeping import add_survey, get_survey, publish_draft, save_draft
from peil.surveys.questionnaires.kinds import KINDS
from peil.surveys.questionnaires.question import Question
from peil.surveys.questionnaires.questionnaire import Page, Questionnaire
from peil.surveys.questionnaires.templates import TEMPLATES, draft_from
from peil.surveys.questionnaires.texts import text
from peil.web.pages.surveys.editing.fields import fields_of_question, read_question
from peil.web.pages.surveys.editing.frame import fields_of_frame
from peil.web.pages.surveys.editing.reading import Reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(sign_in: SignIn) -> Client:
    add_survey(draft_from("recommend"))
    return sign_in("manager")


def draft(key: str = "recommend") -> Questionnaire:
    return get_survey(key).shown


def form_in(page: Element, action: str) -> dict[str, str]:
    """What a browser would send of the form that goes to `action`."""
    (form,) = [
        f for f in page.all("form") if f.attributes.get("action") == action and f.attributes.get("method") == "post"
    ]
    sent: dict[str, str] = {}
    for field in form.all("input", "textarea", "select"):
        name, kind = field.attributes.get("name"), field.attributes.get("type", "")
        if not name or (kind in ("checkbox", "radio") and "checked" not in field.attributes):
            continue
        if field.tag == "select":
            options = list(field.all("option"))
            chosen = [o for o in options if "selected" in o.attributes] or options[:1]
            sent[name] = chosen[0].attributes["value"] or ""
        elif field.tag == "textarea":
            sent[name] = field.text.removeprefix("\n")
        else:
            sent[name] = field.attributes.get("value") or ""
    return sent


def every_question() -> list[tuple[str, Question]]:
    found = [(key, q) for key in TEMPLATES for q in draft_from(key).questions]
    bare = replace(draft_from("recommend"), pages=(Page(questions=()),))
    return [*found, *((f"new {kind}", add_question(bare, kind, 1)[0].questions[0]) for kind in KINDS)]


def test_a_form_that_is_not_changed_changes_no_question() -> None:
    """Of every template, and of every kind as it is added."""
    for key, question in every_question():
        known = (
            draft_from(key)
            if key in TEMPLATES
            else replace(draft_from("recommend"), pages=(Page(questions=(question,)),))
        )
        reading = Reading(fields_of_question(question, known.languages), known.languages, "nl")
        assert read_question(reading, question, known) == question, (key, question.key)
        assert reading.wrong == {}, (key, question.key)


def test_the_forms_as_they_stand_on_the_page_change_nothing(client: Client) -> None:
    before = draft()
    for question in before.questions:
        address = f"/surveys/recommend/questions/{question.key}/"
        sent = form_in(read_page(seen(client, address)), address)
        assert (
            client.post(address, {**sent, "act": "save"}).headers["Location"] == f"/surveys/recommend/#q-{question.key}"
        )
    for address in ("/surveys/recommend/frame/", "/surveys/recommend/pages/2/"):
        assert client.post(address, form_in(read_page(seen(client, address)), address)).status_code == 302
    assert draft() == before


def test_the_frame_is_changed(client: Client) -> None:
    fields = fields_of_frame(draft()) | {
        "edits": "0", "name.nl": "Anders", "language.en": "", "language.de": "yes", "first": "de", "name.de": "Name",
        "scope": "touchpoint", "touchpoint": "verhuizen", "subject.nl": "uw verhuizing", "retention_months": "12",
    }  # fmt: skip
    assert client.post("/surveys/recommend/frame/", fields).status_code == 302
    now = draft()
    assert now.languages == ("de", "nl")
    assert (now.name.of("nl"), now.name.of("de"), now.name.of("en")) == ("Anders", "Name", "Recommending (NPS)")
    assert (now.subject.touchpoint, now.retention_months) == ("verhuizen", 12)
    wrong = fields | {"retention_months": "0", "first": "fr", "scope": "x", "edits": "1"}
    answer = client.post("/surveys/recommend/frame/?language=nl", wrong)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert page.count('aria-invalid="true"') == 3
    assert 'value="Anders"' in page


def test_a_question_is_added_changed_moved_removed_and_put_back(client: Client) -> None:
    first = draft()
    answer = client.post("/surveys/recommend/pages/1/add/", {"edits": "0", "kind": "csat"})
    assert answer.headers["Location"] == "/surveys/recommend/questions/csat/"
    address = "/surveys/recommend/questions/csat/"
    sent = form_in(read_page(seen(client, address)), address) | {
        "text.nl": "Hoe tevreden?",
        "look": "stars",
        "act": "save",
    }
    assert client.post(address, sent).status_code == 302
    made = question_of(draft(), "csat")
    assert made is not None
    assert (made.text.of("nl"), made.look, len(made.labels)) == ("Hoe tevreden?", "stars", 5)
    client.post(f"{address}move/", {"edits": "2", "step": "up"})
    assert [q.key for q in draft().pages[0].questions] == ["csat", "recommend"]
    client.post(f"{address}move/", {"edits": "3", "step": "down"})
    client.post(f"{address}move/", {"edits": "4", "step": "down"})
    assert draft().pages[1].questions[0].key == "csat"
    assert (
        client.post(f"{address}remove/", {"edits": "5"}).headers["Location"] == "/surveys/recommend/?removed=yes#undo"
    )
    assert draft() == first
    client.post("/surveys/recommend/undo/", {"edits": "6"})
    assert draft().pages[1].questions[0] == made


def test_the_focus_goes_to_undo_only_where_what_was_pressed_is_gone(client: Client) -> None:
    client.post("/surveys/recommend/questions/recommend_comment/move/", {"edits": "0", "step": "up"})
    asked = {"HX-Request": "true"}
    assert "autofocus" not in client.get("/surveys/recommend/", headers=asked).content.decode()
    answer = client.post("/surveys/recommend/questions/recommend_comment/remove/", {"edits": "1"}, headers=asked)
    address = answer.headers["Location"].partition("#")[0]
    assert client.get(address, headers=asked).content.decode().count("autofocus") == 1


def test_a_page_is_added_named_moved_and_removed(client: Client) -> None:
    client.post("/surveys/recommend/pages/add/", {"edits": "0"})
    client.post("/surveys/recommend/pages/3/", {"edits": "1", "heading.nl": "Tot slot", "heading.en": "Finally"})
    client.post("/surveys/recommend/pages/3/move/", {"edits": "2", "step": "up"})
    assert draft().pages[1].heading == text("Tot slot", "Finally")
    client.post("/surveys/recommend/pages/2/remove/", {"edits": "3"})
    assert draft() == draft_from("recommend")
    assert client.post("/surveys/recommend/pages/9/remove/", {"edits": "4"}).status_code == 404


def test_options_are_added_moved_and_taken_out(client: Client) -> None:
    address = "/surveys/recommend/questions/reason_low/"

    def press(act: str, **more: str) -> tuple[str, ...]:
        sent = form_in(read_page(seen(client, address)), address)
        answer = client.post(address, {**sent, "act": act, **more})
        assert answer.headers["Location"] == f"{address}#more"
        found = question_of(draft(), "reason_low")
        assert found is not None
        return tuple(o.key for o in found.options)

    before = press("up.2")
    assert before[:2] == ("price", "employees")
    assert press("drop.1")[0] == "employees"
    added = press("add_option")
    assert len(added) == len(before)
    assert added[-1] == "option"
    named = press("up.7", **{"options.7.nl": "De app", "options.7.en": "The app"})
    assert named[-2:] == ("option", "else")


def test_another_scale_brings_its_words_and_keeps_its_own_boxes_apart(client: Client) -> None:
    client.post("/surveys/recommend/pages/1/add/", {"edits": "0", "kind": "csat"})
    address = "/surveys/recommend/questions/csat/"
    sent = form_in(read_page(seen(client, address)), address)
    client.post(address, {**sent, "points": "7", "labelled": "each", "act": "save"})
    made = question_of(draft(), "csat")
    assert made is not None
    assert (made.scale, len(made.labels), made.boxes) == ((1, 7), 7, None)
    sent = form_in(read_page(seen(client, address)), address)
    own = {
        "boxes": "own",
        "favourable.from": "5",
        "favourable.to": "7",
        "unfavourable.from": "6",
        "unfavourable.to": "1",
    }
    answer = client.post(f"{address}?language=nl", {**sent, **own, "act": "save"})
    assert answer.status_code == 400
    assert "die elkaar niet raken" in answer.content.decode()
    own |= {"unfavourable.from": "1", "unfavourable.to": "3"}
    client.post(address, {**sent, **own, "act": "save"})
    made = question_of(draft(), "csat")
    assert made is not None
    assert made.boxes is not None
    assert (made.boxes.favourable, made.boxes.unfavourable) == ((5, 7), (1, 3))


def test_a_key_is_changed_with_all_that_names_it(client: Client) -> None:
    address = "/surveys/recommend/questions/recommend/"
    sent = form_in(read_page(seen(client, address)), address)
    assert client.post(address, {**sent, "key": "recommend_comment", "act": "save"}).status_code == 400
    client.post(address, {**sent, "key": "nps", "act": "save"})
    now = draft()
    comment, reason = question_of(now, "recommend_comment"), question_of(now, "reason_low")
    assert comment is not None
    assert reason is not None
    assert (comment.about, reason.show_if[0].question) == ("nps", "nps")


def test_only_conditions_that_can_hold_are_offered(client: Client) -> None:
    """`reason_low` is for the unfavourable; nothing above a 6 can be added to that."""
    page = read_page(seen(client, "/surveys/recommend/questions/reason_low/?on=recommend"))
    offered = {f.attributes["value"] for f in page.all("input") if f.attributes.get("name") == "values.one_of"}
    assert offered == {str(n) for n in range(7)}
    address = "/surveys/recommend/questions/reason_low/only-if/"
    told = {"edits": "0", "on": "recommend", "operator": "one_of"}
    assert client.post(address, {**told, "values.one_of": "9"}).status_code == 303
    assert client.post(address, told).status_code == 303
    assert draft() == draft_from("recommend")
    assert client.post(address, {**told, "values.one_of": ["2", "3"]}).status_code == 302
    reason = question_of(draft(), "reason_low")
    assert reason is not None
    assert reason.show_if[1].values == (2, 3)
    client.post("/surveys/recommend/questions/reason_low/only-if/2/remove/", {"edits": "1"})
    assert draft() == draft_from("recommend")


def test_who_is_late_keeps_what_was_typed(client: Client) -> None:
    address = "/surveys/recommend/questions/recommend/"
    sent = form_in(read_page(seen(client, address)), address)
    save_draft("recommend", replace(draft(), retention_months=6), 0)
    answer = client.post(f"{address}?language=nl", {**sent, "text.nl": "Mijn tekst", "act": "save"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Iemand anders wijzigde deze enquête intussen" in page
    assert "Mijn tekst" in page
    again = form_in(read_page(page), address)
    assert client.post(address, {**again, "act": "save"}).status_code == 302
    now = question_of(draft(), "recommend")
    assert now is not None
    assert (now.text.of("nl"), draft().retention_months) == ("Mijn tekst", 6)
    late = client.post("/surveys/recommend/pages/add/", {"edits": "0"})
    assert late.status_code == 303
    assert len(draft().pages) == 2
    editor = next(
        e
        for e in read_page(seen(client, "/surveys/recommend/?language=nl")).all("div")
        if e.attributes.get("id") == "editor"
    )
    assert "doe je stap opnieuw" in editor.text  # in what htmx takes from the page


def test_publishing_tells_what_a_change_means(client: Client) -> None:
    client.post("/surveys/recommend/pages/1/add/", {"edits": "0", "kind": "csat"})
    publish_draft("recommend", 1)
    address = "/surveys/recommend/questions/csat/"
    sent = form_in(read_page(seen(client, address)), address)
    client.post(address, {**sent, "points": "7", "act": "save"})
    client.post("/surveys/recommend/questions/reason_high/remove/", {"edits": str(get_survey("recommend").edits)})
    page = seen(client, "/surveys/recommend/publish/?language=nl")
    assert "Vraag ‘csat’ is gewijzigd: aantal punten, label" in page
    assert "Vraag ‘reason_high’ vervalt" in page
    assert "De schaal van ‘csat’ was 1–5 en is nu 1–7" in page
    assert "Dit wordt versie 2" in page
    client.post("/surveys/recommend/drop/", {"edits": str(get_survey("recommend").edits)})
    assert get_survey("recommend").draft is None


def test_what_is_wrong_is_told_in_the_language_of_the_reader(client: Client) -> None:
    client.post("/surveys/recommend/questions/recommend/remove/", {"edits": "0"})
    page = seen(client, "/surveys/recommend/?language=nl")
    assert "‘reason_low’ hangt af van ‘recommend’, en die vraag is er niet." in page
    assert "Bedoelde je ‘recommend_comment’?" in page
    assert client.post("/surveys/recommend/publish/", {"edits": "1"}).status_code == 400


def test_the_page_is_shown_as_respondents_see_it(client: Client) -> None:
    answer = client.get("/surveys/recommend/pages/1/preview/?in=en")
    assert "How likely are you to recommend" in answer.content.decode()
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    page = client.get("/surveys/recommend/")
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
