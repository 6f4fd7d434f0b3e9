"""docs/cli.md is what the commands say about themselves."""

import importlib.util

import pytest
from tests.docs.pages import ROOT

from peil.cli.main import COMMANDS


def test_the_page_is_not_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "")
    spec = importlib.util.spec_from_file_location("build_cli", ROOT / "docs" / "build_cli.py")
    assert spec
    assert spec.loader
    build_cli = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build_cli)
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == build_cli.reference(), "run: make docs"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_section(name: str) -> None:
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert f"## peil {name}\n" in page


def test_every_command_says_in_one_line_what_it_does() -> None:
    for name, place in COMMANDS.items():
        assert place.summary.endswith("."), name
        assert len(place.summary) < 65, name
