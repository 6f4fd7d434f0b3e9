"""A file tried out says what an import of it does, and leaves the warehouse and its folder as they were."""

from __future__ import annotations

from pathlib import Path

import pytest

import peil
from peil.core.errors import BadInput
from peil.facts.mapping import parse_mapping
from peil.library.trial import try_file
from peil.sources.files import Named

MAPPING = """
source = "enquete"
[answers]
response_id = "nr"
customer_id = "klant"
answered_at = { column = "op", dates = "iso" }
[[answers.questions]]
question = "nps"
kind = "nps"
column = "nps"
"""
ROWS = (
    "nr,klant,op,nps\n"
    + "".join(f"{i},K{i},2026-03-{1 + i % 28:02d},{i % 11}\n" for i in range(60))
    + "60,K60,2026-03-01,99\n"
)


class Stop(Exception):
    pass


@pytest.mark.slow
def test_a_trial_is_the_import(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text(ROWS, encoding="utf-8")
    file = Named(path, "enquete.csv")
    with peil.open(f"duckdb:///{tmp_path / 'peil.duckdb'}") as opened:
        before = sorted(p.name for p in tmp_path.iterdir())
        tried = try_file(opened.warehouse, file, parse_mapping(MAPPING))
        assert opened.imports() == []
        assert sorted(p.name for p in tmp_path.iterdir()) == before
        report = opened.import_file(path, parse_mapping(MAPPING), name="enquete.csv")
        assert (tried.rows, tried.rejected, tried.copies) == (report.rows, report.rejected, report.copies)
        (kind,) = tried.kinds
        assert (kind.kind.count, [(r.row, r.value) for r in kind.examples]) == (1, [(62, "99")])
        assert {e.kpi: e.value for e in tried.figures}["nps"] == opened.kpi("nps")[0].value
        assert opened.imports()[0].file_name == "enquete.csv"
        assert opened.rows()["answers"] == 60
        again = try_file(opened.warehouse, file, parse_mapping(MAPPING))
        assert again.already == report.import_id
        with pytest.raises(BadInput, match="would count twice"):
            try_file(opened.warehouse, file, parse_mapping(MAPPING.replace("enquete", "andere")))


def test_an_import_that_is_stopped_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text(ROWS, encoding="utf-8")

    def stop(*_: int) -> None:
        raise Stop

    with peil.open(f"duckdb:///{tmp_path / 'peil.duckdb'}") as opened:
        with pytest.raises(Stop):
            opened.import_file(path, parse_mapping(MAPPING), progress=stop)
        assert opened.imports() == []
        assert opened.rows()["answers"] == 0
        assert opened.warehouse.archive.jobs() == []
