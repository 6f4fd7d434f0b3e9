"""What somebody changes in peil.toml holds from the next request on, in every process that has the warehouse open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import peil.web.facts
from peil.web.facts import close_warehouse, the_peil


@pytest.fixture
def toml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(peil.web.facts, "_open", None)
    monkeypatch.setattr(peil.web.facts, "_seen", None)
    monkeypatch.setenv("PEIL_WAREHOUSE", f"duckdb:///{tmp_path / 'peil.duckdb'}")
    yield tmp_path / "peil.toml"
    close_warehouse()


def least() -> int:
    return the_peil().warehouse.settings.min_answers


def test_a_change_from_elsewhere_is_followed(toml: Path) -> None:
    assert least() == 10
    toml.write_text("min_answers = 12\n")
    assert least() == 12
    beside = toml.with_name("beside")
    beside.write_text("min_answers = 14\n")
    beside.replace(toml)
    assert least() == 14
    toml.unlink()
    assert least() == 10


def test_a_file_that_can_not_be_read_changes_nothing(toml: Path) -> None:
    toml.write_text("min_answers = 12\n")
    assert least() == 12
    toml.write_text("min_answers = [\n")
    assert least() == 12
    toml.write_text("min_answers = 13\n")
    assert least() == 13
