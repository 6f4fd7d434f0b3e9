"""Every KPI has its page, as the catalogue says it today, and its word in the glossary."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from peil.core.kpis import ALL, BY_KEY

DOCS = Path(__file__).resolve().parents[2] / "docs"


def load_generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_build", DOCS / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PAGES: dict[str, str] = load_generator().pages()


def glossary_rows() -> list[list[str]]:
    lines = (DOCS / "glossary.md").read_text(encoding="utf-8").splitlines()
    cells = [[c.strip() for c in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return [row for row in cells if row[0] != "English" and not set(row[0]) <= {"-"}]


@pytest.mark.parametrize("name", sorted(PAGES))
def test_page_is_there_and_fresh(name: str) -> None:
    page = DOCS / "kpis" / name
    assert page.exists(), f"docs/kpis/{name} is missing; run `make docs`"
    assert page.read_text(encoding="utf-8") == PAGES[name], f"docs/kpis/{name} is stale; run `make docs`"


def test_no_page_without_kpi() -> None:
    assert {p.name for p in (DOCS / "kpis").glob("*.md")} == set(PAGES)
    assert len(PAGES) == len(ALL) + 1


def test_index_lists_every_kpi_once() -> None:
    assert sorted(re.findall(r"\| \[`(\w+)`\]", PAGES["README.md"])) == sorted(BY_KEY)


@pytest.mark.parametrize("kpi", ALL, ids=lambda k: k.key)
def test_page_tells_both_languages_and_the_command(kpi: object) -> None:
    key = kpi.key  # type: ignore[attr-defined]
    page = PAGES[f"{key}.md"]
    for words in (BY_KEY[key].name, BY_KEY[key].formula, BY_KEY[key].tells):
        assert words.nl in page
        assert words.en in page
    assert f"peil kpi {key}" in page


def test_every_kpi_has_a_word_in_the_glossary() -> None:
    named = {key for row in glossary_rows() for key in re.findall(r"`(\w+)`", row[3])}
    assert named == set(BY_KEY)


def test_glossary_rows_are_in_both_languages() -> None:
    for row in glossary_rows():
        assert len(row) == 4, row
        assert all(row[:3]), row


@pytest.mark.parametrize("kpi", ALL, ids=lambda k: k.key)
def test_the_words_of_a_name_are_those_of_its_glossary_row(kpi: object) -> None:
    """A name may add which one (median, 0-100, strict); the idea itself is called as in the glossary."""
    key = kpi.key  # type: ignore[attr-defined]
    rows = [row for row in glossary_rows() if f"`{key}`" in row[3]]
    for language, cell in (("nl", 1), ("en", 0)):
        name = stems(getattr(BY_KEY[key].name, language))
        assert any(name & stems(row[cell]) for row in rows), (key, language, name)


def stems(text: str) -> set[str]:
    """The beginnings of the words of a text, since Dutch and English bend them."""
    return {w[:4] for w in re.findall(r"\w+", text.lower()) if len(w) > 2}
