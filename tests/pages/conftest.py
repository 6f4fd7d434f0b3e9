"""The demo company's report, and a browser to look at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from tests.pages.browser import Watched, watch
from tests.pages.given.company import Demo, demo_company

Look = Callable[..., Watched]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    return demo_company(tmp_path_factory)


@pytest.fixture
def look(chromium: Browser) -> Iterator[Look]:
    """Open a file in a window of its own: `look(path, width=390, dark=True, script=False)`."""
    opened: list[BrowserContext] = []

    def open_file(path: Path, *, width: int = 1280, dark: bool = False, script: bool = True) -> Watched:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
        )
        opened.append(context)
        page: Page = context.new_page()
        watched = watch(page)
        page.goto(path.as_uri())
        return watched

    yield open_file
    for context in opened:
        context.close()
