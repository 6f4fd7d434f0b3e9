"""What a page of a questionnaire shows: everything that `render_page` needs, and nothing that it looks up itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from peil.surveys.questionnaires.answers import AnswerError, read_answers
from peil.surveys.questionnaires.logic import shown_on_page
from peil.surveys.questionnaires.question import Answer, Question
from peil.surveys.questionnaires.questionnaire import Questionnaire

Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """Whose pages these are."""

    organisation: str
    stylesheet: str  # its address
    logo: str = ""  # its address; '' where there is none


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """One page of one questionnaire for one person.

    `form` is what stands in its fields, by the names of `fields_of`; `answers` are those of the pages before it.
    In a preview (`action` empty) nothing can be sent, and with `show_all` conditions are not looked at.
    """

    asked: Questionnaire
    page: int  # from 1
    language: str
    brand: Brand
    form: Fields = field(default_factory=dict)
    answers: tuple[Answer, ...] = ()
    errors: tuple[AnswerError, ...] = ()
    known: Mapping[str, str] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)  # the same page in each, by its address
    action: str = ""
    back: str = ""
    personal: bool = False
    stop: str = ""  # the address of 'no more questions'
    test: bool = False
    not_saved: bool = False
    show_all: bool = False

    @property
    def questions(self) -> tuple[Question, ...]:
        if self.show_all:
            return self.asked.pages[self.page - 1].questions
        return shown_on_page(self.asked, self.page, self.answers)

    @property
    def all_known(self) -> Mapping[str, str]:
        """What may be filled in, the organisation among it."""
        return {"organisation": self.brand.organisation, **self.known}


def draft_view(draft: Questionnaire, page: int, language: str, brand: Brand, form: Fields | None = None) -> PageView:
    """A page of a draft, as it is built: nothing is kept, and every question shows unless `form` has answers."""
    page = min(max(page, 1), max(len(draft.pages), 1))
    answers = read_answers(draft, form or {}).answers
    return PageView(
        asked=draft, page=page, language=language, brand=brand, form=form or {}, answers=answers, show_all=not form
    )
