"""The app on the demo company: a warehouse of this process's own, people of every role, and their browsers."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer
from tests.pages.given.company import demo_company
from tests.web.people import PASSWORD, make_people
from whitenoise.middleware import WhiteNoiseMiddleware

from peil.accounts.models import Person
from peil.library import Peil
from peil.web.facts import close_warehouse, the_peil

# Playwright keeps an event loop running in the thread of a test; Django would refuse its database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

SignIn = Callable[[str], Client]
_held: list[tuple[Peil, set[str]]] = []  # the company of this process, once it is there, and its imports


@pytest.fixture(scope="session", autouse=True)
def own_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """What the app writes, and the warehouse that it opens where a test names none: never where the tests are run."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PEIL_WAREHOUSE", f"duckdb:///{folder / 'peil.duckdb'}")
        patch.setattr(settings, "HOME", folder)
        yield folder


@pytest.fixture(scope="session", autouse=True)
def static_files() -> Iterator[None]:
    """Looked up once in a run: every client of a test would do it again, for longer than most pages take."""
    find, found = WhiteNoiseMiddleware.add_files_from_finders, {}

    def add_files(whitenoise: WhiteNoiseMiddleware) -> None:
        if not found:
            find(whitenoise)
            found.update(whitenoise.files)
        whitenoise.files.update(found)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", add_files)
        yield


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory, own_folder: Path) -> Iterator[Peil]:
    """The demo company in a warehouse that this process owns; what a test changes in it, it takes back."""
    shutil.copytree(demo_company(tmp_path_factory).folder, own_folder, dirs_exist_ok=True)
    peil = the_peil()
    _held.append((peil, {e.file_name for e in peil.imports()}))
    yield peil
    _held.clear()
    close_warehouse()


@pytest.fixture(scope="module", autouse=True)
def facts_as_they_were() -> Iterator[None]:
    """What a module took in of its own is taken out again; none takes out what the others are held to."""
    yield
    for peil, own in _held:
        there = [e for e in peil.imports() if e.status != "undone"]
        for entry in reversed(there):
            if entry.file_name not in own:
                peil.undo(entry.import_id)
        assert own <= {e.file_name for e in there}, "an import of the company was undone and not taken in again"


@pytest.fixture(scope="session")
def live_server(live_server: LiveServer, chromium: Browser) -> Iterator[LiveServer]:
    """Ended once nobody is connected: a request that is still open finds its database gone."""
    yield live_server
    for context in chromium.contexts:
        context.close()
    until = time.monotonic() + 20
    while time.monotonic() < until and any("process_request_thread" in t.name for t in threading.enumerate()):
        time.sleep(0.05)


@pytest.fixture(autouse=True)
def nothing_remembered_of_asking() -> None:
    """What a door led to in the test before: its rows are gone, and their numbers are given out again."""
    from peil.surveys.answering.doors import forget_doors
    from peil.web.asking.brand import forget_brand

    forget_doors()
    forget_brand()


@pytest.fixture
def people(db: None, company: Peil) -> Mapping[str, Person]:
    """One person of every role by that role, and `other_lead`, who leads another team."""
    return make_people()


@pytest.fixture
def sign_in(people: Mapping[str, Person]) -> SignIn:
    """A client with this role signed in."""

    def signed_in(role: str) -> Client:
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(people[role], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in


__all__ = ["PASSWORD"]
