"""The page on warehouses: its commands run, on a server of PostgreSQL that stands in for the page's."""

import re
from pathlib import Path

import pytest
from tests.docs.pages import Snippet, answers, run, snippets
from tests.postgres import Server

from peil.warehouse.open import SCHEMES

PAGE = "docs/warehouses.md"
ADDRESS = "postgresql://peil@db.example.org/peil?archive=/srv/peil/archive"


@pytest.mark.slow
def test_the_commands_run_on_a_server(postgres: Server, tmp_path: Path) -> None:
    (shown,) = [s.text for s in snippets(PAGE) if s.language == "sh"]
    assert ADDRESS in shown
    (tmp_path / "answers.csv").write_text(answers(), encoding="utf-8")
    text = f"peil map answers.csv -o answers.toml\n{shown.replace(ADDRESS, postgres.new_warehouse(tmp_path))}"
    said = run(Snippet("sh", text, None), tmp_path)
    assert said.returncode == 0, said.stdout + said.stderr
    assert "PostgreSQL 1" in said.stdout
    assert "answers.csv: 800 answers" in said.stdout
    assert re.search(r"^nps .*2026-02 +\+55\.5 ", said.stdout, re.MULTILINE)


def test_every_engine_has_an_address_on_the_page() -> None:
    text = (Path(__file__).resolve().parents[2] / PAGE).read_text(encoding="utf-8")
    assert all(f"`{scheme}://" in text for scheme in SCHEMES if scheme != "chdb")
