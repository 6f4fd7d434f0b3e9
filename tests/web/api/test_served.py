"""The API of a server as it runs: many at once, one import; the command line with a key and nothing else."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.docs.pages import ROOT, runnable
from tests.pages.given.company import demo_company
from tests.web.api.files import MAPPING, answers_csv

import peil
from peil.core.errors import NotNow
from peil.web.api.v1 import openapi

pytestmark = pytest.mark.slow

PREPARE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from peil.accounts.models import Person
from peil.accounts.keys import make_key
person = Person.objects.create_user("a@example.nl", "een-lang-wachtwoord-1", name="A", role="analyst")
print(make_key(person, "test", ["read_figures", "read_rows", "import"])[1])
"""


class Served(NamedTuple):
    url: str
    key: str
    environment: dict[str, str]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served") / "kadewijk"
    shutil.copytree(demo_company(tmp_path_factory).folder, folder)
    warehouse = f"duckdb:///{folder / 'peil.duckdb'}"
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PEIL_") and k != "DATABASE_URL"}
    environment |= {
        "PEIL_HOME": str(folder),
        "PEIL_WAREHOUSE": warehouse,
        "DJANGO_SETTINGS_MODULE": "peil.web.settings",
    }
    made = subprocess.run(
        [sys.executable, "-c", PREPARE], env=environment, capture_output=True, text=True, check=True, cwd=folder
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "peil", "serve", "--port", str(port), "--warehouse", warehouse]
    log = (folder / "log.txt").open("wb")
    with log, subprocess.Popen(command, env=environment, cwd=folder, stdout=log, stderr=log) as process:
        found = Served(f"http://127.0.0.1:{port}", made.stdout.strip(), environment)
        try:
            _wait(found, folder / "log.txt")
            yield found
        finally:
            process.terminate()
            process.wait(30)


def _wait(served: Served, log: Path) -> None:
    for _ in range(240):
        try:
            peil.open(served.url, key=served.key).query("csat")
        except NotNow:
            time.sleep(0.5)
        else:
            return
    pytest.fail(f"the server did not start: {log.read_text()[-2000:]}")


def send(served: Served, key: str, content: bytes) -> tuple[int, dict[str, object]]:
    edge = uuid.uuid4().hex
    lines = [f'--{edge}\r\nContent-Disposition: form-data; name="mapping"\r\n\r\n{MAPPING}'.encode()]
    lines.append(
        f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'.encode() + content
    )
    headers = {
        "Authorization": f"Bearer {served.key}",
        "Content-Type": f"multipart/form-data; boundary={edge}",
        "Idempotency-Key": key,
    }
    body = b"\r\n".join([*lines, f"--{edge}--\r\n".encode()])
    request = urllib.request.Request(f"{served.url}/api/v1/imports", data=body, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


def test_many_at_once_with_one_key_are_one_import(served: Served) -> None:
    online = peil.open(served.url, key=served.key)
    before = len(online.imports())
    for turn in range(3):
        content = answers_csv(1_000 * turn, 500)
        with ThreadPoolExecutor(6) as pool:
            found = list(pool.map(lambda _, c=content, t=turn: send(served, f"many-{t}", c), range(6)))
        assert {status for status, _ in found} <= {201, 409}, found
        done = {told["import_id"] for status, told in found if status == 201}
        assert len(done) == 1
        assert send(served, f"many-{turn}", content)[1]["import_id"] in done
        assert len(online.imports()) == before + turn + 1


def test_the_client_takes_a_file_in_and_out(served: Served, tmp_path: Path) -> None:
    (tmp_path / "é n.csv").write_bytes(answers_csv(9_000, bad=2))
    (tmp_path / "m.toml").write_text(MAPPING, encoding="utf-8")
    online = peil.open(served.url, key=served.key)
    sent: list[tuple[int, int, int]] = []
    report = online.import_file(tmp_path / "é n.csv", tmp_path / "m.toml", progress=lambda *p: sent.append(p))
    size = (tmp_path / "é n.csv").stat().st_size
    assert sent[-1] == (0, size, size)
    assert (report.file_name, dict(report.rows), report.rejected, report.already) == (
        "é n.csv",
        {"answers": 12},
        2,
        False,
    )
    assert [r.value for r in online.rejected(report.import_id)] == ["9", "9"]
    assert online.rejected(report.import_id, limit=1)[0].row == 14
    again = online.import_file(tmp_path / "é n.csv", tmp_path / "m.toml")
    assert (again.import_id, again.already) == (report.import_id, True)
    assert online.undo().import_id == report.import_id


def test_the_command_line_asks_a_server(served: Served) -> None:
    environment = served.environment | {"PEIL_WAREHOUSE": served.url}
    command = [sys.executable, "-m", "peil", "kpi", "csat", "--period", "2026-Q3", "--json"]
    refused = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (refused.returncode, "PEIL_KEY" in refused.stderr) == (1, True)
    environment["PEIL_KEY"] = served.key
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == peil.open(served.url, key=served.key).kpi("csat", period="2026-Q3").to_dicts()


def test_every_snippet_of_the_guide_runs(served: Served, tmp_path: Path) -> None:
    environment = served.environment | {"PEIL_URL": served.url, "PEIL_KEY": served.key}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    del environment["PEIL_WAREHOUSE"]
    found = runnable("docs/api.md")
    assert len(found) >= 6
    for snippet in found:
        shell = [sys.executable, "-c"] if snippet.language == "python" else ["bash", "-euc"]
        said = subprocess.run(
            [*shell, snippet.text], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert said.returncode == 0, f"{snippet.text}\n{said.stdout}{said.stderr}"
        assert said.stdout
    peil.open(served.url, key=served.key).undo()


def test_the_guide_names_every_address() -> None:
    guide = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    paths = json.loads(openapi(None).content)["paths"]  # type: ignore[arg-type]
    for path in paths:
        told = path.removeprefix("/api/v1").replace("{import_id}", "{id}")
        assert f"`{told}" in guide or f"/api/v1{told}" in guide, path
