"""Peil against its peers, in one run, as ratios: `make bench`, or `make bench SIZE=full`.

A ratio compares two ways of getting the same thing on the same machine in the same minute, so it
means the same on a laptop and on a server. Each has a limit; the run fails when one is passed.
How long people wait for a page has no peer and is told in milliseconds.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from benchmarks import answers, asking, importing, overview, starting
from benchmarks.measured import Measured, Sizes

SIZES = {
    "small": Sizes(answers=2_000_000, in_memory=1_000_000, csv_rows=200_000, answers_in_app=600_000),
    "full": Sizes(answers=100_000_000, in_memory=10_000_000, csv_rows=10_000_000, answers_in_app=10_000_000),
}
BENCHMARKS = {
    "starting": starting.run,
    "answers": answers.run,
    "importing": importing.run,
    "overview": overview.run,
    "asking": asking.run,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="small")
    parser.add_argument("--only", choices=BENCHMARKS, action="append")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    found: list[Measured] = []
    with tempfile.TemporaryDirectory(prefix="peil-bench-") as folder:
        for name in asked.only or BENCHMARKS:
            for measured in BENCHMARKS[name](SIZES[asked.size], Path(folder)):
                found.append(measured)
                if not asked.json:
                    print(measured, flush=True)
    if asked.json:
        print(json.dumps([asdict(m) | {"within": m.within} for m in found], indent=2))
    return 0 if all(m.within for m in found) else 1


sys.exit(main())
