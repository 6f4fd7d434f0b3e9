"""What tests of several rooms share: a browser, a PostgreSQL server of their own, and a log that tests may empty."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, sync_playwright
from tests.pages.browser import CHROMIUM, OPTIONS
from tests.postgres import postgres

__all__ = ["postgres"]

# Begun first, so that no process is left with one of these at the end. The first makes the demo company that others use.
LONGEST = ("web/api/test_problems.py", "ops/test_server.py", "warehouse/loading/test_load_stopped.py",
           "web/postgres/test_main_paths.py", "oracle/test_properties.py", "docs/test_readme.py", "ops/test_backup.py",
           "pages/test_figures.py", "web/api/test_contract.py", "web/test_browser.py", "pages/test_browser.py",
           "ops/test_killed_server.py", "web/asking/test_nothing_lost.py", "web/data/test_ownership.py", "web/access/test_access.py", "web/words/test_spoken.py",
           "coverage/test_coverage.py", "web/hostile/test_hostile_company.py")  # fmt: skip


def pytest_configure() -> None:
    """A shell that starts this in the background has Ctrl-C ignored, here and in every process started from here."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    place = {Path(__file__).parent / name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path, len(place)))


@pytest.fixture(scope="session", autouse=True)
def quick_hashing() -> None:
    """Hundreds of people sign in; that passwords are hashed as they should be is seen by servers that tests start."""
    settings.PASSWORD_HASHERS = ["tests.accounts.hashing.QuickArgon2"]


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
