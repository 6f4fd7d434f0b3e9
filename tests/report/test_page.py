"""The words of the page: each one there is, is used; each one used, is there. And what the page makes of small contents."""

from __future__ import annotations

import ast
import doctest
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import peil
import peil.report
from peil.report.views.detail import hundred
from peil.report.views.voice import split_name
from peil.report.words import TEXTS

SOURCE = Path(peil.__file__).parent
CATALOGUE = ("words/__init__.py", "words/page.py")
MODULES = ["peil.report", *(m.name for m in pkgutil.walk_packages(peil.report.__path__, "peil.report."))]


def python_files() -> Iterator[Path]:
    return (p for p in SOURCE.rglob("*.py") if not p.as_posix().endswith(CATALOGUE))


def templates() -> str:
    return "\n".join(p.read_text(encoding="utf-8") for p in SOURCE.rglob("*.html"))


def asked_for() -> tuple[set[str], list[re.Pattern[str]]]:
    """Keys asked for as they stand, and patterns of keys that are put together from parts."""
    plain, patterns = set(re.findall(r'voice\("(\w+)"', templates())), []
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _is_voice(node.func) and node.args:
                for key in _choices(node.args[0]) if "drafting" not in path.parts else ():
                    if isinstance(key, ast.Constant):
                        plain.add(str(key.value))
                    elif isinstance(key, ast.JoinedStr):
                        patterns.append(_pattern(key))
    return plain, patterns


def _is_voice(call: ast.expr) -> bool:
    name = call.attr if isinstance(call, ast.Attribute) else call.id if isinstance(call, ast.Name) else ""
    return name in ("say", "voice", "marked")


def _choices(key: ast.expr) -> Iterator[ast.expr]:
    if isinstance(key, ast.IfExp):
        yield from _choices(key.body)
        yield from _choices(key.orelse)
    else:
        yield key


def _pattern(key: ast.JoinedStr) -> re.Pattern[str]:
    return re.compile("".join(re.escape(str(p.value)) if isinstance(p, ast.Constant) else r"\w+" for p in key.values))


def every_text() -> set[str]:
    """Every text in the code, and the word before a colon: statuses, notes and units are keys of their own."""
    found = set(re.findall(r'"(\w[\w ]*)"', templates()))
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= {node.value, node.value.partition(":")[0]}
    return found | {p.stem for p in (SOURCE / "core" / "kpis").glob("*.py")}


def test_every_word_that_is_asked_for_is_there() -> None:
    plain, patterns = asked_for()
    assert len(plain) > 100
    assert sorted(plain - TEXTS.keys()) == []
    assert [p.pattern for p in patterns if not any(p.fullmatch(key) for key in TEXTS)] == []


def test_every_word_that_is_there_is_asked_for() -> None:
    plain, patterns = asked_for()
    used = {"pending_one"} | plain | every_text() | {key for key in TEXTS if any(p.fullmatch(key) for p in patterns)}
    assert sorted(TEXTS.keys() - used) == []


def test_dutch_and_english_differ_where_they_should() -> None:
    """The same in both languages is a name, a number or a loan; an English sentence left in Dutch would show here."""
    alike = {key for key, (dutch, english) in TEXTS.items() if dutch == english and " " in dutch.strip("{0}:., ")}
    assert {key for key in alike if re.search(r"\b(?:the|of|with|to|not|no|all|rows|is)\b", TEXTS[key][0])} == set()


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name), raise_on_error=False).failed == 0


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    assert len([t for name in MODULES for t in finder.find(importlib.import_module(name)) if t.examples]) >= 12


@pytest.mark.parametrize(
    ("counts", "shares"),
    [([1, 1, 1], [34, 33, 33]), ([0, 0, 7], [0, 0, 100]), ([1, 2, 3], [17, 33, 50]), ([333, 333, 334], [33, 33, 34])],
)
def test_parts_add_up_to_a_hundred(counts: list[int], shares: list[int]) -> None:
    assert hundred(counts) == shares
    assert sum(hundred(counts)) == 100


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Klanttevredenheid (CSAT)", ("Klanttevredenheid", "CSAT")),
        ("Mark out of 10", ("Mark out of 10", "")),
        ("Contactredenen, soort", ("Contactredenen", "soort")),
    ],
)
def test_a_name_and_what_explains_it(name: str, parts: tuple[str, str]) -> None:
    assert split_name(name) == parts
