"""What a colleague types or a file has in a column -> a form as whoever answers would have sent it.

A score is typed as its figure or its word, yes and no as j and n too, an option as its number, its key or its words;
? is 'I don't know'. Nothing is guessed: what means nothing stays as it is, and is then told at its field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from peil.surveys.questionnaires.answers import LONGEST_CONTACT, LONGEST_WORDS
from peil.surveys.questionnaires.question import DONT_KNOW, Question, fields_of
from peil.surveys.questionnaires.questionnaire import Questionnaire
from peil.surveys.questionnaires.scales import points_of

NOT_KNOWN = "?"
BETWEEN = "|"
_YES, _NO = ("j", "ja", "y", "yes"), ("n", "nee", "no")
_WHOLE = re.compile(r"0*([0-9]{1,3})(?:[.,]0+)?", re.ASCII)  # as a spreadsheet may write a whole number


def form_of_typed(questionnaire: Questionnaire, typed: Mapping[str, str]) -> dict[str, list[str]]:
    """The form that these fields make; empty ones are left out."""
    return {
        name: values
        for question in questionnaire.questions
        for name in fields_of(question)
        if (values := values_of(questionnaire, question, name, typed.get(name, "")))
    }


def values_of(questionnaire: Questionnaire, question: Question, name: str, typed: str) -> list[str]:
    """What is typed in one field, as the form has it."""
    said = typed.strip()
    if not said:
        return []
    if question.dont_know and name == question.key and said in (NOT_KNOWN, DONT_KNOW):
        return [DONT_KNOW]
    form = question.meaning.form
    if name.endswith((".words", ".where")) or form == "text":
        return [said]
    if form == "choice":
        return [_option(questionnaire, question, part) for part in _parts(said)]
    if form in ("yes_no", "contact", "consent"):
        low = said.lower()
        return ["1"] if low in _YES else ["0"] if low in _NO else [_score(questionnaire, question, said)]
    return [_score(questionnaire, question, said)]


def most_letters(question: Question, name: str) -> int:
    """How much a field takes."""
    if name.endswith(".where"):
        return LONGEST_CONTACT
    if name.endswith(".words"):
        return LONGEST_WORDS
    return question.longest if question.meaning.form == "text" else 200


def _score(questionnaire: Questionnaire, question: Question, said: str) -> str:
    figure = _WHOLE.fullmatch(said)
    if figure:
        return str(int(figure[1]))
    words = {w: str(score) for score, w in _words(questionnaire, question)}
    return words.get(said.casefold(), said)


def _words(questionnaire: Questionnaire, question: Question) -> Iterator[tuple[int, str]]:
    for language in questionnaire.languages:
        for point in points_of(question, language):
            if point.words:
                yield point.score, point.words.casefold()


def _parts(said: str) -> list[str]:
    """Several options: between bars, or as numbers between commas or spaces."""
    if re.fullmatch(r"[0-9]+(?:[ ,;+]+[0-9]+)+", said):
        return re.split(r"[ ,;+]+", said)
    return [part.strip() for part in said.split(BETWEEN) if part.strip()]


def _option(questionnaire: Questionnaire, question: Question, said: str) -> str:
    keys = [o.key for o in question.options]
    if said in keys:
        return said
    if said.isascii() and said.isdigit() and 1 <= int(said[:4]) <= len(keys):
        return keys[int(said[:4]) - 1]
    for option in question.options:
        if said.casefold() in {option.text.of(one).strip().casefold() for one in questionnaire.languages}:
            return option.key
    return said
