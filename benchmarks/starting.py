"""How long a person waits for `peil --help`."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measured import Measured, Sizes, best


def run(_sizes: Sizes, _folder: Path) -> Iterator[Measured]:
    def bare() -> object:
        return subprocess.run([sys.executable, "-c", "pass"], check=True)

    def helped() -> object:
        return subprocess.run([sys.executable, "-m", "peil", "--help"], check=True, stdout=subprocess.DEVNULL)

    python, peil = best(bare, 7), best(helped, 7)
    yield Measured("seconds of `peil --help`, beyond twice a bare Python", peil, python, peil - 2 * python, 0.15, "s")
