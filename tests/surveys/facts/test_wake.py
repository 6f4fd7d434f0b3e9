"""Work that can wait does so while very many answer, and no longer."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from peil.surveys.facts import wake as waking
from peil.surveys.facts.following import Follower
from peil.surveys.facts.wake import RUSH, give_way, is_rush, wake


@pytest.fixture(autouse=True)
def nobody_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(waking, "_SPAN", 0.3)
    time.sleep(0.3)
    yield
    time.sleep(0.3)


def test_many_within_a_moment_are_a_rush_and_it_is_soon_over() -> None:
    wake(RUSH // 2)
    assert not is_rush()
    wake(RUSH // 2)
    assert is_rush()
    time.sleep(0.35)
    assert not is_rush()


def test_many_one_by_one_are_a_rush_too() -> None:
    for _ in range(RUSH):
        wake()
    assert is_rush()


def test_the_follower_rests_longer_in_a_rush_and_no_longer_than_it_lasts() -> None:
    follower = Follower(lambda: pytest.fail("it has nothing to load"))

    def rested(took: float) -> float:
        began = time.monotonic()
        follower._rest(took)
        return time.monotonic() - began

    assert rested(0.05) < 0.3
    stop = threading.Event()

    def come() -> None:
        while not stop.wait(0.02):
            wake(RUSH)

    coming = threading.Thread(target=come)
    coming.start()
    try:
        time.sleep(0.05)
        assert 0.7 < rested(0.3) < 1.8
    finally:
        stop.set()
        coming.join()
    wake(RUSH)
    assert rested(0.5) < 1.2, "the rush ended before three times as long"


def test_work_that_can_wait_gives_way_in_a_rush_alone() -> None:
    def took() -> float:
        began = time.monotonic()
        for _ in range(5):
            give_way()
        return time.monotonic() - began

    assert took() < 0.04
    wake(RUSH)
    assert took() >= 0.05
