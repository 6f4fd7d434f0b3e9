"""A sheet to print: boxes to tick, where to hand it in, the number of the link, and the way online."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from peil.report.words.asking.respondents import to_respondent
from peil.report.words.paper import on_paper
from peil.surveys.answering.doors import door_of_link
from peil.surveys.questionnaires.question import Question
from peil.surveys.questionnaires.questionnaire import Questionnaire, words_of
from peil.surveys.questionnaires.scales import parts_of, points_of
from peil.web.access import allowed
from peil.web.asking.brand import the_brand
from peil.web.pages.channels.fields import condition_in_words
from peil.web.pages.channels.shown import link_with_page
from peil.web.pages.surveys.links.address import qr_svg


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Boxes beside each other under one sentence; a pair has two rows."""

    text: str
    boxes: tuple[str, ...]  # what stands at each
    words: tuple[str, ...] = ()  # of each, where all have some
    low: str = ""
    high: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A question as it stands on paper."""

    number: int
    form: str
    text: str
    help: str
    only_if: str
    several: bool
    most: int | None
    rows: tuple[Row, ...] = ()
    options: tuple[tuple[str, bool], ...] = ()  # and whether more may be written
    parts: tuple[str, ...] = ()
    dont_know: str = ""


@allowed("see_surveys")
@require_safe
def sheet(request: HttpRequest, id: int) -> HttpResponse:
    """In the language that is asked for, else the survey's first."""
    link = link_with_page(id)
    door = door_of_link(link.code)
    if link.kind != "paper" or door.state != "open":
        raise Http404
    asked = door.asked
    wished = request.GET.get("in", "")
    language = wished if wished in asked.languages else asked.languages[0]
    brand = the_brand()
    known = {"organisation": brand.organisation}
    address = f"{settings.PEIL_ADDRESS}/s/{link.code}/"
    about = {
        "link": link, "of_sheet": language, "brand": brand, "address": address, "words": partial(_say, language),
        "qr": "data:image/svg+xml;base64," + base64.b64encode(qr_svg(address)).decode(),
        "title": words_of(asked, asked.name, language, known) if asked.anonymous else on_paper("how", language), "purpose": words_of(asked, asked.purpose, language, known),
        "welcome": words_of(asked, asked.welcome, language, known), "thanks": words_of(asked, asked.thanks, language, known),
        "back": str(link.settings.get("back", "")), "pages": _pages(asked, language, known),
        "kept": _kept(asked, language),
    }  # fmt: skip
    return render(request, "channels/sheet.html", about, using="jinja2")


def _kept(asked: Questionnaire, language: str) -> str:
    if asked.anonymous:
        return f"{to_respondent('kept_anonymous', language)} {on_paper('no_name', language)}"
    return to_respondent("kept_open", language, asked.retention_months)


def _say(language: str, key: str, *values: object) -> str:
    return on_paper(key, language, *values)


def _pages(asked: Questionnaire, language: str, known: dict[str, str]) -> list[tuple[str, list[Printed]]]:
    numbers = {q.key: n for n, q in enumerate(asked.questions, start=1)}
    return [
        (words_of(asked, page.heading, language, known), [_printed(asked, q, numbers[q.key], language, known) for q in page.questions])
        for page in asked.pages
    ]  # fmt: skip


def _printed(asked: Questionnaire, question: Question, number: int, language: str, known: dict[str, str]) -> Printed:
    form = question.meaning.form
    options = question.options if form == "choice" else ()
    return Printed(
        number=number, form=form, text=words_of(asked, question.text, language, known, question),
        help=words_of(asked, question.help, language, known, question), several=question.allows_several, most=question.most,
        only_if=condition_in_words(asked, question, language), rows=_rows(asked, question, language, known),
        options=tuple((words_of(asked, o.text, language, known, question), o.with_words) for o in options),
        parts=tuple(words or part for part, words in parts_of(question, language)) if form == "points" else (),
        dont_know=words_of(asked, question.dont_know, language, known, question),
    )  # fmt: skip


def _rows(asked: Questionnaire, question: Question, language: str, known: dict[str, str]) -> tuple[Row, ...]:
    form = question.meaning.form
    if form not in ("scale", "pair", "yes_no", "contact"):
        return ()
    points = points_of(question, language)
    words = tuple(p.words for p in points)
    if form in ("yes_no", "contact"):
        return (Row(text="", boxes=tuple(p.words or str(p.score) for p in points[::-1])),)
    every = words if all(words) and len(words) <= 5 else ()
    ends = (words[0], words[-1]) if words and not every else ("", "")
    boxes = tuple(str(p.score) for p in points)
    texts = ("",) if form == "scale" else (words_of(asked, question.expected, language, known, question), "")
    return tuple(Row(text=text, boxes=boxes, words=every, low=ends[0], high=ends[1]) for text in texts)
