"""peil import, imports, undo, rebuild and doctor, as a person runs them."""

import json
from pathlib import Path

from tests.cli.conftest import Peil, answers


def test_an_import_says_what_it_did_and_how_to_take_it_back(shop: Peil, tmp_path: Path) -> None:
    (tmp_path / "february.csv").write_text(answers(month=2))
    said = shop("import", "february.csv", "-m", "shop.toml")
    assert said.out.startswith("february.csv: 200 answers. Import 000002-")
    assert "to take it back: peil undo 000002-" in said.out


def test_a_file_imported_twice_changes_nothing(shop: Peil) -> None:
    said = shop("import", "january.csv", "-m", "shop.toml")
    assert said.code == 0
    assert "imported before as 000001-" in said.out
    assert "nothing was changed" in said.out
    (report,) = json.loads(shop("import", "january.csv", "-m", "shop.toml", "--json").out)
    assert report["already"] is True


def test_rejected_rows_are_told_with_their_place(shop: Peil, tmp_path: Path) -> None:
    (tmp_path / "wrong.csv").write_text(
        "id,customer,day,channel,satisfied\nx1,c1,2026-01-05,phone,7\nx2,c2,2026-01-05,phone,4\n"
    )
    said = shop("import", "wrong.csv", "-m", "shop.toml")
    assert said.code == 0
    assert "1 answers, 1 rejected" in said.out
    heading, row = said.out.splitlines()[1:3]
    assert heading.split() == ["row", "column", "value", "why", "what", "to", "do"]
    assert row.split()[:3] == ["2", "satisfied", "7"]
    entry = json.loads(shop("imports", "--json").out)[-1]
    assert entry["rejected"] == 1
    (rejected,) = json.loads(shop("imports", entry["import_id"], "--json").out)
    assert rejected["row"] == 2
    assert rejected["remedy"]


def test_several_files_in_one_go(shop: Peil, tmp_path: Path) -> None:
    for month in (2, 3):
        (tmp_path / f"{month}.csv").write_text(answers(month=month))
    reports = json.loads(shop("import", "2.csv", "3.csv", "-m", "shop.toml", "--json").out)
    assert [r["rows"] for r in reports] == [{"answers": 200}, {"answers": 200}]
    (figure,) = json.loads(shop("kpi", "csat", "--json").out)
    assert figure["n"] == 600


def test_an_undone_import_is_gone_and_still_listed(shop: Peil, tmp_path: Path) -> None:
    (tmp_path / "february.csv").write_text(answers(satisfied=0, month=2))
    before = shop("kpi", "csat", "--period", "2026-01", "--json").out
    shop("import", "february.csv", "-m", "shop.toml")
    said = shop("undo")
    assert said.out.startswith("Undone: 000002-")
    (figure,) = json.loads(shop("kpi", "csat", "--json").out)
    assert figure["n"] == 200
    assert shop("kpi", "csat", "--period", "2026-01", "--json").out == before
    assert [line.split()[-1] for line in shop("imports").out.splitlines()[1:]] == ["loaded", "undone"]


def test_an_import_that_is_not_there_can_not_be_undone(shop: Peil) -> None:
    said = shop("undo", "000009-ffffffff")
    assert said.code == 1
    assert "000009-ffffffff" in said.err
    listed = shop("imports", "000009-ffffffff")
    assert listed.code == 1
    assert "Did you mean '000001-" in listed.err or "Allowed: 000001-" in listed.err


def test_rebuilt_figures_are_equal(shop: Peil) -> None:
    before = shop("kpi", "--all", "--by", "channel", "--json").out
    said = shop("rebuild")
    assert said.code == 0, said.err
    assert "Rebuilt from 1 imports" in said.out
    assert shop("kpi", "--all", "--by", "channel", "--json").out == before


def test_the_doctor_finds_a_whole_warehouse_whole(shop: Peil) -> None:
    said = shop("doctor")
    assert said.code == 0, said.out
    checks = {c["id"]: c for c in json.loads(shop("doctor", "--json").out)}
    assert {"python", "packages", "warehouse", "disk", "archive", "calendar", "extra spss"} <= set(checks)
    assert checks["archive"]["state"] == "ok"


def test_the_doctor_names_what_is_damaged(shop: Peil, tmp_path: Path) -> None:
    (kept,) = (tmp_path / "peil.archive" / "imports").glob("*/answers.parquet")
    kept.write_bytes(kept.read_bytes()[:100])
    said = shop("doctor")
    assert said.code == 1
    assert f"damaged or gone: {kept.parent.name}/answers" in said.out
    assert "backup" in said.out


def test_the_doctor_without_a_warehouse(peil: Peil) -> None:
    said = peil("doctor")
    assert said.code == 1
    assert "There is no warehouse" in said.out


def test_a_mapping_with_a_typo_is_told_what_was_meant(shop: Peil, tmp_path: Path) -> None:
    (tmp_path / "typo.toml").write_text((tmp_path / "shop.toml").read_text().replace("channel =", "chanel ="))
    said = shop("import", "january.csv", "-m", "typo.toml")
    assert said.code == 1
    assert "typo.toml" in said.err
    assert "Did you mean 'channel'?" in said.err


def test_a_file_that_is_not_there(shop: Peil) -> None:
    said = shop("import", "nowhere.csv", "-m", "shop.toml")
    assert said.code == 1
    assert "nowhere.csv" in said.err


def test_a_draft_with_questions_says_to_answer_them(peil: Peil, tmp_path: Path) -> None:
    (tmp_path / "asked.csv").write_text(
        "date;NPS;Score\n" + "".join(f"0{1 + i % 9}-03-2026;{i % 11};{i % 4}\n" for i in range(40))
    )
    said = peil("map", "asked.csv", "-o", "asked.toml")
    assert said.code == 0, said.err
    last = said.err.strip().splitlines()[-1]
    asked = said.err.count("To be answered")
    assert (
        last == f"Answer the {asked} entries marked ask in asked.toml, then: peil import asked.csv --mapping asked.toml"
    )
