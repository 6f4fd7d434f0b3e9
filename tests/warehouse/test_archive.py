"""The archive is the record: undo and rebuild come from it, and agree with the engine."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.warehouse.staged import Row, held, take_in
from tests.warehouse.test_derive import contact, some_rows

from peil.core.errors import BadQuery, UserError
from peil.library.doctor import examine_open
from peil.warehouse.open import Warehouse, open_warehouse
from peil.warehouse.settings import Settings, write_settings

FACTS = ("interactions", "answers", "visits")


def everything(warehouse: Warehouse) -> dict[str, list[dict[str, Any]]]:
    """All rows; an extra column without a value is as good as none."""
    rows = {fact: held(warehouse, fact) for fact in FACTS}
    return {
        fact: [{k: v for k, v in row.items() if v is not None or not k.startswith("x_")} for row in found]
        for fact, found in rows.items()
    }


def versions(seed: int) -> list[Mapping[str, Sequence[Row]]]:
    """Three imports whose keys meet."""
    rng = random.Random(seed)
    found = []
    for number in range(3):
        rows = some_rows(seed + number)
        rows["interactions"] = [r for r in rows["interactions"] if rng.random() < 0.8]
        found.append(
            {**rows, "visits": [{"visit_id": str(n), "pages": number, "x_n": str(number)} for n in range(number, 5)]}
        )
    return found


@pytest.mark.slow
@pytest.mark.parametrize("undone", [0, 1, 2])
def test_undo_leaves_what_would_be_there_without_that_import(tmp_path: Path, undone: int) -> None:
    imports = versions(undone)
    with open_warehouse(f"duckdb:///{tmp_path / 'a.duckdb'}") as warehouse:
        ids = [take_in(warehouse, rows, f"{n}.csv").import_id for n, rows in enumerate(imports)]
        entry = warehouse.undo(ids[undone])
        assert (entry.import_id, entry.status) == (ids[undone], "undone")
        found = everything(warehouse)
        warehouse.rebuild()
        assert everything(warehouse) == found
        assert [e.status for e in warehouse.imports()] == ["undone" if n == undone else "loaded" for n in range(3)]
    with open_warehouse(f"duckdb:///{tmp_path / 'b.duckdb'}") as other:
        for n, rows in enumerate(imports):
            if n != undone:
                take_in(other, rows, f"{n}.csv")
        assert everything(other) == found


def test_without_a_name_the_last_import_is_undone_and_then_the_one_before(warehouse: Warehouse) -> None:
    for number in range(2):
        take_in(warehouse, {"visits": [{"visit_id": str(number)}]}, f"{number}.csv")
    assert [warehouse.undo().number, warehouse.undo().number] == [2, 1]
    assert held(warehouse, "visits") == []
    with pytest.raises(UserError, match="no import to undo"):
        warehouse.undo()
    with pytest.raises(BadQuery, match="already undone"):
        warehouse.undo("1")
    with pytest.raises(BadQuery, match="no import '000009'"):
        warehouse.undo("000009")


def test_an_undone_import_can_be_taken_in_again(warehouse: Warehouse) -> None:
    rows = {"interactions": [contact("a", 0), contact("b", 1)]}
    take_in(warehouse, rows)
    before = held(warehouse, "interactions")
    warehouse.undo()
    take_in(warehouse, rows)
    assert held(warehouse, "interactions") == before
    assert [e.status for e in warehouse.imports()] == ["undone", "loaded"]


def test_a_warehouse_that_was_deleted_is_rebuilt_from_the_archive(tmp_path: Path, url: str) -> None:
    with open_warehouse(url) as warehouse:
        for n, rows in enumerate(versions(5)):
            take_in(warehouse, rows, f"{n}.csv")
        warehouse.undo("2")
        found, log = everything(warehouse), warehouse.imports()
    (tmp_path / "peil.duckdb").unlink()
    with open_warehouse(url) as warehouse:
        assert warehouse.imports() == []
        with pytest.raises(UserError, match=r"archive holds 3 imports .*peil rebuild"):
            take_in(warehouse, {"visits": [{"visit_id": "new"}]})
        warehouse.rebuild()
        assert everything(warehouse) == found
        assert warehouse.imports() == log
    assert sorted(p.name for p in tmp_path.iterdir()) == ["peil.archive", "peil.duckdb"]


def test_rebuild_takes_the_settings_as_they_are_now(tmp_path: Path, url: str) -> None:
    with open_warehouse(url) as warehouse:
        take_in(warehouse, {"interactions": [contact("a", 0)]})
        assert held(warehouse, "interactions")[0]["hour"] == 10
    write_settings(Settings(time_zone="Asia/Kolkata"), tmp_path / "peil.toml")
    with open_warehouse(url) as warehouse:
        assert held(warehouse, "interactions")[0]["hour"] == 10
        warehouse.rebuild()
        assert held(warehouse, "interactions")[0]["hour"] == 14


def test_the_archive_can_stand_elsewhere(tmp_path: Path) -> None:
    url = f"duckdb:///{tmp_path / 'facts' / 'peil.duckdb'}?archive={tmp_path / 'record'}"
    with open_warehouse(url) as warehouse:
        take_in(warehouse, {"visits": [{"visit_id": "1"}]})
        assert warehouse.folder == tmp_path / "record"
    assert len(list((tmp_path / "record" / "imports").iterdir())) == 1


@pytest.mark.parametrize("lost", ["000001", "000002"])
def test_without_its_archive_a_warehouse_is_neither_emptied_nor_undone(
    tmp_path: Path, warehouse: Warehouse, lost: str
) -> None:
    for number in range(2):
        take_in(warehouse, {"visits": [{"visit_id": str(number)}]}, f"{number}.csv")
    folder = next((warehouse.folder / "imports").glob(f"{lost}-*"))
    folder.rename(tmp_path / "moved")
    for verb in (warehouse.rebuild, warehouse.undo):
        with pytest.raises(UserError, match=rf"lacks 1 imports that are loaded, such as {lost}.*Put .* back"):
            verb()
    assert {c.id: c for c in examine_open(warehouse)}["archive"].state == "wrong"
    assert len(held(warehouse, "visits")) == 2
    (tmp_path / "moved").rename(folder)
    warehouse.rebuild()
    assert len(held(warehouse, "visits")) == 2
    warehouse.undo()
    assert len(held(warehouse, "visits")) == 1


def test_a_rebuild_that_is_cut_off_leaves_the_facts_as_they_were(tmp_path: Path, warehouse: Warehouse) -> None:
    take_in(warehouse, {"visits": [{"visit_id": "1"}]})
    record = next((warehouse.folder / "imports").iterdir()) / "visits.parquet"
    content = record.read_bytes()
    record.write_bytes(content[:50])
    with pytest.raises(UserError, match=r"archive of import 000001-.* is damaged; nothing was changed. Put back"):
        warehouse.rebuild()
    assert len(held(warehouse, "visits")) == 1
    assert sorted(p.name for p in tmp_path.iterdir() if ".wal" not in p.name) == ["peil.archive", "peil.duckdb"]
    record.write_bytes(content)
    warehouse.rebuild()
    assert len(held(warehouse, "visits")) == 1
