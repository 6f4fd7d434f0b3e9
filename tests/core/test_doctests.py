"""Every example in the docstrings of core runs."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import peil.core

MODULES = ["peil.core", *(m.name for m in pkgutil.walk_packages(peil.core.__path__, "peil.core."))]


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name: str) -> None:
    found = doctest.testmod(importlib.import_module(name), raise_on_error=False)
    assert found.failed == 0


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    examples = [t for name in MODULES for t in finder.find(importlib.import_module(name)) if t.examples]
    assert len(examples) >= 14
