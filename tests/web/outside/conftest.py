"""A mailbox at work, to which this process sends its mail."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from peil.web.outside.at_work import Outside, Wish

PEIL = "http://127.0.0.1:8000"


def wish(folder: Path, port: int) -> Wish:
    codes = {place: f"code-of-{place}" for place in ("help", "visit", "chat")}
    return Wish(folder=str(folder / "mail"), peil=PEIL, port=port, language="nl", widgets=codes)


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outside]:
    command = [sys.executable, "-m", "peil.web.outside", json.dumps(asdict(wish(tmp_path_factory.mktemp("out"), 0)))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        yield Outside(**json.loads(process.stdout.readline()))
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(20) == 0  # it ends by itself once nobody holds the other end
