"""Scores of a whole response: SERVQUAL by dimension, overall and weighted, and SUS.

Made from the response's items, one derived row each, without `import_id`. A function of the set of rows.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from peil.facts.schema import ANSWERS
from peil.warehouse.rows.columns import Array, codes, numbers, real
from peil.warehouse.rows.computed import computed_columns
from peil.warehouse.rows.prepare import complete, replace_columns
from peil.warehouse.settings import Settings

ITEMS = ("servqual", "servqual_points", "sus_item")
DIMENSIONS = ("reliability", "assurance", "tangibles", "empathy", "responsiveness")
SUS_ITEMS = 10
_OF_THE_ITEM = ("choice", "comment", "box", "question", "dimension", "kind", "import_id")


def derive_responses(items: pa.Table, statements: pa.Table, settings: Settings) -> pa.Table:
    """The derived rows of the responses whose rows of the kinds `ITEMS` are in `items`.

    `statements` (source, survey, dimension, question) are all SERVQUAL statements of the surveys: a dimension
    counts for a response that answers every one of them, expectation and experience.
    """
    responses = _Responses(items)
    made = [*_servqual(responses, statements), *_sus(responses)]
    if not made:
        return complete(ANSWERS, items.slice(0, 0))
    rows = pa.concat_tables(made)
    return replace_columns(rows, computed_columns("answers", rows, settings))


class _Responses:
    """Items grouped by response: `of` is the response of each row."""

    def __init__(self, items: pa.Table) -> None:
        order = pc.sort_indices(items, sort_keys=[(c, "ascending") for c in ("source", "response_id", "answer_id")])
        self.items = complete(ANSWERS, items.take(order))
        source, _ = codes(self.items, "source")
        response, _ = codes(self.items, "response_id")
        new = np.ones(len(items), np.bool_)
        new[1:] = (source[1:] != source[:-1]) | (response[1:] != response[:-1])
        self.of = np.cumsum(new) - 1
        self.count = int(new.sum())
        self.kind = self.items.column("kind").combine_chunks()

    def rows_of(self, kind: str) -> NDArray[np.int64]:
        found: NDArray[np.int64] = np.flatnonzero(
            pc.fill_null(pc.equal(self.kind, kind), False).to_numpy(zero_copy_only=False)
        )
        return found

    def derived(self, kind: str, responses: NDArray[np.int64], score: Array, expected: Array, **same: str) -> pa.Table:
        """One row for each of `responses`, with the other columns of its first item."""
        items = self.rows_of("sus_item" if kind == "sus" else "servqual")
        answering, first = np.unique(self.of[items], return_index=True)
        rows = self.items.take(pa.array(items[first][np.searchsorted(answering, responses)]))
        text = pa.string()
        fixed = {name: pa.nulls(len(rows), rows.schema.field(name).type) for name in _OF_THE_ITEM}
        fixed |= {name: pa.array([word] * len(rows), text) for name, word in {"kind": kind, **same}.items()}
        key = pc.binary_join_element_wise(rows.column("response_id"), "~".join(["", kind, *same.values()]), "~")
        fixed |= {"answer_id": key, "score": real(score), "expected": real(expected)}
        return replace_columns(rows, fixed)


def _servqual(responses: _Responses, statements: pa.Table) -> list[pa.Table]:
    score, expected = _dimension_means(responses, statements)
    tables = []
    for d, name in enumerate(DIMENSIONS):
        whole = np.flatnonzero(~np.isnan(score[:, d]))
        if len(whole):
            means = score[whole, d], expected[whole, d]
            tables.append(responses.derived("servqual_dimension", whole, *means, dimension=name))
    full = np.flatnonzero(~np.isnan(score).any(axis=1))
    if len(full):
        tables.append(responses.derived("servqual_overall", full, score[full].mean(1), expected[full].mean(1)))
    points = _points(responses)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = points / points.sum(axis=1, keepdims=True)
    weighed = full[np.isfinite(share[full]).all(axis=1)]
    if len(weighed):
        means = (share * score)[weighed].sum(1), (share * expected)[weighed].sum(1)
        tables.append(responses.derived("servqual_weighted", weighed, *means))
    return tables


def _dimension_means(responses: _Responses, statements: pa.Table) -> tuple[Array, Array]:
    """Mean experience and expectation, (responses, 5): NaN where a statement is missing on either side."""
    means = np.full((2, responses.count, len(DIMENSIONS)), np.nan)
    rows = responses.rows_of("servqual")
    if not len(rows):
        return means[0], means[1]
    items = responses.items.take(pa.array(rows))
    sides = numbers(items, "score"), numbers(items, "expected")
    both = ~np.isnan(sides[0]) & ~np.isnan(sides[1])
    dimension = _place(items, "dimension", DIMENSIONS)
    question = _ranks(items, "question")
    needed = _statements_by_row(items, statements)
    use = both & (dimension >= 0)
    if not use.any():
        return means[0], means[1]
    cell = responses.of[rows] * len(DIMENSIONS) + dimension
    # a statement answered twice in one response counts once, by its mean
    pairs, where = np.unique(np.stack([cell[use], question[use]]), axis=1, return_inverse=True)
    times_answered = np.bincount(where.ravel())
    cells, answered = np.unique(pairs[0], return_counts=True)
    place = np.searchsorted(cells, pairs[0])
    wanted = np.zeros(len(cells))
    np.maximum.at(wanted, np.searchsorted(cells, cell[use]), needed[use])
    whole = answered == wanted
    for side, values in enumerate(sides):
        one = np.bincount(where.ravel(), weights=values[use]) / times_answered
        mean = np.bincount(place, weights=one) / answered
        means[side].reshape(-1)[cells[whole]] = mean[whole]
    return means[0], means[1]


def _statements_by_row(items: pa.Table, statements: pa.Table) -> Array:
    """How many statements the survey of each row has in the row's dimension."""
    names = ("source", "survey", "dimension")
    counts: dict[tuple[str | None, ...], int] = {}
    for row in statements.select([*names, "question"]).group_by([*names, "question"]).aggregate([]).to_pylist():
        place = tuple(row[n] for n in names)
        counts[place] = counts.get(place, 0) + 1
    coded = [codes(items, n) for n in names]
    joint, where = np.unique(np.stack([c for c, _ in coded]), axis=1, return_inverse=True)
    words = [[*w, None] for _, w in coded]
    found = [counts.get(tuple(words[i][c] for i, c in enumerate(column)), 0) for column in joint.T]
    return np.array(found, np.float64)[where.ravel()]


def _points(responses: _Responses) -> Array:
    """Points given to each dimension, (responses, 5); NaN where a dimension has none."""
    points = np.full((responses.count, len(DIMENSIONS)), np.nan)
    rows = responses.rows_of("servqual_points")
    items = responses.items.take(pa.array(rows))
    dimension, score = _place(items, "dimension", DIMENSIONS), numbers(items, "score")
    use = (dimension >= 0) & ~np.isnan(score)
    points[responses.of[rows][use], dimension[use]] = score[use]
    return points


def _sus(responses: _Responses) -> list[pa.Table]:
    """(odd items - 1 and 5 - even items) * 2.5 (Brooke 1996); the item is the number at the end of the question's key."""
    rows = responses.rows_of("sus_item")
    if not len(rows):
        return []
    items = responses.items.take(pa.array(rows))
    index, questions = codes(items, "question")
    number = np.array([*(_item_number(q) for q in questions), 0])[index]
    score = numbers(items, "score")
    use = (number > 0) & ~np.isnan(score)
    scores = np.full((responses.count, SUS_ITEMS), np.nan)
    scores[responses.of[rows][use], number[use] - 1] = score[use]
    full = np.flatnonzero(~np.isnan(scores).any(axis=1))
    if not len(full):
        return []
    odd = np.arange(1, SUS_ITEMS + 1) % 2 == 1
    total = 2.5 * np.where(odd, scores[full] - 1, 5 - scores[full]).sum(axis=1)
    table = responses.derived("sus", full, total, np.full(len(full), np.nan))
    scale = {"scale_min": pa.array(np.zeros(len(full))), "scale_max": pa.array(np.full(len(full), 100.0))}
    return [replace_columns(table, scale)]


def _item_number(question: str) -> int:
    digits = question[len(question.rstrip("0123456789")) :]
    return int(digits) if digits and 1 <= int(digits) <= SUS_ITEMS else 0


def _ranks(items: pa.Table, column: str) -> NDArray[np.int64]:
    """Codes in alphabetical order, so that sums run in one order whatever else is in the table."""
    index, words = codes(items, column)
    rank = np.empty(len(words) + 1, np.int64)
    rank[np.array(sorted(range(len(words)), key=words.__getitem__), np.int64)] = np.arange(len(words))
    rank[-1] = -1
    return rank[index]


def _place(items: pa.Table, column: str, words: tuple[str, ...]) -> NDArray[np.int64]:
    found: NDArray[np.int64] = (
        pc.fill_null(pc.index_in(items.column(column).combine_chunks(), value_set=pa.array(words, pa.string())), -1)
        .to_numpy(zero_copy_only=False)
        .astype(np.int64)
    )
    return found
