"""The editor of a journey: its name, its stops in order, adding one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

from peil.board.journeys import draft_journey, journey_of, journeys
from peil.board.journeys.figures import Rows
from peil.board.journeys.keeping import (
    LONGEST_NAME,
    JourneyKept,
    StopChange,
    add_journey,
    add_stop,
    remove_journey,
    removed_stop,
    rename_journey,
    restore_journey,
)
from peil.report.words import say
from peil.web.access import allowed
from peil.web.look import Look, look_of_person
from peil.web.pages.shell import show_page
from peil.web.recording import recorded


@allowed("edit_journeys")
@recorded("journey_changed", "added")
def adopt(request: HttpRequest) -> HttpResponse:
    """Keep the proposal; who does so twice has it once."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    look = look_of_person(request)
    there = journeys()
    if there:
        return _to_editor(there[0].id)
    stops = draft_journey(Rows(look.peil.warehouse, None, None, look.sight.where))
    return _to_editor(add_journey(say("road_draft_name", look.language), stops))


@allowed("edit_journeys")
@recorded("journey_changed", "added", named="name")
def new(request: HttpRequest) -> HttpResponse:
    look = look_of_person(request)
    name = request.POST.get("name", "").strip() if request.method == "POST" else ""
    wrong = say("road_err_name", look.language) if request.method == "POST" and not fits(name) else ""
    if request.method == "POST" and not wrong:
        return _to_editor(add_journey(name))
    page = show_page(request, look, "journeys/new.html", name=name, wrong=wrong)
    page.status_code = 400 if wrong else 200
    return page


@allowed("edit_journeys")
@recorded("journey_changed", "renamed", named="name")
def editor(request: HttpRequest, id: int) -> HttpResponse:
    look, journey = look_of_person(request), _journey(id)
    if request.method != "POST":
        return show_editor(request, look, journey)
    name = request.POST.get("name", "").strip()
    if not fits(name):
        return show_editor(request, look, journey, {"rename": name})
    rename_journey(id, name)
    return _to_editor(id)


@allowed("edit_journeys")
@recorded("journey_changed", "stop_added", named="name")
def add(request: HttpRequest, id: int) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    look, journey = look_of_person(request), _journey(id)
    name = request.POST.get("name", "").strip()
    department = request.POST.get("department", "").strip()
    if not fits(name):
        return show_editor(request, look, journey, {"stop": name, "department": department})
    add_stop(id, StopChange(name, department))
    return _to_editor(id)


@allowed("edit_journeys")
@recorded("journey_changed", "removed")
def remove(request: HttpRequest, id: int) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not remove_journey(id):
        raise Http404
    return HttpResponseRedirect(f"{reverse('journeys')}?removed={id}")


@allowed("edit_journeys")
@recorded("journey_changed", "restored")
def restore(request: HttpRequest, id: int) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not restore_journey(id):
        raise Http404
    return HttpResponseRedirect(reverse("journeys"))


def show_editor(
    request: HttpRequest, look: Look, journey: JourneyKept, wrong: dict[str, str] | None = None
) -> HttpResponse:
    """The editor; with `wrong`, the names that could not be kept, each at its field."""
    given = request.GET.get("removed", "")
    gone = removed_stop(int(given)) if given.isascii() and given.isdigit() and len(given) < 10 else None
    page = show_page(
        request,
        look,
        "journeys/edit.html",
        journey=journey,
        wrong=wrong or {},
        removed=None if gone is None else (int(given), gone),
        departments=sorted({s.department for j in journeys() for s in j.stops if s.department}),
    )
    page.status_code = 400 if wrong else 200
    return page


def fits(name: str) -> bool:
    return 0 < len(name) <= LONGEST_NAME


def _journey(id: int) -> JourneyKept:
    found = journey_of(id)
    if found is None:
        raise Http404
    return found


def _to_editor(id: int) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("journey_edit", args=[id]))
