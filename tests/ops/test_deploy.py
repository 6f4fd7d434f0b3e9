"""What is handed along for running: units of systemd, the page about running."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from tests.ops.server import PEIL, environment, free_port

from peil.cli.main import COMMANDS

ROOT = Path(__file__).parents[2]
UNITS = ("peil.service", "peil-backup.service", "peil-backup.timer")
PAGE = (ROOT / "docs/running.md").read_text()


def _commands() -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.startswith("peil ")]


@pytest.mark.slow
def test_every_command_of_the_page_exists_with_its_options() -> None:
    assert len(_commands()) >= 8
    for line in _commands():
        _, name, *words = shlex.split(line)
        assert name in COMMANDS
        helped = subprocess.run([*PEIL, name, "--help"], env=environment(), capture_output=True, text=True).stdout
        for word in words:
            if word.startswith("--"):
                assert f"{word} " in helped.replace("\n", " \n"), line


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not on this machine")
def test_units_are_sound(tmp_path: Path) -> None:
    program = tmp_path / "peil"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m peil "$@"\n')
    program.chmod(0o755)
    for name in UNITS:
        text = (ROOT / "deploy" / name).read_text().replace("/opt/peil/.venv/bin/peil", str(program))
        (tmp_path / name).write_text(text)
    said = subprocess.run(
        ["systemd-analyze", "verify", *(str(tmp_path / name) for name in UNITS)], capture_output=True, text=True
    )
    assert (said.returncode, said.stderr) == (0, "")


@pytest.mark.slow
def test_what_the_unit_starts_starts(tmp_path: Path) -> None:
    unit = (ROOT / "deploy/peil.service").read_text()
    line = next(line for line in unit.splitlines() if line.startswith("ExecStart="))
    port = free_port()
    words = [*PEIL, *shlex.split(line)[1:]]
    words[words.index("--port") + 1] = str(port)
    told = environment(PEIL_HOME=str(tmp_path), PEIL_WAREHOUSE=f"duckdb:///{tmp_path}/peil.duckdb")
    process = subprocess.Popen(words, env=told, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        assert f"Peil is running at http://127.0.0.1:{port}\n" in iter(process.stderr.readline, "")
    finally:
        process.terminate()
        process.communicate(timeout=60)
    assert process.returncode == 0
    assert oct((tmp_path / "peil.sqlite3").stat().st_mode & 0o777) == "0o600", (
        "a first start makes it for its own user alone"
    )


def test_the_image_takes_what_is_there() -> None:
    text = (ROOT / "deploy/Containerfile").read_text()
    for line in text.splitlines():
        if line.startswith("COPY ") and "--from" not in line:
            for name in line.split()[1:-1]:
                assert (ROOT / name).exists(), line
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]["peil"]
