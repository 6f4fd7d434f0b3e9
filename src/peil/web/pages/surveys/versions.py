"""What was published of a survey, version by version, with what each changed in the one before it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from peil.report.words import Language
from peil.surveys.keeping import Published, published_of
from peil.surveys.questionnaires.questionnaire import Questionnaire
from peil.web.access import allowed
from peil.web.languages import language_of
from peil.web.pages.surveys.shown import day_of, length_of, show_survey_page, survey_or_404
from peil.web.pages.surveys.sketch import PageSketch, shown_language, sketch_of, text_in_outline


@dataclass(frozen=True, slots=True)
class Row:
    """One version; `before` is the number of the one that it follows, 0 for the first."""

    number: int
    day: str
    length: str
    pages: Sequence[PageSketch]
    before: int
    added: frozenset[str]
    changed: frozenset[str]
    gone: tuple[str, ...]


@allowed("see_surveys")
@require_safe
def versions(request: HttpRequest, key: str) -> HttpResponse:
    """Every version, the newest first."""
    kept, language = survey_or_404(key), language_of(request)
    there = published_of(key)
    rows = [_row(one, before, language) for before, one in pairwise([None, *there]) if one is not None]
    return show_survey_page(request, kept, "versions.html", versions=rows[::-1])


def _row(one: Published, before: Published | None, language: Language) -> Row:
    asked = one.questionnaire
    earlier = {q.key: q for q in before.questionnaire.questions} if before else {q.key: q for q in asked.questions}
    now = {q.key: q for q in asked.questions}
    return Row(
        number=asked.version,
        day=day_of(one.at, language),
        length=length_of(asked, language),
        pages=sketch_of(asked, language),
        before=before.questionnaire.version if before else 0,
        added=frozenset(now.keys() - earlier.keys()),
        changed=frozenset(k for k in now.keys() & earlier.keys() if now[k] != earlier[k]),
        gone=_gone(before.questionnaire, now.keys(), language) if before else (),
    )


def _gone(before: Questionnaire, now: Collection[str], language: Language) -> tuple[str, ...]:
    """The texts of the questions that were left out."""
    shown = shown_language(before, language)
    return tuple(text_in_outline(before, q, shown) for q in before.questions if q.key not in now)
