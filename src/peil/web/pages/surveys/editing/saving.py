"""Keeping a changed draft: by the number of the draft that was looked at, so that nobody's work is lost."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from peil.report.words import say
from peil.surveys.keeping import Changed, Kept, save_draft
from peil.surveys.questionnaires.questionnaire import Questionnaire
from peil.web.languages import language_of

Change = Callable[[Questionnaire], Questionnaire]
_LONGEST = 10  # digits of a number in a form


def edits_in(request: HttpRequest) -> int:
    """The draft that a form was made of."""
    given = request.POST.get("edits", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < _LONGEST else -1


def keep_step(request: HttpRequest, kept: Kept, change: Change, at: str = "") -> HttpResponse:
    """Keep one step that was pressed, and go back to the survey; who was too late sees the newest draft and is told."""
    try:
        save_draft(kept.key, change(kept.shown), edits_in(request))
    except Changed:
        return too_late(request, kept.key)
    return to_survey(kept.key, at)


def too_late(request: HttpRequest, key: str) -> HttpResponse:
    """Somebody else was first: nothing was changed, so there is nothing to lose, and nothing to write down."""
    messages.warning(request, say("svy_too_late", language_of(request)))
    return not_done(reverse("survey", args=[key]))


def not_done(address: str) -> HttpResponse:
    """To another page without that anything was changed: 303, so that no line of the audit log says that it was."""
    return HttpResponse(status=303, headers={"Location": address})


def to_survey(key: str, at: str = "") -> HttpResponseRedirect:
    """Back to the survey, at one of its parts; at `undo` its button has the focus, since what was pressed is gone."""
    asked = "?removed=yes" if at == "undo" else ""
    return HttpResponseRedirect(reverse("survey", args=[key]) + asked + (f"#{at}" if at else ""))


def page_or_404(kept: Kept, number: int) -> int:
    if not 1 <= number <= len(kept.shown.pages):
        raise Http404
    return number


def language_shown(request: HttpRequest, questionnaire: Questionnaire) -> str:
    """In which language the page is shown as it is built: the one of the address, else the reader's, else the first."""
    asked = request.GET.get("in", "") or language_of(request)
    return asked if asked in questionnaire.languages else (*questionnaire.languages, "nl")[0]
