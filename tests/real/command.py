"""The command line as a person uses it, in this process, so that a hundred calls take seconds."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

from tests.real.cases import Ask, Load
from tests.real.expected import DATA, Figures

from peil.cli.main import run

MAPPINGS = Path(__file__).parent / "mappings"


class Said(NamedTuple):
    code: int
    out: str
    err: str


def peil(*words: str) -> Said:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(words)
    return Said(code, out.getvalue(), err.getvalue())


def given(*words: str) -> Any:
    """The JSON that a call prints; a call that fails shows its message."""
    said = peil(*words, "--json")
    assert said.code == 0, said.err
    return json.loads(said.out)


def import_words(load: Load, warehouse: str) -> tuple[str, ...]:
    return ("import", str(DATA / load.file), "--mapping", str(MAPPINGS / load.mapping), "--warehouse", warehouse)


def figures_of(estimates: Sequence[dict[str, Any]], ask: Ask) -> Figures:
    """Estimates by the names that the expected figures have."""
    found: Figures = {}
    for e in estimates:
        group = "".join(f" {column}={value}" for column, value in e["group"].items())
        found[f"{ask.prefix}{e['kpi']}{group}{ask.suffix}"] = (e["value"], e["n"])
    return found
