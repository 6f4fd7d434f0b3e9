"""One question: its form, what can be said of it, and how its page will look."""

from __future__ import annotations

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from peil.report.words import Language
from peil.surveys.editing.arranging import change_question, page_of, question_of
from peil.surveys.keeping import Changed, Kept, save_draft
from peil.surveys.questionnaires.question import Question
from peil.surveys.questionnaires.questionnaire import Questionnaire
from peil.web.access import allowed
from peil.web.languages import language_of
from peil.web.pages.surveys.editing.arrange import kept_with
from peil.web.pages.surveys.editing.conditions import conditions_of, offered
from peil.web.pages.surveys.editing.fields import (
    as_given,
    explained,
    fields_of_question,
    has_own_boxes,
    has_scale,
    read_question,
)
from peil.web.pages.surveys.editing.frame import places, tongues
from peil.web.pages.surveys.editing.reading import Reading, Shown, typed
from peil.web.pages.surveys.editing.saving import edits_in, language_shown, to_survey
from peil.web.pages.surveys.editing.wording import FILLS, dimension_words, label_words, look_words, scope_words
from peil.web.pages.surveys.publishing import found_in
from peil.web.pages.surveys.shown import show_survey_page
from peil.web.pages.surveys.sketch import shown_language, text_in_outline
from peil.web.recording import recorded


@allowed("edit_surveys")
@csp_update({"frame-src": [SELF]})  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "HEAD", "POST"])
@recorded("survey_changed", "question_changed")
def question(request: HttpRequest, key: str, question: str) -> HttpResponse:
    kept = kept_with(key, question)
    asked = _asked(kept, question)
    if request.method != "POST":
        return _show(request, kept, asked, Shown(fields_of_question(asked, kept.shown.languages)))
    reading = Reading(typed(request.POST), kept.shown.languages, language_of(request))
    changed = read_question(reading, asked, kept.shown)
    given = as_given(reading.given, asked, kept.shown.languages)
    if reading.wrong:
        return _show(request, kept, asked, Shown(given, reading.wrong))
    try:
        save_draft(key, change_question(kept.shown, question, changed), edits_in(request))
    except Changed:
        kept = kept_with(key, question)
        return _show(request, kept, _asked(kept, question), Shown(given, late=True))
    if reading.given.get("act", "save") == "save":
        return to_survey(key, f"q-{changed.key}")
    return HttpResponseRedirect(reverse("survey_question", args=[key, changed.key]) + "#more")


def _asked(kept: Kept, key: str) -> Question:
    found = question_of(kept.shown, key)
    if found is None:
        raise Http404
    return found


def _show(request: HttpRequest, kept: Kept, asked: Question, shown: Shown) -> HttpResponse:
    language, questionnaire = language_of(request), kept.shown
    return show_survey_page(
        request,
        kept,
        "editing/question.html",
        asked=asked,
        kind=asked.meaning,
        page=page_of(questionnaire, asked.key),
        published=kept.published is not None and question_of(kept.published, asked.key) is not None,
        explained=_explained(questionnaire, asked, language),
        languages=questionnaire.languages,
        names=dict(tongues(language, questionnaire.languages)),
        places=places(),
        conditions=conditions_of(questionnaire, asked, language),
        offered=offered(request, questionnaire, asked, language),
        unfit="unfit" in request.GET,
        shown_in=language_shown(request, questionnaire),
        findings=[f for f in found_in(kept, language) if f.question == asked.key],
        **_choices(asked, language),
        **shown.context,
    )


def _choices(asked: Question, language: Language) -> dict[str, Any]:
    """What the form of this question offers, in words."""
    kind = asked.meaning
    return {
        "kind_name": kind.name.nl if language == "nl" else kind.name.en,
        "has_scale": has_scale(asked),
        "has_boxes": has_own_boxes(asked),
        "look_words": look_words(asked, language),
        "label_words": label_words(asked, language),
        "dimension_words": dimension_words(language),
        "point_words": [(str(n), str(n)) for n in kind.lengths],
        "scope_words": scope_words(language),
        "fills": FILLS,
    }


def _explained(questionnaire: Questionnaire, asked: Question, language: Language) -> list[tuple[str, str]]:
    """Questions that this one may explain, by their text."""
    shown = shown_language(questionnaire, language)
    questions = {q.key: q for q in questionnaire.questions}
    return [(k, text_in_outline(questionnaire, questions[k], shown)) for k in explained(questionnaire, asked.key)]
