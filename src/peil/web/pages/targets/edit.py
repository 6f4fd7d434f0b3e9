"""Setting a target: choose, see what is measured and how likely it is, then save; end it, and take that back."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, QueryDict
from django.urls import reverse

from peil.board.targets import Baseline, NewTarget, end_target, in_force, restore_target, set_target
from peil.board.targets.keeping import MONTHS, check_target
from peil.board.targets.prospects import Aim, Measuring, Prospect, prospects
from peil.board.tiles import unknown_column
from peil.core.errors import BadQuery
from peil.core.kpis import ALL, BY_KEY
from peil.core.moments import Histogram
from peil.report.views.voice import Voice, verdict
from peil.report.words import Language, say
from peil.report.words.terms import kpi_name
from peil.warehouse.questions.values import column_values
from peil.web.access import allowed
from peil.web.look import Look, look_of_person
from peil.web.pages.shell import show_page
from peil.web.pages.targets.page import measuring_of, only_period, page_voice
from peil.web.pages.targets.prospect import stands
from peil.web.recording import recorded

KPIS = tuple(k.key for k in ALL if k.better != "neither" and not isinstance(k.spread, Histogram) and not k.assumes)
_NUMBER = re.compile(r"[-+\u2212]?\d{1,9}([.,]\d{1,6})?")


@dataclass(frozen=True, slots=True)
class Form:
    """What was filled in, as it was written, and what is wrong with each field."""

    kpi: str = ""
    team: str = ""
    value: str = ""
    months: str = "3"
    errors: tuple[tuple[str, str], ...] = ()

    @property
    def filled(self) -> bool:
        return bool(self.kpi or self.value)

    def error(self, field: str) -> str:
        return dict(self.errors).get(field, "")


@allowed("set_targets")
def new(request: HttpRequest) -> HttpResponse:
    look = look_of_person(request)
    form = _form(request.POST if request.method == "POST" else request.GET)
    wanted: NewTarget | None = None
    if form.filled or request.method == "POST":
        form, wanted = _check(look, form)
    voice = page_voice(look)
    found = _prospect(look, voice, wanted)
    if request.method == "POST" and wanted is not None:
        kept = set_target(wanted, found.baseline if found else None, look.person)
        return HttpResponseRedirect(f"{reverse('targets')}?kept={kept.id}")
    page = show_page(
        request,
        look,
        "targets/new.html",
        voice=voice,
        form=form,
        kpis=kpi_choices(look.language),
        teams=column_values(look.peil.warehouse, "team"),
        months=MONTHS,
        stands=stands(voice, found) if found else None,
        replaces=_replaces(voice, wanted),
        already=found is not None and found.now is not None and verdict(found.now, found.value) == "met",
        measured_over=voice("aim_judged_over", voice.period()),
        filters=only_period(look, request.path),
    )
    page.status_code = 400 if form.errors else 200
    return page


@allowed("set_targets")
@recorded("target_changed", "ended")
def end(request: HttpRequest, id: int) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    ended = end_target(id)
    if ended is None:
        raise Http404
    return HttpResponseRedirect(f"{reverse('targets')}?ended={ended.id}")


@allowed("set_targets")
@recorded("target_changed", "restored")
def restore(request: HttpRequest, id: int) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if restore_target(id) is None:
        raise Http404
    return HttpResponseRedirect(f"{reverse('targets')}?kept={id}")


def _form(given: QueryDict) -> Form:
    return Form(
        kpi=given.get("kpi", ""),
        team=given.get("team", ""),
        value=given.get("value", "").strip(),
        months=given.get("months", "3"),
    )


def read_number(text: str) -> float | None:
    """A number as a person writes it, with a comma or a point.

    >>> read_number("5,5"), read_number("-3"), read_number("1e9")
    (5.5, -3.0, None)
    """
    return float(text.replace(",", ".").replace("\u2212", "-")) if _NUMBER.fullmatch(text.strip()) else None


def _check(look: Look, form: Form) -> tuple[Form, NewTarget | None]:
    """The target that is asked for, or the form with its errors."""
    language, number = look.language, read_number(form.value)
    wrong = []
    if form.kpi not in KPIS:
        wrong.append(("kpi", say("aim_err_kpi", language)))
    if form.team and form.team not in column_values(look.peil.warehouse, "team"):
        wrong.append(("team", say("aim_err_team", language)))
    elif form.team and form.kpi in KPIS and unknown_column(form.kpi, ["team"], look.peil.warehouse.engine.tables()):
        wrong.append(("team", say("aim_err_no_team", language)))
    if number is None:
        wrong.append(("value", say("aim_err_value", language)))
    if form.months not in map(str, MONTHS):
        wrong.append(("months", say("aim_err_months", language)))
    if wrong or number is None:
        return replace(form, errors=tuple(wrong)), None
    months = next(m for m in MONTHS if str(m) == form.months)
    wanted = NewTarget(form.kpi, form.team, number, months, look.today)
    try:
        check_target(wanted)
    except BadQuery:
        return replace(form, errors=(("value", say("aim_err_range", language)),)), None
    return form, wanted


def _prospect(look: Look, voice: Voice, wanted: NewTarget | None) -> Prospect | None:
    """How the target would stand, from what is measured in the period of the page."""
    measuring = measuring_of(look, voice)
    if wanted is None or measuring is None:
        return None
    aim = Aim(wanted.kpi, wanted.team, wanted.value, wanted.due)
    return prospects(measuring, [replace(aim, baseline=_baseline(measuring, aim))], look.today)[0]


def _baseline(measuring: Measuring, aim: Aim) -> Baseline | None:
    e = measuring.figures([aim]).get((aim.kpi, aim.team))
    return None if e is None else Baseline.of(e, measuring.since, measuring.until)


def _replaces(voice: Voice, wanted: NewTarget | None) -> str:
    if wanted is None:
        return ""
    same = [t for t in in_force(teams=[wanted.team]) if (t.kpi, t.months) == (wanted.kpi, wanted.months)]
    return voice("aim_replaces", voice.target_text(BY_KEY[wanted.kpi], same[0].value)) if same else ""


def kpi_choices(language: Language) -> list[tuple[str, str]]:
    return sorted(((k, kpi_name(k, language)) for k in KPIS), key=lambda pair: pair[1].casefold())
