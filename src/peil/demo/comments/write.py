"""Open answers: sentences by subject and mood, with details that vary, one or two after each other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from peil.demo.clock import Codes, Flags, Random
from peil.demo.comments.dutch import DETAILS as DUTCH_DETAILS
from peil.demo.comments.dutch import SENTENCES as DUTCH
from peil.demo.comments.english import DETAILS as ENGLISH_DETAILS
from peil.demo.comments.english import SENTENCES as ENGLISH

DISPLEASED, SO_SO, PLEASED = range(3)
SUBJECTS = tuple(DUTCH)
WRITTEN = 0.46  # of those who answer leave a comment
CONTRADICTING = 0.04  # of the comments, the mood is another than the score's
_TWO = 0.45
Sentences = Mapping[str, tuple[Sequence[str], Sequence[str], Sequence[str]]]


def subject(name: str) -> int:
    return SUBJECTS.index(name)


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Every sentence with every choice of details, those of one subject and mood side by side."""

    texts: pa.Array
    first: Codes  # (subjects, moods)
    count: Codes


@lru_cache(maxsize=2)
def _shelf(english: bool) -> _Shelf:
    sentences, details = (ENGLISH, ENGLISH_DETAILS) if english else (DUTCH, DUTCH_DETAILS)
    texts: list[str] = []
    first, count = np.zeros((len(SUBJECTS), 3), np.int64), np.zeros((len(SUBJECTS), 3), np.int64)
    for s, name in enumerate(SUBJECTS):
        for mood in range(3):
            found = [text for sentence in sentences[name][mood] for text in _filled(sentence, details)]
            first[s, mood], count[s, mood] = len(texts), len(found)
            texts += found
    return _Shelf(pa.array(texts), first, count)


def _filled(sentence: str, details: Mapping[str, Sequence[str]]) -> list[str]:
    """The sentence six times, each with other details; sentences without any count alike."""
    slots = re.findall(r"\{(\w+)\}", sentence)
    return [
        sentence.format(**{s: details[s][(turn + 2 * place) % len(details[s])] for place, s in enumerate(slots)})
        for turn in range(6)
    ]


def write_comments(rng: Random, about: tuple[Codes, Codes, Codes], english: Flags) -> pa.Array:
    """A comment or null for each: mood, main subject, and a second subject (-1 for none) in `about`."""
    mood, main, second = about
    n = len(mood)
    written = rng.random(n) < WRITTEN
    other = (mood + rng.integers(1, 3, n)) % 3
    felt = np.where(rng.random(n) < CONTRADICTING, other, mood)
    one, two = rng.random(n), rng.random(n)
    both = (second >= 0) & (second != main) & (rng.random(n) < _TWO)
    parts = [_chosen(main, felt, one, english), _chosen(np.where(both, second, main), felt, two, english)]
    text = pc.if_else(pa.array(both), pc.binary_join_element_wise(parts[0], parts[1], " "), parts[0])
    return pc.if_else(pa.array(written), text, pa.scalar(None, pa.string()))


def _chosen(
    about: Codes, mood: Codes, chance: np.ndarray[tuple[int], np.dtype[np.float64]], english: Flags
) -> pa.Array:
    found = []
    for language in (False, True):
        shelf = _shelf(language)
        at = shelf.first[about, mood] + (chance * shelf.count[about, mood]).astype(np.int64)
        found.append(shelf.texts.take(pa.array(at)))
    return pc.if_else(pa.array(english), found[1], found[0])
