"""A draft beside the version before it: what would make old and new answers mean different things."""

from __future__ import annotations

from collections.abc import Iterator

from peil.surveys.questionnaires.checks.finding import Finding, Place, finding
from peil.surveys.questionnaires.question import Question, boxes_of
from peil.surveys.questionnaires.questionnaire import Questionnaire
from peil.surveys.questionnaires.texts import Text


def check_changes(before: Questionnaire, draft: Questionnaire) -> Iterator[Finding]:
    """Errors where figures would break, advice where they would shift."""
    if draft.key != before.key:
        yield finding("key_changed", before=before.key)
    older = {q.key: q for q in before.questions}
    for page, question in draft.placed():
        if question.key in older:
            yield from _question(older[question.key], question, Place(page=page, question=question.key), before.version)
    was, now = _statements(before), _statements(draft)
    if was and now and was != now:
        yield finding("statements_changed", version=before.version)


def _question(old: Question, new: Question, place: Place, version: int) -> Iterator[Finding]:
    if old.kind != new.kind:
        yield finding("kind_changed", place, before=old.meaning.name, after=new.meaning.name)
        return
    if (old.scale, boxes_of(old)) != (new.scale, boxes_of(new)):
        yield finding("scale_changed", place, before=_scale(old), after=_scale(new))
    options = {o.key: o.text for o in old.options}
    both = [(old.text, new.text), *((options[o.key], o.text) for o in new.options if o.key in options)]
    if any(_reworded(*texts) for texts in both):
        yield finding("wording_changed", place, version=version)


def _reworded(old: Text, new: Text) -> bool:
    """Other words in a language that both have; a language more or less is no change of words."""
    shared = dict(old.by_language).keys() & dict(new.by_language).keys()
    return any(old.of(language) != new.of(language) for language in shared)


def _scale(question: Question) -> str:
    return f"{question.scale[0]}–{question.scale[1]}" if question.scale else "–"


def _statements(questionnaire: Questionnaire) -> frozenset[tuple[str, str]]:
    return frozenset((q.dimension, q.key) for q in questionnaire.questions if q.kind == "servqual")
