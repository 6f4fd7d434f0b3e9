"""The page that explains the report: its commands run, its links lead somewhere, its terms are those of the report."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.docs.pages import ROOT, answers, run, runnable
from tests.pages.tree import Element, read_page

from peil.report.words import TEXTS

PAGE = "docs/report.md"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a reader of docs/start.md is, once the file is in."""
    made = tmp_path_factory.mktemp("reader")
    (made / "answers.csv").write_text(answers(), encoding="utf-8")
    (first, *_) = runnable("docs/start.md")
    assert run(first, made).returncode == 0
    return made


def page_at(path: Path) -> Element:
    return read_page(path.read_text(encoding="utf-8"))


def test_the_commands_of_the_page_write_the_reports_that_they_name(folder: Path) -> None:
    (commands,) = runnable(PAGE)
    said = run(commands, folder)
    assert said.returncode == 0, said.stderr
    english, dutch, phone = (page_at(folder / name) for name in ("report.html", "rapport.html", "phone.html"))
    assert [next(p.all("html")).attributes["lang"] for p in (english, dutch, phone)] == ["en", "nl", "en"]
    assert next(phone.all("h1")).text == "By phone"


def test_from_the_file_of_the_first_page_to_its_report(folder: Path) -> None:
    (report,) = [s for s in runnable("docs/start.md") if "peil report" in s.text]
    assert run(report, folder).returncode == 0
    page = page_at(folder / "report.html")
    (lead,) = (e for e in page.all("p") if "lead" in e.classes)
    assert "NPS" in lead.text  # +31.5 in January, +55.5 in February
    value = next(e for e in page.all("data") if e.attributes["data-kpi"] == "nps")
    assert float(value.attributes["value"]) == pytest.approx(55.5, abs=1e-9)
    assert value.text == "+56"


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
