"""What is asked about, and when: a contact that is named, the brand at a calm moment, employees without their names."""

from __future__ import annotations

from collections.abc import Iterator

from peil.surveys.questionnaires.checks.finding import Finding, Place, finding
from peil.surveys.questionnaires.checks.frame import texts_of, tongue
from peil.surveys.questionnaires.question import Question
from peil.surveys.questionnaires.questionnaire import CONTACT_MOMENTS, Page, Questionnaire
from peil.surveys.questionnaires.texts import placeholders

EASE = ("ces_agree", "ces_effort", "ces_ease")
_AFTER_A_CONTACT = ("csat", "rapportcijfer", "gap", *EASE)
_NPS = ("nps", "nps_1_10")
_OF_WORK = ("engagement", "comment", "other")
_TELLS_WHO = ("contact_request", "consent", "helpful")


def check_subjects(questionnaire: Questionnaire) -> Iterator[Finding]:
    for number, page in enumerate(questionnaire.pages, start=1):
        for question in page.questions:
            place = Place(page=number, question=question.key)
            if questionnaire.anonymous:
                yield from _employees(question, place)
            else:
                yield from _customers(questionnaire, question, page, place)
    if questionnaire.anonymous:
        yield from _persons_named(questionnaire)
    elif questionnaire.moment == "after_contact":
        yield from _after_contact(questionnaire)


def _customers(questionnaire: Questionnaire, question: Question, page: Page, place: Place) -> Iterator[Finding]:
    scope = questionnaire.scope_of(question)
    if question.kind == "engagement" or scope == "employees":
        yield finding("not_for_customers", place)
    if question.kind == "helpful" and questionnaire.moment != "help_page":
        yield finding("helpful_elsewhere", place)
    if scope == "touchpoint" and question.meaning.names_contact:
        yield from _contact_named(questionnaire, question, page, place)
    if question.kind in _NPS and scope == "touchpoint" and questionnaire.moment in CONTACT_MOMENTS:
        yield finding("nps_after_contact", place)
    if question.kind in EASE and scope == "relationship":
        yield finding("effort_when_calm", place)


def _contact_named(questionnaire: Questionnaire, question: Question, page: Page, place: Place) -> Iterator[Finding]:
    """In every language: the words of the subject, or what fills them in, in the question or above it."""
    subject = questionnaire.subject_of(question)
    if not subject.touchpoint:
        yield finding("touchpoint_missing", place)
    for language in questionnaire.languages:
        words = subject.words.of(language).casefold().strip()
        above = page.heading if subject == questionnaire.subject else page.heading.only(())
        shown = " ".join(t.of(language) for t in (question.text, question.help, above))
        filled_in = any(p.attribute is not None and p.attribute.names_contact for p in placeholders(shown))
        if not words or not (filled_in or words in shown.casefold()):
            where = Place(page=place.page, question=place.question, language=language)
            yield finding("contact_not_named", where, tongue=tongue(language))


def _after_contact(questionnaire: Questionnaire) -> Iterator[Finding]:
    kinds = {q.kind for q in questionnaire.questions}
    if not kinds & set(_AFTER_A_CONTACT):
        yield finding("ask_score")
    if "solved" not in kinds:
        yield finding("ask_solved")


def _employees(question: Question, place: Place) -> Iterator[Finding]:
    if (
        question.kind in _TELLS_WHO
        or question.kind not in _OF_WORK
        or (question.subject and question.subject.scope != "employees")
    ):
        yield finding("not_anonymous", Place(page=place.page, question=place.question, field="text"))
    if question.kind == "comment":
        yield finding("comment_tells_who", place)


def _persons_named(questionnaire: Questionnaire) -> Iterator[Finding]:
    for place, text, _ in texts_of(questionnaire):
        for language in questionnaire.languages:
            if any(p.attribute is not None and p.attribute.of_a_person for p in placeholders(text.of(language))):
                named = Place(
                    page=place.page, question=place.question or questionnaire.key, field=place.field, language=language
                )
                yield finding("not_anonymous", named)
