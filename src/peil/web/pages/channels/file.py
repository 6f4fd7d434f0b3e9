"""A file of answers on paper: an empty one to fill in, checked first, then read in whole."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from peil.accounts.rules import may
from peil.report.words import Language, say
from peil.report.words.figures import count
from peil.surveys.answering.doors import Door
from peil.surveys.channels.files import (
    DAY,
    LANGUAGE,
    MOST_BYTES,
    MOST_WRONG,
    NUMBER,
    Checked,
    Wrong,
    check_file,
    columns_of,
    take_in_file,
    template,
    text_of,
)  # fmt: skip
from peil.surveys.channels.read_in import files_for_person, take_file_back
from peil.surveys.channels.typed import most_letters
from peil.surveys.links import OpenLink
from peil.surveys.questionnaires.question import Question, fields_of
from peil.surveys.questionnaires.questionnaire import words_of
from peil.web.access import allowed, known_person_of
from peil.web.facts import the_peil
from peil.web.languages import language_of
from peil.web.pages.channels.fields import values_in
from peil.web.pages.channels.shown import desk_for_person, show_link_page
from peil.web.pages.data.page import moment
from peil.web.recording import recorded


@dataclass(frozen=True, slots=True)
class Column:
    """What may stand in a column."""

    name: str
    asks: str
    allowed: str


def _sheets_for_person(request: HttpRequest, id: int) -> tuple[OpenLink, Door]:
    """Of paper alone: who may ask about a call depends on the call, and a file does not tell which."""
    link, door = desk_for_person(request, id)
    if link.kind != "paper":
        raise Http404
    return link, door


@allowed("enter_answers")
@require_safe
def empty_file(request: HttpRequest, id: int) -> HttpResponse:
    link, door = _sheets_for_person(request, id)
    response = HttpResponse(template(door.asked), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{link.survey}.csv"'
    return response


@allowed("enter_answers")
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest, id: int) -> HttpResponseBase:
    """A file is checked; what was checked well is shown with a button that reads it in."""
    link, door = _sheets_for_person(request, id)
    if request.method != "POST":
        return _show(request, link, door)
    if request.POST.get("do") == "take_in":
        return take_in(request, id=id)
    language, sent = language_of(request), request.FILES.get("file")
    if sent is None:
        return _show(request, link, door, problem=say("ans_file_err_choose", language))
    if (sent.size or 0) > MOST_BYTES:
        return _show(request, link, door, problem=say("ans_file_err_large", language))
    return _checked(request, link, door, text_of(sent.read()))


@allowed("enter_answers")
@recorded("answers_entered", "entered_file")
def take_in(request: HttpRequest, id: int) -> HttpResponse:
    link, door = _sheets_for_person(request, id)
    text = request.POST.get("content", "")[:MOST_BYTES]
    checked = check_file(door, text, the_peil().warehouse.zone, known_person_of(request).pk)
    if checked.wrong or not checked.new:
        return _told(request, link, door, checked, text)
    messages.success(
        request, say("ans_file_done", language_of(request), take_in_file(door, checked, the_peil().warehouse.zone))
    )
    return HttpResponseRedirect(reverse("answers_file", args=[id]))


@allowed("enter_answers")
@require_POST
@recorded("answers_entered", "file_taken_back")
def take_back(request: HttpRequest, id: int, number: int) -> HttpResponse:
    """What one file brought in no longer counts."""
    link, _ = _sheets_for_person(request, id)
    person, language = known_person_of(request), language_of(request)
    done = take_file_back(link.id, number, person.pk, all_of_them=may(person, "edit_surveys"))
    if done is None:
        raise Http404
    said = "one" if done.sheets == 1 else "many"
    told = say(f"ans_file_back_{said}", language, count(done.sheets, language))
    more = say("ans_file_back_changed", language, count(done.changed, language)) if done.changed else ""
    messages.success(request, f"{told} {more}".strip())
    return HttpResponseRedirect(reverse("answers_file", args=[id]))


def _checked(request: HttpRequest, link: OpenLink, door: Door, text: str) -> HttpResponse:
    return _told(
        request, link, door, check_file(door, text, the_peil().warehouse.zone, known_person_of(request).pk), text
    )


def _told(request: HttpRequest, link: OpenLink, door: Door, checked: Checked, text: str) -> HttpResponse:
    language = language_of(request)
    wrong = [_in_words(one, door, language) for one in checked.wrong]
    return _show(request, link, door, checked=checked, wrong_rows=wrong, content=text if not wrong else "")


def _in_words(wrong: Wrong, door: Door, language: Language) -> tuple[str, str, str, str]:
    """Row, column, what it says, what to do."""
    question = _question(door, wrong.column)
    details = {**wrong.details, "allowed": values_in(question, language) if question else ""}
    own = f"ans_wrong_{wrong.code}"
    known = {"day": "ans_err_day"}.get(wrong.code, own if wrong.code in _OWN else f"ans_err_{wrong.code}")
    return str(wrong.row or "–"), wrong.column or "–", wrong.said, say(known, language, **details)


_OWN = frozenset(
    {
        "no_table", "empty", "no_rows", "too_many_rows", "cells", "column", "column_twice", "no_day", "number", "language",
        "no_answers", "twice", "otherwise",
    }
)  # fmt: skip


def _question(door: Door, column: str) -> Question | None:
    return next((q for q in door.asked.questions if column in fields_of(q)), None)


def _columns(door: Door, language: Language) -> list[Column]:
    asked = door.asked
    spoken = language if language in asked.languages else asked.languages[0]
    known = {"organisation": the_peil().warehouse.settings.organisation}
    languages = (", ".join(asked.languages), asked.languages[0])
    found = []
    for name in columns_of(asked):
        question = _question(door, name)
        if question is None:
            found.append(
                Column(name, "", say(f"ans_file_col_{name}", language, *(languages if name == LANGUAGE else ())))
            )
            continue
        text = question.expected if name.endswith(".expected") else question.text
        found.append(Column(name, words_of(asked, text, spoken, known, question), _allowed(question, name, language)))
    assert {NUMBER, DAY} <= {c.name for c in found}
    return found


def _allowed(question: Question, name: str, language: Language) -> str:
    if name.endswith((".words", ".where")) or question.meaning.form == "text":
        return say("ans_file_text", language, most_letters(question, name))
    values = values_in(question, language)
    return say("ans_file_several", language, values) if question.allows_several else values


def _show(
    request: HttpRequest, link: OpenLink, door: Door, *, problem: str = "", checked: Checked | None = None,
    wrong_rows: list[tuple[str, str, str, str]] | None = None, content: str = "",
) -> HttpResponse:  # fmt: skip
    bad, person, language = bool(problem or wrong_rows), known_person_of(request), language_of(request)
    files = files_for_person(link.id, person.pk, all_of_them=may(person, "edit_surveys"))
    return show_link_page(
        request, link, "file.html", status=400 if bad else 200, problem=problem, checked=checked, content=content,
        wrong_rows=wrong_rows or [], columns=_columns(door, language), most_wrong=MOST_WRONG,
        files=[(one, moment(one.at, the_peil().warehouse.settings.time_zone, language), count(one.sheets, language)) for one in files],
    )  # fmt: skip
