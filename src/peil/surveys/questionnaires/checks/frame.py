"""The frame: keys, languages, every text in every language, what is filled in, how long answers are kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from peil.core.errors import did_you_mean
from peil.core.kpi import Words
from peil.surveys.questionnaires.checks.finding import Finding, Place, finding
from peil.surveys.questionnaires.question import KEY, Question
from peil.surveys.questionnaires.questionnaire import Questionnaire
from peil.surveys.questionnaires.texts import LANGUAGE, NAMES, Text, has_stray_brace, placeholders

# the languages that people in the Netherlands are most likely to be asked in; another one shows its letters
TONGUES = {
    "nl": Words("Nederlands", "Dutch"), "en": Words("Engels", "English"), "de": Words("Duits", "German"),
    "fr": Words("Frans", "French"), "es": Words("Spaans", "Spanish"), "pl": Words("Pools", "Polish"),
    "tr": Words("Turks", "Turkish"), "ar": Words("Arabisch", "Arabic"), "uk": Words("Oekraïens", "Ukrainian"),
    "ro": Words("Roemeens", "Romanian"), "bg": Words("Bulgaars", "Bulgarian"), "it": Words("Italiaans", "Italian"),
    "pt": Words("Portugees", "Portuguese"), "fy": Words("Fries", "Frisian"),
}  # fmt: skip
_NEEDED = ("name", "sender", "purpose")


def check_frame(questionnaire: Questionnaire) -> Iterator[Finding]:
    yield from _languages(questionnaire)
    yield from _keys(questionnaire)
    if not questionnaire.questions:
        yield finding("no_questions")
    for number, page in enumerate(questionnaire.pages, start=1):
        if not page.questions:
            yield finding("page_empty", Place(page=number))
    if not 1 <= questionnaire.retention_months <= 120:
        yield finding("retention_wrong", months=questionnaire.retention_months)
    for place, text, needed in texts_of(questionnaire):
        if needed or text:
            for language in text.missing(questionnaire.languages):
                where = Place(page=place.page, question=place.question, field=place.field, language=language)
                yield finding("text_missing", where, where=where_in(questionnaire, place), tongue=tongue(language))
        for language in questionnaire.languages:
            yield from _filled_in(
                Place(page=place.page, question=place.question, field=place.field, language=language), text
            )


def _languages(questionnaire: Questionnaire) -> Iterator[Finding]:
    if not questionnaire.languages:
        yield finding("language_none")
    for language, times in Counter(questionnaire.languages).items():
        if times > 1 or not LANGUAGE.fullmatch(language):
            yield finding("language_wrong", given=language)


def _keys(questionnaire: Questionnaire) -> Iterator[Finding]:
    if not KEY.fullmatch(questionnaire.key):
        yield finding("key_wrong", key=questionnaire.key)
    times = Counter(q.key for q in questionnaire.questions)
    for page, q in questionnaire.placed():
        place = Place(page=page, question=q.key)
        if not KEY.fullmatch(q.key):
            yield finding("key_wrong", place, key=q.key)
        if times[q.key] > 1:
            yield finding("key_twice", place)
        for option, count in Counter(o.key for o in q.options).items():
            if count > 1:
                yield finding("option_twice", place, option=option)
            if not KEY.fullmatch(option):
                yield finding("key_wrong", place, key=option)


def texts_of(questionnaire: Questionnaire) -> Iterator[tuple[Place, Text, bool]]:
    """Every text with its place, and whether it has to be there."""
    for field in ("name", "sender", "purpose", "welcome", "thanks"):
        yield Place(field=field), getattr(questionnaire, field), field in _NEEDED
    yield Place(field="subject"), questionnaire.subject.words, questionnaire.subject.scope == "touchpoint"
    for number, page in enumerate(questionnaire.pages, start=1):
        yield Place(page=number, field="heading"), page.heading, False
        yield Place(page=number, field="help"), page.help, False
        for question in page.questions:
            yield from _texts_of_question(number, question)


def _texts_of_question(page: int, question: Question) -> Iterator[tuple[Place, Text, bool]]:
    def place(field: str) -> Place:
        return Place(page=page, question=question.key, field=field)

    yield place("text"), question.text, True
    yield place("expected"), question.expected, question.meaning.form == "pair"
    yield place("help"), question.help, False
    yield place("dont_know"), question.dont_know, False
    for number, label in enumerate(question.labels, start=1):
        yield place(f"labels.{number}"), label, True
    for option in question.options:
        yield place(f"options.{option.key}"), option.text, True
    if question.subject is not None:
        yield place("subject"), question.subject.words, question.subject.scope == "touchpoint"


def where_in(questionnaire: Questionnaire, place: Place) -> Words:
    """How a place is called in a sentence. A pair of words, so that a finding can be said in either language."""
    if place.question:
        return Words(f"‘{place.question}’", f"‘{place.question}’")
    if place.page:
        return Words(f"pagina {place.page}", f"page {place.page}")
    return Words(f"‘{questionnaire.key}’", f"‘{questionnaire.key}’")


def tongue(language: str) -> Words:
    """What a language is called."""
    return TONGUES.get(language, Words(language, language))


def _filled_in(place: Place, text: Text) -> Iterator[Finding]:
    words = text.of(place.language)
    if has_stray_brace(words):
        yield finding("brace_stray", place)
    for found in placeholders(words):
        if found.attribute is None or (found.attribute.key == "subject" and place.field == "subject"):
            yield finding("attribute_unknown", place, name=found.name, hint=did_you_mean(found.name, NAMES))
        elif not found.attribute.always and not (found.otherwise or "").strip():
            yield finding("fallback_missing", place, name=found.name)
