"""A survey as its tool exports it: one row a response, one column a question; and as the answers that it stands for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from peil.core.boxes import boxes_for
from peil.demo.clock import Array
from peil.demo.tables import fact_table

UNBOXED = ("servqual_points",)
YES_NO = ("solved", "told_again", "task_success")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question; `heading` is its column in the export."""

    key: str
    kind: str
    heading: str
    scale: tuple[int, int] | None = None  # None for a choice or an open answer
    dimension: str | None = None
    relationship: bool = False
    expected: str | None = None  # the heading of what was expected
    comment: str | None = None  # the heading of the open answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The responses of one survey."""

    source: str
    survey: str
    questions: tuple[Question, ...]
    given: Mapping[str, pa.Array]  # columns of `answers` that are the same for every answer of a response
    scores: Mapping[str, Array]  # by heading, NaN where left blank
    texts: Mapping[str, pa.Array]  # choices and open answers, by heading

    def __len__(self) -> int:
        return len(self.given["response_id"])

    def answers(self) -> pa.Table:
        """One row for each answer, as an import makes them."""
        times = Counter(q.key for q in self.questions)
        return pa.concat_tables([self._answers_to(q, times[q.key] > 1) for q in self.questions])

    def _answers_to(self, q: Question, several: bool) -> pa.Table:
        own, there = self._content(q)
        rows = pa.array(np.flatnonzero(there))
        response = self.given["response_id"].take(rows)
        key = f"{q.key}:{q.heading}" if several else q.key
        fixed = {"question": q.key, "kind": q.kind, "survey": self.survey, "dimension": q.dimension}
        columns = {
            **{name: values.take(rows) for name, values in self.given.items()},
            **{name: values.take(rows) for name, values in own.items()},
            **{name: pa.repeat(pa.scalar(v, pa.string()), len(rows)) for name, v in fixed.items()},
            "relationship": pa.repeat(pa.scalar(int(q.relationship), pa.int8()), len(rows)),
            "answer_id": pc.binary_join_element_wise(response, key, ":"),
        }
        return fact_table("answers", self.source, columns)

    def _content(self, q: Question) -> tuple[dict[str, pa.Array], np.ndarray[tuple[int], np.dtype[np.bool_]]]:
        """The columns that this question alone fills, and which responses answered it."""
        if q.scale is None:
            choice = self.texts[q.heading]
            return {"choice": choice}, choice.is_valid().to_numpy(zero_copy_only=False)
        score = self.scores[q.heading]
        blank = np.isnan(score)
        there = ~blank
        low, high = (pa.array(np.full(len(score), float(x)), mask=blank) for x in q.scale)
        columns = {"score": pa.array(score, mask=blank), "scale_min": low, "scale_max": high}
        if q.kind not in UNBOXED:
            boxes = boxes_for(q.kind, (float(q.scale[0]), float(q.scale[1])))
            columns["box"] = pa.array(boxes.of(np.nan_to_num(score)), mask=blank)
        if q.expected is not None:
            expected = self.scores[q.expected]
            columns["expected"] = pa.array(expected, mask=np.isnan(expected))
        if q.comment is not None:
            columns["comment"] = self.texts[q.comment]
            there = there | columns["comment"].is_valid().to_numpy(zero_copy_only=False)
        return columns, there
