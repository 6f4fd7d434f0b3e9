"""The page of facts lists what the schema holds today."""

from __future__ import annotations

from tests.docs.test_kpi_pages import DOCS, load_generator

from peil.facts.schema import FACTS


def test_the_page_is_fresh() -> None:
    assert (DOCS / "facts.md").read_text(encoding="utf-8") == load_generator().facts_page(), "Stale; run: make docs"


def test_every_column_that_a_mapping_can_give_is_on_it() -> None:
    sections = (DOCS / "facts.md").read_text(encoding="utf-8").split("\n## ")[1:]
    assert [s.split("\n")[0] for s in sections] == list(FACTS)
    for section, fact in zip(sections, FACTS.values(), strict=True):
        for column in fact.columns:
            assert (f"| `{column.name}` |" in section) == (
                column.stage == "raw" and column.name not in ("source", "import_id")
            ), column.name


def test_the_mapping_page_leads_to_it() -> None:
    assert "](facts.md)" in (DOCS / "mapping.md").read_text(encoding="utf-8")
