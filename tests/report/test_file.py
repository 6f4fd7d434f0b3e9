"""A report reaches its file whole or not at all, and never over something that is no report."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from peil.core.errors import UserError
from peil.report.file import MARK, write_report

PAGE = f"<!doctype html>{MARK}<p>één</p>"


def test_the_page_is_written_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_report(PAGE, path)
    assert path.read_text(encoding="utf-8") == PAGE
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]


def test_it_gets_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    write_report(PAGE, tmp_path / "report.html")
    assert (tmp_path / "report.html").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_what_breaks_off_leaves_the_earlier_report(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_report(PAGE, path)
    with pytest.raises(UnicodeEncodeError):
        write_report(PAGE + "x" * 100_000 + "\ud800", path)
    assert path.read_text(encoding="utf-8") == PAGE
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]


@pytest.mark.parametrize("content", [b"", b"<p>minutes</p>", b"\xff\xfe\x00", b"x" * 5000 + MARK.encode()])
def test_another_file_stays_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "minutes.html"
    path.write_bytes(content)
    with pytest.raises(UserError, match="is no report of Peil") as refused:
        write_report(PAGE, path)
    assert "--force" in refused.value.remedy
    assert path.read_bytes() == content
    write_report(PAGE, path, force=True)
    assert path.read_text(encoding="utf-8") == PAGE


def test_a_link_is_replaced_and_what_it_leads_to_is_not(tmp_path: Path) -> None:
    """Writing beside and renaming never writes through a link."""
    target, path = tmp_path / "elsewhere.html", tmp_path / "report.html"
    target.write_text(PAGE, encoding="utf-8")
    path.symlink_to(target)
    write_report(PAGE + "<p>twee</p>", path)
    assert target.read_text(encoding="utf-8") == PAGE
    assert not path.is_symlink()


def test_a_folder_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is a folder"):
        write_report(PAGE, tmp_path, force=True)
    with pytest.raises(UserError, match="There is no folder"):
        write_report(PAGE, tmp_path / "nowhere" / "report.html")
    assert os.listdir(tmp_path) == []
