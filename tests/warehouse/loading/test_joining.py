"""Many small imports of one source become one, and nothing else changes."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from tests.warehouse.conftest import on_both
from tests.warehouse.loading.test_load_stopped import ROOT
from tests.warehouse.staged import Row, held, take_in

from peil.core.errors import BadQuery
from peil.facts.schema import FACTS, OWN
from peil.surveys.questionnaires.rows import SOURCE
from peil.warehouse.open import Warehouse, open_warehouse

pytestmark = pytest.mark.slow

MANY = 6


def answer(number: int, score: int, source: str = "s") -> Row:
    return {
        "source": source, "answer_id": f"r{number}:q", "response_id": f"r{number}", "kind": "csat", "survey": "x",
        "score": float(score), "scale_min": 1.0, "scale_max": 5.0, "box": 1, "customer_id": f"c{number % 7}",
    }  # fmt: skip


def statement(number: int, question: str, score: int) -> Row:
    """One of a response's SERVQUAL statements, from which scores are made at load."""
    return {
        "answer_id": f"v{number}:{question}", "response_id": f"v{number}", "kind": "servqual", "survey": "v", "question": question,
        "dimension": question[:3], "score": float(score), "expected": 5.0, "scale_min": 1.0, "scale_max": 7.0,
    }  # fmt: skip


def small_imports(warehouse: Warehouse, how_many: int = MANY) -> None:
    """The first answer comes again in each import with another score; statements of one response come apart."""
    for n in range(how_many):
        rows = [answer(0, 1 + n % 5), answer(n + 1, 3), statement(n // 2, "rel1" if n % 2 else "emp1", 1 + n % 7)]
        take_in(warehouse, {"answers": rows, "responses": [{"response_id": f"r{n + 1}", "survey": "x"}]}, f"{n}.csv")


@on_both
def test_rows_stay_as_they_were(warehouse: Warehouse) -> None:
    small_imports(warehouse)
    before = {fact: held(warehouse, fact) for fact in ("answers", "responses")}

    assert warehouse.join_small("s", MANY)

    assert {fact: held(warehouse, fact) for fact in before} == before
    assert len(before["answers"]) > 2 * MANY  # scores of responses among them
    assert [dict(e.rows) for e in warehouse.imports()] == [{"answers": 2 * MANY + 1, "responses": MANY}]
    assert len(list(warehouse.archive.imports.iterdir())) == 1


@on_both
def test_they_can_be_made_anew_from_the_archive(warehouse: Warehouse) -> None:
    small_imports(warehouse)
    warehouse.join_small("s", MANY)
    take_in(warehouse, {"answers": [answer(0, 5), answer(99, 1)]}, "later.csv")
    before = held(warehouse, "answers")

    warehouse.rebuild()

    assert held(warehouse, "answers") == before
    assert next(r for r in before if r["answer_id"] == "r0:q")["score"] == 5


def test_an_import_after_them_can_be_undone(warehouse: Warehouse) -> None:
    small_imports(warehouse)
    before = held(warehouse, "answers")
    warehouse.join_small("s", MANY)
    last = take_in(warehouse, {"answers": [answer(0, 2), answer(99, 1)]}, "later.csv")

    warehouse.undo(last.import_id)

    assert held(warehouse, "answers") == before


def test_few_are_left_as_they_are(warehouse: Warehouse) -> None:
    small_imports(warehouse, MANY - 1)

    assert not warehouse.join_small("s", MANY)
    assert not warehouse.join_small("another source", MANY)
    assert len(warehouse.imports()) == MANY - 1


def test_a_large_one_and_what_came_before_it_are_left_as_they_are(warehouse: Warehouse) -> None:
    small_imports(warehouse, 3)
    large = [{"response_id": f"l{n}", "survey": "x"} for n in range(50_000)]
    take_in(warehouse, {"responses": large, "answers": [answer(0, 1)]}, "large.csv")
    small_imports(warehouse)
    before = held(warehouse, "answers")

    assert warehouse.join_small("s", MANY)

    assert [e.number for e in warehouse.imports()] == [1, 2, 3, 4, 11]
    assert held(warehouse, "answers") == before
    assert before[0]["score"] == 1 + (MANY - 1) % 5


CHILD = """
import os, signal, sys
from tests.warehouse.staged import take_in
from tests.warehouse.loading.test_joining import MANY, small_imports
from peil.warehouse.loading import archive, importing
from peil.warehouse.open import open_warehouse

url, where = sys.argv[1:]

def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

with open_warehouse(url) as warehouse:
    small_imports(warehouse)
    if where == "ready":
        warehouse.engine.replace = die
    if where == "loaded":
        importing.finish = die
    if where == "half published":
        remove, removed = archive.shutil.rmtree, []
        def half(*given, **more):
            removed.append(given)
            die() if len(removed) == 3 else remove(*given, **more)
        archive.shutil.rmtree = half
    if where == "published":
        archive.discard = die
    warehouse.join_small("s", MANY)
"""


@pytest.mark.parametrize("where", ["ready", "loaded", "half published", "published"])
def test_killed_on_the_way_nothing_is_lost_or_doubled(url: str, where: str) -> None:
    with open_warehouse(url.replace("peil.duckdb", "other.duckdb")) as other:
        small_imports(other)
        wanted = held(other, "answers")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    done = subprocess.run([sys.executable, "-c", CHILD, url, where], env=environment, cwd=ROOT, check=False)
    assert done.returncode == -9

    with open_warehouse(url) as warehouse:
        assert held(warehouse, "answers") == wanted
        assert len(warehouse.imports()) == (MANY if where == "ready" else 1)
        assert warehouse.join_small("s", MANY) is (where == "ready")
        warehouse.rebuild()
        assert held(warehouse, "answers") == wanted
        assert len(list(warehouse.archive.imports.iterdir())) == 1


def test_what_peil_asked_itself_is_not_undone(warehouse: Warehouse) -> None:
    earlier = take_in(warehouse, {"answers": [answer(1, 3)]}, "file.csv")
    with warehouse.begin_import(OWN, "answers", "x", "") as staging:
        from tests.warehouse.staged import raw

        staging.write("answers", raw("answers", [answer(2, 3, OWN)]))
        own = staging.commit()

    with pytest.raises(BadQuery, match="to Peil itself"):
        warehouse.undo(own.import_id)
    assert warehouse.undo().import_id == earlier.import_id  # the last one that is a file
    assert [r["source"] for r in held(warehouse, "answers")] == [OWN]


def test_one_source_by_one_name() -> None:
    assert SOURCE == OWN
    assert "source" in [c.name for c in FACTS["answers"].columns]
