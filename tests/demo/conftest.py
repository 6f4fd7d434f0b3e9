"""One small company, written and imported once for all tests that only look at it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa
import pytest

import peil
from peil.demo.simulate import Company, DemoFile, simulate, write_company
from peil.library import Peil
from peil.warehouse.load import ImportReport

SMALL = Company(customers=1_500, seed=11)


@dataclass(frozen=True, slots=True)
class Imported:
    """The files, what each import said, and the warehouse they went into."""

    files: list[DemoFile]
    reports: list[ImportReport]
    peil: Peil


@pytest.fixture(scope="session")
def facts() -> dict[str, pa.Table]:
    return simulate(SMALL)


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Imported]:
    folder = tmp_path_factory.mktemp("kadewijk")
    files = write_company(SMALL, folder)
    with peil.open(f"duckdb:///{folder / 'peil.duckdb'}") as opened:
        reports = [opened.import_file(f.path, f.mapping) for f in files]
        yield Imported(files, reports, opened)
