"""The server as a process: it says when it runs, ends in good order, comes back after a crash, leaves no orphan."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.ops.server import PEIL, Serving, environment, free_port, serving, url_of
from tests.postgres import Server

pytestmark = pytest.mark.slow


class Refused(NamedTuple):
    """How a server that could not start ended, and what it said."""

    code: int
    said: str


def _gone(pid: int, seconds: float = 45) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        stat = Path(f"/proc/{pid}/stat")
        if not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.1)
    return False


def test_it_says_where_it_runs_once_it_answers(server: Serving) -> None:
    until = time.monotonic() + 10
    while "Peil is running" not in server.log.read_text() and time.monotonic() < until:
        time.sleep(0.05)
    assert f"Peil is running at http://127.0.0.1:{server.port}\n" in server.log.read_text()


def test_health_says_no_more_than_ok_whoever_asks(server: Serving) -> None:
    for headers in ({}, {"Host": "elsewhere.example"}):
        response = server.get("/healthz", **headers)
        assert (response.status, response.body) == (200, b"ok")


def test_log_lines_are_json_without_query_and_address(server: Serving) -> None:
    name = server.get("/?only-customer_id=k.jansen@example.nl").headers["x-request-id"]
    server.get("/account/password/reset/key/abc-secret-token/?x=secret")
    server.get("/nowhere/k.jansen@example.nl")
    said = [line for line in server.lines() if line["event"] == "request"]
    (mine,) = [line for line in said if line["request"] == name]
    assert {"time", "level", "event", "request", "method", "path", "status", "ms"} <= set(mine)
    assert (mine["path"], mine["status"]) == ("/", 302)
    everything = server.log.read_text()
    assert "jansen" not in everything
    assert "secret" not in everything


def test_static_files_are_kept_for_ever_under_the_hash_of_their_content(server: Serving) -> None:
    page = server.get("/start/").body.decode()
    address = page.partition('href="')[2].partition('"')[0]
    assert "?v=" in address
    assert "immutable" in server.get(address).headers["cache-control"]


def test_commands_work_beside_it_with_equal_figures(server: Serving, imported: Path) -> None:
    asked = ["kpi", "csat", "--by", "channel", "--json"]
    alone = subprocess.run(
        [*PEIL, *asked, "--warehouse", url_of(imported)], env=environment(), capture_output=True, text=True
    )
    beside = server.peil(*asked)
    assert beside.returncode == 0
    assert "A server holds this warehouse" in beside.stderr
    assert json.loads(beside.stdout) == json.loads(alone.stdout)
    assert {e["n"] for e in json.loads(beside.stdout)} == {100}


def test_files_come_in_beside_it_by_their_path_from_the_folder_one_is_in(server: Serving, tmp_path: Path) -> None:
    for name in ("shop.toml", "january.csv"):
        shutil.copy(server.folder / name, tmp_path)
    text = (tmp_path / "january.csv").read_text().replace("2026-01", "2026-02").replace("\n1-", "\n2-")
    (tmp_path / "february.csv").write_text(text)
    came = server.peil("import", "february.csv", "-m", "shop.toml", cwd=tmp_path)
    assert came.returncode == 0, came.stderr
    assert "200 answers" in came.stdout
    assert json.loads(server.peil("kpi", "csat", "--json").stdout)[0]["n"] == 400
    assert "february.csv" in server.peil("imports").stdout
    assert "Undone" in server.peil("undo").stdout
    assert "Rebuilt from 1 imports" in server.peil("rebuild").stdout
    assert json.loads(server.peil("kpi", "csat", "--json").stdout)[0]["n"] == 200


def test_what_goes_wrong_beside_it_is_told_as_it_is_alone(server: Serving) -> None:
    missing = server.peil("import", "nothing.csv", "-m", "shop.toml", "--json")
    told = json.loads(missing.stderr.splitlines()[-1])
    assert (missing.returncode, told["error"]) == (1, "BadInput")
    wrong = server.peil("kpi", "csat", "--by", "chanel")
    assert wrong.returncode == 1
    assert "Did you mean 'channel'?" in wrong.stderr


def test_a_report_is_written_where_one_is(server: Serving, tmp_path: Path) -> None:
    assert server.peil("report", "r.html", cwd=tmp_path).returncode == 0
    assert (tmp_path / "r.html").stat().st_size > 10_000
    assert "SELECT" in server.peil("explain", "csat").stdout


def test_the_door_is_for_the_same_user_alone(server: Serving) -> None:
    assert oct((server.folder / "peil.duckdb.socket").stat().st_mode & 0o777) == "0o600"


@pytest.fixture(scope="module")
def refused(server: Serving, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Refused]:
    """Servers that can't start. They wait a while for what is in use, all at the same time."""
    asked = {
        "port": ("--port", str(server.port)),
        "warehouse": ("--port", str(free_port())),
        **{n: ("--port", str(free_port()), "--processes", n) for n in ("2", "4")},
    }
    begun = {}
    for name, options in asked.items():
        command = [*PEIL, "serve", "--warehouse", url_of(server.folder), *options]
        folder = tmp_path_factory.mktemp(f"refused-{name}")
        begun[name] = subprocess.Popen(command, cwd=folder, env=environment(), stderr=subprocess.PIPE, text=True)
    ended = {name: process.communicate(timeout=120)[1] for name, process in begun.items()}
    return {name: Refused(begun[name].returncode, said) for name, said in ended.items()}


def test_a_port_in_use_is_told(server: Serving, refused: dict[str, Refused]) -> None:
    assert refused["port"].code == 1
    assert f"Port {server.port} is in use" in refused["port"].said


def test_a_warehouse_in_use_is_told_at_the_start(refused: dict[str, Refused]) -> None:
    assert refused["warehouse"].code == 1
    assert "in use by another process" in refused["warehouse"].said


@pytest.mark.parametrize("processes", ["2", "4"])
def test_several_processes_need_stores_that_they_can_share(refused: dict[str, Refused], processes: str) -> None:
    assert refused[processes].code == 1
    assert "PostgreSQL" in refused[processes].said


def test_four_processes_share_two_stores_in_postgresql(postgres: Server, tmp_path: Path) -> None:
    address = postgres.url(postgres.new_database())
    warehouse = postgres.new_warehouse(tmp_path)
    named = ("--processes", "4", "--warehouse", warehouse)
    with serving(tmp_path, *named, DATABASE_URL=address, PEIL_HOME=str(tmp_path)) as server:
        assert len(server.workers()) == 4
        assert all(server.get("/healthz").status == 200 for _ in range(12))
        assert server.get("/start/").status == 200
        workers = server.workers()
    assert all(_gone(pid, 10) for pid in workers)
    assert "Traceback" not in server.log.read_text()


def test_a_killed_server_leaves_nobody_behind_and_the_next_outlives_a_crash(installed: Path, tmp_path: Path) -> None:
    shutil.copytree(installed, tmp_path, dirs_exist_ok=True)
    with serving(tmp_path) as server:
        (worker,) = server.workers()
        server.process.kill()
        server.process.wait()
        assert _gone(worker)
    with serving(tmp_path) as again:
        assert again.get("/healthz").status == 200
        check_a_crashed_process_is_started_again(again)
        check_it_ends_in_good_order(again)


def check_a_crashed_process_is_started_again(server: Serving) -> None:
    (first,) = server.workers()
    os.kill(first, signal.SIGKILL)
    assert _gone(first, 5)
    server.wait_until_up()
    assert first not in server.workers()
    assert server.peil("kpi", "csat").returncode == 0


def check_it_ends_in_good_order(server: Serving) -> None:
    """It lets go of everything."""
    workers, before = server.workers(), server.log.read_text()
    server.process.terminate()
    assert server.process.wait(timeout=40) == 0
    assert all(_gone(pid, 1) for pid in workers)
    assert not (server.folder / "peil.duckdb.socket").exists()
    assert "Traceback" not in server.log.read_text().removeprefix(before)
    assert "A server" not in server.peil("kpi", "csat").stderr
