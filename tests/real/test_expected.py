"""The literals and the plain pandas code agree: neither was copied from the other's mistake."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from tests.real import expected
from tests.real.cases import ASKS, LOADS
from tests.real.expected import ALL, Figures


def _figures(load: str) -> Figures:
    return ALL[LOADS[load].data]()


@pytest.mark.parametrize("load", sorted({a.load for a in ASKS}))
def test_literals_are_what_pandas_finds(load: str) -> None:
    figures = _figures(load)
    for ask in (a for a in ASKS if a.load == load):
        assert ask.literals, f"an ask of {load} has no literal"
        for case, (value, n) in ask.literals.items():
            assert figures[case][0] == pytest.approx(value, rel=5e-6), case
            assert figures[case][1] == n, case


def test_expected_code_imports_nothing_of_peil() -> None:
    tree = ast.parse(Path(expected.__file__).read_text(encoding="utf-8"))
    names = [a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names]
    names += [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert "pandas" in names
    assert not [name for name in names if name.startswith("peil")]
