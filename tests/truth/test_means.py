"""Means, paired gaps and many tests at once against R's t.test and p.adjust."""

from __future__ import annotations

import numpy as np
import pytest
from tests.truth import reference

from peil.core import benjamini_hochberg, get, measure, t_limits
from peil.core.intervals import mean_t
from peil.core.kpi import Kpi, Words
from peil.core.moments import Count, Sum

MEAN = Kpi(
    key="mean", document="K2", name=Words("gemiddelde", "mean"), formula=Words("", ""), fact="answers", unit="score",
    better="higher", source="Student 1908", method=mean_t("total", "squares"),
    moments={"n": Count("x"), "total": Sum("x"), "squares": Sum("x", 2)}, value=lambda m: m.total / m.n,
)  # fmt: skip


def gap_of(columns: dict[str, list[str]], items: list[int]) -> np.ndarray:
    """Perceived minus expected per person, the mean over the items; NaN where an answer is missing."""

    def read(letter: str) -> np.ndarray:
        return np.array([[float(x) if x else np.nan for x in columns[f"{letter}{i}"]] for i in items])

    return np.asarray((read("P") - read("E")).mean(axis=0))


ITEMS = {
    "tangibles": [1, 2, 3, 4], "reliability": [5, 6, 7, 8, 9], "responsiveness": [10, 11, 12, 13],
    "assurance": [14, 15, 16, 17], "empathy": [18, 19, 20, 21, 22],
}  # fmt: skip


@pytest.mark.parametrize("dimension", list(ITEMS))
def test_gap_is_the_paired_t_test(dimension: str) -> None:
    expected = reference.values("servqual_gap")["by_dimension"][dimension]
    figure = measure(MEAN, {"x": gap_of(reference.inputs("servqual_generated"), ITEMS[dimension])})
    assert figure.n == expected["n"]
    assert figure.value == pytest.approx(expected["gap"], abs=1e-12)
    assert (figure.low, figure.high) == pytest.approx(expected["ci"], abs=1e-11)


def test_weighted_gap_is_the_paired_t_test() -> None:
    expected = reference.values("servqual_gap")["overall_weighted"]
    columns = reference.inputs("servqual_generated")
    weighed = [
        gap_of(columns, items) * np.array([float(x) for x in columns[f"W_{name}"]]) / 100
        for name, items in ITEMS.items()
    ]
    figure = measure(MEAN, {"x": np.sum(weighed, axis=0)})
    assert figure.value == pytest.approx(expected["gap"], abs=1e-12)
    assert (figure.low, figure.high) == pytest.approx(expected["ci"], abs=1e-11)


def test_gap_per_item_is_the_paired_t_test() -> None:
    columns = reference.inputs("servqual_generated")
    for item in reference.values("servqual_gap")["items"]:
        figure = measure(MEAN, {"x": gap_of(columns, [item["item"]])})
        assert (figure.low, figure.high) == pytest.approx(item["ci"], abs=1e-11)


def test_paired_t_in_figures() -> None:
    """Student's sleep data, R: t.test(extra ~ group, data = sleep, paired = TRUE), with the sign turned."""
    extra = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4]
    figure = measure(MEAN, {"x": extra})
    assert figure.value == pytest.approx(1.58, abs=1e-12)
    assert (figure.low, figure.high) == pytest.approx((0.7001142, 2.4598858), abs=5e-8)
    assert figure.status == "few_customers"


def test_one_block_each_gives_the_same_as_the_formula() -> None:
    """Leaving out one row at a time is s2 / n for a mean, so the two ways agree to rounding."""
    x = np.array([1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4])
    plain = t_limits(x.mean(), x.var(ddof=1) / len(x), len(x) - 1)
    ratio = Kpi(**{**{f: getattr(MEAN, f) for f in MEAN.__dataclass_fields__}, "method": mean_t()})
    figure = measure(ratio, {"x": x}, customers=list(range(10)))
    assert (figure.low, figure.high) == pytest.approx(plain, abs=1e-12)


def test_bh_is_p_adjust() -> None:
    p = [float(x) for x in reference.inputs("pvalues")["p"]]
    assert benjamini_hochberg(p) == pytest.approx(reference.values("p_adjust")["BH"], abs=1e-14)


def test_bh_of_the_five_dimensions() -> None:
    expected = reference.values("servqual_gap")
    p = [expected["by_dimension"][d]["p"] for d in ITEMS]
    assert benjamini_hochberg(p) == pytest.approx([expected["p_BH"][d] for d in ITEMS], rel=1e-12)


def test_bh_in_figures() -> None:
    """The example of Benjamini and Hochberg 1995, section 3.2: of 15, the four smallest are rejected at 5 %."""
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
         0.7590, 1.0]  # fmt: skip
    adjusted = benjamini_hochberg(p)
    assert [x < 0.05 for x in adjusted] == [True] * 4 + [False] * 11
    assert adjusted[3] == pytest.approx(0.035625, abs=1e-12)


def test_catalogue_has_a_mean_mark() -> None:
    assert get("rapportcijfer").method.name == "jackknife_t"
