"""What tests of several rooms share: a browser, a PostgreSQL server of their own, and a log that tests may empty."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.pages.browser import CHROMIUM, OPTIONS
from tests.postgres import postgres

__all__ = ["postgres"]


def pytest_configure() -> None:
    """A shell that starts this in the background has Ctrl-C ignored, here and in every process started from here."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.skip(f"there is no Chromium at {CHROMIUM} (PEIL_CHROMIUM names another place)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def log_that_can_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """After a test that commits, its tables are emptied; the audit log's triggers stand aside for that."""
    marked = request.node.get_closest_marker("django_db")
    commits = bool(marked and marked.kwargs.get("transaction"))
    if not commits and not {"live_server", "transactional_db"} & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("transactional_db")  # so that this is over before the tables are emptied
    yield
    from django.db import connection

    from peil.accounts.append_only import TABLE, lock_log, unlock_log

    with connection.schema_editor() as editor:
        unlock_log(editor)
        editor.execute(f"DELETE FROM {TABLE}")
        lock_log(editor)
