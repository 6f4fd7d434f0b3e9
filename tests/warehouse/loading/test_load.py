"""Imports: all or nothing, the same once as five times, one after the other."""

from __future__ import annotations

import random
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pyarrow as pa
import pytest
from sqlglot import exp
from tests.warehouse.conftest import on_both
from tests.warehouse.staged import Row, held, raw, take_in

from peil.core.errors import BadInput, Bug, UserError
from peil.warehouse.open import Warehouse, open_warehouse

pytestmark = on_both
ROWS: list[Row] = [
    {"answer_id": f"a{n}", "response_id": f"r{n}", "kind": "nps", "score": float(n % 11)} for n in range(40)
]


def scores(warehouse: Warehouse) -> dict[str, float]:
    return {row["answer_id"]: row["score"] for row in held(warehouse, "answers")}


def test_a_keyed_file_imported_five_times_changes_nothing(warehouse: Warehouse) -> None:
    take_in(warehouse, {"answers": ROWS})
    once = held(warehouse, "answers")
    for time in range(4):
        take_in(warehouse, {"answers": ROWS}, f"again {time}.csv")
    assert held(warehouse, "answers") == once


def test_neither_does_one_that_is_reordered_or_split(warehouse: Warehouse) -> None:
    take_in(warehouse, {"answers": ROWS})
    once = held(warehouse, "answers")
    shuffled = random.Random(1).sample(ROWS, len(ROWS))
    take_in(warehouse, {"answers": shuffled}, "shuffled.csv")
    for part in range(3):
        take_in(warehouse, {"answers": shuffled[part::3]}, f"part {part}.csv")
    assert held(warehouse, "answers") == once


def test_one_changed_row_is_one_changed_row(warehouse: Warehouse) -> None:
    take_in(warehouse, {"answers": ROWS})
    before = scores(warehouse)
    take_in(warehouse, {"answers": [*ROWS[:5], {**ROWS[5], "score": 0.5}]}, "changed.csv")
    assert scores(warehouse) == before | {"a5": 0.5}


def test_two_rows_with_one_key_and_different_content_are_refused_by_name(warehouse: Warehouse) -> None:
    rows = [{**row, "_row": n + 2} for n, row in enumerate(ROWS)]
    rows.append({**rows[3], "score": 99.0, "_row": 5000})
    with pytest.raises(BadInput) as error:
        take_in(warehouse, {"answers": rows}, "twice.csv")
    said = str(error.value)
    assert said.startswith("twice.csv, row 5, column 'answer_id': rows 5 and 5,000 have the same answer_id 'a3'")
    assert "Remove one of the two" in said
    assert scores(warehouse) == {}
    assert warehouse.imports() == []
    assert warehouse.archive.jobs() == []
    take_in(warehouse, {"answers": ROWS})
    assert len(scores(warehouse)) == 40


def test_identical_copies_of_a_keyed_row_become_one(warehouse: Warehouse) -> None:
    rows = [{**row, "_row": n} for n, row in enumerate([*ROWS, ROWS[3], ROWS[3]])]
    report = take_in(warehouse, {"answers": rows})
    assert (report.copies, report.rows) == (2, {"answers": 40})
    assert len(scores(warehouse)) == 40


def test_files_without_keys_keep_exact_copies(warehouse: Warehouse) -> None:
    rows = [{**ROWS[0], "answer_id": f"hash:{n}"} for n in range(3)]
    assert take_in(warehouse, {"answers": rows}).rows == {"answers": 3}


def test_the_same_key_of_another_source_is_another_row(warehouse: Warehouse) -> None:
    take_in(warehouse, {"answers": [ROWS[0], {**ROWS[0], "source": "other", "score": 3.0}]})
    assert len(held(warehouse, "answers")) == 2


def test_all_facts_of_a_file_come_together_or_not_at_all(warehouse: Warehouse) -> None:
    twice = [{"visit_id": "v", "pages": 1}, {"visit_id": "v", "pages": 2}]
    with pytest.raises(BadInput, match="visit_id 'v'"):
        take_in(warehouse, {"answers": ROWS, "visits": twice})
    assert scores(warehouse) == {}


def test_extra_columns_become_columns_and_are_null_elsewhere(warehouse: Warehouse) -> None:
    take_in(warehouse, {"answers": ROWS[:1]})
    take_in(warehouse, {"answers": [{**ROWS[1], "x_region": "north"}]}, "b.csv")
    take_in(warehouse, {"answers": [{**ROWS[2], "x_shop": "7"}]}, "c.csv")
    assert warehouse.engine.tables()["answers"][-2:] == ["x_region", "x_shop"]
    assert [(r["x_region"], r["x_shop"]) for r in held(warehouse, "answers")] == [
        (None, None),
        ("north", None),
        (None, "7"),
    ]


def test_more_than_fifty_extra_columns_are_too_many(warehouse: Warehouse) -> None:
    with pytest.raises(BadInput, match="51 extra columns of answers"):
        take_in(warehouse, {"answers": [{**ROWS[0], **{f"x_{n}": "1" for n in range(51)}}]})


def test_rejected_rows_are_kept_and_counted(warehouse: Warehouse) -> None:
    line = {
        "fact": "answers",
        "row": 7,
        "column": "score",
        "value": "11",
        "reason": "outside 0-10",
        "remedy": "mend it",
    }
    schema = pa.schema([(n, pa.int64() if n == "row" else pa.string()) for n in line])
    with warehouse.begin_import("s", "f.csv", "00", "m", at=datetime(2026, 1, 2, tzinfo=UTC)) as staging:
        staging.write("answers", raw("answers", ROWS))
        staging.reject(pa.Table.from_pylist([line], schema=schema))
        report = staging.commit()
    assert report.rejected == 1
    kept = warehouse.engine.fetch(exp.select("*").from_("rejects"), {}).to_pylist()
    assert kept == [{"import_id": report.import_id, **line}]
    entry = warehouse.imports()[0]
    assert (entry.file_name, entry.imported_at, entry.rejected) == ("f.csv", datetime(2026, 1, 2, tzinfo=UTC), 1)


def test_a_file_that_gives_no_rows_is_an_import_all_the_same(warehouse: Warehouse) -> None:
    assert take_in(warehouse, {"answers": []}).rows == {"answers": 0}
    assert len(warehouse.imports()) == 1


def test_the_very_same_file_is_known_again_until_it_is_undone(warehouse: Warehouse) -> None:
    report = take_in(warehouse, {"answers": ROWS})
    content = warehouse.imports()[0].file_hash
    found = warehouse.find_loaded(content, "mapping")
    assert found is not None
    assert found.import_id == report.import_id
    assert warehouse.find_loaded(content, "another mapping") is None
    warehouse.undo()
    assert warehouse.find_loaded(content, "mapping") is None


def test_what_is_not_committed_leaves_nothing(warehouse: Warehouse) -> None:
    staging = warehouse.begin_import("s", "f", "00", "m")
    staging.write("answers", raw("answers", ROWS))
    staging.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert warehouse.archive.jobs() == []
    with warehouse.begin_import("s", "f", "00", "m") as staging:
        staging.write("answers", raw("answers", ROWS))
    assert warehouse.archive.jobs() == []
    assert scores(warehouse) == {}
    with pytest.raises(Bug, match="committed or aborted"):
        staging.commit()


def test_columns_that_the_fact_does_not_have_are_a_bug(warehouse: Warehouse) -> None:
    with warehouse.begin_import("s", "f", "00", "m") as staging, pytest.raises(Bug, match="no columns \\['scoer'\\]"):
        staging.write("answers", pa.table({"scoer": [1.0]}))


def test_imports_of_many_threads_are_made_one_by_one(warehouse: Warehouse) -> None:
    def one(number: int) -> str:
        rows = [{**row, "score": float(number)} for row in ROWS]
        return take_in(warehouse, {"answers": rows}, f"{number}.csv").import_id

    with ThreadPoolExecutor(6) as threads:
        assert len(set(threads.map(one, range(6)))) == 6
    assert len(set(scores(warehouse).values())) == 1
    assert [e.number for e in warehouse.imports()] == [1, 2, 3, 4, 5, 6]


def test_reading_goes_on_while_something_is_imported(warehouse: Warehouse) -> None:
    take_in(warehouse, {"answers": ROWS})
    seen: list[int] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.append(len(held(warehouse, "answers")))

    reader = threading.Thread(target=read)
    reader.start()
    take_in(warehouse, {"answers": [{**row, "answer_id": f"b{n}"} for n, row in enumerate(ROWS)]}, "b.csv")
    done.set()
    reader.join()
    assert set(seen) <= {40, 80}


def test_a_warehouse_opened_for_reading_is_not_changed(url: str) -> None:
    with open_warehouse(url) as warehouse:
        take_in(warehouse, {"answers": ROWS})
    with open_warehouse(url, read_only=True) as warehouse:
        assert len(scores(warehouse)) == 40
        with pytest.raises(UserError, match="for reading only"):
            warehouse.begin_import("s", "f", "00", "m")


def test_every_fact_can_be_taken_in(warehouse: Warehouse) -> None:
    keys: Sequence[tuple[str, str]] = [
        ("responses", "response_id"), ("invitations", "invitation_id"), ("touches", "touch_id"), ("visits", "visit_id"),
        ("web_events", "event_id"), ("journey_runs", "run_id"), ("solution_views", "view_id"), ("customer_keys", "key_id"),
        ("memberships", "membership_id"), ("customer_events", "event_id"), ("work_weeks", "work_week_id"),
    ]  # fmt: skip
    report = take_in(warehouse, {fact: [{key: "1"}] for fact, key in keys})
    assert report.rows == {fact: 1 for fact, _ in keys}
