"""Whatever is raised where a page may hear it is said in Dutch: a new way to refuse is asked for its words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import peil
from peil.report.words.app.refused import refused_in_words
from peil.report.words.app.told import error_in_words

ROOMS = ("core", "facts", "warehouse", "sources", "library", "accounts", "board", "surveys", "ops", "web")
RAISED = {"UserError", "BadQuery", "NotNow", "BadInput", "BadMapping", "TileRefused"}
# what no page hears, and who does
ELSEWHERE = {
    "core/lists.py": "Python programs",
    "library/answers.py": "Python programs",
    "library/beside": "the command line",
    "ops/backup": "the command line",
    "warehouse/engines/clickhouse.py": "the command line: the app has no ClickHouse",
    "warehouse/questions/breakdowns.py": "programs within Peil",
    "web/asking/intake/taking.py": "the front, which says so in words of its own",
    "web/outside": "whoever starts the demo",
    "web/serving/running.py": "whoever starts the server",
    "web/serving/mailing.py": "whoever starts the server",
    "web/serving/stores.py": "whoever starts the server",
    "web/serving/sso.py": "whoever starts the server",
    "board/tiles.py:TileRefused": "its form, by the key of its words",
    "web/pages/board/tiles.py:TileRefused": "its form, by the key of its words",
    "board/boards.py:TileRefused": "its form, by the key of its words",
}
FILLS = ("X", "7", "nps", "data.csv")  # in the place of a value
ENGLISH = re.compile(
    r"(?i)\b(the|which|there|this|these|not|has|have|a|an|and|but|you|your|they|asks|rows|give|choose)\b"
)


def raised() -> Iterator[tuple[str, tuple[str | None, ...]]]:
    """Where something is raised, and its words in pieces; None stands for a value."""
    home = Path(peil.__file__).parent
    for path in sorted(p for room in ROOMS for p in (home / room).rglob("*.py")):
        name = path.relative_to(home).as_posix()
        text = path.read_text(encoding="utf-8")
        if not any(f"{error}(" in text for error in RAISED):
            continue  # taking it apart is slow, and every run waits for it
        for node in ast.walk(ast.parse(text)):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in RAISED:
                continue
            place = f"{name}:{node.func.id}"
            if place.startswith(tuple(ELSEWHERE)):
                continue
            words = node.args[1 if node.func.id == "TileRefused" else 0] if node.args else None
            yield f"{name}:{node.lineno}", tuple(pieces(words))


def pieces(node: ast.AST | None) -> Iterator[str | None]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts):
            for part in parts:
                yield from pieces(part)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            yield from pieces(left)
            yield from pieces(right)
        case _:
            yield None


SITES = sorted({words: place for place, words in raised() if any(words)}.items(), key=lambda site: site[1])


def test_there_are_sites_to_look_at() -> None:
    assert len(SITES) > 150


@pytest.mark.parametrize(("words", "place"), SITES, ids=[place for _, place in SITES])
def test_what_is_raised_is_said_in_dutch(words: tuple[str | None, ...], place: str) -> None:
    told = []
    for fill in FILLS:
        problem = "".join(fill if part is None else part for part in words)
        said = error_in_words(problem, "Do this.", "nl")[0]
        if said != problem:
            told.append(said)
    assert told, f"write words for it in report/words/app/refused.py: {''.join(w or '...' for w in words)}"
    assert [said for said in told if ENGLISH.search(said.replace("per_person is true", ""))] == []


def test_hints_are_said_in_dutch() -> None:
    assert refused_in_words("There is no KPI 'npx'.", "Allowed: a, b and 3 more.") == (
        "De KPI ‘npx’ bestaat niet.",
        "Toegestaan: a, b en nog 3.",
    )
    assert refused_in_words("There is no column 'x'.", "Something else.") == ("De kolom ‘x’ bestaat niet.", "")
    assert refused_in_words("Never raised.", "Do this.") is None


def test_values_of_people_are_never_read_as_a_pattern() -> None:
    nasty = "{0}{1!r}\\1 (.*)"
    said = refused_in_words(f"There is no KPI '{nasty}'.", "Allowed: {x}.")
    assert said == (f"De KPI ‘{nasty}’ bestaat niet.", "Toegestaan: {x}.")
