"""Results as JSON, pandas, polars and Arrow: the same figures, nothing rounded."""

import json

import pytest

from peil.core.kpi import Comparison, Estimate
from peil.library.answers import Answers

FIRST = Estimate(
    kpi="nps", value=100 / 3, low=-1.5, high=60.25, n=12, n_eff=11.5, unit="points", status="few_customers", method="tango",
    as_of="2026-03-09", group={"touchpoint": "bezorging", "month": "2026-01"}, notes=("repeats_unseen",),
)  # fmt: skip
NONE = Estimate(
    kpi="nps", value=None, low=None, high=None, n=0, unit="points", status="no_data", method="tango",
    group={"touchpoint": None, "month": "2026-02"},
)  # fmt: skip
CHANGE = Comparison(
    kpi="nps", before=NONE, after=FIRST, difference=None, low=None, high=None, p=None, p_adjusted=None, changed=None,
    unit="points", method="mover",
)  # fmt: skip


def test_json_is_the_one_shape_of_an_estimate() -> None:
    first, none = json.loads(Answers([FIRST, NONE]).to_json())
    assert first == {
        "kpi": "nps", "value": 100 / 3, "low": -1.5, "high": 60.25, "n": 12, "n_eff": 11.5, "level": 0.95, "unit": "points",
        "method": "tango", "status": "few_customers", "definition": 1, "as_of": "2026-03-09",
        "group": {"touchpoint": "bezorging", "month": "2026-01"}, "notes": ["repeats_unseen"],
    }  # fmt: skip
    assert none["value"] is None
    assert none["n"] == 0


def test_json_of_a_change_holds_both_sides() -> None:
    (change,) = Answers([CHANGE]).to_dicts()
    assert change["before"]["status"] == "no_data"
    assert change["after"]["value"] == 100 / 3
    assert change["changed"] is None


def test_frames_have_a_column_per_dimension_and_full_doubles() -> None:
    answers = Answers([FIRST, NONE])
    table = answers.to_arrow()
    assert table.column_names[:4] == ["kpi", "touchpoint", "month", "value"]
    assert table["value"].to_pylist() == [100 / 3, None]
    assert table["n"].to_pylist() == [12, 0]
    frame = answers.to_pandas()
    assert frame.loc[0, "value"] == 100 / 3
    assert frame.shape == (2, 15)
    assert answers.to_polars()["touchpoint"].to_list() == ["bezorging", None]


def test_a_change_is_one_row() -> None:
    (row,) = Answers([CHANGE]).to_rows()
    assert row["before_n"] == 0
    assert row["after"] == 100 / 3


def test_no_figures_give_empty_frames() -> None:
    empty: Answers[Estimate] = Answers([])
    assert len(empty.to_pandas()) == 0
    assert empty.to_json() == "[]"
    assert repr(empty) == "no figures"


def test_a_number_that_is_no_number_is_never_written() -> None:
    wrong = Estimate(
        kpi="nps", value=float("nan"), low=None, high=None, n=1, unit="points", status="ok", method="tango"
    )
    with pytest.raises(ValueError):
        Answers([wrong]).to_json()


def test_answers_are_a_sequence_that_shows_itself() -> None:
    answers = Answers([FIRST, NONE])
    assert answers[0] is FIRST
    assert list(answers[1:]) == [NONE]
    assert repr(answers).splitlines() == [
        "nps (touchpoint=bezorging, month=2026-01): 33.33 [-1.5, 60.25] points, n 12, few_customers",
        "nps (touchpoint=None, month=2026-02): none points, n 0, no_data",
    ]
