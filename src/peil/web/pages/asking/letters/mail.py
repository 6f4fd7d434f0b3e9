"""The mail of a survey as a customer gets it, in the page, and a test of it to oneself."""

from __future__ import annotations

import uuid

from csp.constants import NONE, SELF
from csp.decorators import csp_replace, csp_update
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from peil.report.words import say
from peil.surveys.keeping import find_survey
from peil.surveys.mails.envelope import html_part
from peil.surveys.mails.letter import About, Addresses, Letter, compose, language_for, text_part
from peil.surveys.questionnaires.questionnaire import Questionnaire
from peil.surveys.whom.asking import Wanted, ask
from peil.web.access import allowed, known_person_of
from peil.web.languages import language_of
from peil.web.pages.asking.work import logo_address, the_terms
from peil.web.pages.shell import show_plain_page
from peil.web.pages.surveys.shown import name_of
from peil.web.recording import recorded

_NOWHERE = Addresses(answer="#", stop="#")  # a preview answers nothing


@csp_update({"frame-src": [SELF]})  # type: ignore[untyped-decorator]
@allowed("see_surveys")
def mail(request: HttpRequest, key: str) -> HttpResponse:
    asked, letter = _letter(request, key)
    return show_plain_page(
        request, known_person_of(request), "inviting/mail.html", key=key, name=name_of(asked, language_of(request)), letter=letter, text=text_part(letter),
        reminder=bool(request.GET.get("reminder")), published=asked.version > 0,
    )  # fmt: skip


@xframe_options_sameorigin
@csp_replace(
    {
        "default-src": [NONE],
        "style-src": ["'unsafe-inline'"],
        "img-src": [SELF],
        "script-src": [NONE],
        "frame-ancestors": [SELF],
    }
)  # type: ignore[untyped-decorator]
@allowed("see_surveys")
def mail_body(request: HttpRequest, key: str) -> HttpResponse:
    """The HTML as a mail program would show it: its own styles, no script, nothing from elsewhere."""
    return HttpResponse(html_part(_letter(request, key)[1], logo_address("")))


@require_POST
@allowed("edit_surveys")
@recorded("survey_changed", "test_mail")
def mail_test(request: HttpRequest, key: str) -> HttpResponse:
    person, language = known_person_of(request), language_of(request)
    kept = find_survey(key)
    if kept is None or kept.published is None:
        raise Http404
    wanted = Wanted(survey=key, cause=f"test {uuid.uuid4()}", address=person.email, language=language, test=True)
    asked = ask(wanted, the_terms())
    if asked.held_back:
        messages.error(request, say("inv_mail_not_sent", language, say(f"held_{asked.held_back}", language)))
    else:
        messages.success(request, say("inv_mail_sent", language, person.email))
    return HttpResponseRedirect(reverse("inviting_mail", args=[key]))


def _letter(request: HttpRequest, key: str) -> tuple[Questionnaire, Letter]:
    """The letter to nobody in particular, of what is published, else of the draft."""
    kept = find_survey(key)
    if kept is None:
        raise Http404
    asked, terms = kept.published or kept.shown, the_terms()
    if not asked.pages or not asked.languages:
        raise Http404
    about = About(
        questionnaire=asked, known={}, language=language_for(asked, language_of(request)),
        organisation=terms.organisation, manner=terms.manner, reminder=bool(request.GET.get("reminder")),
    )  # fmt: skip
    return asked, compose(about, _NOWHERE)
