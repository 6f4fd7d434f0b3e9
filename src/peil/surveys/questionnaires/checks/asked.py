"""Each question: its scale, words and boxes, its options, and what its KPI needs of the others."""

from __future__ import annotations

from collections.abc import Iterator

from peil.core.kpi import Words
from peil.surveys.questionnaires.checks.finding import Finding, Place, finding
from peil.surveys.questionnaires.kinds import DIMENSIONS
from peil.surveys.questionnaires.question import LONGEST_TEXT, Question, boxes_of, item_number
from peil.surveys.questionnaires.questionnaire import Questionnaire

_LOOKS = {
    "stars": Words("sterren", "stars"),
    "smileys": Words("gezichtjes", "smileys"),
    "words": Words("woorden", "words"),
}
_SCALED = ("scale", "pair", "yes_no", "contact")
_MOST_SMILEYS = 5
_EASY_LENGTH = 5  # definitions: two to five points are recommended


def check_asked(questionnaire: Questionnaire) -> Iterator[Finding]:
    before: dict[str, Question] = {}
    for page, question in questionnaire.placed():
        place = Place(page=page, question=question.key)
        yield from _scale(question, place)
        yield from _boxes(question, place)
        yield from _choices(question, place)
        yield from _open(question, place, before)
        before[question.key] = question
    yield from _usability(questionnaire)
    yield from _service(questionnaire)


def _scale(question: Question, place: Place) -> Iterator[Finding]:
    kind = question.meaning
    if kind.form == "points" and len(question.labels) != len(kind.dimensions):
        yield finding("labels_wrong", place, given=len(question.labels), points=len(kind.dimensions))
    if kind.form not in _SCALED:
        return
    fixed = kind.scale and len(question.scores)
    if question.scale is None or (fixed and question.points not in (None, fixed)):
        allowed = ", ".join(map(str, kind.lengths)) or fixed
        yield finding("points_wrong", place, given=question.points or 0, allowed=allowed)
        return
    fits = (
        question.look == "figures"
        or question.kind == "csat"
        or (question.look == "words" and len(question.scores) <= 7)
    )
    if not fits:
        yield finding("look_wrong", place, look=_LOOKS[question.look])
    yield from _labels(question, place)
    if question.look == "smileys" and len(question.scores) > _MOST_SMILEYS:
        yield finding("smileys_many", place, points=len(question.scores))
    elif question.kind == "csat" and len(question.scores) > _EASY_LENGTH:
        yield finding("scale_long", place, points=len(question.scores))


def _labels(question: Question, place: Place) -> Iterator[Finding]:
    given, points = len(question.labels), len(question.scores)
    if not given or (given != points and question.look in ("stars", "smileys", "words")):
        yield finding("scale_without_words", place)
    elif given not in (2, points):
        yield finding("labels_wrong", place, given=given, points=points)


def _boxes(question: Question, place: Place) -> Iterator[Finding]:
    if question.scale is None or question.meaning.form not in _SCALED or question.meaning.fact != "answers":
        return
    boxes = boxes_of(question)
    if boxes is None:
        yield finding("boxes_missing", place, points=len(question.scores))
        return
    low, high = question.scale
    (a, b), (c, d) = boxes.favourable, boxes.unfavourable
    on_scale = all(low <= x <= high for x in (a, b, c, d))
    if not on_scale or a > b or c > d or not (b < c or d < a):
        yield finding("boxes_wrong", place)


def _choices(question: Question, place: Place) -> Iterator[Finding]:
    kind = question.meaning
    if kind.dimensions and kind.form != "points" and question.dimension not in kind.dimensions:
        yield finding("dimension_wrong", place, allowed=", ".join(kind.dimensions))
    if kind.form != "choice":
        return
    if len(question.options) < 2:
        yield finding("options_few", place)
    if question.most is not None and not 1 <= question.most <= len(question.options):
        yield finding("most_wrong", place, most=question.most)


def _open(question: Question, place: Place, before: dict[str, Question]) -> Iterator[Finding]:
    if question.kind == "consent" and question.required:
        yield finding("consent_required", place)
    if question.kind != "comment":
        return
    if not 1 <= question.longest <= LONGEST_TEXT:
        yield finding("longest_wrong", place, given=question.longest, most=LONGEST_TEXT)
    if question.required:
        yield finding("comment_required", place)
    explained = before.get(question.about)
    if question.about and (
        explained is None or explained.meaning.form not in _SCALED or explained.meaning.fact != "answers"
    ):
        yield finding("about_wrong", place, about=question.about)


def _usability(questionnaire: Questionnaire) -> Iterator[Finding]:
    """The score is made of all ten, told apart by the number in their keys."""
    items = [(page, q) for page, q in questionnaire.placed() if q.kind == "sus_item"]
    for page, q in items:
        if item_number(q.key) is None:
            yield finding("sus_number", Place(page=page, question=q.key))
    missing = sorted(set(range(1, 11)) - {item_number(q.key) for _, q in items})
    if items and missing:
        yield finding("sus_incomplete", missing=", ".join(map(str, missing)))


def _service(questionnaire: Questionnaire) -> Iterator[Finding]:
    asked = {q.dimension for q in questionnaire.questions if q.kind == "servqual"}
    missing = [d for d in DIMENSIONS if d not in asked]
    if asked and missing:
        yield finding("servqual_incomplete", missing=", ".join(missing))
    for page, q in questionnaire.placed():
        if q.kind == "servqual_points" and not asked:
            yield finding("points_of_service_alone", Place(page=page, question=q.key))
