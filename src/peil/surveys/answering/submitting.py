"""A form at a door -> what is kept of it.

Page by page, so that it is known where people stop; or whole, as a kiosk or a desk sends it. The same form sent twice
is one answer, and gives the same result. Another form of the same submission ('change my answer') takes its place. Of
a personal request the first who finishes has answered it; until then the same person may go on elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal, TypeAlias

from peil.core.errors import NotNow
from peil.surveys.answering.doors import Door
from peil.surveys.answering.doubts import SENDERS, clock, is_speeder, is_straight_line
from peil.surveys.answering.forms import kept_mark
from peil.surveys.answering.keeping import Keeping, Kept, Steps, find_kept
from peil.surveys.answering.writer import put, settle
from peil.surveys.questionnaires.answers import AnswerError, form_of, read_answers
from peil.surveys.questionnaires.as_json import answers_from_json, answers_to_json
from peil.surveys.questionnaires.logic import shown_on_page
from peil.surveys.questionnaires.question import Answer, fields_of
from peil.surveys.questionnaires.questionnaire import Questionnaire
from peil.surveys.questionnaires.rows import day_of

Outcome: TypeAlias = Literal["kept", "wrong", "used"]
Fields: TypeAlias = Mapping[str, Sequence[str]]
_TRIES = 5
_MOST_PLANS = 500
LONGEST_CALL_BACK = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A form as it came in. `page`: which one was sent, from 1; None: all of them at once."""

    mark: str  # of the submission: that of the form, or one that a device drew
    form: Fields
    page: int | None
    language: str
    begun: datetime
    now: datetime
    device: str = ""
    sender: str = ""  # where it came from, hashed for a day
    preselected: bool = False
    entered_by_id: int | None = None


@dataclass(frozen=True, slots=True)
class Submitted:
    """What became of it. `page`: where to go on, or where something is wrong; None: there is nothing more to answer."""

    outcome: Outcome
    page: int | None = None
    errors: tuple[AnswerError, ...] = ()
    id: str = ""  # `response_id` in the facts


@dataclass(frozen=True, slots=True)
class Begun:
    """A submission as far as it came, as its pages show it again."""

    answers: tuple[Answer, ...]
    form: dict[str, list[str]]
    finished_at: datetime | None
    language: str
    call_back: str
    own: bool  # begun with this very form; else by the same request elsewhere


def submit(door: Door, sent: Sent) -> Submitted:
    """Keep what was sent. Raises NotNow where it can't be kept: then nothing of it is."""
    return settle(submitting(door, sent))


def submitting(door: Door, sent: Sent) -> Steps[Submitted]:
    """The same in steps."""
    mark = kept_mark(sent.mark)
    found = find_kept(door.survey_id, mark, _tied(door)) if _may_be_there(door, sent) else None
    for _ in range(_TRIES):
        if found is None and door.state == "used":
            return Submitted("used")
        if found is not None and found.finished_at is not None and found.submission != mark:
            return Submitted("used")
        made = _Making(door, sent, found, mark)
        if made.stops_here:
            return made.told(found)
        result = yield made.keeping()
        if result.fate == "kept":
            return made.told(result.there)
        if result.fate == "used":
            return Submitted("used")
        found = result.there
    raise NotNow("Too many forms of this answer came at the same time.", "Send it again in a minute.")


def find_begun(door: Door, mark: str) -> Begun | None:
    """What was answered by this form so far, or for this request by another that is not finished."""
    own = kept_mark(mark)
    found = find_kept(door.survey_id, own, _tied(door))
    if found is None:
        return None
    answers = answers_from_json(found.answers)
    return Begun(
        answers, form_of(door.asked, answers), found.finished_at, found.language, found.call_back,
        found.submission == own,
    )  # fmt: skip


def ask_back(door: Door, mark: str, where: str, now: datetime) -> bool:
    """Keep where somebody wants to be called back ('': not after all); whether their answer is there."""
    if door.asked.anonymous:
        return False
    own = kept_mark(mark)
    for _ in range(_TRIES):
        found = find_kept(door.survey_id, own, _tied(door))
        if found is None or found.submission != own:
            return False
        if found.call_back == where:
            return True
        given = Sent(mark=mark, form={}, page=None, language=found.language, begun=found.started_at, now=now)
        again = replace(_Making(door, given, found, own).same(found), call_back=where[:LONGEST_CALL_BACK])
        if put(again).fate == "kept":
            return True
    raise NotNow("Too many forms of this answer came at the same time.", "Send it again in a minute.")


def _tied(door: Door) -> int | None:
    return None if door.asked.anonymous else door.request_id


def _may_be_there(door: Door, sent: Sent) -> bool:
    """Whether looking first is worth it: what comes by an open link in one page is new nearly always."""
    return door.request_id is not None or (sent.page or 1) > 1


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is asked again of a version at each form."""

    version: Questionnaire  # held, so that no other takes its place in memory
    pages: Mapping[str, int]  # of each question
    names: Mapping[str, int]  # the page of each field
    order: Mapping[str, int]  # of the questions


_plans: dict[int, _Plan] = {}


def _plan_of(version: Questionnaire) -> _Plan:
    """A version never changes, and every process reads few of them."""
    found = _plans.get(id(version))
    if found is None or found.version is not version:
        if len(_plans) > _MOST_PLANS:
            _plans.clear()
        placed = list(version.placed())
        found = _plans[id(version)] = _Plan(
            version, {q.key: n for n, q in placed}, {name: n for n, q in placed for name in fields_of(q)},
            {q.key: at for at, (_, q) in enumerate(placed)},
        )  # fmt: skip
    return found


class _Making:
    """What is to be kept, made from what is there and what came in."""

    def __init__(self, door: Door, sent: Sent, found: Kept | None, mark: str) -> None:
        self._door, self._sent, self._found, self._mark = door, sent, found, mark
        asked = door.asked
        self._last = len(asked.pages) if sent.page is None else min(max(sent.page, 1), len(asked.pages))
        self._plan = _plan_of(asked)
        self._form = _merged(self._plan, sent, found)
        self._reading = read_answers(asked, self._form)
        pages = self._plan.pages
        errors = self._reading.errors
        self._wrong_here = tuple(e for e in errors if sent.page is None or pages[e.question] == self._last)
        self._next = None if sent.page is None else next_page(asked, self._last, self._reading.answers)
        if self._next is None and sent.page is not None:  # nothing after it: then all before it has to be right
            self._next = next((pages[e.question] for e in errors if pages[e.question] < self._last), None)
        if self._next is None and not self._reading.answers and not errors:
            self._wrong_here = _nothing(asked)

    @property
    def stops_here(self) -> bool:
        """Whether nothing is to be kept: a field is wrong, or it is there as it was sent."""
        if self._wrong_here:
            return True
        found = self._found
        if found is None:
            return False
        if found.answers != self._answers() or found.language != self._language():
            return False
        done = found.finished_at is not None
        return done or (self._next is not None and found.last_question == self._last_question())

    def told(self, kept: Kept | None) -> Submitted:
        number = str(kept.id) if kept else ""
        if self._wrong_here:
            return Submitted("wrong", self._plan.pages[self._wrong_here[0].question], self._wrong_here, number)
        return Submitted("kept", self._next, (), number)

    def keeping(self) -> Keeping:
        door, sent, found = self._door, self._sent, self._found
        begun = found.started_at if found else sent.begun
        finished = found.finished_at if found else None
        if finished is None and self._next is None:
            finished = sent.now
        made = Keeping(
            survey_id=door.survey_id, submission=self._mark, version_id=door.version_id,
            answers=self._answers(), language=self._language(), started_at=begun, saved_at=sent.now,
            finished_at=finished, after=found, request_id=door.request_id, anonymous=door.asked.anonymous,
            link_id=door.link_id, device=sent.device, context=door.context, last_question=self._last_question(),
            flags=self._flags(), sender=sent.sender, call_back=found.call_back if found else "", test=door.test,
            entered_by_id=sent.entered_by_id,
        )  # fmt: skip
        return _of_the_day(made) if door.asked.anonymous else made

    def same(self, found: Kept) -> Keeping:
        """As it is there."""
        return replace(
            self.keeping(), answers=found.answers, last_question=found.last_question, flags=found.flags,
            finished_at=found.finished_at, submission=found.submission, version_id=found.version_id,
        )  # fmt: skip

    def _answers(self) -> str:
        return answers_to_json(self._reading.answers)

    def _language(self) -> str:
        return "" if self._door.asked.anonymous else self._sent.language[:5]

    def _last_question(self) -> str:
        """The last one that was shown; going back shows none that is later."""
        order = self._plan.order
        shown = shown_on_page(self._door.asked, self._last, self._reading.answers)
        before = self._found.last_question if self._found and self._found.last_question in order else ""
        here = shown[-1].key if shown else ""
        return max(before, here, key=lambda key: order.get(key, -1))

    def _flags(self) -> str:
        """Doubts about what is finished; what was doubtful once stays so when it is changed."""
        found, sent, asked = self._found, self._sent, self._door.asked
        if found is not None and found.finished_at is not None:
            return found.flags
        if self._next is not None or sent.entered_by_id is not None:
            return ""
        answers = self._reading.answers
        took = (sent.now - (found.started_at if found and not asked.anonymous else sent.begun)).total_seconds()
        fast = self._door.kind != "kiosk" and is_speeder(
            asked, took, sent.language, answers, preselected=sent.preselected
        )  # one tap on a smiley takes no longer than it takes
        doubts = ["speeder"] * fast + ["straight_line"] * is_straight_line(asked, answers)
        if self._door.link_id is not None and sent.sender:
            now = clock()
            doubts += ["duplicate"] * SENDERS.is_duplicate(sent.sender, asked.key, answers, now)
            doubts += ["flood"] * SENDERS.is_flood(sent.sender, now, fast=fast)
        return " ".join(doubts)


def next_page(asked: Questionnaire, after: int, answers: Sequence[Answer]) -> int | None:
    """The next page with something to answer; None at the end."""
    return next((n for n in range(after + 1, len(asked.pages) + 1) if shown_on_page(asked, n, answers)), None)


def page_before(asked: Questionnaire, before: int, answers: Sequence[Answer]) -> int | None:
    return next((n for n in range(before - 1, 0, -1) if shown_on_page(asked, n, answers)), None)


def _nothing(asked: Questionnaire) -> tuple[AnswerError, ...]:
    """A form without one answer is none; most of these buttons are pressed by mistake."""
    first = next(iter(asked.questions), None)
    return (AnswerError(first.key, first.key, "nothing"),) if first else ()


def _merged(plan: _Plan, sent: Sent, found: Kept | None) -> Fields:
    """What was sent, and beside it what was answered on other pages."""
    pages = ((plan.names.get(name), name, values) for name, values in sent.form.items())
    here = {name: values for page, name, values in pages if page is not None and sent.page in (None, page)}
    if sent.page is None or found is None:
        return here
    kept = form_of(plan.version, answers_from_json(found.answers))
    return {**{name: values for name, values in kept.items() if plan.names.get(name) != sent.page}, **here}


def _of_the_day(made: Keeping) -> Keeping:
    """Nothing of it tells when on the day it was, or from where."""
    days: dict[str, Any] = {
        name: None if moment is None else day_of(moment)
        for name in ("started_at", "saved_at", "finished_at")
        for moment in (getattr(made, name),)
    }
    return replace(made, **days, device="", sender="")
