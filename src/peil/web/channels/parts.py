"""A page of a survey as a device shows it: the part of it between the frame of the device."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from peil.surveys.answering.doors import Door
from peil.surveys.answering.submitting import Begun, page_before
from peil.surveys.questionnaires.answers import AnswerError
from peil.surveys.questionnaires.questionnaire import Questionnaire, words_of
from peil.web.asking.brand import the_brand
from peil.web.asking.drawing import render_page, render_words
from peil.web.asking.showing import offers_call
from peil.web.asking.view import PageView
from peil.web.channels.tree import Node, tree_of


def page_part(
    door: Door, page: int, language: str, begun: Begun | None = None, errors: Sequence[AnswerError] = (),
    form: Mapping[str, Sequence[str]] | None = None,
) -> list[Node]:  # fmt: skip
    """Page `page` as it is filled in."""
    answers = begun.answers if begun else ()
    before = page_before(door.asked, page, answers)
    view = PageView(
        asked=door.asked, page=page, language=language, brand=the_brand(), answers=answers, errors=tuple(errors),
        form=form if form is not None else (begun.form if begun else {}), action="sent by the device",
        back=str(before) if before else "", test=door.test,
    )  # fmt: skip
    return tree_of(render_page(view, "part"))


def whole_page(asked: Questionnaire, page: int, language: str, *, test: bool) -> list[Node]:
    """Page `page` with every question that may be on it: the device knows which."""
    view = PageView(
        asked=asked, page=page, language=language, brand=the_brand(), action="sent by the device", show_all=True,
        back=str(page - 1) if page > 1 else "", test=test,
    )  # fmt: skip
    return tree_of(render_page(view, "part"))


def thanks_part(
    door: Door, language: str, begun: Begun, *, wrong: str | None = None, answered: bool = False
) -> list[Node]:
    """Thanks, and the offer to be called back, where the page of the survey has it: a vote below an answer is no talk.

    `wrong`: what was filled in as a number or an address, and is none. `answered`: they said whether.
    """
    asked, brand = door.asked, the_brand()
    told = render_words(
        "thanks", language, brand, frame="part_thanks", answered=answered, wrong=wrong is not None, action="",
        thanks=words_of(asked, asked.thanks, language, {"organisation": brand.organisation}),
        offers=offers_call(asked, begun) and asked.moment != "help_page", call_back=begun.call_back,
        where=begun.call_back if wrong is None else wrong,
    )  # fmt: skip
    return tree_of(told)


def words_part(kind: str, language: str, asked: Questionnaire | None = None) -> list[Node]:
    """Thanks, or why nothing can be answered."""
    brand = the_brand()
    thanks = words_of(asked, asked.thanks, language, {"organisation": brand.organisation}) if asked else ""
    return tree_of(render_words(kind, language, brand, frame="part_words", thanks=thanks))


def language_in(asked: Questionnaire, wished: str) -> str:
    """The language that is wished for where the survey has it, else its first."""
    return next((code for code in (wished, wished[:2]) if code in asked.languages), asked.languages[0])
