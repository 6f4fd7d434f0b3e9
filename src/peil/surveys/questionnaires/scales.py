"""The words of scales: of every point where each has a word of its own, else of the two ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from peil.core.kpi import Words
from peil.surveys.questionnaires.kinds import CHANNELS, KINDS
from peil.surveys.questionnaires.question import Look, Option, Question
from peil.surveys.questionnaires.texts import Text, text


def _pairs(dutch: str, english: str) -> tuple[Words, ...]:
    return tuple(Words(*both) for both in zip(dutch.split(" | "), english.split(" | "), strict=True))


_AGREE_5 = _pairs(
    "zeer oneens | oneens | niet eens, niet oneens | eens | zeer eens",
    "strongly disagree | disagree | neither agree nor disagree | agree | strongly agree",
)
_AGREE_7 = _pairs(
    "zeer oneens | oneens | enigszins oneens | niet eens, niet oneens | enigszins eens | eens | zeer eens",
    "strongly disagree | disagree | somewhat disagree | neither agree nor disagree | somewhat agree | agree | strongly agree",
)
_BY_LENGTH: Mapping[str, Mapping[int, tuple[Words, ...]]] = {
    "csat": {
        2: _pairs("ontevreden | tevreden", "dissatisfied | satisfied"),
        3: _pairs("ontevreden | neutraal | tevreden", "dissatisfied | neutral | satisfied"),
        4: _pairs(
            "zeer ontevreden | ontevreden | tevreden | zeer tevreden",
            "very dissatisfied | dissatisfied | satisfied | very satisfied",
        ),
        5: _pairs(
            "zeer ontevreden | ontevreden | neutraal | tevreden | zeer tevreden",
            "very dissatisfied | dissatisfied | neutral | satisfied | very satisfied",
        ),
        6: _pairs(
            "zeer ontevreden | ontevreden | enigszins ontevreden | enigszins tevreden | tevreden | zeer tevreden",
            "very dissatisfied | dissatisfied | somewhat dissatisfied | somewhat satisfied | satisfied | very satisfied",
        ),
        7: _pairs(
            "zeer ontevreden | ontevreden | enigszins ontevreden | neutraal | enigszins tevreden | tevreden | zeer tevreden",
            "very dissatisfied | dissatisfied | somewhat dissatisfied | neutral | somewhat satisfied | satisfied | very satisfied",
        ),
    },
    "gap": {
        5: _pairs("zeer slecht | slecht | redelijk | goed | zeer goed", "very bad | bad | fair | good | very good"),
    },
    "ces_agree": {7: _AGREE_7},
    "ces_effort": {
        5: _pairs(
            "zeer weinig moeite | weinig moeite | enige moeite | veel moeite | zeer veel moeite",
            "very little effort | little effort | some effort | much effort | very much effort",
        )
    },
    "ces_ease": {
        5: _pairs(
            "zeer moeilijk | moeilijk | niet moeilijk, niet makkelijk | makkelijk | zeer makkelijk",
            "very hard | hard | neither hard nor easy | easy | very easy",
        )
    },
    "engagement": {5: _AGREE_5, 7: _AGREE_7},
    "sus_item": {5: _AGREE_5},
    "servqual": {7: _AGREE_7},
    "servperf": {7: _AGREE_7},
    # the five parts over which points are divided, in the order of the dimensions
    "servqual_points": {
        5: _pairs(
            "Doen wat is afgesproken | Vertrouwen | Hoe het eruitziet | Persoonlijke aandacht | Snel willen helpen",
            "Doing what was agreed | Trust | How it looks | Personal attention | Being ready to help",
        )
    },
}
_CHANNELS = _pairs(
    "telefoon | e-mail | chat | sociale media | website | app | WhatsApp of sms | post | langskomen",
    "phone | e-mail | chat | social media | website | app | WhatsApp or text message | post | in person",
)


def as_text(words: Words) -> Text:
    """Words of Peil, in the languages that it speaks."""
    return text(words.nl, words.en)


def usual_labels(kind: str, length: int, look: Look = "figures") -> tuple[Text, ...]:
    """The words of a scale of `length` points, ready to be kept in a question.

    Stars and smileys need a word each, since who hears the page sees neither.
    """
    each = _BY_LENGTH.get(kind, {}).get(length)
    if each:
        return tuple(as_text(w) for w in each)
    low, high = (as_text(w) for w in KINDS[kind].ends)
    if look in ("figures", "words") or not low:
        return (low, high) if low else ()
    return tuple(_counted(n, length, look) for n in range(1, length + 1))


def _counted(number: int, length: int, look: Look) -> Text:
    if look == "stars":
        return text(f"{number} van {length} sterren", f"{number} of {length} stars")
    return text(f"{number} van {length}, hoger is tevredener", f"{number} of {length}, higher is more satisfied")


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a scale as it is shown: its figure, and its words, which only the ends may have."""

    score: int
    words: str


def points_of(question: Question, language: str) -> tuple[Point, ...]:
    """Every point of a scale in order, for a page, a mail or paper. No word is shown twice, and none is made up."""
    scores, labels = question.scores, [label.of(language) for label in question.labels]
    if len(labels) == 2 and len(scores) > 2:
        labels = [labels[0], *[""] * (len(scores) - 2), labels[1]]
    if len(labels) != len(scores):  # a draft that is not done
        labels = [""] * len(scores)
    return tuple(Point(*both) for both in zip(scores, labels, strict=True))


def parts_of(question: Question, language: str) -> tuple[tuple[str, str], ...]:
    """The parts over which points are divided: each dimension with its words."""
    words = [label.of(language) for label in question.labels]
    parts = question.meaning.dimensions
    return tuple(zip(parts, words if len(words) == len(parts) else [""] * len(parts), strict=True))


def channel_options() -> tuple[Option, ...]:
    """The nine channels."""
    both = zip(CHANNELS, _CHANNELS, strict=True)
    return tuple(Option(key=key, text=as_text(words)) for key, words in both)
