"""What a draft has otherwise than the version before it, for whoever is about to publish it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from peil.surveys.questionnaires.question import Question, boxes_of
from peil.surveys.questionnaires.questionnaire import Questionnaire

FRAME = tuple(f.name for f in fields(Questionnaire) if f.name not in ("key", "version", "pages"))


@dataclass(frozen=True, slots=True)
class Differences:
    """Keys of questions, and names of fields."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: Mapping[str, tuple[str, ...]]  # question -> its fields
    rearranged: bool
    frame: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed or self.rearranged or self.frame)


def differences(before: Questionnaire, draft: Questionnaire) -> Differences:
    """What publishing `draft` after `before` changes."""
    older, newer = ({q.key: q for q in one.questions} for one in (before, draft))
    both = [key for key in newer if key in older]
    changed = {key: found for key in both if (found := _fields(older[key], newer[key]))}
    return Differences(
        added=tuple(key for key in newer if key not in older),
        removed=tuple(key for key in older if key not in newer),
        changed=changed,
        rearranged=_places(before, both) != _places(draft, both),
        frame=(*(name for name in FRAME if getattr(before, name) != getattr(draft, name)), *_headings(before, draft)),
    )


def _fields(old: Question, new: Question) -> tuple[str, ...]:
    """Fields that differ; boxes are written out in a version, and mean the same left out in a draft."""
    differs = [f.name for f in fields(Question) if getattr(old, f.name) != getattr(new, f.name)]
    if "boxes" in differs and boxes_of(old) == boxes_of(new):
        differs.remove("boxes")
    return tuple(differs)


def _places(questionnaire: Questionnaire, keys: Sequence[str]) -> list[tuple[int, str]]:
    return [(page, q.key) for page, q in questionnaire.placed() if q.key in keys]


def _headings(before: Questionnaire, draft: Questionnaire) -> tuple[str, ...]:
    said = [[(p.heading, p.help) for p in one.pages if p.heading or p.help] for one in (before, draft)]
    return ("heading",) if said[0] != said[1] else ()
