"""'What we did with it': written, looked at with the number of people that get it, then sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from peil.accounts.rules import may
from peil.report.words import Language, say
from peil.report.words.figures import count
from peil.surveys.keeping import all_surveys, find_survey
from peil.surveys.mails.telling import NewTold, ToldLetter, count_people, send_told, told_letter, told_messages
from peil.web.access import allowed, known_person_of
from peil.web.facts import the_peil
from peil.web.languages import language_of
from peil.web.pages.asking.fields import Form, one_line
from peil.web.pages.asking.work import the_sender
from peil.web.pages.shell import show_plain_page
from peil.web.pages.surveys.shown import day_of, names_of
from peil.web.recording import recorded

_NAMES = ("survey", "told_since", "told_until", "told_subject", "told_text")


@dataclass(frozen=True, slots=True)
class Row:
    """One message that was sent."""

    survey: str
    subject: str
    day: str
    people: str


@allowed("see_surveys")
@recorded("survey_changed", "told", named="survey")
def told(request: HttpRequest) -> HttpResponse:
    person, language = known_person_of(request), language_of(request)
    given = {name: request.POST.get(name, "").strip()[:4_000] for name in _NAMES}
    errors: dict[str, str] = {}
    wanted: NewTold | None = None
    if request.method == "POST" and may(person, "edit_surveys"):
        wanted, errors = _wanted(given, language)
        if wanted is not None and request.POST.get("do") == "send":
            people = send_told(wanted, person)
            words = "inv_told_sent_one" if people == 1 else "inv_told_sent"
            messages.success(request, say(words, language, count(people, language)))
            return HttpResponseRedirect(reverse("inviting_told"))
    form = Form(given, errors, language)
    there = all_surveys()
    names = names_of(there, language)
    surveys = [(k.key, names[k.key]) for k in there if k.published and not k.published.anonymous]
    refused = request.method == "POST" and not may(person, "edit_surveys")
    people = count_people(wanted) if wanted else 0
    return show_plain_page(
        request, person, "inviting/told.html", status=403 if refused else 400 if errors else 200, wrong=form.wrong,
        rows=_rows(names, language), may_edit=may(person, "edit_surveys"), any_survey=bool(surveys), people=people,
        letter=_letter(wanted) if wanted else None, given=given,
        to=say("inv_told_to_one" if people == 1 else "inv_told_to", language, count(people, language)),
        fields=[
            form.field("survey", "select", surveys), form.field("told_since", "date"), form.field("told_until", "date"),
        ],
        words=[form.field("told_subject"), form.field("told_text", "area")],
    )  # fmt: skip


def _wanted(given: dict[str, str], language: Language) -> tuple[NewTold | None, dict[str, str]]:
    errors: dict[str, str] = {}
    kept = find_survey(given["survey"])
    if kept is None or kept.published is None or kept.published.anonymous:
        errors["survey"] = say("inv_err_survey", language)
    days = [_day(given[name]) for name in ("told_since", "told_until")]
    if days[0] is None or days[1] is None or days[1] < days[0]:
        errors["told_since"] = say("inv_err_days", language)
    if not given["told_subject"] or not given["told_text"] or not one_line(given["told_subject"]):
        errors["told_subject"] = say("inv_err_text", language)
    if errors or kept is None or kept.published is None or days[0] is None or days[1] is None:
        return None, errors
    texts = {kept.published.languages[0]: (given["told_subject"], given["told_text"])}
    return NewTold(survey=kept.key, since=days[0], until=days[1], zone=the_peil().warehouse.zone, texts=texts), {}


def _letter(wanted: NewTold) -> ToldLetter:
    code, (subject, text) = next(iter(wanted.texts.items()))
    return told_letter(subject, text, code, the_sender())


def _rows(names: Mapping[str, str], language: Language) -> list[Row]:
    return [
        Row(names.get(t.survey, t.survey), t.subject, day_of(t.sent_at, language), count(t.people, language))
        for t in told_messages()
    ]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
