"""What only a real process shows: pipes, colours, Ctrl-C, and what starting loads."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.cli.conftest import MAPPING, Peil

PEIL = [sys.executable, "-m", "peil"]


def clean_environment(**more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PEIL_", "LC_", "LANG", "COV_"))}
    return kept | more


def test_help_loads_nothing_heavy() -> None:
    said = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "peil", "--help"], capture_output=True, text=True, check=True
    )
    loaded = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in said.stderr.splitlines() if "|" in line}
    assert "typer" in loaded
    assert not loaded & {"numpy", "scipy", "duckdb", "pyarrow", "sqlglot", "pandas", "polars", "rich", "pydantic"}


@pytest.mark.parametrize(("module", "light"), [("peil", {"numpy"}), ("peil.library", set())])
def test_the_package_loads_nothing_heavy(module: str, light: set[str]) -> None:
    heavy = light | {"duckdb", "pyarrow", "sqlglot", "pandas", "scipy"}
    code = f"import {module}, sys; print(sorted({heavy!r} & set(sys.modules)))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_a_pipe_gets_plain_text(shop: Peil, tmp_path: Path) -> None:
    said = subprocess.run(
        [*PEIL, "kpi", "csat"],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env=clean_environment(FORCE_COLOR=""),
    )
    assert "\x1b" not in said.stdout
    assert said.stdout.isascii()
    assert all(line == line.rstrip() for line in said.stdout.splitlines())
    assert said.stderr == ""


def test_a_reader_that_goes_away_ends_it_in_silence(tmp_path: Path) -> None:
    with subprocess.Popen([*PEIL, "explain"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        told = process.stderr.read()
        assert process.wait(60) == 141
    assert told == b""


@pytest.mark.slow
def test_ctrl_c_leaves_everything_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "shop.toml").write_text(MAPPING)
    rows = (f"{i},c{i},2026-01-01,phone,{1 + i % 5}" for i in range(600_000))
    (tmp_path / "big.csv").write_text("id,customer,day,channel,satisfied\n" + "\n".join(rows) + "\n")
    command = [*PEIL, "import", "big.csv", "--mapping", "shop.toml"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=clean_environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        wait_for(tmp_path / "peil.archive" / "staging", process)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130, (out, err)
    assert err == "Stopped; nothing was changed.\n"
    assert list((tmp_path / "peil.archive" / "staging").iterdir()) == []
    assert list((tmp_path / "peil.archive" / "imports").iterdir()) == []
    again = subprocess.run(
        [*PEIL, "imports", "--json"], cwd=tmp_path, env=clean_environment(), capture_output=True, text=True, check=True
    )
    assert again.stdout.strip() == "[]"


def wait_for(staging: Path, process: subprocess.Popen[str]) -> None:
    """Until the import has begun to stage rows."""
    for _ in range(6000):
        if staging.exists() and any(staging.glob("*/raw/*.parquet")):
            return
        assert process.poll() is None, process.communicate()
        time.sleep(0.01)
    raise AssertionError("the import did not begin within a minute")
