"""The pictures of the docs are small, all there, and of the page as it is now."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.pages.pictures import FINGERPRINT, FOLDER, LARGEST, PICTURES, fingerprint, make_page, take
from tests.pages.test_structure import LARGEST as LARGEST_PAGE

PAGE = FOLDER.parent / "report.md"


def size_of(png: bytes) -> tuple[int, int]:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", png[16:24])
    return int(width), int(height)


@pytest.mark.parametrize("name", PICTURES)
def test_each_picture_is_there_and_small(name: str) -> None:
    taken = (FOLDER / name).read_bytes()
    assert 5_000 < len(taken) < LARGEST
    width, _ = size_of(taken)
    assert width <= PICTURES[name].width * PICTURES[name].sharp


def test_the_docs_show_each_of_them_with_words() -> None:
    shown = re.findall(r"!\[([^\]]+)\]\(pictures/([\w.-]+)\)", PAGE.read_text(encoding="utf-8"))
    assert sorted(name for _, name in shown) == sorted(PICTURES)
    assert all(len(words) > 20 for words, _ in shown)
    assert {p.name for p in FOLDER.glob("report-*.png")} == set(PICTURES)


@pytest.mark.full
def test_they_are_of_the_page_as_it_is_now(tmp_path: Path, chromium: Browser) -> None:
    page = make_page(tmp_path / "kadewijk")
    assert page.stat().st_size < LARGEST_PAGE
    assert fingerprint(page) == FINGERPRINT.read_text(encoding="utf-8").strip(), "run: python -m tests.pages.pictures"
    for name, taken in take(page, chromium):
        assert size_of(taken)[0] == size_of((FOLDER / name).read_bytes())[0]
