"""What is favourable on the scale of each kind of question."""

import pytest

from peil.core import answers, get, measure
from peil.core.boxes import boxes_for
from peil.core.errors import BadMapping


@pytest.mark.parametrize(
    ("kind", "scale", "favourable", "unfavourable"),
    [
        ("nps", (0, 10), [9, 10], [0, 1, 2, 3, 4, 5, 6]),
        ("csat", (1, 5), [4, 5], [1, 2]),
        ("csat", (1, 10), [8, 9, 10], [1, 2, 3, 4, 5]),
        ("ces_effort", (1, 5), [1, 2], [4, 5]),
        ("solved", (0, 1), [1], [0]),
        ("told_again", (0, 1), [0], [1]),
    ],
)
def test_each_score_has_its_side(
    kind: str, scale: tuple[int, int], favourable: list[int], unfavourable: list[int]
) -> None:
    scores = range(scale[0], scale[1] + 1)
    boxes = dict(zip(scores, boxes_for(kind, scale).of(list(scores)).tolist(), strict=True))
    assert [s for s, box in boxes.items() if box == 1] == favourable
    assert [s for s, box in boxes.items() if box == -1] == unfavourable


def test_who_told_the_story_again_counts_against() -> None:
    found = measure(get("told_again"), answers([1] * 30 + [0] * 70, kind="told_again", scale=(0, 1)))
    assert found.value == pytest.approx(30)


def test_a_scale_that_nobody_divides_is_refused() -> None:
    with pytest.raises(BadMapping, match="no standard division"):
        boxes_for("csat", (1, 8))
