"""Generated answers: every kind of question, on its own scale, with its box."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.generated.chance import CHANNELS, DIMENSIONS, SCALES, DataSet, Row


def boxed(score: float, good: tuple[float, float], bad: tuple[float, float]) -> int:
    return int(good[0] <= score <= good[1]) - int(bad[0] <= score <= bad[1])


BOXES: dict[tuple[int, int], tuple[tuple[int, int], tuple[int, int]]] = {
    (1, 2): ((2, 2), (1, 1)),
    (1, 3): ((3, 3), (1, 1)),
    (1, 4): ((3, 4), (1, 2)),
    (1, 5): ((4, 5), (1, 2)),
    (1, 6): ((5, 6), (1, 2)),
    (1, 7): ((6, 7), (1, 3)),
    (1, 10): ((8, 10), (1, 5)),
    (0, 1): ((1, 1), (0, 0)),
    (0, 10): ((9, 10), (0, 6)),
    (0, 100): ((80, 100), (0, 40)),
}


def answers(d: DataSet) -> Iterator[Row]:
    for _ in range(d.rng.choice((0, 1, 2, 3, 5, 10))):
        response = d.row(
            response_id=d.key(), survey=f"survey {d.name}", customer_id=d.customer(), answered_at=d.maybe(d.moment(), 0.95),
            channel=d.rng.choice(CHANNELS), touchpoint=d.rng.choice(("delivery", "café", None)),
            employee_id=f"{d.name} e{d.rng.randrange(4)}", team=d.rng.choice(("north", "süd")),
        )  # fmt: skip
        for row in _questions(d):
            relation = row.pop("relationship", 0)
            yield {**response, "answer_id": d.key(), "relationship": relation, **row}


def _scored(d: DataSet, kind: str, scale: tuple[int, int], *, step: float = 1, **more: Any) -> Row:
    low, high = scale
    score = low + step * d.rng.randrange(int((high - low) / step) + 1)
    good, bad = more.pop("boxes", BOXES[scale])
    known = d.rng.random() < 0.95
    return {
        "question": more.pop("question", kind), "kind": kind, "scale_min": low, "scale_max": high,
        "score": score if known else None, "box": boxed(score, good, bad) if known else None, **more,
    }  # fmt: skip


def _questions(d: DataSet) -> Iterator[Row]:
    rng = d.rng
    if rng.random() < 0.8:
        yield _scored(d, "nps", (0, 10), relationship=rng.randrange(2))
    if rng.random() < 0.3:
        yield _scored(d, "nps_1_10", (1, 10), boxes=((9, 10), (1, 6)), relationship=rng.randrange(2))
    for question in ("csat_a", "csat_b")[: rng.randrange(3)]:
        scale = rng.choice(SCALES) if d.mixed else d.scale
        yield _scored(d, "csat", scale, question=question, relationship=rng.randrange(2))
    if rng.random() < 0.5:
        yield _scored(d, "rapportcijfer", (1, 10), relationship=rng.randrange(2))
    if rng.random() < 0.5:
        yield _scored(d, "ces_agree", (1, 7), boxes=((5, 7), (1, 3)))
        yield _scored(d, "ces_effort", (1, 5), boxes=((1, 2), (4, 5)))
        yield _scored(d, "ces_ease", (1, 5))
    if rng.random() < 0.4:
        yield _scored(d, "gap", (1, 7), expected=d.maybe(rng.randrange(1, 8)))
        yield _scored(d, "servperf", (1, 7), dimension=rng.choice(DIMENSIONS))
    if rng.random() < 0.4:
        yield from _servqual(d)
    if rng.random() < 0.4:
        yield from _sus(d)
    yield from _yes_no(d)
    for question in ("pride", "voice")[: rng.randrange(3)]:
        yield _scored(d, "engagement", (1, 5), question=question)
    yield from _choices(d)


def _servqual(d: DataSet) -> Iterator[Row]:
    gone = d.rng.random() < 0.3
    for dimension in DIMENSIONS:
        for i in (1, 2):
            if gone and d.rng.random() < 0.2:
                continue
            question = f"{dimension}_{i}"
            expected = None if gone and d.rng.random() < 0.1 else d.rng.randrange(3, 8)
            row = _scored(d, "servqual", (1, 7), question=question, dimension=dimension, expected=expected)
            yield row if gone or row["score"] is not None else {**row, "score": 4, "box": 0}
    if d.rng.random() < 0.6:
        cuts = sorted(d.rng.randrange(101) for _ in range(4))
        for dimension, low, high in zip(DIMENSIONS, [0, *cuts], [*cuts, 100], strict=True):
            yield {
                "question": f"points_{dimension}", "kind": "servqual_points", "dimension": dimension,
                "score": high - low, "scale_min": 0, "scale_max": 100,
            }  # fmt: skip


def _sus(d: DataSet) -> Iterator[Row]:
    for i in range(1, 11 if d.rng.random() < 0.85 else 10):
        score = d.rng.randrange(1, 6)
        yield {
            "question": f"sus_{i}", "kind": "sus_item", "score": score, "scale_min": 1, "scale_max": 5,
            "box": boxed(score, (4, 5), (1, 2)),
        }  # fmt: skip


def _yes_no(d: DataSet) -> Iterator[Row]:
    for kind in ("task_success", "solved", "told_again"):
        if d.rng.random() < 0.4:
            yield _scored(d, kind, (0, 1))


def _choices(d: DataSet) -> Iterator[Row]:
    if d.rng.random() < 0.4:
        yield {"question": "channel", "kind": "preferred_channel", "choice": d.rng.choice(CHANNELS)}
        for channel in d.rng.sample(("phone", "email", "chat"), d.rng.randrange(3)):
            yield {"question": "channels", "kind": "considered_channel", "choice": channel}
    if d.rng.random() < 0.4:
        yield {"question": "why", "kind": "reason", "choice": d.rng.choice(("prijs", "Wartezeit", "価格"))}
    if d.rng.random() < 0.2:
        yield {"question": "comment", "kind": "comment", "comment": "ça va; \"goed\" 'zo'\n"}
