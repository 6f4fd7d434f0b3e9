"""A questionnaire: pages of questions in several languages, with who asks, why, when and about what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from peil.surveys.questionnaires.question import Question, Scope, Subject
from peil.surveys.questionnaires.texts import NO_TEXT, Text, fill

Moment: TypeAlias = Literal[
    "after_contact", "after_visit", "after_purchase", "journey_step", "before_renewal", "calm", "help_page", "work"
]
CONTACT_MOMENTS: tuple[Moment, ...] = ("after_contact", "after_visit", "after_purchase", "journey_step")
USUAL_RETENTION = 24  # months


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What is shown at once."""

    questions: tuple[Question, ...]
    heading: Text = NO_TEXT
    help: Text = NO_TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaire:
    """One version of what is asked. `version` 0 is a draft; once published a version never changes."""

    key: str
    name: Text
    languages: tuple[str, ...]  # the first is shown when nothing is known
    sender: Text  # who asks
    purpose: Text  # what the answers are used for
    subject: Subject
    moment: Moment
    pages: tuple[Page, ...]
    version: int = 0
    welcome: Text = NO_TEXT
    thanks: Text = NO_TEXT
    retention_months: int = USUAL_RETENTION

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(q for page in self.pages for q in page.questions)

    @property
    def anonymous(self) -> bool:
        """Whether no answer may be led back to a person: so it is with employees."""
        return self.subject.scope == "employees"

    def placed(self) -> Iterator[tuple[int, Question]]:
        """Every question with the number of its page, from 1."""
        for number, page in enumerate(self.pages, start=1):
            for question in page.questions:
                yield number, question

    def subject_of(self, question: Question) -> Subject:
        return question.subject or self.subject

    def scope_of(self, question: Question) -> Scope:
        return self.subject_of(question).scope


def words_of(
    questionnaire: Questionnaire, text: Text, language: str, known: Mapping[str, str], question: Question | None = None
) -> str:
    """A text of the questionnaire as somebody reads it, with what is known of them filled in."""
    subject = questionnaire.subject_of(question) if question else questionnaire.subject
    about = fill(subject.words.of(language), known)
    return fill(text.of(language), {**known, "subject": about})


def copy_questionnaire(questionnaire: Questionnaire, key: str, name: Text) -> Questionnaire:
    """A draft of its own with everything that the other has."""
    return replace(questionnaire, key=key, name=name, version=0)
