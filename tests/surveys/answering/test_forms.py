"""The mark of a form: ours or not taken, and no way back to the moment of an anonymous answer."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

import pytest

from peil.surveys.answering.forms import LENGTH, hand_out, kept_mark, read_form

NOW = datetime(2026, 11, 10, 12, 30, 1, 250_000, tzinfo=UTC)


def test_a_form_says_when_it_was_handed_out_and_of_which_version() -> None:
    form = hand_out("link:1", 3, NOW, preselected=True)
    assert read_form("link:1", form.mark) == form
    assert (form.handed_out, form.version, form.preselected, len(form.mark)) == (NOW, 3, True, LENGTH)


def test_two_forms_of_the_same_moment_differ() -> None:
    assert hand_out("link:1", 1, NOW).mark != hand_out("link:1", 1, NOW).mark


def test_a_form_is_of_no_use_at_another_door() -> None:
    assert read_form("link:2", hand_out("link:1", 1, NOW).mark) is None


@pytest.mark.parametrize("mark", ["", "x", "A" * LENGTH, "é" * LENGTH, "=" * LENGTH, "\0" * LENGTH])
def test_what_was_never_handed_out_is_none(mark: str) -> None:
    assert read_form("link:1", mark) is None


def test_guesses_hit_nothing() -> None:
    assert all(read_form("link:1", secrets.token_urlsafe(36)) is None for _ in range(20_000))


def test_a_changed_mark_is_none() -> None:
    mark = hand_out("link:1", 1, NOW).mark
    changed = [mark[:i] + ("A" if mark[i] != "A" else "B") + mark[i + 1 :] for i in range(LENGTH)]
    assert [m for m in changed if read_form("link:1", m) is not None] == []


def test_what_is_kept_tells_nothing_of_the_form() -> None:
    mark = hand_out("link:1", 1, NOW).mark
    assert len(kept_mark(mark)) == 64
    assert kept_mark(mark) == kept_mark(mark) != kept_mark(mark + "x")
