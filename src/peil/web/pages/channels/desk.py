"""The desk: answers from paper, or while asking by phone, typed in by a colleague."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from peil.accounts.rules import may
from peil.report.words import Language, say
from peil.report.words.terms import one_day
from peil.surveys.answering.doors import Door
from peil.surveys.channels.entering import (
    KINDS,
    OLDEST,
    Entry,
    ToCall,
    check_entry,
    enter,
    find_to_call,
    for_request,
    take_back,
    to_call,
)  # fmt: skip
from peil.surveys.channels.typed import form_of_typed
from peil.surveys.links import OpenLink, open_links
from peil.surveys.questionnaires.answers import AnswerError
from peil.surveys.questionnaires.question import fields_of
from peil.surveys.questionnaires.questionnaire import words_of
from peil.surveys.questionnaires.texts import UNKEEPABLE
from peil.web.access import allowed, known_person_of
from peil.web.asking.drawing import CALLED
from peil.web.facts import the_peil
from peil.web.languages import language_of
from peil.web.pages.channels.contacts import Contact, find_contact
from peil.web.pages.channels.fields import Typing, typing_fields
from peil.web.pages.channels.shown import desk_for_person, show_link_page
from peil.web.pages.shell import show_plain_page
from peil.web.pages.surveys.shown import name_of, survey_or_404, teams_of
from peil.web.recording import recorded

LONGEST_NUMBER = 40
_DRAWN = 22  # letters of a number that Peil draws


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What was typed, read: the frame beside the answers."""

    given: Mapping[str, str]
    day: date | None = None
    number: str = ""
    contact: Contact | None = None
    request: ToCall | None = None
    wrong: Mapping[str, str] = field(default_factory=dict)


@allowed("enter_answers")
@require_safe
def answers_desk(request: HttpRequest) -> HttpResponse:
    """Where one may enter: links for paper and phone, of no team or of one's own."""
    person, language = known_person_of(request), language_of(request)
    teams = teams_of(person)
    mine = [link for link in open_links(KINDS) if not link.team or teams is None or link.team in teams]
    names = {key: name_of(survey_or_404(key).shown, language) for key in {link.survey for link in mine}}
    return show_plain_page(
        request, person, "channels/desk.html", links=[(link, names[link.survey]) for link in mine],
        may_add=may(person, "edit_surveys"),
    )  # fmt: skip


@allowed("enter_answers")
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, id: int) -> HttpResponseBase:
    """An empty sheet, or one that is typed in."""
    link, door = desk_for_person(request, id)
    if request.method == "POST":
        return add(request, id=id)
    sheet = Sheet(
        given={"day": timezone.now().astimezone(the_peil().warehouse.zone).date().isoformat()},
        request=_asked_for(request, link),
    )
    if sheet.request is not None and _is_own(request, sheet.request.employee_id):
        sheet = replace(sheet, wrong={"interaction": say("ans_own_call", language_of(request))}, request=None)
        return _show(request, link, door, sheet, status=403)
    return _show(request, link, door, sheet)


@allowed("enter_answers")
@recorded("answers_entered", "entered")
def add(request: HttpRequest, id: int) -> HttpResponse:
    link, door = desk_for_person(request, id)
    sheet = _read(request, link)
    typed = _typed(request, door)
    form = form_of_typed(door.asked, typed)
    errors = check_entry(door, form)
    wrong = dict(sheet.wrong)
    if not form and not wrong:
        wrong["nothing"] = say("ans_err_nothing", language_of(request))
    if wrong or errors:
        own = wrong.get("interaction") == say("ans_own_call", language_of(request))
        return _show(request, link, door, replace(sheet, wrong=wrong), errors, typed, status=403 if own else 400)
    became = enter(_door_for(door, sheet), _entry(request, door, sheet, form), the_peil().warehouse.zone)
    if became.outcome != "kept":
        wrong["nothing"] = say("ans_used", language_of(request))
        return _show(request, link, door, replace(sheet, wrong=wrong), (), typed, status=400)
    told = urlencode({"kept": became.id, "in": _language(request, door)})
    return HttpResponseRedirect(f"{reverse('answers_entry', args=[id])}?{told}")


@allowed("enter_answers")
@require_POST
@recorded("answers_entered", "taken_back")
def undo(request: HttpRequest, id: int) -> HttpResponse:
    """Take back what one entered oneself."""
    link, _ = desk_for_person(request, id)
    try:
        number = uuid.UUID(request.POST.get("kept", ""))
    except ValueError:
        raise Http404 from None
    if not take_back(link.id, known_person_of(request).pk, number):
        raise Http404
    messages.success(request, say("ans_taken_back", language_of(request)))
    return HttpResponseRedirect(reverse("answers_entry", args=[id]))


def _entry(request: HttpRequest, door: Door, sheet: Sheet, form: Mapping[str, list[str]]) -> Entry:
    context = (
        {"interaction_id": sheet.contact.interaction_id, "channel": sheet.contact.channel} if sheet.contact else {}
    )
    more = {"customer_id": sheet.contact.customer_id, "employee_id": sheet.contact.employee_id} if sheet.contact else {}
    return Entry(
        number=sheet.number, form=form, language=_language(request, door), day=sheet.day, by=known_person_of(request).pk,
        context={name: value for name, value in (context | more).items() if value},
    )  # fmt: skip


def _door_for(door: Door, sheet: Sheet) -> Door:
    return for_request(door, sheet.request, {}) if sheet.request is not None else door


def _read(request: HttpRequest, link: OpenLink) -> Sheet:
    """The frame of a sheet: its day and number, or the contact that a call is about."""
    given = {name: request.POST.get(name, "").strip() for name in ("day", "number", "drawn", "interaction")}
    language, wrong = language_of(request), {}
    drawn = given["drawn"] if _is_drawn(given["drawn"]) else secrets.token_urlsafe(16)
    given["drawn"] = drawn
    if link.kind == "paper":
        day = _day(given["day"])
        if day is None:
            wrong["day"] = say("ans_err_day", language)
        if len(given["number"]) > LONGEST_NUMBER or UNKEEPABLE.search(given["number"]):
            wrong["number"] = say("ans_err_number", language)
        return Sheet(given=given, day=day, number=given["number"] or drawn, wrong=wrong)
    asked = _asked_for(request, link)
    contact = None if asked else find_contact(given["interaction"])
    if asked is None and contact is None:
        wrong["interaction"] = say("ans_no_contact" if given["interaction"] else "ans_need_contact", language)
    employee = asked.employee_id if asked else contact.employee_id if contact else ""
    if _is_own(request, employee):
        wrong["interaction"] = say("ans_own_call", language)
    number = f"request:{asked.uid}" if asked else f"contact:{contact.interaction_id}" if contact else drawn
    return Sheet(given=given, number=number, contact=contact, request=asked, wrong=wrong)


def _is_own(request: HttpRequest, employee: str) -> bool:
    """Whether whoever is here had the contact themselves."""
    return bool(employee) and employee == known_person_of(request).employee_id


def _asked_for(request: HttpRequest, link: OpenLink) -> ToCall | None:
    wanted = request.POST.get("request") or request.GET.get("request", "")
    if link.kind != "phone" or not wanted:
        return None
    found = find_to_call(link.survey, wanted, teams_of(known_person_of(request)))
    if found is None:
        raise Http404
    return found


def _typed(request: HttpRequest, door: Door) -> dict[str, str]:
    return {name: request.POST.get(f"q.{name}", "") for q in door.asked.questions for name in fields_of(q)}


def _show(
    request: HttpRequest, link: OpenLink, door: Door, sheet: Sheet, errors: tuple[AnswerError, ...] = (),
    typed: Mapping[str, str] | None = None, *, status: int = 200,
) -> HttpResponse:  # fmt: skip
    told, language, asked = language_of(request), _language(request, door), door.asked
    organisation = {"organisation": the_peil().warehouse.settings.organisation}
    typing = Typing(typed=typed or {}, errors=errors, language=language, told=told, known=organisation)
    teams = teams_of(known_person_of(request))
    listed = to_call(link.survey, teams) if link.kind == "phone" and sheet.request is None and typed is None else []
    return show_link_page(
        request, link, "entry.html", status=status, asked=typing_fields(asked, typing), sheet=sheet, in_language=language,
        drawn=sheet.given.get("drawn") or secrets.token_urlsafe(16), kept=request.GET.get("kept", ""),
        languages=[(code, CALLED.get(code, code)) for code in asked.languages], today=sheet.given.get("day", ""),
        listed=[(one, _day_told(one, told)) for one in listed], welcome=words_of(asked, asked.welcome, language, organisation),
        organisation_said=organisation["organisation"], refused=status == 403,
    )  # fmt: skip


def _day_told(one: ToCall, language: Language) -> str:
    return one_day(one.day.astimezone(the_peil().warehouse.zone).date(), language)


def _language(request: HttpRequest, door: Door) -> str:
    wished = request.POST.get("in") or request.GET.get("in", "")
    if wished in door.asked.languages:
        return wished
    own = language_of(request)
    return own if own in door.asked.languages else door.asked.languages[0]


def _day(said: str) -> date | None:
    """A day as the field of a browser writes it, of the last years."""
    try:
        found = date.fromisoformat(said)
    except ValueError:
        return None
    today = timezone.now().astimezone(the_peil().warehouse.zone).date()
    return found if today - OLDEST <= found <= today else None


def _is_drawn(said: str) -> bool:
    return len(said) == _DRAWN and all(c.isascii() and (c.isalnum() or c in "-_") for c in said)
