"""Small groups are hidden, and what is hidden can't be found by subtraction."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from peil.core.kpi import Estimate
from peil.warehouse.results.small_groups import hide_small

LEAST = 10


def figure(n: int, **group: str) -> Estimate:
    return Estimate(
        kpi="csat", value=50.0, low=40.0, high=60.0, n=n, unit="percent", status="ok", method="wilson", group=group
    )


def test_a_group_below_the_minimum_is_hidden_with_the_reason() -> None:
    shown, hidden, other = hide_small(
        [figure(40, team="a"), figure(9, team="b"), figure(3, team="c")], [40, 9, 3], LEAST
    )
    assert shown.status == "ok"
    assert (hidden.status, hidden.value, hidden.low, hidden.n, hidden.notes) == (
        "hidden",
        None,
        None,
        0,
        ("small_group",),
    )
    assert other.status == "hidden"


def test_a_single_hidden_group_takes_the_next_smallest_with_it() -> None:
    found = hide_small([figure(40, team="a"), figure(30, team="b"), figure(9, team="c")], [40, 30, 9], LEAST)
    assert [e.status for e in found] == ["ok", "hidden", "hidden"]
    assert found[1].notes == ("protects_a_small_group",)


def test_exactly_the_minimum_is_shown() -> None:
    assert hide_small([figure(10, team="a"), figure(10, team="b")], [10, 10], LEAST)[0].status == "ok"


def test_the_whole_is_hidden_when_it_is_small() -> None:
    assert hide_small([figure(9)], [9], LEAST)[0].status == "hidden"


@given(st.lists(st.integers(0, 40), min_size=12, max_size=12))
def test_no_line_of_a_table_gives_a_small_group_away(sizes: list[int]) -> None:
    """In every row and column, the whole minus what is shown leaves nobody, or at least the minimum over two groups."""
    groups = [{"team": t, "channel": c} for t, c in product("abcd", "xyz")]
    found = hide_small([figure(n, **g) for n, g in zip(sizes, groups, strict=True)], sizes, LEAST)
    assert all(e.status == "hidden" for e, n in zip(found, sizes, strict=True) if 0 < n < LEAST)
    for name, values in (("team", "abcd"), ("channel", "xyz")):
        for value in values:
            line = [(e, n) for e, n, g in zip(found, sizes, groups, strict=True) if g[name] == value]
            out = [n for e, n in line if e.status == "hidden" and n]
            everything_hidden = len(out) == sum(1 for _, n in line if n)
            assert not out or everything_hidden or (len(out) >= 2 and sum(out) >= LEAST)
