"""An import takes in all of a file or nothing, and the same file twice changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlglot import exp
from tests.traps.generate import write_all

from peil.core.errors import BadInput
from peil.sources.intake import draft_mapping, import_file
from peil.warehouse.open import Warehouse, open_warehouse

MAPPING = """
source = "s"
[answers]
response_id = "nr"
answered_at = "datum"
[[answers.questions]]
question = "csat"
kind = "csat"
column = "cijfer"
scale = [1, 5]
"""


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    with open_warehouse(f"duckdb:///{tmp_path}/peil.duckdb") as opened:
        yield opened


def file_of(folder: Path, rows: str, name: str = "x.csv") -> tuple[Path, Path]:
    (folder / name).write_text(rows, encoding="utf-8")
    (folder / "m.toml").write_text(MAPPING, encoding="utf-8")
    return folder / name, folder / "m.toml"


def test_file_is_taken_in_once(warehouse: Warehouse, tmp_path: Path) -> None:
    path, mapping = file_of(tmp_path, "nr,datum,cijfer\n1,25-04-2026,5\n2,03-04-2026,9\n3,04-04-2026\n")
    seen: list[tuple[int, int, int]] = []
    notes: list[str] = []
    report = import_file(warehouse, path, mapping, progress=lambda *at: seen.append(at), tell=notes.append)
    assert (report.rows, report.rejected, report.already) == ({"answers": 1}, 2, False)
    assert seen[-1] == (2, path.stat().st_size, path.stat().st_size)
    assert "'datum' is read as day-month-year, as its own values prove." in notes
    again = import_file(warehouse, path, mapping)
    assert again.already
    assert again.import_id == report.import_id
    assert len(warehouse.imports()) == 1


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("nr,datum,cijfer\n1,03-04-2026,5\n", "may be more than one date"),
        ("nr,datum,cijfers\n1,2026-04-03,5\n", "There is no column 'cijfer'"),
        ("nr,datum,cijfer\n1,2026-04-03,5\n1,2026-04-03,4\n", "row"),
    ],
)
def test_file_that_is_refused_leaves_nothing(rows: str, told: str, warehouse: Warehouse, tmp_path: Path) -> None:
    path, mapping = file_of(tmp_path, rows)
    with pytest.raises(BadInput, match=told):
        import_file(warehouse, path, mapping)
    assert warehouse.imports() == []
    good, _ = file_of(tmp_path, "nr,datum,cijfer\n1,2026-04-03,5\n", "good.csv")
    assert import_file(warehouse, good, mapping).rows == {"answers": 1}


GOOD = "nr,datum,cijfer\n1,2026-04-03,5\n2,2026-04-03,4\n"


@pytest.mark.parametrize("change", [('"s"', '"t"'), ('"csat"\nkind', '"other"\nkind'), ('response_id = "nr"\n', "")])
def test_file_is_not_taken_in_by_a_second_mapping(
    change: tuple[str, str], warehouse: Warehouse, tmp_path: Path
) -> None:
    path, mapping = file_of(tmp_path, GOOD)
    first = import_file(warehouse, path, mapping).import_id
    mapping.write_text(MAPPING.replace(*change), encoding="utf-8")
    with pytest.raises(BadInput, match=rf"was imported as {first} by another mapping.*`peil undo {first}` first"):
        import_file(warehouse, path, mapping)
    warehouse.undo(first)
    assert import_file(warehouse, path, mapping).rows == {"answers": 2}


def test_two_mappings_may_take_different_facts_or_rows_of_a_file(warehouse: Warehouse, tmp_path: Path) -> None:
    path, mapping = file_of(tmp_path, GOOD)
    for only in ("4", "5"):
        part = MAPPING.replace("[answers]\n", f'[answers]\nonly = {{ "cijfer" = ["{only}"] }}\n')
        mapping.write_text(part, encoding="utf-8")
        assert import_file(warehouse, path, mapping).rows == {"answers": 1}
    mapping.write_text('source = "s"\n[visits]\nvisit_id = "nr"\nstarted_at = "datum"\n', encoding="utf-8")
    assert import_file(warehouse, path, mapping).rows == {"visits": 2}


def test_older_file_is_taken_in_again_once_a_newer_one_replaced_its_rows(warehouse: Warehouse, tmp_path: Path) -> None:
    old, mapping = file_of(tmp_path, GOOD)
    new, _ = file_of(tmp_path, GOOD.replace("03,4", "03,1"), "new.csv")
    for path in (old, new, old):
        assert not import_file(warehouse, path, mapping).already
    assert import_file(warehouse, old, mapping).import_id.startswith("000003-")
    rows = warehouse.engine.fetch(exp.select("score").from_("answers"), {})["score"].to_pylist()
    assert sorted(rows) == [4, 5]


def test_it_is_told_that_rows_without_a_key_came_beside_earlier_ones(warehouse: Warehouse, tmp_path: Path) -> None:
    path, mapping = file_of(tmp_path, GOOD)
    mapping.write_text(MAPPING.replace('response_id = "nr"\n', ""), encoding="utf-8")
    notes: list[str] = []
    first = import_file(warehouse, path, mapping, tell=notes.append).import_id
    assert "no key" not in " ".join(notes)
    path.write_text(GOOD + "3,2026-04-03,4\n", encoding="utf-8")
    import_file(warehouse, path, mapping, tell=notes.append)
    assert notes[-1] == (
        f"Rows of answers have no key, so all 3 were added to those of import {first} with the same name; "
        f"`peil undo {first}` if this file replaces it."
    )


def test_ctrl_c_leaves_nothing(warehouse: Warehouse, tmp_path: Path) -> None:
    rows = "".join(f"{i},2026-04-03,{i % 5 + 1}\n" for i in range(400_000))
    path, mapping = file_of(tmp_path, "nr,datum,cijfer\n" + rows)

    def interrupt(*_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_file(warehouse, path, mapping, progress=interrupt)
    assert warehouse.imports() == []


def test_file_that_grows_while_it_is_read_is_refused(warehouse: Warehouse, tmp_path: Path) -> None:
    path, mapping = file_of(tmp_path, "nr,datum,cijfer\n1,2026-04-03,5\n")

    def grow(*_: int) -> None:
        with path.open("a", encoding="utf-8") as file:
            file.write("2,2026-04-03,5\n")

    with pytest.raises(BadInput, match="It changed while it was read"):
        import_file(warehouse, path, mapping, progress=grow)
    assert warehouse.imports() == []


@pytest.mark.full
def test_every_trap_goes_in(warehouse: Warehouse, tmp_path: Path) -> None:
    for trap in write_all(tmp_path / "traps"):
        report = import_file(warehouse, trap.path, trap.mapping)
        assert dict(report.rows) == dict(trap.truth.rows), trap.path.name
        assert report.rejected == trap.truth.rejected


def test_draft_asks_what_reads_two_ways(tmp_path: Path) -> None:
    rows = "Respondent nr,Datum,Weging,NPS,CSAT,Opmerking\n" + "".join(f"{i},0{i % 9 + 1}-04-2026,1.234,{i % 11},{i % 5 + 1},Zin nummer {i} van de klant\n" for i in range(30))  # fmt: skip
    path, _ = file_of(tmp_path, rows)
    draft = draft_mapping(path)
    assert [q.split(":")[0] for q in draft.questions] == [
        "'01-04-2026' in 'Datum' may be day-month-year or month-day-year",
        "'1.234' in 'Weging' may be a thousand or a fraction",
    ]
    assert 'dates = "ask"' in draft.text
    assert 'decimal = "ask"' in draft.text
    assert 'kind = "nps"' in draft.text
    assert 'kind = "comment"' in draft.text
