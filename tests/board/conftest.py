"""The demo company and its people, for what is kept about its figures."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping

import pytest
from tests.pages.given.company import demo_company
from tests.web.people import make_people

import peil
from peil.accounts.models import Person
from peil.library import Peil


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Peil]:
    """The demo company in a warehouse of these tests alone."""
    folder = tmp_path_factory.mktemp("board") / "kadewijk"
    shutil.copytree(demo_company(tmp_path_factory).folder, folder)
    with peil.open(f"duckdb:///{folder / 'peil.duckdb'}") as opened:
        yield opened


@pytest.fixture
def people(db: None) -> Mapping[str, Person]:
    """One person of every role by that role."""
    return make_people()
