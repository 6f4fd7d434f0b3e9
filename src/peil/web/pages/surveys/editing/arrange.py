"""Steps that are pressed: adding, moving and taking out pages and questions; taking the last step back."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from peil.surveys.editing.arranging import (
    Step,
    add_page,
    add_question,
    move_page,
    move_question,
    question_of,
    remove_page,
    remove_question,
)
from peil.surveys.keeping import Changed, Kept, drop_draft, save_draft, undo_change
from peil.surveys.questionnaires.as_json import MOST_QUESTIONS
from peil.surveys.questionnaires.kinds import KINDS
from peil.web.access import allowed
from peil.web.pages.surveys.editing.saving import edits_in, keep_step, page_or_404, to_survey, too_late
from peil.web.pages.surveys.shown import survey_or_404
from peil.web.recording import recorded


@allowed("edit_surveys")
@require_POST
@recorded("survey_changed", "page_added")
def page_add(request: HttpRequest, key: str) -> HttpResponse:
    return keep_step(request, survey_or_404(key), add_page, "pages")


@allowed("edit_surveys")
@require_POST
@recorded("survey_changed", "page_removed")
def page_remove(request: HttpRequest, key: str, number: int) -> HttpResponse:
    kept = survey_or_404(key)
    page_or_404(kept, number)
    return keep_step(request, kept, lambda draft: remove_page(draft, number), "undo")


@allowed("edit_surveys")
@require_POST
@recorded("survey_changed", "page_moved")
def page_move(request: HttpRequest, key: str, number: int) -> HttpResponse:
    kept = survey_or_404(key)
    page_or_404(kept, number)
    return keep_step(request, kept, lambda draft: move_page(draft, number, _step(request)))


@allowed("edit_surveys")
@require_POST
@recorded("survey_changed", "question_added", named="kind")
def question_add(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """A question with the usual words of its kind; its page is opened to change them."""
    kept, kind = survey_or_404(key), request.POST.get("kind", "")
    if kind not in KINDS or number != 1:
        page_or_404(kept, number)
    if kind not in KINDS or len(kept.shown.questions) >= MOST_QUESTIONS:
        raise Http404
    draft, made = add_question(kept.shown, kind, number)
    try:
        save_draft(key, draft, edits_in(request))
    except Changed:
        return too_late(request, key)
    return HttpResponseRedirect(reverse("survey_question", args=[key, made]))


@allowed("edit_surveys")
@require_POST
@recorded("survey_changed", "question_removed")
def question_remove(request: HttpRequest, key: str, question: str) -> HttpResponse:
    kept = kept_with(key, question)
    return keep_step(request, kept, lambda draft: remove_question(draft, question), "undo")


@allowed("edit_surveys")
@require_POST
@recorded("survey_changed", "question_moved")
def question_move(request: HttpRequest, key: str, question: str) -> HttpResponse:
    kept = kept_with(key, question)
    return keep_step(request, kept, lambda draft: move_question(draft, question, _step(request)), f"q-{question}")


@allowed("edit_surveys")
@require_POST
@recorded("survey_changed", "step_undone")
def undo(request: HttpRequest, key: str) -> HttpResponse:
    survey_or_404(key)
    try:
        undo_change(key, edits_in(request))
    except Changed:
        return too_late(request, key)
    return to_survey(key)


@allowed("edit_surveys")
@require_POST
@recorded("survey_changed", "draft_dropped")
def drop(request: HttpRequest, key: str) -> HttpResponse:
    """Back to what is live; it can be taken back like any step."""
    kept = survey_or_404(key)
    if kept.draft is None or kept.published is None or kept.edits != edits_in(request):
        return too_late(request, key)
    drop_draft(key)
    return to_survey(key, "undo")


def kept_with(key: str, question: str) -> Kept:
    """The survey, if it has this question."""
    kept = survey_or_404(key)
    if question_of(kept.shown, question) is None:
        raise Http404
    return kept


def _step(request: HttpRequest) -> Step:
    return "up" if request.POST.get("step") == "up" else "down"
