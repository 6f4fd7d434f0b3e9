"""Publishing. A published version never changes; an answer keeps the version it was given to, and so its meaning."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from peil.core.errors import BadQuery
from peil.surveys.questionnaires.as_json import to_json
from peil.surveys.questionnaires.checks import check, errors_in
from peil.surveys.questionnaires.checks.changes import check_changes
from peil.surveys.questionnaires.checks.finding import Finding, said
from peil.surveys.questionnaires.question import Question, boxes_of
from peil.surveys.questionnaires.questionnaire import Page, Questionnaire


def check_draft(draft: Questionnaire, earlier: Sequence[Questionnaire] = ()) -> list[Finding]:
    """All that can be said of a draft, also beside the version before it."""
    return [*check(draft), *(check_changes(_last(earlier), draft) if earlier else ())]


def publish(draft: Questionnaire, earlier: Sequence[Questionnaire] = ()) -> Questionnaire:
    """The next version, with everything that gives its answers their meaning written out in it.

    `earlier` are the versions published before. Raises BadQuery where a check finds an error, or where nothing changed.
    """
    wrong = errors_in(check_draft(draft, earlier))
    if wrong:
        problem, remedy = said(wrong[0], "en")
        raise BadQuery(f"This questionnaire can't be published: {problem}", remedy)
    version = replace(draft, version=_last(earlier).version + 1 if earlier else 1, pages=_meant(draft.pages))
    if earlier and fingerprint(version) == fingerprint(_last(earlier)):
        raise BadQuery("This questionnaire is equal to the version that is published.", "Change something first.")
    return version


def draft_after(published: Questionnaire) -> Questionnaire:
    """A draft to change: the version it comes from stays as it is."""
    return replace(published, version=0)


def fingerprint(questionnaire: Questionnaire) -> str:
    """The same for equal content, whatever its version: kept beside a version it shows that nothing changed it."""
    return hashlib.sha256(to_json(questionnaire).encode()).hexdigest()


def _last(earlier: Sequence[Questionnaire]) -> Questionnaire:
    return max(earlier, key=lambda q: q.version)


def _meant(pages: tuple[Page, ...]) -> tuple[Page, ...]:
    """With the boxes written out, so that other standard boxes later change no answer that was given."""
    return tuple(replace(p, questions=tuple(_with_boxes(q) for q in p.questions)) for p in pages)


def _with_boxes(question: Question) -> Question:
    return replace(question, boxes=boxes_of(question))
