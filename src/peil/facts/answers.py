"""Answers: one row per answered question, from files with one row a submission (wide) or one row an answer (long)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from peil.facts.entries import FactMap, Question
from peil.facts.questions import CHOICE_KINDS, OPEN_KINDS
from peil.facts.reading.convert import Problem, Readings, convert
from peil.facts.reading.texts import Rows, without
from peil.facts.schema import ANSWERS, FLAG, REAL, TEXT, Column

Mask = NDArray[np.bool_]
_SCORE, _TEXT = Column("score", REAL, "measure", ""), Column("choice", TEXT, "dimension", "")
_FLAG = Column("score", FLAG, "dimension", "")


@dataclass(frozen=True, slots=True)
class _Part:
    """The answers to one question: the rows that have one, and their own columns."""

    rows: NDArray[np.int64]
    columns: dict[str, pa.Array]


def answers_of(
    block: FactMap, common: MappingOf[str, pa.Array], rows: Rows, readings: Readings, refused: Mask
) -> tuple[dict[str, pa.Array], list[Problem]]:
    """The answers of all questions below each other, `common` columns repeated for each; `refused` rows left out."""
    problems: list[Problem] = []
    parts: list[_Part] = []
    for question, at in _asked(block, rows, problems):
        at = at[~refused[at]]
        here = rows if len(at) == len(rows) else Rows(rows.batch.take(pa.array(at)), rows.names, rows.missing)
        part, wrong = _question(question, here, readings)
        problems += [Problem(at[p.rows], p.columns, p.reason, p.remedy) for p in wrong]
        parts.append(_Part(at[part.rows], part.columns))
    return _together(block, common, parts, (rows, readings)), problems


def _asked(block: FactMap, rows: Rows, problems: list[Problem]) -> Iterable[tuple[Question, NDArray[np.int64]]]:
    """Each question with the rows that are about it."""
    if block.layout == "wide" or block.code is None:
        return [(q, np.arange(len(rows), dtype=np.int64)) for q in block.questions]
    texts = rows.texts(block.code)
    codes = pa.array([q.code for q in block.questions] + list(block.ignore))
    found = pc.index_in(texts.each, value_set=codes)
    number = texts.spread(found).fill_null(-1).to_numpy(zero_copy_only=False)
    unknown = np.flatnonzero(number < 0).astype(np.int64)
    if len(unknown):
        remedy = "Add [[answers.questions]] with this code to the mapping, or list it: ignore = [...]."
        problems.append(Problem(unknown, (block.code,), "is the code of no question", remedy))
    return [(q, np.flatnonzero(number == i).astype(np.int64)) for i, q in enumerate(block.questions)]


def _question(question: Question, rows: Rows, readings: Readings) -> tuple[_Part, list[Problem]]:
    columns, problems = _content(question, rows, readings)
    if question.comment:
        columns["comment"] = convert(question.comment, _TEXT, rows, readings).values
    if question.expected:
        expected = convert(question.expected, _SCORE, rows, readings)
        columns["expected"] = expected.values
        problems += [*expected.problems, *_outside(question, expected.values, question.expected.all_columns)]
    given = columns["score" if "score" in columns else "choice" if "choice" in columns else "comment"]
    keep: Mask = given.is_valid().to_numpy(zero_copy_only=False)
    if "score" in columns and "comment" in columns:  # words without a mark are an answer too
        keep = keep | columns["comment"].is_valid().to_numpy(zero_copy_only=False)
    for problem in problems:
        keep[problem.rows] = False
    at = np.flatnonzero(keep).astype(np.int64)
    kept = {name: values if keep.all() else values.take(pa.array(at)) for name, values in columns.items()}
    if "score" in kept:
        kept |= _scale(question, kept["score"])
    fixed: dict[str, object] = {"question": question.question, "kind": question.kind, **question.fixed}
    for name, value in fixed.items():
        kept[name] = pa.repeat(pa.scalar(value, ANSWERS.column(name).type), len(at))
    return _Part(at, kept), problems


def _content(question: Question, rows: Rows, readings: Readings) -> tuple[dict[str, pa.Array], list[Problem]]:
    """Score, choice or comment, whichever the kind of question gives."""
    if question.kind in OPEN_KINDS:
        return {"comment": convert(question.answer, _TEXT, rows, readings).values}, []
    if question.kind in CHOICE_KINDS or question.scale is None:
        return {"choice": convert(question.answer, _TEXT, rows, readings).values}, []
    words = question.scale == (0.0, 1.0) and not question.answer.labels
    found = convert(question.answer, _FLAG if words else _SCORE, rows, readings)
    values = found.values.cast(pa.float64())
    columns = {"score": values}
    if question.answer.labels and len(question.answer.columns) == 1:
        columns["choice"] = _labels(question, rows)
    return columns, [*found.problems, *_outside(question, values, question.answer.all_columns)]


def _labels(question: Question, rows: Rows) -> pa.Array:
    """The words of a score that was given in words."""
    texts = without(rows.texts(question.answer.columns[0]), question.answer.missing)
    plain = pc.match_substring_regex(texts.each, r"^[+-]?[0-9.,]+$")
    return texts.spread(pc.if_else(plain, pa.scalar(None, pa.string()), texts.each))


def _outside(question: Question, values: pa.Array, columns: tuple[str, ...]) -> list[Problem]:
    assert question.scale is not None
    low, high = question.scale
    outside = pc.or_(pc.less(values, low), pc.greater(values, high)).fill_null(False)
    rows = np.flatnonzero(outside.to_numpy(zero_copy_only=False)).astype(np.int64)
    if not len(rows):
        return []
    reason = f"is outside the scale {low:g}-{high:g} of question '{question.question}'"
    return [
        Problem(rows, columns, reason, "List it under missing when it means no answer; else correct scale or cell.")
    ]


def _scale(question: Question, scores: pa.Array) -> dict[str, pa.Array]:
    assert question.scale is not None
    low, high = (pa.repeat(pa.scalar(x, pa.float64()), len(scores)) for x in question.scale)
    columns = {"scale_min": low, "scale_max": high}
    if question.boxes:
        columns["box"] = pa.array(question.boxes.of(scores.to_numpy(zero_copy_only=False)))
    if not scores.null_count:
        return columns
    unknown = np.asarray(scores.is_null())
    return {name: pa.array(values.to_numpy(), values.type, mask=unknown) for name, values in columns.items()}


def _together(
    block: FactMap, common: MappingOf[str, pa.Array], parts: list[_Part], context: tuple[Rows, Readings]
) -> dict[str, pa.Array]:
    rows, readings = context
    at = np.concatenate([p.rows for p in parts])
    index = pa.array(at)
    same = len(at) == len(rows) and bool((at == np.arange(len(at))).all())
    columns = {name: values if same else values.take(index) for name, values in common.items()}
    own = dict.fromkeys(name for part in parts for name in part.columns)
    for name in own:
        kind = ANSWERS.column(name).type
        gap = columns.get(name)
        pieces, start = [], 0
        for part in parts:
            n = len(part.rows)
            fallback = pa.nulls(n, kind) if gap is None else gap.slice(start, n)
            given = part.columns.get(name)
            pieces.append(fallback if given is None else given.cast(kind))
            start += n
        columns[name] = pa.concat_arrays([_flat(p) for p in pieces])
    return columns | _keys(block, columns, (rows, readings, at), [len(p.rows) for p in parts])


def _flat(values: pa.Array | pa.ChunkedArray) -> pa.Array:
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values


def _keys(
    block: FactMap, columns: MappingOf[str, pa.Array], where: tuple[Rows, Readings, NDArray[np.int64]], sizes: list[int]
) -> dict[str, pa.Array]:
    """The submission's key, and the answer's: the submission, the question, and what tells answers to it apart."""
    rows, readings, at = where
    response = columns.get("response_id")
    numbers = rows.numbers.take(pa.array(at))
    if response is None:
        response = pc.binary_join_element_wise(readings.file.hash[:16], numbers.cast(pa.string()), ":")
    if "answer_id" in columns:
        return {"response_id": response, "_row": numbers}
    times = Counter(q.question for q in block.questions)
    names = [
        q.question if times[q.question] == 1 or block.layout == "long" else f"{q.question}:{q.answer.heading}"
        for q in block.questions
    ]
    suffix = pa.DictionaryArray.from_arrays(np.repeat(np.arange(len(names)), sizes).astype(np.int32), names)
    answer = pc.binary_join_element_wise(response, suffix.cast(pa.string()), ":")
    if block.layout == "long" and "choice" in columns and any(q.kind in CHOICE_KINDS for q in block.questions):
        several = np.repeat([q.kind in CHOICE_KINDS for q in block.questions], sizes)
        longer = pc.binary_join_element_wise(answer, pc.coalesce(columns["choice"], pa.scalar("")), ":")
        answer = pc.if_else(pa.array(several), longer, answer)
    return {"response_id": response, "answer_id": answer, "_row": numbers}
