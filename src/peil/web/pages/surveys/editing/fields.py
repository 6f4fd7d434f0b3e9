"""One question as the fields of a form, and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast, get_args

from peil.core.boxes import Boxes
from peil.report.words import say
from peil.surveys.questionnaires.question import KEY, LONGEST_TEXT, Look, Option, Question, boxes_of
from peil.surveys.questionnaires.questionnaire import Questionnaire
from peil.surveys.questionnaires.scales import usual_labels
from peil.surveys.questionnaires.texts import NO_TEXT, Text
from peil.web.pages.surveys.editing.frame import read_subject
from peil.web.pages.surveys.editing.options import option_fields, read_options
from peil.web.pages.surveys.editing.reading import Form, Reading, text_fields

LOOKS: tuple[Look, ...] = get_args(Look)
MOST_CHOSEN = 50
_PLAIN = ("key", "dimension", "about", "look")
_EDGES = ("favourable.from", "favourable.to", "unfavourable.from", "unfavourable.to")


def has_scale(question: Question) -> bool:
    return question.meaning.form in ("scale", "pair", "yes_no")


def has_own_boxes(question: Question) -> bool:
    """Whether it may say itself which scores are good: not where the kind fixes it."""
    return question.meaning.form in ("scale", "pair") and question.meaning.better != "neither"


def fields_of_question(question: Question, languages: Sequence[str]) -> dict[str, str]:
    """The form as the question is now."""
    fields = {name: str(getattr(question, name)) for name in _PLAIN}
    fields |= {name: "yes" if getattr(question, name) else "" for name in ("required", "several")}
    fields |= {"points": str(question.points or ""), "most": str(question.most or ""), "longest": str(question.longest)}
    fields["labelled"] = "each" if len(question.labels) > 2 or len(question.scores) == 2 else "ends"
    for name in ("text", "expected", "help", "dont_know"):
        fields |= text_fields(name, getattr(question, name), languages)
    for number, label in enumerate(question.labels, start=1):
        fields |= text_fields(f"labels.{number}", label, languages)
    fields |= option_fields(question.options, languages)
    return fields | _box_fields(question) | _subject_fields(question, languages)


def _box_fields(question: Question) -> dict[str, str]:
    boxes = boxes_of(question)
    edges = (
        [int(edge) for pair in (boxes.favourable, boxes.unfavourable) for edge in pair] if boxes else ["", "", "", ""]
    )
    own = question.boxes is not None and boxes_of(replace(question, boxes=None)) != question.boxes
    fields = dict(zip(_EDGES, map(str, edges), strict=True))
    return fields | {"boxes": "own" if own or boxes is None else "usual"}


def _subject_fields(question: Question, languages: Sequence[str]) -> dict[str, str]:
    subject = question.subject
    if subject is None:
        return {"own": "", "own.scope": "touchpoint", "own.touchpoint": "", "own.journey": ""}
    fields = {f"own.{name}": getattr(subject, name) for name in ("scope", "touchpoint", "journey")}
    return {"own": "yes", **fields, **text_fields("own.subject", subject.words, languages)}


def read_question(reading: Reading, before: Question, questionnaire: Questionnaire) -> Question:
    """The question as the form has it; what is wrong stands in `reading`."""
    kind = before.meaning
    question = replace(
        before,
        key=_key(reading, before, questionnaire),
        text=reading.text("text", before.text),
        expected=reading.text("expected", before.expected) if kind.form == "pair" else before.expected,
        help=reading.text("help", before.help),
        dont_know=reading.text("dont_know", before.dont_know) if _may_not_know(before) else before.dont_know,
        required=reading.ticked("required"),
        subject=read_subject(reading, before.subject, "own.") if reading.ticked("own") else None,
    )
    if has_scale(before):
        question = _with_scale(reading, question, before)
    if kind.form == "points":
        question = replace(question, labels=_labels(reading, before.labels, len(before.labels)))
    if kind.dimensions and kind.form != "points":
        question = replace(question, dimension=reading.choice("dimension", kind.dimensions, before.dimension))
    if kind.form == "choice":
        question = _with_options(reading, question)
    if kind.form == "text":
        about = reading.choice("about", ("", *explained(questionnaire, before.key)), before.about)
        question = replace(question, about=about, longest=reading.whole("longest", 1, LONGEST_TEXT, before.longest))
    return question


def _may_not_know(question: Question) -> bool:
    return question.meaning.form in ("scale", "pair", "yes_no", "choice")


def explained(questionnaire: Questionnaire, key: str) -> list[str]:
    """Questions with a score that come before this one, which it may explain."""
    before = []
    for question in questionnaire.questions:
        if question.key == key:
            break
        if has_scale(question) and question.meaning.fact == "answers":
            before.append(question.key)
    return before


def _key(reading: Reading, before: Question, questionnaire: Questionnaire) -> str:
    key = reading.line("key") or before.key
    if not KEY.fullmatch(key):
        reading.wrong["key"] = say("svy_err_key", reading.language)
    elif key != before.key and key in {q.key for q in questionnaire.questions}:
        reading.wrong["key"] = say("svy_err_question_key", reading.language)
    return key


def _with_scale(reading: Reading, question: Question, before: Question) -> Question:
    """Its length, look, words and boxes. Other lengths or looks bring their usual words along."""
    lengths = [str(n) for n in before.meaning.lengths]
    points = int(reading.choice("points", lengths, str(before.points or lengths[0]))) if lengths else before.points
    look = cast("Look", reading.choice("look", LOOKS, before.look))
    labelled = reading.choice("labelled", ("each", "ends"), "ends")
    question = replace(question, points=points, look=look)
    length = len(question.scores)
    other = (points, look) != (before.points, before.look) or labelled != fields_of_question(before, ())["labelled"]
    if other or reading.given.get("act") == "usual_words":
        labels = usual_labels(question.kind, length, look)
        labels = (labels[0], labels[-1]) if labelled == "ends" and len(labels) > 2 else labels
        labels = _spread(labels, length) if labelled == "each" and len(labels) == 2 and length > 2 else labels
    else:
        labels = _labels(reading, before.labels, len(before.labels))
    return replace(question, labels=labels, boxes=_boxes(reading, question, before))


def _spread(labels: tuple[Text, ...], length: int) -> tuple[Text, ...]:
    """A label for every point, those between the ends still to be written."""
    return (labels[0], *[NO_TEXT] * (length - 2), labels[1])


def _labels(reading: Reading, before: Sequence[Text], count: int) -> tuple[Text, ...]:
    return tuple(reading.text(f"labels.{n}", before[n - 1]) for n in range(1, count + 1))


def _boxes(reading: Reading, question: Question, before: Question) -> Boxes | None:
    """Its own boxes where it has them; None leaves it to kind and scale."""
    if not has_own_boxes(before) or reading.choice("boxes", ("usual", "own"), "usual") == "usual":
        return None if has_own_boxes(before) else before.boxes
    scores = question.scores
    if question.scale != before.scale:
        return None
    low, high = scores[0], scores[-1]
    good = (reading.whole(_EDGES[0], low, high, high), reading.whole(_EDGES[1], low, high, high))
    bad = (reading.whole(_EDGES[2], low, high, low), reading.whole(_EDGES[3], low, high, low))
    if good[0] > good[1] or bad[0] > bad[1] or not (good[1] < bad[0] or bad[1] < good[0]):
        reading.wrong["boxes"] = say("svy_err_boxes", reading.language)
    return Boxes(good, bad)


def _with_options(reading: Reading, question: Question) -> Question:
    options: tuple[Option, ...] = read_options(reading, question.options)
    most = reading.whole("most", 1, MOST_CHOSEN, 0)
    return replace(question, options=options, several=reading.ticked("several"), most=most or None)


def as_given(given: Form, question: Question, languages: Sequence[str]) -> dict[str, str]:
    """What was typed, and of fields that were not sent what the question has."""
    ticks = ("required", "several", "own")
    kept = {k: v for k, v in fields_of_question(question, languages).items() if k not in ticks}
    return {**kept, **dict.fromkeys(ticks, ""), **given}
