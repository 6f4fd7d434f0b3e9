"""What makes an answer doubtful. A doubt is a word beside the answer; nothing is thrown away for it.

speeder        finished in less than a third of the time that reading and answering takes
straight_line  five statements or more in a list, all answered alike
duplicate      the same words again, by the same sender, within a day
flood          more from one sender at an open link than people there can have given:
               more than 300 at once, or than 30 a minute in the long run;
               of answers that were also given too fast, more than 20 at once or than 20 an hour

An office of 300 people behind one address may all answer at the same time. Who sends answers by a program is either
too fast to have read the questions, and then the twenty-first is marked already, or has to take the time of people for it.
Each process counts what it gets, for a day and in no store. Where several answer, what they got together is looked up
in the answers themselves, as soon as somebody sends more than one: see `together`.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.db import connection
from django.utils import timezone

from peil.surveys.answering.together import is_over, said_before
from peil.surveys.questionnaires.checks.length import seconds_to_answer
from peil.surveys.questionnaires.kinds import LISTED
from peil.surveys.questionnaires.logic import is_shown
from peil.surveys.questionnaires.question import Answer, Question
from peil.surveys.questionnaires.questionnaire import Page, Questionnaire
from peil.surveys.questionnaires.texts import NO_TEXT

DOUBTS = ("speeder", "straight_line", "duplicate", "flood")
_LIST = 5  # statements
_WORDS = 15  # letters: fewer are often the same by chance
AT_ONCE, A_MINUTE = 300.0, 30.0
FAST_AT_ONCE, FAST_AN_HOUR = 20.0, 20.0
_SENDERS, _SAID = 50_000, 20_000  # remembered at most
_DAY = 86_400.0


def is_speeder(
    questionnaire: Questionnaire, took: float, language: str, answers: Sequence[Answer], *, preselected: bool
) -> bool:
    """Whether somebody was done in less than a third of the time it takes. What a mail asked was answered there."""
    given = {a.question: a for a in answers}
    by_key = {q.key: q for q in questionnaire.questions}
    asked = questionnaire.questions[1:] if preselected else questionnaire.questions
    return took < sum(_seconds(questionnaire, q, language) for q in asked if is_shown(q, by_key, given)) / 3


def _seconds(questionnaire: Questionnaire, question: Question, language: str) -> float:
    """How long one question takes whom it is shown to. A question never changes, so it is worked out once."""
    key = id(question), language
    found = _worked_out.get(key)
    if found is None or found[0] is not question:
        alone = replace(questionnaire, welcome=NO_TEXT, pages=(Page(questions=(replace(question, show_if=()),)),))
        if len(_worked_out) > _QUESTIONS:
            _worked_out.clear()
        found = _worked_out[key] = (question, seconds_to_answer(alone, language))
    return found[1]


_QUESTIONS = 5_000
_worked_out: dict[tuple[int, str], tuple[Question, float]] = {}


def is_straight_line(questionnaire: Questionnaire, answers: Sequence[Answer]) -> bool:
    given = {a.question: a for a in answers}
    return any(len(set(line)) == 1 for line in _lines(questionnaire, given) if len(line) >= _LIST)


def _lines(questionnaire: Questionnaire, given: dict[str, Answer]) -> Iterator[list[tuple[int | None, int | None]]]:
    """The answers to the statements of each page."""
    for page in questionnaire.pages:
        listed = [given[q.key] for q in page.questions if _is_statement(q) and q.key in given]
        yield [(a.score, a.expected) for a in listed if not a.dont_know]


def _is_statement(question: Question) -> bool:
    return (
        question.meaning.form in ("scale", "pair") and question.meaning.seconds <= 2 * LISTED and bool(question.scale)
    )


class Bucket:
    """How much somebody may send: so many at once, filled up again at so many a second."""

    __slots__ = ("at", "holds", "left", "rate")

    def __init__(self, holds: float, rate: float, at: float) -> None:
        self.holds, self.rate, self.left, self.at = holds, rate, holds, at

    @property
    def used(self) -> float:
        return self.holds - self.left

    def take(self, now: float) -> bool:
        self.left = min(self.holds, self.left + max(0.0, now - self.at) * self.rate)
        self.at = now
        if self.left < 1:
            return False
        self.left -= 1
        return True


class Senders:
    """What came from whom lately, at open links. `shared`: other processes get some of it; None: as the database has it."""

    def __init__(self, *, shared: bool | None = None) -> None:
        self._shared = shared
        self._lock = threading.Lock()
        self._buckets: OrderedDict[str, tuple[Bucket, Bucket]] = OrderedDict()
        self._said: OrderedDict[str, float] = OrderedDict()

    def is_flood(self, sender: str, now: float, *, fast: bool) -> bool:
        with self._lock:
            both = self._buckets.get(sender)
            if both is None:
                both = Bucket(AT_ONCE, A_MINUTE / 60, now), Bucket(FAST_AT_ONCE, FAST_AN_HOUR / 3600, now)
                self._buckets[sender] = both
                if len(self._buckets) > _SENDERS:
                    self._buckets.popitem(last=False)
            self._buckets.move_to_end(sender)
            again = any(bucket.used >= 1 for bucket in both)
            every, fast_ones = both[0].take(now), not fast or both[1].take(now)
        if not (every and fast_ones):
            return True
        if not (again and self._is_shared):
            return False
        at = timezone.now()
        return is_over(sender, at, (AT_ONCE, A_MINUTE)) or (
            fast and is_over(sender, at, (FAST_AT_ONCE, FAST_AN_HOUR / 60), fast=True)
        )

    @property
    def _is_shared(self) -> bool:
        """SQLite has one process; PostgreSQL may have any number."""
        return connection.vendor != "sqlite" if self._shared is None else self._shared

    def is_duplicate(self, sender: str, survey: str, answers: Sequence[Answer], now: float) -> bool:
        words = [*(a.text for a in answers), *(text for a in answers for _, text in a.words)]
        said = "\n".join(words).strip()
        if len(said) < _WORDS:
            return False
        key = hashlib.sha256(f"{sender}\n{survey}\n{said}".encode()).hexdigest()
        with self._lock:
            before = self._said.get(key)
            self._said[key] = now
            self._said.move_to_end(key)
            if len(self._said) > _SAID:
                self._said.popitem(last=False)
        if before is not None and now - before < _DAY:
            return True
        longest = max(words, key=len)
        return self._is_shared and len(longest) >= _WORDS and said_before(sender, survey, longest, timezone.now())


SENDERS = Senders()


def clock() -> float:
    return time.monotonic()
