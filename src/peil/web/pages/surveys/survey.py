"""One survey: its questions, and what becomes of it as a whole: ended, opened again, removed, put back."""

from __future__ import annotations

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from peil.accounts.rules import may
from peil.surveys.keeping import add_survey, can_undo, end_survey, remove_survey, reopen_survey
from peil.surveys.questionnaires.as_json import from_json, to_json
from peil.web.access import allowed, known_person_of
from peil.web.languages import language_of
from peil.web.pages.surveys.editing.frame import tongues
from peil.web.pages.surveys.editing.saving import language_shown
from peil.web.pages.surveys.editing.wording import kind_groups
from peil.web.pages.surveys.publishing import found_in
from peil.web.pages.surveys.shown import REMOVED, length_of, name_of, show_survey_page, survey_or_404
from peil.web.pages.surveys.sketch import frame_in_words, sketch_of
from peil.web.recording import recorded


@allowed("see_surveys")
@csp_update({"frame-src": [SELF]})  # type: ignore[untyped-decorator]
@require_safe
def survey(request: HttpRequest, key: str) -> HttpResponse:
    """What is worked on, else what is live: its frame, its pages and questions, and how it will look."""
    kept, language = survey_or_404(key), language_of(request)
    edits = may(known_person_of(request), "edit_surveys")
    shown, findings = kept.shown, found_in(kept, language) if edits else []
    return show_survey_page(
        request,
        kept,
        "survey.html",
        length=length_of(shown, language),
        frame=frame_in_words(shown, language),
        pages=sketch_of(shown, language),
        findings=findings,
        wrong_questions={f.question for f in findings if f.error},
        can_undo=edits and can_undo(key, kept.edits),
        kind_groups=kind_groups(language),
        shown_page=_page(request, len(shown.pages)),
        shown_in=language_shown(request, shown),
        languages=shown.languages,
        names=dict(tongues(language, shown.languages)),
    )


def _page(request: HttpRequest, count: int) -> int:
    given = request.GET.get("page", "")
    number = int(given) if given.isascii() and given.isdigit() and len(given) < 4 else 1
    return min(max(number, 1), max(count, 1))


@allowed("edit_surveys")
@require_POST
@recorded("survey_changed", "ended")
def end(request: HttpRequest, key: str) -> HttpResponse:  # noqa: ARG001
    survey_or_404(key)
    end_survey(key)
    return _to_survey(key)


@allowed("edit_surveys")
@require_POST
@recorded("survey_changed", "reopened")
def reopen(request: HttpRequest, key: str) -> HttpResponse:  # noqa: ARG001
    survey_or_404(key)
    reopen_survey(key)
    return _to_survey(key)


@allowed("edit_surveys")
@require_POST
@recorded("survey_changed", "removed")
def remove(request: HttpRequest, key: str) -> HttpResponse:
    """Only what was never published; it can be put back as long as the session lasts."""
    kept = survey_or_404(key)
    if not remove_survey(key):
        raise Http404
    request.session[REMOVED] = {"name": name_of(kept.shown, language_of(request)), "survey": to_json(kept.shown)}
    return HttpResponseRedirect(f"{reverse('surveys')}?removed=yes")


@allowed("edit_surveys")
@require_POST
@recorded("survey_changed", "restored")
def restore(request: HttpRequest) -> HttpResponse:
    removed = request.session.pop(REMOVED, None)
    if removed is None:
        raise Http404
    return _to_survey(add_survey(from_json(removed["survey"])).key)


def _to_survey(key: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("survey", args=[key]))
