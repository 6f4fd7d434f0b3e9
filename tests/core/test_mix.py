"""Standardising to one mix: beside pandas doing the same, and what it must leave alone."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from peil.core.estimate import estimate
from peil.core.kpis import get
from peil.core.mix import standardise
from peil.core.numerics.replicates import BlockSums

BLOCKS = 100
FCR = get("fcr")


def rows(seed: int, n: int = 4_000) -> pd.DataFrame:
    """Contacts of three teams with unlike mixes of five subjects; solving depends on the subject alone."""
    rng = np.random.default_rng(seed)
    team = rng.integers(0, 3, n)
    mixes = np.array([[0.5, 0.2, 0.1, 0.1, 0.1], [0.1, 0.1, 0.1, 0.2, 0.5], [0.2] * 5])
    subject = np.array([rng.choice(5, p=mixes[t]) for t in team])
    solved = rng.random(n) < np.array([0.9, 0.8, 0.7, 0.6, 0.5])[subject]
    return pd.DataFrame({"team": team, "subject": subject, "yes": solved, "block": rng.integers(0, BLOCKS, n)})


def cells_of(data: pd.DataFrame) -> tuple[BlockSums, np.ndarray, np.ndarray]:
    keys = sorted({(int(t), int(s)) for t, s in zip(data.team, data.subject, strict=True)})
    n, yes = (np.zeros((len(keys), BLOCKS)) for _ in range(2))
    for i, (team, subject) in enumerate(keys):
        part = data[(data.team == team) & (data.subject == subject)]
        n[i] = np.bincount(part.block, minlength=BLOCKS)
        yes[i] = np.bincount(part.block, weights=part.yes, minlength=BLOCKS)
    named = {name: yes if name != "n" else n for name in FCR.moments}
    sums = BlockSums([{"team": t} for t, _ in keys], n, named, np.full(len(keys), np.nan), np.zeros(len(keys)))
    group, stratum = np.array(keys).T
    return sums, group, stratum


@pytest.mark.parametrize("seed", range(5))
def test_it_is_the_direct_standardisation_that_pandas_gives(seed: int) -> None:
    data = rows(seed)
    made = standardise(*cells_of(data))
    shares = data.subject.value_counts(normalize=True)
    rates = data.groupby(["team", "subject"]).yes.mean().unstack()
    expected = (rates * shares).sum(axis=1)
    found = [e.value for e in estimate(FCR, made.sums)]
    assert found == pytest.approx(list(100 * expected), abs=1e-9)
    assert made.coverage == pytest.approx([1.0] * 3)


def test_one_stratum_changes_nothing() -> None:
    data = rows(7).assign(subject=0)
    cells, group, stratum = cells_of(data)
    made = standardise(cells, group, stratum)
    assert [e.value for e in estimate(FCR, made.sums)] == pytest.approx([e.value for e in estimate(FCR, cells)])


def test_what_a_group_has_no_rows_of_is_no_part_of_its_mix() -> None:
    data = rows(3)
    data = data[~((data.team == 0) & (data.subject == 4))]
    made = standardise(*cells_of(data))
    shares = data.subject.value_counts(normalize=True)
    assert made.coverage[0] == pytest.approx(1 - shares[4])
    rates = data[data.team == 0].groupby("subject").yes.mean()
    expected = (rates * shares.drop(4) / shares.drop(4).sum()).sum()
    assert estimate(FCR, made.sums)[0].value == pytest.approx(100 * expected)


@pytest.mark.slow
def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    held = []
    for seed in range(300):
        data = rows(1_000 + seed, 900)
        made = standardise(*cells_of(data))
        shares = data.subject.value_counts(normalize=True).sort_index()
        truth = 100 * float((shares * np.array([0.9, 0.8, 0.7, 0.6, 0.5])).sum())  # the same for every team
        held += [e.low <= truth <= e.high for e in estimate(FCR, made.sums) if e.low is not None and e.high is not None]
    assert 0.93 <= np.mean(held) <= 0.98
