"""The rules of asking: whom they would have asked, set going, paused, changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from peil.accounts.rules import may
from peil.report.words import Language, say
from peil.report.words.figures import count
from peil.report.words.terms import one_day
from peil.surveys.keeping import all_surveys
from peil.surveys.questionnaires.questionnaire import Moment
from peil.surveys.whom.listing import Chosen, count_requests
from peil.surveys.whom.preview import MOST, Preview, preview_rule
from peil.surveys.whom.reasons import SENT, Via
from peil.surveys.whom.rules import (
    MOMENTS,
    AskRule,
    How,
    add_rule,
    all_rules,
    change_rule,
    find_rule,
    pause_rule,
    remove_rule,
    start_rule,
)
from peil.web.access import allowed, known_person_of
from peil.web.facts import the_peil
from peil.web.languages import language_of
from peil.web.pages.asking.fields import Field, Form, whole_number
from peil.web.pages.asking.seen import teams_of
from peil.web.pages.asking.work import look_soon, the_terms
from peil.web.pages.shell import show_plain_page
from peil.web.pages.surveys.shown import names_of
from peil.web.recording import recorded

DAYS = 30
_NUMBERS = {"delay": (0, 1440), "share": (1, 100), "late": (1, 60), "before": (1, 365), "spread": (1, 365)}
_LISTS = ("channels", "reasons", "teams")
_TEXTS = ("name", "survey", "moment", "via", "journey", *_LISTS)


@dataclass(frozen=True, slots=True)
class Row:
    """A rule in the list."""

    id: int
    name: str
    survey: str  # its key
    survey_name: str
    moment: str
    via: str
    state: str
    active: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A reason, or a state, with how often it came."""

    name: str
    value: str


@allowed("see_surveys")
def inviting(request: HttpRequest) -> HttpResponse:
    person, language = known_person_of(request), language_of(request)
    since, surveys = timezone.now() - timedelta(days=DAYS), all_surveys()
    names = names_of(surveys, language)
    counted = count_requests(Chosen(since=since, teams=teams_of(person)))
    return show_plain_page(
        request, person, "inviting/page.html", rows=[_row(r, names, language) for r in all_rules()],
        may_edit=may(person, "edit_surveys"), any_survey=any(k.published and not k.ended_at for k in surveys),
        states=[Line(say(f"inv_state_{s}", language), count(n, language)) for s, n in counted.states.items()],
        reasons=reason_lines(counted.reasons, language), any_request=counted.all > 0,
    )  # fmt: skip


@allowed("edit_surveys")
@recorded("survey_changed", "rule_added", named="name")
def rule_new(request: HttpRequest) -> HttpResponse:
    return _rule_page(request, None)


@allowed("edit_surveys")
@recorded("survey_changed", "rule_changed", named="name")
def rule(request: HttpRequest, number: int) -> HttpResponse:
    found = find_rule(number)
    if found is None:
        raise Http404
    return _rule_page(request, found)


@require_POST
@allowed("edit_surveys")
@recorded("survey_changed", "rule_started")
def start(request: HttpRequest, number: int) -> HttpResponse:
    return _done(request, start_rule(number), number, "inv_started", look=True)


@require_POST
@allowed("edit_surveys")
@recorded("survey_changed", "rule_paused")
def pause(request: HttpRequest, number: int) -> HttpResponse:
    return _done(request, pause_rule(number), number, "inv_paused")


@require_POST
@allowed("edit_surveys")
@recorded("survey_changed", "rule_removed")
def remove(request: HttpRequest, number: int) -> HttpResponse:
    return _done(request, remove_rule(number), number, "inv_removed")


def reason_lines(reasons: tuple[tuple[str, int], ...], language: Language) -> list[Line]:
    return [Line(say(f"held_{reason}", language), count(n, language)) for reason, n in reasons]


def _done(request: HttpRequest, done: bool, number: int, words: str, *, look: bool = False) -> HttpResponse:
    if not done and find_rule(number) is None:
        raise Http404
    if done:
        messages.success(request, say(words, language_of(request)))
        if look:
            look_soon()
    return HttpResponseRedirect(reverse("inviting"))


def _row(rule: AskRule, names: Mapping[str, str], language: Language) -> Row:
    going = say("inv_going", language, one_day(rule.since.date(), language)) if rule.active and rule.since else ""
    return Row(
        rule.id, rule.name, rule.survey, names[rule.survey], say(f"svy_moment_{rule.moment}", language), say(f"inv_via_{rule.how.via}", language),
        going or say("inv_still", language), rule.active,
    )  # fmt: skip


def _rule_page(request: HttpRequest, before: AskRule | None) -> HttpResponse:
    language = language_of(request)
    given = _given(request.POST) if request.method == "POST" else _texts(before)
    errors = _errors(given, language) if request.method == "POST" else {}
    wanted = _wanted(given, before) if not errors and given["survey"] else None
    if request.method == "POST" and wanted is not None and request.POST.get("do") == "save":
        return _kept(request, wanted, before)
    form = Form(given, errors, language)
    return show_plain_page(
        request, known_person_of(request), "inviting/rule.html", status=400 if errors else 200, before=before,
        fields=_fields(form, before), wrong=form.wrong, preview=_preview(wanted, language) if wanted else None,
    )  # fmt: skip


def _kept(request: HttpRequest, wanted: AskRule, before: AskRule | None) -> HttpResponse:
    if before is None:
        add_rule(wanted.survey, wanted.name, wanted.moment, wanted.how)
    else:
        change_rule(before.id, wanted.name, wanted.moment, wanted.how)
    messages.success(request, say("inv_saved", language_of(request)))
    return HttpResponseRedirect(reverse("inviting"))


def _texts(rule: AskRule | None) -> dict[str, str]:
    how = rule.how if rule else How()
    lists = {name: ", ".join(getattr(how, name)) for name in _LISTS}
    return {
        "name": rule.name if rule else "", "survey": rule.survey if rule else "", "moment": rule.moment if rule else "",
        "via": how.via, "delay": str(how.delay_hours), "share": str(how.share), "late": str(how.late_days),
        "journey": how.journey, "before": str(how.days_before), "spread": str(how.spread_days), **lists,
    }  # fmt: skip


def _given(post: QueryDict) -> dict[str, str]:
    return {name: post.get(name, "").strip()[:300] for name in (*_TEXTS, *_NUMBERS)}


def _errors(given: Mapping[str, str], language: Language) -> dict[str, str]:
    surveys = {k.key for k in all_surveys() if k.published and not k.ended_at}
    found = {
        "name": not given["name"], "survey": given["survey"] not in surveys, "moment": given["moment"] not in MOMENTS,
        "via": given["via"] not in SENT,
    }  # fmt: skip
    errors = {name: say(f"inv_err_{name}", language) for name, wrong in found.items() if wrong}
    for name, (low, high) in _NUMBERS.items():
        if whole_number(given[name], low, high) is None:
            errors[name] = say("inv_err_number", language, low, high)
    return errors


def _wanted(given: Mapping[str, str], before: AskRule | None) -> AskRule:
    """The rule that the form describes."""
    numbers = {name: whole_number(given[name], *limits) or 0 for name, limits in _NUMBERS.items()}
    lists = {name: tuple(filter(None, (part.strip() for part in given[name].split(",")))) for name in _LISTS}
    how = How(
        via=cast("Via", given["via"]), delay_hours=numbers["delay"], share=numbers["share"], late_days=numbers["late"],
        journey=given["journey"], days_before=numbers["before"], spread_days=numbers["spread"], **lists,
    )  # fmt: skip
    number = before.id if before else 0
    return AskRule(
        id=number, survey=given["survey"], name=given["name"], moment=cast("Moment", given["moment"]), how=how
    )


def _fields(form: Form, before: AskRule | None) -> list[Field]:
    language = form.language
    there = all_surveys()
    names = names_of(there, language)
    surveys = [(k.key, names[k.key]) for k in there if k.published and not k.ended_at]
    if before is not None:  # a rule stays with its survey
        surveys = [(before.survey, names[before.survey])]
    moments = [("", say("choose", language)), *((m, say(f"svy_moment_{m}", language)) for m in MOMENTS)]
    ways = [(way, say(f"inv_via_{way}", language)) for way in SENT]
    return [
        form.field("name"), form.field("survey", "select", surveys), form.field("moment", "select", moments),
        form.field("via", "select", ways), form.field("delay", "number"), form.field("share", "number"),
        form.field("late", "number"), form.field("channels"), form.field("reasons"), form.field("teams"),
        form.field("journey"), form.field("before", "number"), form.field("spread", "number"),
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counted:
    """What the rule would have asked, in words."""

    told: str
    lines: list[Line]
    cut: str


def _preview(rule: AskRule, language: Language) -> Counted:
    now: datetime = timezone.now()
    found: Preview = preview_rule(rule, the_peil().warehouse, the_terms(), now)
    if not found.asked and not found.held:
        return Counted(say("inv_preview_none", language), [], "")
    told = say("inv_preview_asked", language, count(found.asked, language), count(found.held_back, language))
    cut = say("inv_preview_cut", language, count(MOST, language)) if found.cut else ""
    return Counted(told, reason_lines(found.held, language), cut)
