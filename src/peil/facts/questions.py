"""The [answers] block of a mapping: questions with their kind, scale and boxes, wide or long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping as MappingOf
from dataclasses import replace
from typing import Any

from peil.core.boxes import Boxes, boxes_for
from peil.core.errors import BadMapping, did_you_mean
from peil.facts.entries import Entry, FactMap, Question
from peil.facts.mapping import entry_of
from peil.facts.schema import KINDS
from peil.facts.tables import at, choice_of, list_of, refuse_unknown, text_of

ANSWER_WORDS = ("layout", "questions", "code", "value", "ignore")
OPEN_KINDS = frozenset(("comment",))
CHOICE_KINDS = frozenset(("reason", "preferred_channel", "considered_channel"))
_UNBOXED = frozenset(("servqual_points", "other", "gap", "servqual", "servperf", "sus_item"))
_MADE_AT_LOAD = frozenset(("servqual_dimension", "servqual_overall", "servqual_weighted", "sus"))
_YES_NO = frozenset(("solved", "told_again", "task_success"))
_SCALES = {
    "nps": (0.0, 10.0),
    "nps_1_10": (1.0, 10.0),
    "rapportcijfer": (1.0, 10.0),
    "ces_agree": (1.0, 7.0),
    "ces_effort": (1.0, 5.0),
    "ces_ease": (1.0, 5.0),
    "sus_item": (1.0, 5.0),
    "servqual_points": (0.0, 100.0),
    **dict.fromkeys(_YES_NO, (0.0, 1.0)),
}
_FIXED_TEXT = ("survey", "dimension", "touchpoint", "journey", "channel", "language")
_WORDS = (
    "question", "kind", "column", "columns", "combine", "code", "scale", "missing", "labels", "other", "decimal",
    "favourable", "unfavourable", "expected", "comment", "relationship", *_FIXED_TEXT,
)  # fmt: skip


def scale_of(kind: str) -> tuple[float, float] | None:
    """The scale on which a kind of question is always asked; None where the question says it."""
    return _SCALES.get(kind)


def questions_of(raw: MappingOf[str, Any], block: FactMap) -> FactMap:
    """The block with its layout and questions filled in."""
    layout = choice_of(raw, "layout", ("wide", "long"), "answers") or "wide"
    listed = list_of(raw, "questions", "answers")
    if not listed or not all(isinstance(q, dict) for q in listed):
        raise BadMapping("[answers] has no questions.", "Add one block [[answers.questions]] for each.")
    value = _long_value(raw) if layout == "long" else None
    questions = tuple(_question(q, f"answers.questions[{i}]", value) for i, q in enumerate(listed, start=1))
    _refuse_mixed_scales(questions)
    if layout == "wide" and set(raw) & {"code", "value", "ignore"}:
        word = min(set(raw) & {"code", "value", "ignore"})
        raise BadMapping(
            f"'answers.{word}' is for files with one row an answer.", 'Add layout = "long", or leave it out.'
        )
    if layout == "long":
        _refuse_twice(questions)
    return replace(
        block,
        layout=layout,
        questions=questions,
        code=text_of(raw, "code", "answers"),
        ignore=tuple(str(c) for c in list_of(raw, "ignore", "answers")),
    )


def _long_value(raw: MappingOf[str, Any]) -> Entry:
    for word in ("code", "value"):
        if word not in raw:
            raise BadMapping(
                f"'answers.{word}' is missing, and a long file needs it.",
                'code = "..." names the column with the question, value = "..." the one with the answer.',
            )
    return entry_of(raw["value"], "answers.value")


def _question(raw: MappingOf[str, Any], place: str, value: Entry | None) -> Question:
    refuse_unknown(raw, _WORDS, place)
    key, kind = text_of(raw, "question", place), text_of(raw, "kind", place)
    if not key:
        raise BadMapping(f"'{place}.question' is missing.", 'Give the question a key: question = "csat".')
    place = f"{place} ({key})"
    if kind is None:
        raise BadMapping(f"'{place}.kind' is missing.", did_you_mean(key, KINDS))
    if kind not in KINDS or kind in _MADE_AT_LOAD:
        raise BadMapping(f"'{place}.kind' can't be '{kind}'.", did_you_mean(kind, set(KINDS) - _MADE_AT_LOAD))
    answer = _answer(raw, place, value)
    scale = _scale(raw, place, kind)
    code = raw.get("code", key)
    return Question(
        place=place,
        question=key,
        kind=kind,
        answer=answer,
        code=str(code),
        scale=scale,
        boxes=_boxes(raw, place, kind, scale),
        expected=entry_of(raw["expected"], at(place, "expected")) if "expected" in raw else None,
        comment=entry_of(raw["comment"], at(place, "comment")) if "comment" in raw else None,
        fixed=_fixed(raw, place),
    )


def _fixed(raw: MappingOf[str, Any], place: str) -> dict[str, str | int]:
    fixed: dict[str, str | int] = {w: text for w in _FIXED_TEXT if (text := text_of(raw, w, place)) is not None}
    relationship = raw.get("relationship")
    if relationship is not None:
        if not isinstance(relationship, bool):
            raise BadMapping(
                f"'{place}.relationship' is {relationship!r}.", "Write true (the brand) or false (a contact)."
            )
        fixed["relationship"] = int(relationship)
    return fixed


def _answer(raw: MappingOf[str, Any], place: str, value: Entry | None) -> Entry:
    own = {w: raw[w] for w in ("column", "columns", "combine", "missing", "labels", "other", "decimal") if w in raw}
    if value is None:
        return entry_of(own, place)
    if "column" in own or "columns" in own:
        raise BadMapping(
            f"'{place}.column' has no place in a long file.", 'There, value = "..." under [answers] names it.'
        )
    read = entry_of({**own, "columns": list(value.columns)}, place)
    return replace(read, missing=(*value.missing, *read.missing), decimal=read.decimal or value.decimal)


def _scale(raw: MappingOf[str, Any], place: str, kind: str) -> tuple[float, float] | None:
    if kind in OPEN_KINDS | CHOICE_KINDS:
        if "scale" in raw:
            raise BadMapping(f"'{place}.scale' has no meaning for a {kind}.", "Leave it out.")
        return None
    scale = list_of(raw, "scale", place) or _SCALES.get(kind)
    if scale is None:
        if kind == "other":
            return None
        raise BadMapping(f"'{place}.scale' is missing.", "Give the lowest and highest score: scale = [1, 5].")
    if len(scale) != 2 or not all(isinstance(x, int | float) for x in scale) or scale[0] >= scale[1]:
        raise BadMapping(f"'{place}.scale' is {list(scale)}.", "Give the lowest and highest score: scale = [1, 5].")
    if kind in _SCALES and tuple(scale) != _SCALES[kind]:
        low, high = _SCALES[kind]
        other = {"nps": " A 1-10 question is kind nps_1_10.", "nps_1_10": " A 0-10 question is kind nps."}.get(kind, "")
        raise BadMapping(
            f"'{place}.scale' is {scale[0]:g}-{scale[1]:g}, but kind {kind} is asked on {low:g}-{high:g}.",
            f"Turn the codes with labels, or choose another kind.{other}",
        )
    return float(scale[0]), float(scale[1])


def _range(raw: MappingOf[str, Any], word: str, place: str) -> tuple[float, float]:
    value = list_of(raw, word, place)
    if len(value) != 2 or not all(isinstance(x, int | float) for x in value):
        raise BadMapping(f"'{place}.{word}' is missing or is not a pair.", f"Give both, from and to: {word} = [4, 5].")
    return float(value[0]), float(value[1])


def _boxes(raw: MappingOf[str, Any], place: str, kind: str, scale: tuple[float, float] | None) -> Boxes | None:
    if "favourable" in raw or "unfavourable" in raw:
        return Boxes(_range(raw, "favourable", place), _range(raw, "unfavourable", place))
    if scale is None:
        return None
    try:
        return boxes_for(kind, scale)
    except BadMapping as error:
        if kind in _UNBOXED:
            return None
        raise BadMapping(f"'{place}': {error.problem}", error.remedy) from None


def _refuse_mixed_scales(questions: tuple[Question, ...]) -> None:
    scales: dict[str, tuple[float, float] | None] = {}
    for q in questions:
        first = scales.setdefault(q.question, q.scale)
        if first != q.scale:
            shown = " and ".join("none" if s is None else f"{s[0]:g}-{s[1]:g}" for s in (first, q.scale))
            raise BadMapping(
                f"'{q.place}': question '{q.question}' has mixed scales, {shown}.",
                "Scores on different scales can't be one question: give one of them another key.",
            )


def _refuse_twice(questions: tuple[Question, ...]) -> None:
    code, times = Counter(q.code for q in questions).most_common(1)[0]
    if times > 1:
        raise BadMapping(f"'answers.questions' has code '{code}' {times} times.", "Each code is one question.")
