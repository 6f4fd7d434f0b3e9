"""A warehouse of hostile facts, made once; each test has a copy of it, and people of every role."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from pytest_django.fixtures import Settings
from tests.web.hostile.planting import take_in
from tests.web.hostile.texts import SCRIPT, TURNED

import peil.library
import peil.web.facts
from peil.library import Peil
from peil.web.api.door import limits


@pytest.fixture(scope="session")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    name = f"{SCRIPT}{TURNED}".replace('"', '\\"')
    (folder / "peil.toml").write_text(f'organisation = "{name}"\n', encoding="utf-8")
    with peil.library.open(f"duckdb:///{folder / 'peil.duckdb'}") as opened:
        take_in(opened, folder)
    return folder


@pytest.fixture
def company(facts: Path, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Peil]:
    shutil.copytree(facts, tmp_path / "facts")
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    settings.API_LIMIT_KEY = settings.API_LIMIT_PERSON = (10**9, 10**9)
    limits.forget()
    url = f"duckdb:///{tmp_path / 'facts' / 'peil.duckdb'}"
    monkeypatch.setenv("PEIL_WAREHOUSE", url)
    with peil.library.open(url) as opened:
        monkeypatch.setattr(peil.web.facts, "_open", opened)
        cache.clear()
        yield opened
