"""A line: what waits is worked on together, in the order in which it came, and to its end."""

from __future__ import annotations

import threading

import pytest

from peil.core.errors import NotNow
from peil.surveys.answering import line
from peil.surveys.answering.line import Line

NAME = "peil-line-of-a-test"


class Work:
    """Keeps what came, as it came; stays at the first until it is let go."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.begun, self.held = threading.Event(), threading.Event()
        self.line: Line[int] = Line(self, NAME)

    def __call__(self, batch: list[int]) -> None:
        self.batches.append(batch)
        self.begun.set()
        self.held.wait(10)

    def put_behind(self, numbers: range) -> None:
        """One that is worked on, and others behind it."""
        self.line.put(-1)
        assert self.begun.wait(10)
        for number in numbers:
            self.line.put(number)
        assert self.line.waiting == len(numbers)
        self.held.set()


def threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name == NAME]


def test_what_came_meanwhile_is_worked_on_together() -> None:
    work = Work()
    work.put_behind(range(7))
    work.line.stop()
    assert work.batches == [[-1], list(range(7))]


def test_there_is_a_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "MOST", 3)
    work = Work()
    work.put_behind(range(7))
    work.line.stop()
    assert work.batches == [[-1], [0, 1, 2], [3, 4, 5], [6]]


def test_its_thread_starts_with_the_first_and_ends_when_it_is_stopped() -> None:
    work = Work()
    assert not threads()
    work.put_behind(range(2))
    assert threads()
    work.line.stop()
    assert not threads()
    work.line.stop()
    with pytest.raises(NotNow):
        work.line.put(3)
    assert work.batches == [[-1], [0, 1]]


def test_one_that_was_never_used_is_stopped() -> None:
    work = Work()
    work.line.stop()
    with pytest.raises(NotNow):
        work.line.put(0)
    assert not threads()
