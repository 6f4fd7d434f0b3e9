"""The interpretation of a month beside its figures, and notes on days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from peil.accounts.rules import may
from peil.board.figures import BoardFigures
from peil.board.reported.texts import (
    LONGEST_NOTE,
    LONGEST_TEXT,
    Written,
    add_note,
    interpretations,
    notes_for,
    period_to_interpret,
    remove_note,
    restore_note,
    write_interpretation,
)
from peil.core.errors import UserError
from peil.report.question import ReportQuestion
from peil.report.words import say
from peil.report.words.terms import days
from peil.web.access import allowed
from peil.web.look import Look, look_of_person
from peil.web.pages.board.own_board import asked_of, own_sheet
from peil.web.pages.shell import show_page
from peil.web.recording import recorded

FIRST_DAY = date(1990, 1, 1)


@dataclass(frozen=True, slots=True)
class InterpretationPanel:
    """The text of a period, on the overview, the slides and in print."""

    title: str
    now: Written | None
    earlier: tuple[Written, ...]
    same_period: bool  # whether the page's figures are those that the text is about
    to_period: str  # the overview of that period
    to_write: str  # '' for who may not write it


def interpretation_panel(look: Look, asked: ReportQuestion, figures: BoardFigures) -> InterpretationPanel | None:
    """What was written about the period of a page, or about the last whole month before it; None without days."""
    span = figures.main.span
    if span is None:
        return None
    since, until = period_to_interpret(span)
    found = interpretations(asked.where, since, until)
    state = {"period": "", "since": since, "until": until, "language": None}
    may_write = may(look.person, "write_interpretation")
    if not found and not may_write:
        return None
    return InterpretationPanel(
        title=say("interpretation_of", look.language, days(since, until - timedelta(days=1), look.language)),
        now=found[0] if found else None,
        earlier=tuple(found[1:]),
        same_period=(span.since, span.until) == (since, until),
        to_period=look.state.url(reverse("overview"), **state),
        to_write=look.state.url(reverse("board_interpretation"), **state) if may_write else "",
    )


@allowed("write_interpretation")
def interpretation(request: HttpRequest) -> HttpResponse:
    """Write about the figures of the page's period, which are shown beside the field."""
    look = look_of_person(request)
    own = own_sheet(look)
    span = own.figures.main.span
    if span is None or period_to_interpret(span) != (span.since, span.until):
        raise UserError("An interpretation is about a whole month, quarter or year.", "Choose one as the period.")
    asked = asked_of(look)
    found = interpretations(asked.where, span.since, span.until)
    text, error = request.POST.get("text", found[0].text if found else ""), ""
    if request.method == "POST":
        error = _wrong(text, LONGEST_TEXT, look)
        if not error:
            write_interpretation(look.person, text, own.figures)
            return HttpResponseRedirect(look.state.url(reverse("overview")) + "#duiding")
    response = show_page(
        request, look, "board/interpretation.html", own=own, text=text, error=error, longest=LONGEST_TEXT,
        earlier=found, to_overview=look.state.url(reverse("overview")), here=look.state.url(request.path),
    )  # fmt: skip
    response.status_code = 422 if error else 200
    return response


def _wrong(text: str, longest: int, look: Look) -> str:
    """What is wrong with a text, in words; '' where nothing is."""
    if not text.strip():
        return say("text_missing", look.language)
    return say("text_too_long", look.language, longest) if len(text.replace("\r\n", "\n")) > longest else ""


@allowed("see_figures")
@recorded("note_changed", "added", named="day")
def notes(request: HttpRequest) -> HttpResponse:
    """What happened on which day; who may write adds to it."""
    look = look_of_person(request)
    wrong: dict[str, str] = {}
    if request.method == "POST":
        return _add(request, look)
    return _notes_page(request, look, wrong)


def _add(request: HttpRequest, look: Look) -> HttpResponse:
    from django.core.exceptions import PermissionDenied

    if not may(look.person, "write_interpretation"):
        raise PermissionDenied
    text, day = request.POST.get("text", ""), _day(request.POST.get("day", ""), look.today)
    wrong = {"text": _wrong(text, LONGEST_NOTE, look)} if _wrong(text, LONGEST_NOTE, look) else {}
    if day is None:
        wrong["day"] = say("note_day_wrong", look.language)
    if wrong or day is None:
        return _notes_page(request, look, wrong)
    add_note(look.person, look.sight, day, text)
    return HttpResponseRedirect(reverse("board_notes"))


def _day(text: str, today: date) -> date | None:
    """A day that can have happened, or is planned within a year."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= today + timedelta(days=366) else None


def _notes_page(request: HttpRequest, look: Look, wrong: dict[str, str]) -> HttpResponse:
    gone = request.GET.get("removed", "")
    response = show_page(
        request,
        look,
        "board/notes.html",
        notes=[(days(n.day, n.day, look.language), n) for n in reversed(notes_for(look.person, look.sight))],
        may_write=may(look.person, "write_interpretation"),
        given={name: request.POST.get(name, "") for name in ("day", "text")},
        wrong={"day": "", "text": ""} | wrong,
        longest=LONGEST_NOTE,
        removed=gone if gone.isdecimal() and len(gone) < 16 else "",
    )
    response.status_code = 422 if wrong else 200
    return response


@require_POST
@allowed("write_interpretation")
@recorded("note_changed", "removed")
def note_remove(request: HttpRequest, note_id: int) -> HttpResponse:
    if not remove_note(look_of_person(request).person, note_id):
        raise Http404
    return HttpResponseRedirect(f"{reverse('board_notes')}?removed={note_id}")


@require_POST
@allowed("write_interpretation")
@recorded("note_changed", "restored")
def note_restore(request: HttpRequest, note_id: int) -> HttpResponse:
    if not restore_note(look_of_person(request).person, note_id):
        raise Http404
    return HttpResponseRedirect(reverse("board_notes"))
