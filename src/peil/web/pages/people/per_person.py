"""Figures per employee: off until an administrator writes down what was agreed with the works council."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from peil.accounts.audit import record
from peil.report.words import say
from peil.web.access import allowed, known_person_of
from peil.web.facts import the_peil
from peil.web.languages import language_of
from peil.web.pages.people.page import show_people
from peil.web.pages.settings.keeping import keep_value

MOST = 200  # characters


@allowed("manage_people")
@require_POST
def set_per_person(request: HttpRequest) -> HttpResponse:
    by, language = known_person_of(request), language_of(request)
    if request.POST.get("per_person") != "on":
        with transaction.atomic():
            record(by, "per_person_off")
            keep_value(("per_person",), False)
        messages.success(request, say("per_person_off_said", language))
        return HttpResponseRedirect(reverse("people") + "#per-persoon")
    agreement, day = request.POST.get("agreement", "").strip(), _day(request.POST.get("agreed_on", ""))
    wrong = {}
    if not agreement or len(agreement) > MOST or not agreement.isprintable():
        wrong["agreement"] = say("agreement_wrong", language, MOST)
    if day is None or day > the_peil().warehouse.today:
        wrong["agreed_on"] = say("agreed_on_wrong", language)
    if wrong or day is None:
        return show_people(request, wrong=wrong)
    with transaction.atomic():
        record(by, "per_person_on", agreement, agreed_on=day.isoformat())
        keep_value(("per_person",), True)
    messages.success(request, say("per_person_on_said", language))
    return HttpResponseRedirect(reverse("people") + "#per-persoon")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
