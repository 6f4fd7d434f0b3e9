"""The demo company, made once for a whole run of the tests, whoever asks first; and its pages."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest

import peil.library
from peil.cli.main import run
from peil.report.contents import gather
from peil.report.page import render
from peil.report.question import ReportQuestion
from peil.report.words import Language
from peil.warehouse.query import Compare

CUSTOMERS = 6_000
COMPARE: Compare = "last_year"  # as `peil demo` asks
LANGUAGES: tuple[Language, ...] = ("nl", "en")


@dataclass(frozen=True, slots=True)
class Demo:
    """The folder that `peil demo` made, what it said, and its report in each language."""

    folder: Path
    said: str
    pages: Mapping[str, Path]

    @property
    def url(self) -> str:
        return f"duckdb:///{self.folder / 'peil.duckdb'}"


def demo_company(factory: pytest.TempPathFactory) -> Demo:
    """The company of this run; other processes of the run wait for the first that makes it."""
    base = factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    folder, done = shared / "kadewijk", shared / "kadewijk.json"
    with (shared / "kadewijk.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            done.write_text(json.dumps(_make(folder)), encoding="utf-8")
    said = json.loads(done.read_text(encoding="utf-8"))
    return Demo(folder, said, {"nl": folder / "report.html", "en": folder / "report-en.html"})


def _make(folder: Path) -> str:
    out, wrong = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(wrong):
        code = run(["demo", str(folder), "--customers", str(CUSTOMERS), "--language", "nl"])
    assert code == 0, wrong.getvalue()
    write_page(
        f"duckdb:///{folder / 'peil.duckdb'}", folder / "report-en.html", ReportQuestion(language="en", compare=COMPARE)
    )
    return out.getvalue()


def write_page(url: str, path: Path, asked: ReportQuestion) -> None:
    with peil.library.open(url, read_only=True) as opened:
        path.write_text(render(gather(opened.warehouse, asked), asked.language), encoding="utf-8")
