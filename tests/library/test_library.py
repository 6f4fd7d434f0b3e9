"""peil.open(...): the verbs of the command line in Python."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import peil
from peil.core.errors import BadQuery, UserError
from peil.warehouse.query import KpiQuery

MAPPING = """
source = "shop"
[answers]
response_id = "id"
answered_at = "day"
channel = "channel"
[[answers.questions]]
question = "recommend"
kind = "nps"
column = "score"
scale = [0, 10]
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """30 answers in January, of which 15 a 10, 10 an 8 and 5 a 0; in February 30 times a 10; one that is no score."""
    made = tmp_path_factory.mktemp("library")
    scores = [10] * 15 + [8] * 10 + [0] * 5
    january = [f"j{i},2026-01-{1 + i % 28:02d},{'chat' if i % 2 else 'phone'},{s}" for i, s in enumerate(scores)]
    february = [f"f{i},2026-02-{1 + i % 28:02d},phone,10" for i in range(30)]
    (made / "shop.csv").write_text(
        "\n".join(["id,day,channel,score", *january, *february, "x,2026-02-01,phone,12"]) + "\n"
    )
    (made / "shop.toml").write_text(MAPPING)
    with peil.open(f"duckdb:///{made / 'peil.duckdb'}") as p:
        p.import_file(made / "shop.csv", made / "shop.toml")
    return made


@pytest.fixture
def url(folder: Path) -> str:
    return f"duckdb:///{folder / 'peil.duckdb'}"


def test_figures_by_name_and_by_query_are_the_same(url: str) -> None:
    with peil.open(url, read_only=True) as p:
        by_name = p.kpi("nps", where={"channel": "phone"}, period="2026-01")
        query = p.query("nps", where=["channel=phone"], since=date(2026, 1, 1), until=date(2026, 2, 1))
        assert p.answer(query) == by_name
        assert p.answer(KpiQuery.from_json(query.to_json())) == by_name
    assert by_name[0].n == 15


def test_a_figure_worked_out_by_hand(url: str) -> None:
    with peil.open(url, read_only=True) as p:
        (january,) = p.kpi("nps", period="2026-01")
        (change,) = p.compare("nps", period="2026-02")
    assert january.value == pytest.approx(100 * (15 - 5) / 30)
    assert change.difference == pytest.approx(100 - 100 * 10 / 30)
    assert change.before.n == change.after.n == 30


def test_without_a_key_every_kpi_is_given(url: str) -> None:
    from peil.core.kpis import ALL

    with peil.open(url, read_only=True) as p:
        assert {e.kpi for e in p.kpi()} == {k.key for k in ALL}


def test_rejected_rows_come_with_their_reason(url: str) -> None:
    with peil.open(url, read_only=True) as p:
        (entry,) = p.imports()
        (rejected,) = p.rejected(entry.import_id)
        assert (rejected.row, rejected.column, rejected.value) == (62, "score", "12")
        assert rejected.remedy
        with pytest.raises(BadQuery, match="There is no import 'nope'"):
            p.rejected("nope")


def test_an_explanation_holds_definition_and_statements(url: str) -> None:
    with peil.open(url, read_only=True) as p:
        explained = p.explain("nps", by="month")
    assert explained.kpi.key == "nps"
    assert '"month"' in explained.statements[0]
    assert "GROUP BY" in explained.statements[0]


def test_a_word_that_means_nothing_is_refused(url: str) -> None:
    with peil.open(url, read_only=True) as p:
        with pytest.raises(BadQuery, match="Did you mean 'nps'"):
            p.kpi("npss")
        with pytest.raises(BadQuery, match="Did you mean 'where'"):
            p.kpi("nps", wher={"channel": "phone"})  # type: ignore[call-arg]


def test_what_is_read_only_does_not_write(url: str) -> None:
    with peil.open(url, read_only=True) as p, pytest.raises(UserError, match="reading only"):
        p.undo()


def test_two_processes_may_read_at_once(url: str) -> None:
    ask = f"import peil; print(peil.open({url!r}, read_only=True).kpi('nps').to_json())"
    with peil.open(url, read_only=True) as p:
        other = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
        assert json.loads(other.stdout) == p.kpi("nps").to_dicts()


def test_the_doctor_looks_at_an_open_warehouse(url: str) -> None:
    with peil.open(url, read_only=True) as p:
        assert {c.id: c.state for c in p.doctor()}["archive"] == "ok"


def test_drafting_needs_no_warehouse(folder: Path) -> None:
    from peil.library import map_file

    draft = map_file(folder / "shop.csv")
    assert "[answers]" in draft.text
