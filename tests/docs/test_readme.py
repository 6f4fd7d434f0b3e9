"""Every snippet of the front pages runs, and prints what the page says."""

import re
import subprocess
from pathlib import Path

import pytest
from tests.docs.pages import PAGES, ROOT, answers, run, runnable, snippets

from peil.warehouse.settings import Settings, read_settings

pytestmark = pytest.mark.slow

GUIDES = sorted(str(page.relative_to(ROOT)) for page in (ROOT / "docs").glob("*.md"))


@pytest.mark.parametrize("page", PAGES)
def test_every_snippet_runs_and_prints_what_the_page_says(page: str, tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text(answers(), encoding="utf-8")
    found = runnable(page)
    assert found
    for snippet in found:
        said = run(snippet, tmp_path)
        assert said.returncode == 0, f"{snippet.text}\n{said.stderr}"
        if snippet.output is not None:
            assert said.stdout == snippet.output, f"{page} is stale; run: make docs"


def test_the_settings_of_the_page_are_those_that_hold(tmp_path: Path) -> None:
    (shown,) = [s.text for s in snippets("docs/start.md") if s.language == "toml"]
    (tmp_path / "peil.toml").write_text(shown)
    aims = {"targets": (("phone", 20.0), ("email", 14400.0)), "kpi_targets": (("nps", 36.0), ("csat", 82.0))}
    assert read_settings(tmp_path / "peil.toml") == Settings(**aims)


def test_the_file_of_the_pages_is_the_file_of_the_test() -> None:
    (shown,) = [s.text for s in snippets("README.md") if s.language == "csv"]
    assert answers().startswith(shown)


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "SECURITY.md", *GUIDES])
def test_links_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for target, part in re.findall(r"\]\(([^)#]*)#?([^)]*)", text):
        if target.startswith("http"):
            continue
        page = (ROOT / name).parent / target if target else ROOT / name
        assert page.exists(), f"{name} links to {target}"
        assert not part or part in headings(page), f"{name} links to {target}#{part}"


def headings(page: Path) -> set[str]:
    """The parts of a page that a link can lead to."""
    found = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-") for heading in found}


@pytest.mark.parametrize("word", ["demo", "test", "check", "check-full", "bench", "docs", "clean"])
def test_make_help_lists_every_word(word: str) -> None:
    said = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert f"make {word} " in said.stdout
