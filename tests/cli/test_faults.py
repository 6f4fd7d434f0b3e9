"""What went wrong -> a sentence, a remedy and an exit code."""

import errno
import json
import sqlite3
from pathlib import Path

import pytest
from django.db import OperationalError

from peil.cli.speech.faults import report
from peil.core.errors import BadInput, BadMapping, BadQuery, Bug, NotNow


def test_a_bad_row_names_its_place_and_the_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    error = BadInput(
        "A score of 11 is outside 0-10.", "Name 11 under missing.", file="a.csv", row=1204, column="NETPRO"
    )
    assert report(error, as_json=False) == 1
    assert capsys.readouterr().err == (
        "a.csv, row 1,204, column 'NETPRO': A score of 11 is outside 0-10.\nName 11 under missing.\n"
    )


def test_as_json_the_parts_stay_apart(capsys: pytest.CaptureFixture[str]) -> None:
    assert report(BadInput("Wrong.", "Mend it.", file="a.csv", row=3), as_json=True) == 1
    assert json.loads(capsys.readouterr().err) == {
        "error": "BadInput", "code": 1, "problem": "Wrong.", "remedy": "Mend it.", "file": "a.csv", "row": 3,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (BadQuery("There is no KPI 'npx'.", "Did you mean 'nps'?"), 1, "Did you mean 'nps'?"),
        (BadMapping("m.toml: nothing mapped.", "Add [answers]."), 1, "Add [answers]."),
        (NotNow("peil.duckdb is in use.", "Wait."), 1, "is in use.\nWait."),
        (KeyboardInterrupt(), 130, "Stopped; nothing was changed."),
        (PermissionError(errno.EACCES, "Permission denied", "/data/x"), 1, "/data/x: Permission denied."),
        (MemoryError(), 1, "not enough memory"),
        (sqlite3.OperationalError("database is locked"), 1, "in use by another"),
        (OperationalError("database is locked"), 1, "in use by another"),
    ],
)
def test_the_table(error: BaseException, code: int, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert report(error, as_json=False) == code
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("error", [Bug("A variance of -1.0 is below zero."), ZeroDivisionError("division by zero")])
def test_a_bug_shows_no_traceback_but_writes_one(
    error: Exception, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(type(error)) as caught:
        raise error
    assert report(caught.value, as_json=False) == 3
    told = capsys.readouterr().err
    assert "This is a bug in Peil" in told
    assert str(error) in told
    assert "Traceback" not in told
    (written,) = tmp_path.glob("peil-bug-*.txt")
    assert str(written) in told
    assert "Traceback (most recent call last)" in written.read_text()
    assert written.stat().st_mode & 0o077 == 0
