"""`make demo` runs through, wherever it is run."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_demo_shows_rejected_rows_and_figures(tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PEIL_", "LC_", "LANG"))}
    environment["PYTHONPATH"] = os.pathsep.join((str(ROOT), str(ROOT / "src")))
    said = subprocess.run(
        [sys.executable, "-m", "tests.demo"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stderr
    assert said.stderr == ""
    assert "is outside the scale 0-10 of question 'nps'" in said.stdout
    for key in (
        "nps",
        "ces_agree",
        "servqual",
        "service_level",
        "fcr",
        "contact_rate",
        "helpful",
        "retention",
        "turnover",
    ):
        assert f"\n{key} " in said.stdout, key
    assert "hidden" not in said.stdout
