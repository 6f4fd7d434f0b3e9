"""Pages put together for one visit: questions, thanks, and why nothing can be answered."""

from __future__ import annotations

import re

from peil.surveys.answering.doors import Door
from peil.surveys.answering.submitting import Begun, page_before
from peil.surveys.questionnaires.answers import AnswerError
from peil.surveys.questionnaires.questionnaire import Questionnaire, words_of
from peil.web.asking.brand import STYLE, the_brand, the_manner
from peil.web.asking.drawing import languages_of, render_page, render_words
from peil.web.asking.intake.asked import Asked, Page
from peil.web.asking.view import Brand, Fields, PageView
from peil.web.asking.visitor import language_for
from peil.web.asking.visits import Visit

_STATUS = {"unknown": 404, "over": 410, "used": 200, "too_much": 413, "failed": 500, "busy": 503}
FIGURE = re.compile(r"[0-9]{1,3}")


def show_page(
    visit: Visit,
    page: int,
    form: Fields,
    begun: Begun | None,
    errors: tuple[AnswerError, ...] = (),
    *,
    not_saved: bool = False,
) -> Page:
    """A page of questions as it is filled in."""
    door, asked = visit.door, visit.door.asked
    answers = begun.answers if begun else ()
    before = page_before(asked, page, answers)
    start = f"/{visit.way}/{visit.key}/"
    there = start if visit.came.path == start else visit.bare(page)
    score = visit.came.query.get("score", "")
    kept = f"&score={score}" if FIGURE.fullmatch(score) else ""
    view = PageView(
        asked=asked, page=page, language=visit.language, brand=the_brand(), form=form, answers=answers, errors=errors,
        known=door.known, languages={code: f"{there}?language={code}{kept}" for code in asked.languages},
        action=visit.bare(page), back=visit.address(before) if before else "", personal=visit.way == "a",
        stop=_stop(door), test=door.test, not_saved=not_saved,
    )  # fmt: skip
    return Page(render_page(view), headers={"Content-Language": visit.language})


def show_thanks(visit: Visit, begun: Begun, *, wrong: str | None = None, not_saved: bool = False) -> Page:
    """After the last page. `wrong`: what was filled in as a number or an address, and is none."""
    door, asked, brand = visit.door, visit.door.asked, the_brand()
    said = {"organisation": brand.organisation, **door.known}
    shown = render_words(
        "thanks", visit.language, brand, thanks=words_of(asked, asked.thanks, visit.language, said),
        languages=_languages(asked, visit),
        offers=offers_call(asked, begun),
        action=visit.bare("done"), where=begun.call_back if wrong is None else wrong, wrong=wrong is not None and not not_saved,
        call_back=begun.call_back, answered="called" in visit.came.query, not_saved=not_saved, test=door.test,
        change=visit.address(visit.first), stop=_stop(door),
        rest=the_manner().rest_days if visit.way == "a" and not door.test else 0,
    )  # fmt: skip
    return Page(shown, headers={"Content-Language": visit.language})


def offers_call(asked: Questionnaire, begun: Begun) -> bool:
    """Whether they may ask to be called back: unless nobody may know who they are, or they were asked that already."""
    told = {a.question for a in begun.answers}
    return not asked.anonymous and not any(q.key in told for q in asked.questions if q.meaning.form == "contact")


def show_words(came: Asked, kind: str, language: str = "") -> Page:
    """A page that says one thing: this is over, not known, answered already."""
    language = language or language_for(came, None)
    shown = render_words(kind, language, the_brand())
    return Page(shown, _STATUS[kind], {"Content-Language": language})


def show_plainly(came: Asked, kind: str) -> Page:
    """The same when nothing can be looked up, not even whose page it is."""
    language = language_for(came, None)
    shown = render_words(kind, language, Brand(organisation="", stylesheet=STYLE))
    return Page(shown, _STATUS[kind], {"Content-Language": language})


def _languages(asked: Questionnaire, visit: Visit) -> list[tuple[str, str, str]]:
    addresses = {code: f"{visit.bare('done')}?language={code}" for code in asked.languages}
    return languages_of(asked, addresses) if len(asked.languages) > 1 else []


def _stop(door: Door) -> str:
    return f"/stop/{door.stop}/" if door.stop else ""
