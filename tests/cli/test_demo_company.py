"""peil demo, as a person runs it: what it leaves behind, what it says, and what it will not write over."""

import json
import re
from pathlib import Path

import pytest
from tests.cli.conftest import Peil
from tests.pages.given.company import CUSTOMERS, Demo, demo_company
from tests.pages.tree import read_page

FEW = ("--customers", "100", "--files-only")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    return demo_company(tmp_path_factory)


def test_it_leaves_files_mappings_a_warehouse_and_a_report(demo: Demo) -> None:
    names = {p.name for p in demo.folder.iterdir()}
    assert {"peil.duckdb", "peil.toml", "truth.json", "report.html"} <= names
    files = [n for n in names if n.endswith((".csv", ".parquet"))]
    assert len(files) >= 15
    assert {n.rpartition(".")[0] + ".toml" for n in files} <= names
    assert json.loads((demo.folder / "truth.json").read_text(encoding="utf-8"))["company"]["customers"] == CUSTOMERS


def test_it_says_what_it_made_and_how_to_go_on(demo: Demo) -> None:
    first, *lines = demo.said.splitlines()
    assert first.startswith(f"Made up {CUSTOMERS:,} customers of Kadewijk Energie: ")
    assert f"The report: {demo.folder / 'report.html'}" in lines
    imported = [line for line in lines if re.match(r"  \S+\.(?:csv|parquet): [\d,]+ ", line)]
    assert len(imported) >= 15
    assert any("values rejected" in line for line in imported)
    assert re.fullmatch(r"Done in \d+ s\.", lines[-1])


def test_its_report_is_in_the_language_asked_for_and_names_the_company(demo: Demo) -> None:
    page = read_page((demo.folder / "report.html").read_text(encoding="utf-8"))
    (root,) = page.all("html")
    (title,) = page.all("title")
    assert root.attributes["lang"] == "nl"
    assert str(title.parts[0]).startswith("Kadewijk Energie · ")


def test_what_it_says_to_try_works(demo: Demo, peil: Peil, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PEIL_WAREHOUSE", re.findall(r"^  export PEIL_WAREHOUSE=(\S+)$", demo.said, re.MULTILINE)[0])
    commands = [words.split() for words in re.findall(r"^  \S+ ((?:kpi|compare|report) .+)$", demo.said, re.MULTILINE)]
    assert [words[0] for words in commands] == ["kpi", "compare", "report"]
    for words in commands[:2]:
        said = peil(*words)
        assert said.code == 0, said.err
        assert len(said.out.splitlines()) > 5
    file, *options = commands[2][1:]
    assert Path(file).parent == demo.folder
    said = peil("report", str(tmp_path / "r.html"), *options, "--where", "channel=post")  # the same of fewer rows
    assert said.code == 0, said.err


def test_files_only_imports_nothing(peil: Peil, tmp_path: Path) -> None:
    said = peil("demo", "company", *FEW)
    assert said.code == 0
    assert "The report" not in said.out
    names = {p.name for p in (tmp_path / "company").iterdir()}
    assert "klantcontacten.csv" in names
    assert not {"peil.duckdb", "report.html"} & names


def test_as_json_stdout_holds_json_alone(peil: Peil, tmp_path: Path) -> None:
    said = peil("demo", "company", *FEW, "--json")
    told = json.loads(said.out)
    assert told["folder"] == "company"
    assert all((tmp_path / path).is_file() for path in told["files"])
    assert "Made up 100 customers" in said.err


def test_a_company_can_be_sized_by_its_rows(peil: Peil) -> None:
    told = peil("demo", "company", "--rows", "5820", "--files-only")
    assert "Made up 200 customers" in told.out


def test_the_same_seed_gives_the_same_files_and_another_others(peil: Peil, tmp_path: Path) -> None:
    for folder, seed in (("a", "1"), ("b", "1"), ("c", "2")):
        assert peil("demo", folder, *FEW, "--seed", seed).code == 0
    a, b, c = ((tmp_path / folder / "klantcontacten.csv").read_bytes() for folder in "abc")
    assert a == b
    assert a != c


def test_an_earlier_demo_is_replaced(peil: Peil, tmp_path: Path) -> None:
    assert peil("demo", "company", *FEW).code == 0
    (tmp_path / "company" / "rapport.html").write_text("an earlier report")
    assert peil("demo", "company", *FEW).code == 0
    assert not (tmp_path / "company" / "rapport.html").exists()


def test_a_folder_that_holds_something_else_stays_as_it_is(peil: Peil, tmp_path: Path) -> None:
    (tmp_path / "company").mkdir()
    (tmp_path / "company" / "thesis.txt").write_text("years of work")
    said = peil("demo", "company", *FEW)
    assert (said.code, said.out) == (1, "")
    assert said.err == "company/ holds something that is no demo.\nName an empty folder.\n"
    assert [p.name for p in (tmp_path / "company").iterdir()] == ["thesis.txt"]


def test_a_file_in_its_place_is_refused(peil: Peil, tmp_path: Path) -> None:
    (tmp_path / "company").write_text("a file")
    said = peil("demo", "company", *FEW)
    assert (said.code, said.err) == (1, "company is a file.\nName a folder.\n")
    assert (tmp_path / "company").read_text() == "a file"


@pytest.mark.parametrize("customers", ["99", "500001", "-5"])
def test_a_size_that_is_no_company_is_refused(peil: Peil, tmp_path: Path, customers: str) -> None:
    said = peil("demo", "company", "--customers", customers)
    assert said.code == 1
    assert "Take 100 to 500,000 customers." in said.err
    assert not list(tmp_path.iterdir())


def test_a_language_that_is_not_spoken_is_refused_before_anything_is_made(peil: Peil, tmp_path: Path) -> None:
    said = peil("demo", "company", *FEW, "--language", "de")
    assert said.code == 1
    assert "Allowed: en, nl" in said.err
    assert not list(tmp_path.iterdir())
