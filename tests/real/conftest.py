"""The real files: where they are, and one call of the command line as a person makes it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.real.expected import DATA

MAPPINGS = Path(__file__).parent / "mappings"


@pytest.fixture(scope="session", autouse=True)
def _real_files() -> None:
    if not DATA.is_dir():
        pytest.skip(f"the real files are not here: no folder {DATA} (PEIL_SHARED names another place)")
    return
