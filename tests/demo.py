"""`make demo`: files with every trap met in real ones go in, every KPI that they can give comes out."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from tests.traps.generate import write_all

from peil.cli.main import run

FOLDER = Path("demo")
WAREHOUSE = "duckdb:///demo/peil.duckdb"
NEXT = """
The files, their mappings and the warehouse are in demo/. Try for instance:

  export PEIL_WAREHOUSE=duckdb:///demo/peil.duckdb PATH="$PWD/.venv/bin:$PATH"
  peil kpi nps csat --by channel --by month
  peil compare reachability csat --period 2026-05
  peil explain fcr
  peil imports
  peil map demo/panel.csv          # what Peil makes of a file by itself
"""


def main() -> int:
    shutil.rmtree(FOLDER, ignore_errors=True)
    os.environ["PEIL_WAREHOUSE"] = WAREHOUSE
    for trap in write_all(FOLDER):
        say(f"{trap.path}: {' '.join(trap.traps.split())}")
        if failed := peil("import", str(trap.path), "--mapping", str(trap.mapping)):
            return failed
    say("Every KPI that these files can give")
    if failed := peil("kpi", "--all", "--assume", "avoided_share=0.3"):
        return failed
    say("Those that are about a period")
    if failed := peil("kpi", "retention", "churn", "retention_yearly", "--period", "2026-Q1"):
        return failed
    print(NEXT)
    return 0


def peil(*arguments: str) -> int:
    print(f"$ peil {' '.join(arguments)}", flush=True)
    return run(arguments)


def say(heading: str) -> None:
    print(f"\n# {heading}")


if __name__ == "__main__":
    sys.exit(main())
