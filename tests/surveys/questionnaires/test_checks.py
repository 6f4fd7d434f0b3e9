"""What is found before publishing: each finding with its place, in both languages."""

from __future__ import annotations

import string
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from tests.surveys.questionnaires.made import BRAND, CONTACT, codes, made

from peil.core.boxes import Boxes
from peil.surveys.questionnaires.checks import check, errors_in
from peil.surveys.questionnaires.checks.finding import Finding, Place, field_in_words, finding, said
from peil.surveys.questionnaires.checks.length import in_minutes, seconds_to_answer
from peil.surveys.questionnaires.checks.said import ADVICE, ERRORS, PLACES
from peil.surveys.questionnaires.question import Condition, Option, Question, Subject
from peil.surveys.questionnaires.questionnaire import Page, Questionnaire
from peil.surveys.questionnaires.templates import draft_from
from peil.surveys.questionnaires.templates.building import ELSE, ask, comment, options
from peil.surveys.questionnaires.templates.website import usability_items
from peil.surveys.questionnaires.texts import NO_TEXT, text
from peil.surveys.questionnaires.versions import check_draft

PLAIN = made([ask("csat")])
WORK = draft_from("engagement")


def with_questions(*questions: Question, **changed: Any) -> Questionnaire:
    return replace(made(questions), **changed)


def when(question: str, operator: Any, *values: int | str) -> tuple[Condition, ...]:
    return (Condition(question=question, operator=operator, values=values),)


def employees(*questions: Question) -> Questionnaire:
    return replace(WORK, pages=(Page(questions=questions),))


def pairs(*dimensions: str) -> tuple[Question, ...]:
    words = text("{organisatie} helpt.", "{organisation} helps.")
    return tuple(ask("servqual", f"s_{d}", dimension=d, text=words, expected=words) for d in dimensions)


NEVER = when("csat", "at_least", 5) + when("csat", "at_most", 1)
BARE = Subject(scope="touchpoint", words=text("de bezorging", "the delivery"))
LONG_SENTENCE = text(" ".join(["woord"] * 30), " ".join(["word"] * 30))

# a questionnaire in which each code is found, once at least
FOUND: dict[str, Questionnaire] = {
    "no_questions": replace(PLAIN, pages=()),
    "page_empty": replace(PLAIN, pages=(*PLAIN.pages, Page(questions=()))),
    "language_none": replace(PLAIN, languages=()),
    "language_wrong": replace(PLAIN, languages=("nl", "nl")),
    "key_wrong": with_questions(ask("csat", "Vraag 1")),
    "key_twice": with_questions(ask("csat"), ask("csat")),
    "option_twice": with_questions(ask("reason", options=(ELSE, ELSE))),
    "text_missing": replace(PLAIN, languages=("nl", "en", "de")),
    "retention_wrong": replace(PLAIN, retention_months=0),
    "points_wrong": with_questions(replace(ask("csat"), points=11)),
    "look_wrong": with_questions(ask("nps", look="stars", subject=BRAND)),
    "scale_without_words": with_questions(replace(ask("csat", look="smileys"), labels=(text("a", "a"), text("b", "b")))),
    "labels_wrong": with_questions(replace(ask("csat"), labels=(text("a", "a"),) * 3)),
    "boxes_missing": with_questions(ask("csat", points=9)),
    "boxes_wrong": with_questions(ask("csat", boxes=Boxes((3, 5), (1, 3)))),
    "dimension_wrong": with_questions(*pairs("haste")),
    "options_few": with_questions(ask("reason", options=(ELSE,))),
    "most_wrong": with_questions(ask("reason", options=options(("a", "a", "a")), several=True, most=3)),
    "longest_wrong": with_questions(ask("comment", longest=0)),
    "about_wrong": with_questions(comment("csat"), ask("csat")),
    "consent_required": with_questions(ask("consent", required=True)),
    "sus_number": with_questions(*usability_items()[:9], ask("sus_item", "sus_x", text=text("Fijn.", "Nice."))),
    "sus_incomplete": with_questions(*usability_items()[:9]),
    "points_of_service_alone": with_questions(ask("servqual_points", "p")),
    "attribute_unknown": with_questions(ask("csat", text=text("Beste {klant.vornaam|klant}, {onderwerp}?", "{subject}?"))),
    "fallback_missing": with_questions(ask("csat", text=text("Beste {klant.voornaam}, {onderwerp}?", "{subject}?"))),
    "brace_stray": with_questions(ask("csat", text=text("Beste {Klant}, {onderwerp}?", "{subject}?"))),
    "logic_unknown_question": with_questions(ask("csat", show_if=when("x", "answered"))),
    "logic_forward": with_questions(ask("solved", show_if=when("csat", "answered")), ask("csat")),
    "logic_same_page": with_questions(ask("csat"), ask("solved", show_if=when("csat", "answered"))),
    "logic_wrong": made([ask("csat")], [ask("solved", show_if=when("csat", "one_of", 6))]),
    "logic_never": made([ask("csat")], [ask("solved", show_if=NEVER)]),
    "touchpoint_missing": with_questions(ask("csat"), subject=BARE),
    "contact_not_named": with_questions(ask("csat", text=text("Hoe tevreden bent u?", "How satisfied are you?")), pages=(Page(questions=(ask("csat", text=text("Hoe tevreden bent u?", "How satisfied are you?")),)),)),
    "helpful_elsewhere": with_questions(ask("helpful")),
    "not_for_customers": with_questions(ask("engagement", text=text("Het werk boeit.", "The work is interesting."))),
    "not_anonymous": employees(ask("contact_request")),
    "ask_score": with_questions(ask("solved"), moment="after_contact"),
    "ask_solved": with_questions(ask("csat"), moment="after_contact"),
    "nps_after_contact": with_questions(ask("nps")),
    "effort_when_calm": with_questions(ask("ces_ease"), subject=BRAND),
    "servqual_incomplete": with_questions(*pairs("empathy", "assurance")),
    "comment_required": with_questions(ask("csat"), comment("csat", required=True)),
    "comment_tells_who": employees(ask("comment")),
    "smileys_many": with_questions(ask("csat", points=7, look="smileys")),
    "scale_long": with_questions(ask("csat", points=10)),
    "questions_many": with_questions(*(ask("csat", f"q{n}") for n in range(7))),
    "time_long": with_questions(*(ask("csat", f"q{n}") for n in range(10))),
    "page_full": with_questions(*(ask("csat", f"q{n}") for n in range(11))),
    "double": with_questions(ask("csat", text=text("Hoe tevreden bent u over de snelheid en de vriendelijkheid?", "How satisfied are you with {subject}?"))),
    "leading": with_questions(ask("csat", text=text("Hoe fijn vond u {onderwerp}?", "How satisfied are you with {subject}?"))),
    "jargon": with_questions(ask("csat", text=text("Hoe ging uw ticket over {onderwerp}?", "How satisfied are you with {subject}?"))),
    "negative": with_questions(ask("solved", text=text("Is uw vraag niet opgelost?", "Was your question not solved?"))),
    "sentence_long": with_questions(ask("csat", text=LONG_SENTENCE)),
    "address_mixed": with_questions(ask("csat"), thanks=text("We lezen je antwoord.", "We read your answer.")),
}  # fmt: skip
BY_CHANGE = {"kind_changed", "statements_changed", "key_changed", "scale_changed", "wording_changed"}


@pytest.mark.parametrize("code", FOUND)
def test_it_is_found_and_said_in_both_languages(code: str) -> None:
    (first, *_) = [f for f in check(FOUND[code]) if f.code == code]
    for language in ("nl", "en"):
        for words in said(first, language):
            assert words
            assert "Words(" not in words
            assert not words.startswith(" ")
    assert said(first, "nl") != said(first, "en")


def test_every_code_is_found_somewhere() -> None:
    assert set(FOUND) | BY_CHANGE == set(ERRORS) | set(ADVICE)
    assert not set(ERRORS) & set(ADVICE)


def test_changes_are_said_in_both_languages() -> None:
    before = replace(draft_from("service_quality"), version=1)
    first = before.pages[0].questions[0]
    other = replace(first, key="other", kind="servqual")
    draft = replace(
        before,
        key="another",
        pages=(Page(questions=(replace(first, kind="servperf", expected=NO_TEXT), other)), *before.pages[1:]),
    )
    score = replace(made([ask("csat", "q")]), version=1)
    scored = made([replace(ask("csat", "q", points=3), text=text("Anders?", "Else?"))])
    found = [*check_draft(draft, [before]), *check_draft(scored, [score])]
    changes = {f.code: f for f in found if f.code in BY_CHANGE}
    assert set(changes) == BY_CHANGE
    for f in changes.values():
        assert said(f, "nl") != said(f, "en")
    assert said(changes["scale_changed"], "nl")[0] == "De schaal van ‘q’ was 1–5 en is nu 1–3."


def fields_named(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name}


@pytest.mark.parametrize("code", [*ERRORS, *ADVICE])
def test_both_languages_name_the_same(code: str) -> None:
    for words in {**ERRORS, **ADVICE}[code]:
        assert fields_named(words.nl) - {"tongue", "where"} <= fields_named(words.en) | {"where", "tongue"}
        assert words.nl
        assert words.en


def test_findings_in_words() -> None:
    def told(code: str, language: str) -> str:
        return " ".join(said(next(f for f in check(FOUND[code]) if f.code == code), language))

    assert (
        told("text_missing", "nl")
        == "Bij ‘made’ ontbreekt de naam in het Duits. Schrijf de tekst, of haal de taal weg."
    )
    assert (
        told("fallback_missing", "nl")
        == "{klant.voornaam} is niet van iedereen bekend. Schrijf erachter wat er anders staat: {klant.voornaam|…}."
    )
    assert told("attribute_unknown", "en") == "{klant.vornaam} is not known. Did you mean 'klant.voornaam'?"
    assert told("brace_stray", "nl").endswith("Schrijf wat wordt ingevuld als {klant.voornaam|klant}.")
    assert told("contact_not_named", "nl").startswith(
        "‘csat’ zegt in het Nederlands niet over welk contact het gaat. Zet {onderwerp}"
    )
    assert told("double", "nl").startswith(
        "De vraagtekst van ‘csat’ vraagt misschien twee dingen tegelijk: ‘snelheid en de vriendelijkheid’."
    )


def test_every_text_that_is_missing_is_named_with_its_question_and_language() -> None:
    bare = replace(
        ask("gap", "g"),
        text=text("Hoe ging {onderwerp}?"),
        help=text("Uitleg"),
        labels=(text("laag", "low"), text("hoog")),
    )
    found = [f.place for f in check(with_questions(bare)) if f.code == "text_missing"]
    assert [(p.page, p.question, p.field, p.language) for p in found] == [
        (1, "g", "text", "en"), (1, "g", "help", "en"), (1, "g", "labels.2", "en"),
    ]  # fmt: skip
    option = Option(key="a", text=text(en="A"))
    (place,) = [
        f.place for f in check(with_questions(ask("reason", options=(option, ELSE)))) if f.code == "text_missing"
    ]
    assert (place.question, place.field, place.language) == ("reason", "options.a", "nl")


def test_a_contact_is_named_in_the_question_or_above_it() -> None:
    def named(question: str, heading: str = "", words: str = "the delivery") -> bool:
        subject = replace(CONTACT, words=text(en=words))
        asked = ask("csat", text=text(en=question))
        page = Page(heading=text(en=heading), questions=(asked,))
        draft = replace(PLAIN, languages=("en",), subject=subject, pages=(page,))
        return "contact_not_named" not in codes(errors_in(check(draft)))

    assert named("How was {subject}?")
    assert named("How was The Delivery of your bed?")
    assert named("How was it?", heading="About {subject}")
    assert named("How was your call of {contact.day|this week}?")
    assert not named("How was it?")
    assert not named("How was {product|your order}?")
    assert not named("How was {subject}?", words="")


def test_a_heading_names_the_subject_of_the_survey_alone() -> None:
    other = ask(
        "csat",
        text=text("Hoe ging het?", "How was it?"),
        subject=replace(CONTACT, touchpoint="visit", words=text("het bezoek", "the visit")),
    )
    assert "contact_not_named" in codes(check(made([other])))


def test_about_the_brand_no_contact_is_named() -> None:
    assert codes(errors_in(check(made([ask("nps", "recommend")], subject=BRAND, moment="calm")))) == []


def test_employees_are_not_named() -> None:
    greeting = replace(WORK, welcome=text("Dag {klant.voornaam|collega}", "Hello {customer.first_name|colleague}"))
    assert [(f.code, f.place.field, f.place.language) for f in errors_in(check(greeting))] == [
        ("not_anonymous", "welcome", "nl"), ("not_anonymous", "welcome", "en"),
    ]  # fmt: skip


def test_the_parts_that_points_are_divided_over_have_names() -> None:
    bare = replace(ask("servqual_points", "p"), labels=())
    assert "labels_wrong" in codes(check(with_questions(bare)))
    assert "labels_wrong" not in codes(check(with_questions(ask("servqual_points", "p"))))


def test_errors_come_first() -> None:
    levels = [f.level for f in check(with_questions(ask("csat", points=9), ask("csat", "csat")))]
    assert levels == sorted(levels, key=lambda level: level != "error")


def test_time_to_answer() -> None:
    """10 seconds for the score, 7 words at 238 a minute."""
    draft = replace(PLAIN, pages=(Page(questions=(ask("csat", text=text("een twee drie vier vijf zes zeven")),)),))
    assert seconds_to_answer(draft, "nl") == pytest.approx(10 + 7 * 60 / 238)
    assert [in_minutes(s).nl for s in (6, 34, 60, 92, 150, 366)] == [
        "10 seconden", "30 seconden", "1 minuut", "anderhalve minuut", "2½ minuten", "6 minuten",
    ]  # fmt: skip
    assert in_minutes(75).en == "1 minute"


def every_place() -> Iterator[str]:
    for draft in FOUND.values():
        for f in check(draft):
            yield f.place.field


def test_places_have_words() -> None:
    assert {name.partition(".")[0] for name in every_place() if name} <= set(PLACES)
    assert field_in_words("labels.3", "nl") == "label 3"
    assert said(Finding("no_questions", Place()), "nl")[0] == "Er staat geen vraag in."
    assert finding("page_full", Place(page=2), count=11).details[0][1].nl == "11"
