"""One question, its options, when it is shown, and an answer to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from peil.core.boxes import Boxes, boxes_for
from peil.core.errors import BadMapping
from peil.surveys.questionnaires.kinds import KINDS, Kind
from peil.surveys.questionnaires.texts import NO_TEXT, Text

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
DONT_KNOW = "dont_know"
LONGEST_TEXT = 10_000
Look: TypeAlias = Literal["figures", "stars", "smileys", "words"]
Scope: TypeAlias = Literal["relationship", "touchpoint", "employees"]
Operator: TypeAlias = Literal["one_of", "none_of", "at_least", "at_most", "group", "answered", "not_answered"]
GROUPS = {"favourable": 1, "neutral": 0, "unfavourable": -1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is asked about: the brand as a whole, one contact (or visit, delivery, ...), or the work of employees.

    `words` name it to whoever answers, as they fit after 'about': 'your phone call of {contact.day|this week}'.
    """

    scope: Scope
    touchpoint: str = ""
    journey: str = ""
    words: Text = NO_TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What the answer to an earlier question has to be. Unanswered meets `not_answered` and nothing else.

    Values are scores (0 and 1 for no and yes), keys of options, 'dont_know', or for `group` the boxes by name.
    """

    question: str
    operator: Operator
    values: tuple[int | str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One thing to choose. `with_words`: whoever chooses it may say more, as at 'something else'."""

    key: str
    text: Text
    with_words: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question. What it means and stores is its `kind`; everything shown is here, so that a version stands by itself."""

    key: str
    kind: str
    text: Text  # of a pair: what was experienced
    expected: Text = NO_TEXT  # of a pair: what was expected
    help: Text = NO_TEXT
    required: bool = False
    dont_know: Text = NO_TEXT  # the words of 'I don't know'; not offered without
    points: int | None = None  # where the kind leaves the length of the scale open
    look: Look = "figures"
    labels: tuple[Text, ...] = ()  # of every point of the scale, or of its two ends
    boxes: Boxes | None = None  # None: the usual ones of kind and scale
    dimension: str = ""
    options: tuple[Option, ...] = ()
    several: bool = False
    most: int | None = None  # how many options at most
    about: str = ""  # the question that a comment explains
    longest: int = 2_000  # letters of an open answer
    subject: Subject | None = None  # where it is another than the questionnaire's
    show_if: tuple[Condition, ...] = ()  # all of them

    @property
    def meaning(self) -> Kind:
        return KINDS[self.kind]

    @property
    def scale(self) -> tuple[int, int] | None:
        """Lowest and highest score; None where nothing is scored, or where the length is no good one."""
        if self.meaning.scale is not None:
            return self.meaning.scale
        return (1, self.points) if self.points is not None and self.points in self.meaning.lengths else None

    @property
    def scores(self) -> tuple[int, ...]:
        """Every score that can be given, in order."""
        return tuple(range(self.scale[0], self.scale[1] + 1)) if self.scale else ()

    @property
    def allows_several(self) -> bool:
        return self.several or self.kind == "considered_channel"


def boxes_of(question: Question) -> Boxes | None:
    """The boxes of a question: its own, else those of its kind; None where scores have none."""
    kind = question.meaning
    if question.boxes is not None or kind.form not in ("scale", "pair", "yes_no") or kind.fact != "answers":
        return question.boxes
    if kind.boxes is not None:
        return kind.boxes
    if question.kind == "sus_item" and (item_number(question.key) or 1) % 2 == 0:
        return Boxes((1, 2), (4, 5))  # agreeing with an even statement is bad
    if question.scale is None:
        return None
    try:
        return boxes_for(question.kind, question.scale)
    except BadMapping:  # a scale without standard boxes; the checks ask for its own
        return None


def item_number(key: str) -> int | None:
    """The number of a SUS statement, at the end of its key: `sus_07` is 7."""
    found = re.search(r"(\d+)$", key)
    return int(found[1]) if found and 1 <= int(found[1]) <= 10 else None


def fields_of(question: Question) -> tuple[str, ...]:
    """The names of its fields in a form, the first its own key."""
    form = question.meaning.form
    more: tuple[str, ...] = ()
    if form == "pair":
        more = ("expected",)
    elif form == "points":
        return tuple(f"{question.key}.{d}" for d in question.meaning.dimensions)
    elif form == "contact":
        more = ("where",)
    elif form == "choice":
        more = tuple(f"{o.key}.words" for o in question.options if o.with_words)
    return (question.key, *(f"{question.key}.{name}" for name in more))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What somebody answered. A question that was skipped or not shown has none."""

    question: str
    score: int | None = None
    expected: int | None = None
    choices: tuple[str, ...] = ()
    words: tuple[tuple[str, str], ...] = ()  # by option, what was said more
    points: tuple[tuple[str, int], ...] = ()  # by dimension
    text: str = ""
    dont_know: bool = False
