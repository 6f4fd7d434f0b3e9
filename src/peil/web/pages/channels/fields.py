"""A questionnaire as a colleague types it in: one field for each thing that can be said, in the order of the sheet."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from peil.report.words import Language, say
from peil.report.words.paper import on_paper
from peil.surveys.channels.following import Needs, needs_of
from peil.surveys.channels.typed import most_letters
from peil.surveys.questionnaires.answers import AnswerError
from peil.surveys.questionnaires.question import DONT_KNOW, Question, fields_of
from peil.surveys.questionnaires.questionnaire import Questionnaire, words_of
from peil.surveys.questionnaires.scales import parts_of, points_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field to type in."""

    name: str
    label: str  # '' where the question is its label
    hint: str
    value: str
    error: str
    long: bool = False
    figures: str = ""  # what may be typed, where one figure or two say it all
    most: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question with its fields. `choices` are read out, each with the number to type."""

    key: str
    number: int
    text: str
    help: str
    only_if: str
    needs: str  # as JSON, for the script that hides what is not asked
    options: str  # their keys, in order
    fields: tuple[Field, ...]
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Typing:
    """What is typed so far, and what is wrong with it; and in which languages it is asked and told."""

    typed: Mapping[str, str]
    errors: Sequence[AnswerError] = ()
    language: str = "nl"  # of the questions
    told: Language = "nl"  # of whoever types
    known: Mapping[str, str]


def typing_fields(asked: Questionnaire, typing: Typing) -> list[Asked]:
    """Every question with its fields."""
    errors = {e.field: e for e in typing.errors}
    numbers = {q.key: n for n, q in enumerate(asked.questions, start=1)}
    return [_asked(asked, q, numbers, errors, typing) for q in asked.questions]


def _asked(
    asked: Questionnaire, question: Question, numbers: Mapping[str, int], errors: Mapping[str, AnswerError], typing: Typing
) -> Asked:  # fmt: skip
    return Asked(
        key=question.key, number=numbers[question.key],
        text=words_of(asked, question.text, typing.language, typing.known, question),
        help=words_of(asked, question.help, typing.language, typing.known, question),
        only_if=condition_in_words(asked, question, typing.language), needs=_as_json(needs_of(asked, question)),
        options=" ".join(o.key for o in question.options) if question.meaning.form == "choice" else "",
        fields=tuple(_fields(asked, question, errors, typing)), choices=tuple(_choices(asked, question, typing)),
    )  # fmt: skip


def _as_json(needs: tuple[Needs, ...]) -> str:
    return json.dumps([asdict(need) for need in needs]) if needs else ""


def _fields(
    asked: Questionnaire, question: Question, errors: Mapping[str, AnswerError], typing: Typing
) -> Iterator[Field]:
    form = question.meaning.form
    parts = {f"{question.key}.{part}": words or part for part, words in parts_of(question, typing.language)}
    for name in fields_of(question):
        error = errors.get(name)
        yield Field(
            name=name, label=_label(asked, question, name, parts, typing), value=typing.typed.get(name, ""),
            hint=allowed_in(question, name, typing.told), long=form == "text", most=most_letters(question, name),
            error=error_in_words(error, question, typing.told) if error else "",
            figures=_figures(question) if name in (question.key, f"{question.key}.expected") else "",
        )  # fmt: skip


def _label(asked: Questionnaire, question: Question, name: str, parts: Mapping[str, str], typing: Typing) -> str:
    form = question.meaning.form
    if form == "pair":
        if name.endswith(".expected"):
            text = words_of(asked, question.expected, typing.language, typing.known, question)
            return f"{say('ans_expected', typing.told)}: {text}"
        return say("ans_perceived", typing.told)
    if form == "points":
        return parts.get(name, name)
    if name.endswith(".where"):
        return say("ans_where_to", typing.told)
    if name.endswith(".words"):
        option = name.removeprefix(f"{question.key}.").removesuffix(".words")
        text = next((o.text.of(typing.language) for o in question.options if o.key == option), option)
        return say("ans_more_words", typing.told, text)
    return ""


def _choices(asked: Questionnaire, question: Question, typing: Typing) -> Iterator[tuple[str, str]]:
    form = question.meaning.form
    if form == "choice":
        for number, option in enumerate(question.options, start=1):
            yield str(number), words_of(asked, option.text, typing.language, typing.known, question)
    elif form in ("scale", "pair"):
        for point in points_of(question, typing.language):
            if point.words:
                yield str(point.score), point.words
    if question.dont_know:
        yield "?", words_of(asked, question.dont_know, typing.language, typing.known, question)


def allowed_in(question: Question, name: str, language: Language) -> str:
    """What may be typed, in few words."""
    form = question.meaning.form
    if name.endswith((".words", ".where")) or form == "text":
        return ""
    if form in ("yes_no", "contact", "consent"):
        return say("ans_one_letter", language)
    if form == "choice":
        return say("ans_many" if question.allows_several else "ans_one", language)
    if form == "points":
        return "0–100"
    return f"{question.scores[0]}–{question.scores[-1]}" if question.scores else ""


def _figures(question: Question) -> str:
    """Everything that may be typed in a field of scores, so that the last figure can go on by itself."""
    form = question.meaning.form
    if form in ("scale", "pair"):
        return " ".join(map(str, question.scores))
    if form in ("yes_no", "contact", "consent"):
        return "j n y 0 1"
    return ""


def error_in_words(error: AnswerError, question: Question, language: Language) -> str:
    """What is wrong in a field and what may stand there."""
    return say(f"ans_err_{error.code}", language, **{**dict(error.details), "allowed": values_in(question, language)})


def values_in(question: Question, language: Language) -> str:
    """All that may stand in a field, for a file or an error."""
    form = question.meaning.form
    more = ["?"] if question.dont_know else []
    if form == "choice":
        return ", ".join([*(o.key for o in question.options), *more])
    if form == "consent":
        return "1"
    if form in ("yes_no", "contact"):
        return ", ".join(["1", "0", say("ans_one_letter", language), *more])
    if form == "points":
        return "0–100"
    return ", ".join([f"{question.scores[0]}–{question.scores[-1]}", *more]) if question.scores else ""


def condition_in_words(asked: Questionnaire, question: Question, language: str) -> str:
    """When a question is asked: the number of the other, and the answers to it; '' for always."""
    numbers = {q.key: n for n, q in enumerate(asked.questions, start=1)}
    others = {q.key: q for q in asked.questions}
    return "; ".join(
        on_paper("question", language, numbers[need.question], _values(need, others[need.question], language))
        for need in needs_of(asked, question)
    )


def _values(need: Needs, about: Question, language: str) -> str:
    if not need.answered:
        return on_paper("not_answered", language)
    if need.none:
        return on_paper("none_of", language, ", ".join(_value(v, about, language) for v in need.none))
    if not need.any:
        return on_paper("answered", language)
    if all(v.isdigit() for v in need.any) and len(need.any) > 2 and about.meaning.form in ("scale", "pair"):
        figures = sorted(map(int, need.any))
        if figures == list(range(figures[0], figures[-1] + 1)):
            return f"{figures[0]}–{figures[-1]}"
    return ", ".join(_value(v, about, language) for v in need.any)


def _value(value: str, about: Question, language: str) -> str:
    if value == DONT_KNOW:
        return about.dont_know.of(language)
    if about.meaning.form == "choice":
        return next((o.text.of(language) for o in about.options if o.key == value), value)
    if about.meaning.form in ("yes_no", "contact"):
        return next((p.words for p in points_of(about, language) if str(p.score) == value), value) or value
    return value
