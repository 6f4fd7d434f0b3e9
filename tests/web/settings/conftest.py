"""A small warehouse with facts and a peil.toml that somebody wrote by hand."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.ops.erasing.planted import plant_facts

import peil.library
import peil.web.facts
from peil.library import Peil

BY_HAND = """# Kept by Piet, ask him first
organisation = "Kaas & Brood"  # as it stands on the door
min_answers = 12

[opening]   # summer hours
monday = ["09:00-17:00"]
tuesday = ["09:00-12:00", "13:00-17:00"]

[targets]
phone = 20
"e-mail to \\"us\\"" = 14400

[kpi_targets]
csat = 82
"""


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("planted")
    plant_facts(folder)
    return folder


@pytest.fixture
def company(planted: Path, tmp_path: Path) -> Iterator[Peil]:
    """In the place of the process's own warehouse, which other tests may have opened."""
    shutil.copytree(planted, tmp_path, dirs_exist_ok=True)
    (tmp_path / "peil.toml").write_text(BY_HAND, encoding="utf-8")
    url = f"duckdb:///{tmp_path / 'peil.duckdb'}"
    with pytest.MonkeyPatch.context() as patch, peil.library.open(url) as opened:
        patch.setenv("PEIL_WAREHOUSE", url)
        patch.setattr(peil.web.facts, "_open", opened)
        yield opened
