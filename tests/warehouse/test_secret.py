"""The key of hashed addresses is made once, is the owner's alone, and differs between warehouses."""

from __future__ import annotations

from pathlib import Path

from peil.warehouse.secret import LENGTH, read_secret


def test_it_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    first = read_secret(tmp_path)
    assert len(first) == LENGTH
    assert read_secret(tmp_path) == first
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0


def test_two_warehouses_have_two_keys(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert read_secret(tmp_path / "a") != read_secret(tmp_path / "b")
