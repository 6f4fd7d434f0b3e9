"""A submitted form -> answers, or what to say at which field. Nothing is cut, guessed or dropped in silence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from peil.core.kpi import Words
from peil.surveys.questionnaires.logic import is_shown
from peil.surveys.questionnaires.question import DONT_KNOW, Answer, Question
from peil.surveys.questionnaires.questionnaire import Questionnaire
from peil.surveys.questionnaires.texts import UNKEEPABLE

Form = Mapping[str, Sequence[str]]
LONGEST_CONTACT = 200
LONGEST_WORDS = 500  # beside 'something else'

# to whoever answers, so in Dutch with 'u'
ERRORS: Mapping[str, Words] = {
    "required": Words("Beantwoord deze vraag om verder te gaan.", "Answer this question to go on."),
    "nothing": Words("U hebt nog niets ingevuld. Beantwoord minstens één vraag.", "You have not filled in anything yet. Answer one question at least."),
    "unknown": Words("Kies een van de antwoorden hieronder.", "Choose one of the answers below."),
    "one_only": Words("Kies één antwoord.", "Choose one answer."),
    "too_many": Words("Kies er hoogstens {most}.", "Choose {most} at most."),
    "too_long": Words(
        "Uw tekst telt {length} tekens; {most} is het meeste. Maak hem korter.",
        "Your text has {length} characters; {most} is the most. Make it shorter.",
    ),
    "both": Words(
        "Geef beide antwoorden: wat u verwachtte en wat u ervoer.",
        "Give both answers: what you expected and what you experienced.",
    ),
    "points": Words("Vul bij elk onderdeel een heel getal van 0 tot en met 100 in.", "Fill in a whole number from 0 to 100 at each part."),
    "sum": Words("Samen zijn het nu {sum} punten; het moeten er 100 zijn.", "Together these are {sum} points; they have to be 100."),
    "where": Words("Vul een telefoonnummer of e-mailadres in.", "Fill in a phone number or an e-mail address."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class AnswerError:
    """Why a field can't be read: `code` of `ERRORS`, at `field` of a question."""

    question: str
    field: str
    code: str
    details: tuple[tuple[str, int], ...] = ()

    def said(self, language: str) -> str:
        words = ERRORS[self.code]
        return (words.nl if language == "nl" else words.en).format(**dict(self.details))


@dataclass(frozen=True, slots=True)
class Reading:
    """What a form says, in the order of the questions. A question with an error has no answer."""

    answers: tuple[Answer, ...]
    errors: tuple[AnswerError, ...]


class _Wrong(Exception):  # carries the code of what is wrong to the question it is about
    def __init__(self, code: str, field: str, **details: int) -> None:
        super().__init__(code)
        self.code, self.field, self.details = code, field, details


def read_answers(questionnaire: Questionnaire, form: Form, through: int | None = None) -> Reading:
    """The answers in `form`, whose names are those of `fields_of`; other names are not looked at.

    A question that is not shown has no answer, whatever the form says. `through`: the last page that was sent, from 1;
    what comes later is not read (None: all pages).
    """
    questions = {q.key: q for q in questionnaire.questions}
    found: dict[str, Answer] = {}
    errors: list[AnswerError] = []
    for page, question in questionnaire.placed():
        if through is not None and page > through:
            break
        if not is_shown(question, questions, found):
            continue
        try:
            answer = _read(question, form)
        except _Wrong as wrong:
            errors.append(AnswerError(question.key, wrong.field, wrong.code, tuple(wrong.details.items())))
            continue
        if answer is not None:
            found[question.key] = answer
    return Reading(tuple(found.values()), tuple(errors))


def form_of(questionnaire: Questionnaire, answers: Sequence[Answer]) -> dict[str, list[str]]:
    """The form that reads as these answers, to show a page again as it was filled in."""
    questions = {q.key: q for q in questionnaire.questions}
    found: dict[str, list[str]] = {}
    for answer in answers:
        found |= _fields(questions[answer.question], answer)
    return found


def _fields(question: Question, answer: Answer) -> dict[str, list[str]]:
    key, form = answer.question, question.meaning.form
    if answer.dont_know:
        return {key: [DONT_KNOW]}
    if form == "points":
        return {f"{key}.{dimension}": [str(points)] for dimension, points in answer.points}
    if form == "choice":
        return {key: list(answer.choices), **{f"{key}.{option}.words": [said] for option, said in answer.words}}
    if form == "text":
        return {key: [answer.text]}
    given = {key: answer.score, f"{key}.expected": answer.expected}
    fields = {name: [str(value)] for name, value in given.items() if value is not None}
    return {**fields, **({f"{key}.where": [answer.text]} if answer.text else {})}


def _read(question: Question, form: Form) -> Answer | None:
    readers = {"pair": _pair, "choice": _choice, "points": _points, "text": _text, "contact": _contact}
    answer = readers.get(question.meaning.form, _score)(question, form)
    if answer is None and question.required:
        raise _Wrong("required", question.key)
    return answer


def _values(form: Form, name: str) -> list[str]:
    return [value.strip() for value in form.get(name, ()) if value.strip()]


def _single(form: Form, name: str) -> str | None:
    """The one value of a field that takes one; the same value twice is one, as a page without script may send it."""
    values = set(_values(form, name))
    if len(values) > 1:
        raise _Wrong("one_only", name)
    return values.pop() if values else None


def _scored(question: Question, form: Form, name: str) -> int | None:
    """A score as it stands on the page: no other way to write it is taken."""
    given = _single(form, name)
    if given is None:
        return None
    allowed = {str(score): score for score in ((1,) if question.kind == "consent" else question.scores)}
    if given not in allowed:
        raise _Wrong("unknown", name)
    return allowed[given]


def _not_known(question: Question, form: Form) -> bool:
    return bool(question.dont_know) and _single(form, question.key) == DONT_KNOW


def _score(question: Question, form: Form) -> Answer | None:
    if _not_known(question, form):
        return Answer(question=question.key, dont_know=True)
    score = _scored(question, form, question.key)
    return None if score is None else Answer(question=question.key, score=score)


def _pair(question: Question, form: Form) -> Answer | None:
    if _not_known(question, form):
        return Answer(question=question.key, dont_know=True)
    other = f"{question.key}.expected"
    score, expected = _scored(question, form, question.key), _scored(question, form, other)
    if score is None and expected is None:
        return None
    if score is None or expected is None:
        raise _Wrong("both", question.key if score is None else other)
    return Answer(question=question.key, score=score, expected=expected)


def _choice(question: Question, form: Form) -> Answer | None:
    given = list(dict.fromkeys(_values(form, question.key)))
    if DONT_KNOW in given and question.dont_know:
        if len(given) > 1:
            raise _Wrong("one_only", question.key)
        return Answer(question=question.key, dont_know=True)
    options = {o.key: o for o in question.options}
    if any(value not in options for value in given):
        raise _Wrong("unknown", question.key)
    if len(given) > 1 and not question.allows_several:
        raise _Wrong("one_only", question.key)
    if question.most is not None and len(given) > question.most:
        raise _Wrong("too_many", question.key, most=question.most)
    if not given:
        return None
    chosen = tuple(key for key in options if key in given)  # in the order of the question, not of the form
    words = tuple((key, said) for key in chosen if options[key].with_words and (said := _said(question, form, key)))
    return Answer(question=question.key, choices=chosen, words=words)


def _said(question: Question, form: Form, option: str) -> str:
    return _kept(form, f"{question.key}.{option}.words", LONGEST_WORDS)


def _points(question: Question, form: Form) -> Answer | None:
    """Points over all dimensions, 100 together; an empty field beside filled ones is 0."""
    given = {d: _single(form, f"{question.key}.{d}") for d in question.meaning.dimensions}
    if not any(given.values()):
        return None
    for dimension, value in given.items():
        if value is not None and not (re.fullmatch(r"[0-9]{1,3}", value) and int(value) <= 100):
            raise _Wrong("points", f"{question.key}.{dimension}")
    points = {d: int(value or 0) for d, value in given.items()}
    if sum(points.values()) != 100:
        raise _Wrong("sum", f"{question.key}.{next(iter(points))}", sum=sum(points.values()))
    return Answer(question=question.key, points=tuple(points.items()))


def _text(question: Question, form: Form) -> Answer | None:
    said = _kept(form, question.key, question.longest)
    return Answer(question=question.key, text=said) if said else None


def _kept(form: Form, name: str, most: int) -> str:
    """A text as it was typed: line ends made one, and what can't be kept shown as such."""
    given = [UNKEEPABLE.sub("\ufffd", v.replace("\r\n", "\n").replace("\r", "\n")).strip() for v in form.get(name, ())]
    texts = [text for text in given if text]
    if len(texts) > 1:
        raise _Wrong("one_only", name)
    said = texts[0] if texts else ""
    if len(said) > most:
        raise _Wrong("too_long", name, length=len(said), most=most)
    return said


def _contact(question: Question, form: Form) -> Answer | None:
    wanted = _scored(question, form, question.key)
    if wanted is None:
        return None
    name = f"{question.key}.where"
    where = " ".join(_kept(form, name, LONGEST_CONTACT).split()) if wanted else ""
    if wanted and not re.search(r"\d{6}|@", re.sub(r"[ ()./-]", "", where)):
        raise _Wrong("where", name)
    return Answer(question=question.key, score=wanted, text=where)
