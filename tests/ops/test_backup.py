"""A backup is whole, shows any changed byte, and comes back with equal figures and without those erased since."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import subprocess
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.ops.erasing.planted import MAIL, MARKS, NUMBER, plant_facts, stores_of
from tests.ops.server import PEIL, environment, serving, url_of
from tests.postgres import Server

from peil.core.errors import UserError
from peil.ops.backup.bundle import extract, new_bundle, open_bundle
from peil.ops.backup.databases import copy_sqlite, dump_postgresql, load_postgresql
from peil.ops.backup.making import make_backup


def peil(folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    command = [*PEIL, *arguments]
    told = environment(PEIL_WAREHOUSE=url_of(folder), **more)
    return subprocess.run(command, env=told, capture_output=True, text=True, timeout=180)


def figures(folder: Path) -> str:
    said = peil(folder, "kpi", "--all", "--json")
    assert said.returncode == 0, said.stderr
    return said.stdout


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("planted")
    plant_facts(folder)
    (folder / "peil.toml").write_text('time_zone = "Europe/Amsterdam"\n')
    return folder


@pytest.fixture
def folder(planted: Path, tmp_path: Path) -> Path:
    shutil.copytree(planted, tmp_path / "install")
    return tmp_path / "install"


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A small backup of two files."""
    for name in ("one", "two.parquet"):
        (tmp_path / name).write_bytes(random.Random(name).randbytes(700))
    with new_bundle(tmp_path / "b.zip", lambda _: None) as into:
        into.add(tmp_path / "one", "folder/one")
        into.add(tmp_path / "two.parquet", "two.parquet")
        into.seal({"peil": "0"})
    return tmp_path / "b.zip"


def _read(path: Path, into: Path) -> None:
    with open_bundle(path, lambda _: None) as (packed, manifest):
        extract(packed, manifest, into, lambda _: None)


def test_it_is_a_zip_that_anyone_can_open(bundle: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(bundle) as packed:
        assert packed.testzip() is None
        assert set(packed.namelist()) == {"folder/one", "two.parquet", "manifest.json"}
    _read(bundle, tmp_path / "back")
    assert (tmp_path / "back/folder/one").read_bytes() == (tmp_path / "one").read_bytes()
    assert oct(bundle.stat().st_mode & 0o777) == "0o600"


def test_any_changed_byte_is_seen_before_anything_is_written(bundle: Path, tmp_path: Path) -> None:
    whole, chance = bundle.read_bytes(), random.Random(3)
    for _ in range(1000):
        place = chance.randrange(len(whole))
        bundle.write_bytes(whole[:place] + bytes([whole[place] ^ chance.randrange(1, 256)]) + whole[place + 1 :])
        with pytest.raises(UserError, match="damaged"):
            _read(bundle, tmp_path / "back")
    for cut in (0, 1, 63, 64, 65, len(whole) // 2, len(whole) - 1):
        bundle.write_bytes(whole[:cut])
        with pytest.raises(UserError, match="damaged"):
            _read(bundle, tmp_path / "back")
    assert not (tmp_path / "back").exists()


@pytest.mark.parametrize("name", ["../outside", "/etc/outside", "a/../../outside"])
def test_nothing_is_written_outside_its_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "one").write_text("x")
    with new_bundle(tmp_path / "b.zip", lambda _: None) as into:
        into.add(tmp_path / "one", name)
        into.seal({"peil": "0"})
    with pytest.raises(UserError, match="outside"):
        _read(tmp_path / "b.zip", tmp_path / "back")


def test_a_backup_of_a_newer_peil_is_told(tmp_path: Path) -> None:
    with new_bundle(tmp_path / "b.zip", lambda _: None) as into:
        into.seal({"peil": "9.0", "format": 99})
    with pytest.raises(UserError, match="newer Peil"):
        _read(tmp_path / "b.zip", tmp_path / "back")


def test_a_copy_under_write_load_is_of_one_moment(tmp_path: Path) -> None:
    live, counts = tmp_path / "live.sqlite3", []
    connection = sqlite3.connect(live)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()
    with writing(live):
        for number in range(8):
            copy_sqlite(live, tmp_path / f"copy{number}")
            counts.append(pairs_in(tmp_path / f"copy{number}"))
    assert counts == sorted(counts)
    assert counts[-1] > counts[0], "it was written to meanwhile"


@pytest.mark.slow
def test_backup_beside_a_working_server_comes_back_with_equal_figures(folder: Path, tmp_path: Path) -> None:
    before = figures(folder)
    with serving(folder) as server:
        with writing(folder / "peil.sqlite3"):
            made = server.peil("backup", str(tmp_path / "backups"), "--json")
        assert made.returncode == 0, made.stderr
    told = json.loads(made.stdout)
    assert told["imports"] == 7
    back = peil(folder, "restore", told["backup"], "--into", str(tmp_path / "back"), "--json")
    assert back.returncode == 0, back.stderr
    assert json.loads(back.stdout)["erased"] == 0
    assert figures(tmp_path / "back") == before
    assert pairs_in(tmp_path / "back/peil.sqlite3") > 0
    for name in ("peil.secret", "peil.toml", "peil.archive/secret"):
        assert (tmp_path / "back" / name).read_bytes() == (folder / name).read_bytes()
    assert not list(tmp_path.glob(".*")), "nothing passing is left"
    again = peil(folder, "restore", told["backup"], "--into", str(tmp_path / "back"))
    assert again.returncode == 1
    assert "not empty" in again.stderr


@contextmanager
def writing(database: Path) -> Iterator[None]:
    """Somebody writes pairs into a database all the time; half a pair is never committed."""
    over = threading.Event()
    connection = sqlite3.connect(database, timeout=20, check_same_thread=False)
    with connection:
        connection.execute("CREATE TABLE IF NOT EXISTS pairs (a INTEGER, b INTEGER)")

    def write() -> None:
        number = 0
        while not over.wait(0.002):  # SQLite lets nobody in between writes that follow each other at once
            number += 1
            with connection:
                connection.execute("INSERT INTO pairs VALUES (?, NULL)", (number,))
                connection.execute("UPDATE pairs SET b = a WHERE a = ?", (number,))

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        connection.close()


def pairs_in(database: Path) -> int:
    connection = sqlite3.connect(database)
    rows, half = connection.execute("SELECT count(*), coalesce(sum(b IS NULL), 0) FROM pairs").fetchone()
    connection.close()
    assert half == 0, "no transaction is half in it"
    return int(rows)


@pytest.mark.slow
def test_who_was_erased_stays_erased_when_last_weeks_backup_comes_back(folder: Path, tmp_path: Path) -> None:
    before = figures(folder)
    planted = [mark for mark in MARKS if list(_holding(folder, mark))]
    assert len(planted) > 6
    made = peil(folder, "backup", str(tmp_path / "backups"), "--json")
    assert made.returncode == 0, made.stderr
    path = json.loads(made.stdout)["backup"]
    with zipfile.ZipFile(path) as packed:
        assert any(NUMBER.encode() in packed.read(name) for name in packed.namelist()), "the backup holds the person"
    gone = peil(folder, "erase", "--customer", NUMBER, "--customer", MAIL, "--json")
    assert gone.returncode == 0, gone.stderr
    assert json.loads(gone.stdout)["ledgers"] == 1
    shutil.rmtree(folder)
    back = peil(folder, "restore", path, "--into", str(tmp_path / "back"))
    assert back.returncode == 0, back.stderr
    assert "Erased again" in back.stdout
    assert {mark: found for mark in planted if (found := list(_holding(tmp_path / "back", mark)))} == {}
    assert figures(tmp_path / "back") == before


def _holding(folder: Path, mark: str) -> Iterator[Path]:
    for path in (p for p in folder.rglob("*") if p.is_file()):
        text = (
            str(pq.read_table(path).to_pylist()) if path.suffix == ".parquet" else path.read_bytes().decode("latin-1")
        )
        if mark in text:
            yield path


@pytest.mark.slow
def test_erasing_beside_a_working_server(folder: Path) -> None:
    before = figures(folder)
    with serving(folder) as server:
        gone = server.peil("erase", "--customer", NUMBER, "--customer", MAIL, "--json")
        assert gone.returncode == 0, gone.stderr
        assert json.loads(gone.stdout)["found"]["archive answers"] == 6
        assert server.peil("kpi", "--all", "--json").stdout == before
    assert not list(_holding(folder, NUMBER))


def test_a_disk_without_the_backup_is_told(folder: Path, tmp_path: Path) -> None:
    missing = peil(folder, "restore", str(tmp_path / "none.zip"), "--into", str(tmp_path / "back"))
    assert missing.returncode == 1
    assert "There is no backup" in missing.stderr


def test_a_file_is_never_written_over(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_text("mine")
    with pytest.raises(UserError, match="is there already"):
        make_backup(stores_of(folder), tmp_path / "b.zip")


def test_postgresql_goes_and_comes_back_by_its_own_programs(postgres: Server, tmp_path: Path) -> None:
    source, target = (postgres.new_database() for _ in range(2))
    with postgres.connect(source) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 100) AS a")
    dump_postgresql(postgres.url(source), tmp_path / "peil.dump")
    load_postgresql(postgres.url(target), tmp_path / "peil.dump")
    with postgres.connect(target) as connection:
        assert connection.execute("SELECT sum(a) FROM kept").fetchone() == (5050,)


def test_without_its_programs_postgresql_is_told(
    postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UserError, match="pg_dump is not installed"):
        dump_postgresql(postgres.url(), tmp_path / "peil.dump")
