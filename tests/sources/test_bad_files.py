"""Files that can't be taken in are refused with what is wrong, where, and what to do; the reader leaves nothing behind."""

from __future__ import annotations

import gzip
import os
import subprocess
import time
from pathlib import Path

import pytest
from tests.traps import bad

from peil.core.errors import BadInput
from peil.facts.entries import FileOptions
from peil.sources.files import open_table
from peil.sources.piece import Request
from peil.sources.readers.workbook import check_zip


def refusal(path: Path, content: bytes, options: FileOptions | None = None, memory: int = 0) -> BadInput:
    """The error that reading all of a file raises."""
    path.write_bytes(content)
    with pytest.raises(BadInput) as caught, open_table(path, options, memory=memory) as table:
        for _ in table.batches():
            pass
    assert caught.value.file == path.name
    assert caught.value.remedy
    return caught.value


@pytest.mark.parametrize("what", bad.NO_TABLES)
def test_what_is_no_table_is_named(what: str, tmp_path: Path) -> None:
    error = refusal(tmp_path / "export.csv", bad.NO_TABLES[what])
    assert what.split(" with")[0].removeprefix("a ").removeprefix("an ") in str(error) or "broken zip" in str(error)


@pytest.mark.slow
def test_workbook_bomb_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(bad.workbook_bomb())
    started = time.process_time()
    with pytest.raises(BadInput, match="as only a bomb does"):
        check_zip(Request(path, path.name, FileOptions()))
    assert time.process_time() - started < 1


@pytest.mark.slow
@pytest.mark.parametrize("make", [bad.lying_workbook, bad.sparse_workbook], ids=lambda make: make.__name__)
def test_workbook_that_hides_its_size_is_refused(make: object, tmp_path: Path) -> None:
    assert callable(make)
    error = refusal(tmp_path / "book.xlsx", make(), memory=1 << 30)
    assert any(word in error.problem for word in ("memory", "no sound workbook", "10 million", "broke off"))


def test_gzip_bomb_is_refused(tmp_path: Path) -> None:
    assert "100 times its size" in str(refusal(tmp_path / "bomb.csv.gz", bad.gzip_bomb()))


def test_broken_gzip_is_refused(tmp_path: Path) -> None:
    whole = gzip.compress(os.urandom(40_000).hex().encode())
    assert "gzip is broken" in str(refusal(tmp_path / "cut.csv.gz", whole[:-2000]))


def test_reader_over_its_memory_is_stopped(tmp_path: Path) -> None:
    rows = b"a,b\n" + b"x" * 6_000_000 + b",1\n"
    error = refusal(tmp_path / "large.csv", rows * 3, memory=300 << 20)
    assert "memory" in error.problem or "8 MB" in error.problem


def test_broken_files_of_other_formats_are_refused(tmp_path: Path) -> None:
    assert "Parquet" in str(refusal(tmp_path / "x.parquet", b"PAR1" + b"\x00" * 100))
    assert "SPSS" in str(refusal(tmp_path / "x.sav", b"$FL2@(#) SPSS DATA FILE" + b"\x00" * 500))
    assert "no sound workbook" in str(refusal(tmp_path / "x.xlsx", bad.workbook_with(b"<worksheet><sheetData><row>")))


def test_quote_that_is_never_closed_is_refused(tmp_path: Path) -> None:
    for start in (b'1,"open\n', b'"open,2\n'):
        for after in (2, 3000, 3_000_000):
            error = refusal(tmp_path / "quote.csv", b"a,b\n" + b"3,z\n" * 5 + start + b"2,x\n" * after)
            assert "quote is opened and never closed" in str(error)
            assert error.row in (7, None)


def test_letters_of_another_encoding_further_on_are_refused(tmp_path: Path) -> None:
    rows = b"a,b\n" + b"1,x\n" * 100_000 + "1,café\n".encode("cp1252")
    assert "Further on it is not utf-8" in str(refusal(tmp_path / "late.csv", rows))


def test_stated_encoding_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    error = refusal(tmp_path / "x.csv", "naïef,b\n1,2\n".encode("cp1252"), FileOptions(encoding="utf-8"))
    assert error.problem == "It is not utf-8: byte 3 is no letter in it."


def test_letters_of_dos_are_asked(tmp_path: Path) -> None:
    rows = "naam,plaats\n" + "René,Curaçao\nZoë,Tübingen\n" * 50
    assert "neither UTF-8 nor Windows" in str(refusal(tmp_path / "dos.csv", rows.encode("cp850")))


def test_heading_with_too_few_names_is_refused(tmp_path: Path) -> None:
    error = refusal(tmp_path / "x.csv", b"a,b\n1,2,3\n4,5,6\n")
    assert "rows have 3 cells, but its heading names 2 columns" in str(error)


def test_delimiter_that_could_be_two_is_asked(tmp_path: Path) -> None:
    error = refusal(tmp_path / "x.csv", b"a,b|c\nx,y|z\nu,v|w\n" * 5)
    assert "may be divided by" in str(error)
    assert 'delimiter = ";"' in error.remedy


def test_workbook_of_several_sheets_is_asked(tmp_path: Path) -> None:
    content = bad.workbook({"Jan": [["a"], [1]], "Feb": [["a"]], "Leeg": []})
    assert "It has 2 sheets: 'Jan' (2 rows), 'Feb' (1 rows)." in str(
        refusal(tmp_path / "x.xlsx", content, FileOptions())
    )
    error = refusal(tmp_path / "x.xlsx", content, FileOptions(sheet="Mrt"))
    assert str(error) == "x.xlsx: There is no sheet 'Mrt'. Its sheets are: Jan, Feb, Leeg."


@pytest.mark.parametrize("where", ["nowhere.csv", "."])
def test_file_that_is_not_there_is_named(where: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"There is (no file|a folder) at"):
        open_table(tmp_path / where)


def test_entry_that_appears_late_in_json_lines_is_refused(tmp_path: Path) -> None:
    error = refusal(tmp_path / "x.jsonl", b'{"a": 1}\n' * 6000 + b'{"a": 1, "b": 2}\n')
    assert error.row == 6001
    assert "'b' appears for the first time" in error.problem


def test_killed_reader_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"a,b\n" + b"1,2\n" * 10_000_000)
    with open_table(path) as table:
        batches = table.batches()
        next(batches)
        assert table._child is not None
        table._child.kill()
        with pytest.raises(BadInput, match="broke"):
            list(batches)


def test_ctrl_c_stops_the_reader(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"a,b\n" + b"1,2\n" * 10_000_000)
    stopped: list[subprocess.Popen[bytes]] = []

    def read_until_interrupted() -> None:
        with open_table(path) as table:
            next(table.batches())
            assert table._child is not None
            stopped.append(table._child)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_until_interrupted()
    assert stopped[0].poll() is not None


def test_a_draft_takes_the_first_sheet_that_holds_a_table(tmp_path: Path) -> None:
    from peil.sources.intake import draft_mapping

    path = tmp_path / "x.xlsx"
    rows = [["Datum", "NPS"], ["2026-03-01", 9], ["2026-03-02", 3]]
    path.write_bytes(bad.workbook({"Info": [["Gemaakt door mij"]], "Jan": rows, "Feb": rows}))
    text = draft_mapping(path).text
    assert 'sheet = "Jan"' in text
    assert "'Info' (1 rows), 'Feb' (3 rows)" in text
    assert 'column = "NPS"' in text
