"""One stop: its name, who owns it, where its rows are, what is measured; moving it, and taking it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

from peil.board.journeys import StopKept, journey_of
from peil.board.journeys.figures import CHOICES
from peil.board.journeys.keeping import (
    LONGEST_NAME,
    PLACES,
    StopChange,
    change_stop,
    move_stop,
    remove_stop,
    restore_stop,
    stop_of,
)
from peil.report.words import Language, say
from peil.report.words.terms import kpi_name, value_name
from peil.warehouse.questions.values import column_values
from peil.web.access import allowed
from peil.web.look import Look, look_of_person
from peil.web.pages.journeys.edit import fits
from peil.web.pages.shell import show_page
from peil.web.recording import recorded

KPI_FIELDS = ("kpi1", "kpi2")


@dataclass(frozen=True, slots=True)
class Chooser:
    """A list to choose from; `empty` is what no choice means."""

    field: str
    label: str
    empty: str
    options: tuple[tuple[str, str], ...]
    chosen: str
    error: str


@allowed("edit_journeys")
@recorded("journey_changed", "stop_changed", named="name")
def change(request: HttpRequest, id: int) -> HttpResponse:
    look, stop = look_of_person(request), _stop(id)
    given = _written(request, stop)
    wrong = _check(look, given, stop) if request.method == "POST" else {}
    if request.method == "POST" and not wrong:
        change_stop(id, _change(given))
        return _to_editor(stop.journey)
    journey = journey_of(stop.journey)
    if journey is None:
        raise Http404
    page = show_page(
        request,
        look,
        "journeys/stop.html",
        stop=stop,
        journey=journey,
        given=given,
        wrong=wrong,
        places=[_place(look, column, given, wrong) for column in PLACES],
        kpis=[_kpi(look.language, field, given, wrong) for field in KPI_FIELDS],
        departments=sorted({s.department for s in journey.stops if s.department}),
    )
    page.status_code = 400 if wrong else 200
    return page


@allowed("edit_journeys")
@recorded("journey_changed", "stop_moved", named="step")
def move(request: HttpRequest, id: int) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    stop = _stop(id)
    move_stop(id, "up" if request.POST.get("step") == "up" else "down")
    return _to_editor(stop.journey)


@allowed("edit_journeys")
@recorded("journey_changed", "stop_removed")
def remove(request: HttpRequest, id: int) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    journey = remove_stop(id)
    if journey is None:
        raise Http404
    return HttpResponseRedirect(f"{reverse('journey_edit', args=[journey])}?removed={id}")


@allowed("edit_journeys")
@recorded("journey_changed", "stop_restored")
def restore(request: HttpRequest, id: int) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    journey = restore_stop(id)
    if journey is None:
        raise Http404
    return _to_editor(journey)


def _stop(id: int) -> StopKept:
    found = stop_of(id)
    if found is None:
        raise Http404
    return found


def _to_editor(journey: int) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("journey_edit", args=[journey]))


def _written(request: HttpRequest, stop: StopKept) -> dict[str, str]:
    """What the form holds: as it was sent, else as the stop is."""
    fields = ("name", "department", *PLACES, *KPI_FIELDS)
    if request.method == "POST":
        return {field: request.POST.get(field, "").strip() for field in fields}
    kept = {"name": stop.name, "department": stop.department, **stop.found_in}
    kept |= dict(zip(KPI_FIELDS, stop.kpis, strict=False))
    return {field: kept.get(field, "") for field in fields}


def _check(look: Look, given: Mapping[str, str], stop: StopKept) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if not fits(given["name"]):
        wrong["name"] = say("road_err_name", look.language)
    if len(given["department"]) > LONGEST_NAME:
        wrong["department"] = say("road_err_name", look.language)
    for column in PLACES:
        kept = stop.found_in.get(column)  # stays, also when its rows are gone for now
        if given[column] not in ("", kept, *column_values(look.peil.warehouse, column)):
            wrong[column] = say("stop_err_choice", look.language)
    for field in KPI_FIELDS:
        if given[field] and given[field] not in CHOICES:
            wrong[field] = say("stop_err_choice", look.language)
    if given["kpi2"] and given["kpi1"] == given["kpi2"]:
        wrong["kpi2"] = say("stop_err_same", look.language)
    return wrong


def _change(given: Mapping[str, str]) -> StopChange:
    found_in = {column: given[column] for column in PLACES if given[column]}
    return StopChange(given["name"], given["department"], found_in, [given[f] for f in KPI_FIELDS if given[f]])


def _place(look: Look, column: str, given: Mapping[str, str], wrong: Mapping[str, str]) -> Chooser:
    held = column_values(look.peil.warehouse, column)
    chosen = given[column]
    there = held if not chosen or chosen in held or column in wrong else [chosen, *held]
    options = tuple((v, value_name(column, v, look.language)) for v in there)
    empty = say("stop_nowhere", look.language)
    return Chooser(column, say(f"stop_{column}", look.language), empty, options, chosen, wrong.get(column, ""))


def _kpi(language: Language, field: str, given: Mapping[str, str], wrong: Mapping[str, str]) -> Chooser:
    first = field == KPI_FIELDS[0]
    options = tuple(sorted(((k, kpi_name(k, language)) for k in CHOICES), key=lambda pair: pair[1].casefold()))
    label = say("stop_first_kpi" if first else "stop_second_kpi", language)
    empty = say("stop_no_kpi" if first else "stop_no_second", language)
    return Chooser(field, label, empty, options, given[field], wrong.get(field, ""))
