"""The pictures of the app are all there, small, and of the pages as they are now."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.pages.pictures import FOLDER, LARGEST
from tests.pages.test_pictures import size_of
from tests.web.pictures import FINGERPRINT, PICTURES, fingerprint, running_demo, take

PAGE = FOLDER.parent / "app.md"


@pytest.mark.parametrize("name", PICTURES)
def test_each_picture_is_there_and_small(name: str) -> None:
    taken = (FOLDER / name).read_bytes()
    assert 5_000 < len(taken) < LARGEST
    assert size_of(taken)[0] == PICTURES[name].width * PICTURES[name].sharp


def test_the_guide_shows_each_of_them_with_words() -> None:
    shown = re.findall(r"!\[([^\]]+)\]\(pictures/([\w.-]+)\)", PAGE.read_text(encoding="utf-8"))
    assert sorted(name for _, name in shown) == sorted(PICTURES)
    assert all(len(words) > 20 for words, _ in shown)


@pytest.mark.full
def test_they_are_of_the_pages_as_they_are_now(tmp_path: Path, chromium: Browser) -> None:
    with running_demo(tmp_path / "kadewijk") as running:
        words = {name: shown for name, _, shown in take(running, chromium)}
    assert fingerprint(words) == FINGERPRINT.read_text(encoding="utf-8").strip(), "run: python -m tests.web.pictures"
