"""How long answering takes, and whether that suits the moment.

Reading at 238 words a minute: silent reading of non-fiction by adults (Brysbaert 2019, Journal of Memory and Language
109, in English; Dutch differs little in words). What suits a moment is a rule of Peil: after a contact a minute and a
half and five questions, at a calm moment five minutes.
"""

from __future__ import annotations

from collections.abc import Iterator

from peil.core.kpi import Words
from peil.surveys.questionnaires.checks.finding import Finding, Place, finding
from peil.surveys.questionnaires.question import Question
from peil.surveys.questionnaires.questionnaire import CONTACT_MOMENTS, Questionnaire

WORDS_A_SECOND = 238 / 60
_SHORT, _LONG = 90.0, 300.0
_FEW = 6
_A_PAGE = 10
_NOT_COUNTED = ("contact_request", "consent")  # about the follow-up, not about the service


def seconds_to_answer(questionnaire: Questionnaire, language: str | None = None) -> float:
    """Reading and answering everything that everybody is asked; of what depends on answers a half."""
    language = language or (questionnaire.languages[0] if questionnaire.languages else "nl")
    read = sum(_words(t.of(language)) for t in (questionnaire.welcome, *(p.heading for p in questionnaire.pages)))
    asked = sum(_seconds(q, language) * (0.5 if q.show_if else 1.0) for q in questionnaire.questions)
    return read / WORDS_A_SECOND + asked


def _seconds(question: Question, language: str) -> float:
    texts = (question.text, question.expected, question.help, *(o.text for o in question.options))
    reading = sum(_words(t.of(language)) for t in texts) / WORDS_A_SECOND
    return reading + question.meaning.seconds


def _words(text: str) -> int:
    return len(text.split())


def in_minutes(seconds: float) -> Words:
    """As people say it."""
    if seconds < 55:
        return Words(f"{_tens(seconds)} seconden", f"{_tens(seconds)} seconds")
    halves = max(2, round(seconds / 30))
    whole, half = divmod(halves, 2)
    if half:
        return Words("anderhalve minuut" if whole == 1 else f"{whole}½ minuten", f"{whole}½ minutes")
    return Words("1 minuut" if whole == 1 else f"{whole} minuten", "1 minute" if whole == 1 else f"{whole} minutes")


def _tens(seconds: float) -> int:
    return max(10, round(seconds / 10) * 10)


def check_length(questionnaire: Questionnaire) -> Iterator[Finding]:
    soon = questionnaire.moment in CONTACT_MOMENTS or questionnaire.moment == "help_page"
    asked = [q for q in questionnaire.questions if q.kind not in _NOT_COUNTED and not q.show_if]
    if soon and len(asked) > _FEW:
        yield finding("questions_many", count=len(asked), most=_FEW)
    most, takes = (_SHORT if soon else _LONG), seconds_to_answer(questionnaire)
    if takes > most:
        yield finding("time_long", minutes=in_minutes(takes), most=in_minutes(most))
    for number, page in enumerate(questionnaire.pages, start=1):
        if len(page.questions) > _A_PAGE:
            yield finding("page_full", Place(page=number), count=len(page.questions))
