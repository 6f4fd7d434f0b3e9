"""A shop with 200 answers, 160 of them a 4 or a 5, taken in as a user would."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from peil.cli.main import run

MAPPING = """
source = "shop"
[answers]
response_id = "id"
customer_id = "customer"
answered_at = "day"
channel = "channel"
[[answers.questions]]
question = "satisfied"
kind = "csat"
column = "satisfied"
scale = [1, 5]
"""


@dataclass(frozen=True)
class Said:
    """What a command left behind."""

    code: int
    out: str
    err: str


Peil = Callable[..., Said]


@pytest.fixture
def peil(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Peil:
    """`peil` run in an empty folder, in English."""
    monkeypatch.chdir(tmp_path)
    for name in ("PEIL_WAREHOUSE", "PEIL_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: str) -> Said:
        capsys.readouterr()
        code = run(arguments)
        captured = capsys.readouterr()
        return Said(code, captured.out, captured.err)

    return call


def answers(count: int = 200, satisfied: int = 160, month: int = 1) -> str:
    """One answer a customer: the first `satisfied` give a 5, the rest a 1; every other one by phone."""
    lines = ["id,customer,day,channel,satisfied"]
    for i in range(count):
        channel = "phone" if i % 2 else "chat"
        lines.append(f"{month}-{i},c{i},2026-{month:02d}-{1 + i % 28:02d},{channel},{5 if i < satisfied else 1}")
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the answers of January, their mapping, and the warehouse they were imported into."""
    folder = tmp_path_factory.mktemp("shop")
    (folder / "shop.toml").write_text(MAPPING)
    (folder / "january.csv").write_text(answers())
    warehouse = f"duckdb:///{folder / 'peil.duckdb'}"
    command = ["import", str(folder / "january.csv"), "--mapping", str(folder / "shop.toml"), "--warehouse", warehouse]
    assert run(command) == 0
    return folder


@pytest.fixture
def shop(peil: Peil, imported: Path, tmp_path: Path) -> Peil:
    """`peil` run in a copy of that folder."""
    shutil.copytree(imported, tmp_path, dirs_exist_ok=True)
    return peil
