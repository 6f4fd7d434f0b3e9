"""The page that explains the report: its commands run, its links lead somewhere, its terms are those of the report."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.docs.pages import ROOT, answers, run, runnable
from tests.pages.tree import Element, read_page

from peil.report.words import TEXTS

PAGE = "docs/report.md"


def page_at(path: Path) -> Element:
    return read_page(path.read_text(encoding="utf-8"))


@pytest.mark.slow
def test_the_commands_of_the_page_write_the_reports_that_they_name(tmp_path: Path) -> None:
    """In the folder of a reader who followed docs/start.md so far as the file is in."""
    (tmp_path / "answers.csv").write_text(answers(), encoding="utf-8")
    (first, *others) = runnable("docs/start.md")
    (commands,) = runnable(PAGE)
    for snippet in (first, commands):
        said = run(snippet, tmp_path)
        assert said.returncode == 0, said.stderr
    english, dutch = (page_at(tmp_path / name) for name in ("report.html", "februari.html"))
    assert [next(p.all("html")).attributes["lang"] for p in (english, dutch)] == ["en", "nl"]
    assert next(dutch.all("h1")).text == "Klantcijfers in februari"
    (lead,) = (e for e in dutch.all("p") if "lead" in e.classes)
    assert "ten goede (NPS)" in lead.text  # +31.5 in January, +55.5 in February
    assert any("peil report report.html --period 2026-02" in s.text for s in others)


def test_links_lead_somewhere() -> None:
    text = (ROOT / PAGE).read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#]+)", text)
    assert len(links) >= 5
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []


def test_the_terms_of_the_key_are_those_of_the_report() -> None:
    """Both sides of a row stand together in the catalogue, or their first words do."""
    text = (ROOT / PAGE).read_text(encoding="utf-8").split("## Dutch key")[1]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("| ")
    ]
    told = [(d.lower(), e.lower()) for d, e in TEXTS.values()]
    unknown = []
    for dutch, english, _ in rows[1:]:
        first, same = dutch.split(",")[0].split()[0], english.split(",")[0].split()[0]
        if not any(first.removesuffix("en") in d and same in e for d, e in told):
            unknown.append(dutch)
    assert len(rows) > 12
    assert unknown == []
