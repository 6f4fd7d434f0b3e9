"""An erasure that ends half-way, at whichever write: who goes on leaves the same, and a certificate of the whole."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.ops.erasing.asked import ASKED_MARKS, PHONE, plant_asked
from tests.ops.erasing.planted import MAIL, MARKS, NUMBER, plant_elsewhere, plant_facts, stores_of
from tests.ops.erasing.test_erasing import everything
from tests.ops.server import environment, make_tables, serving, url_of

from peil.accounts.models import AuditEntry
from peil.library import Peil
from peil.ops.erase.certificate import Certificate, find_certificate
from peil.ops.erase.erasing import Ground, erase, finish_left
from peil.ops.erase.ledger import LEDGER, Ledger
from peil.ops.erase.underway import erasures_left
from peil.surveys.facts.batches import is_behind, take_in
from peil.warehouse.open import open_warehouse

pytestmark = pytest.mark.slow

WORDS = [NUMBER, MAIL, PHONE]
ALL = (*MARKS, *ASKED_MARKS)


class Ended(BaseException):
    """The process is no more."""


@contextmanager
def ending_at(write: int) -> Iterator[list[str]]:
    """The process ends when it is about to put its `write`-th file in place, or to remove it; those that it did."""
    done: list[str] = []

    def counted(work: Callable[..., None]) -> Callable[..., None]:
        def do(*paths: Any, **more: Any) -> None:
            if len(done) == write:
                raise Ended
            done.append(Path(paths[-1]).name)
            work(*paths, **more)

        return do

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "replace", counted(os.replace))
        patch.setattr(os, "unlink", counted(os.unlink))
        yield done


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("planted")
    plant_facts(folder)
    return folder


@pytest.fixture
def folder(planted: Path, tmp_path: Path) -> Path:
    """Marks in every store, those of surveys too."""
    shutil.copytree(planted, tmp_path, dirs_exist_ok=True)
    plant_elsewhere(tmp_path)
    plant_asked()
    with open_warehouse(stores_of(tmp_path).warehouse) as warehouse:
        while is_behind():
            take_in(warehouse)
    return tmp_path


@contextmanager
def ground_of(folder: Path) -> Iterator[Ground]:
    with open_warehouse(stores_of(folder).warehouse) as warehouse:
        yield Ground(stores_of(folder), warehouse)


def figures(ground: Ground) -> str:
    peil = Peil(ground.warehouse)
    return peil.kpi().to_json() + peil.kpi("csat", "fcr", "ces_agree", by=["month", "channel"]).to_json()


def marks_in(ground: Ground) -> set[tuple[str, str]]:
    found = everything(ground.stores.home, ground.warehouse)
    return {(store, mark) for store, text in found.items() for mark in ALL if mark in text}


def end_and_go_on(folder: Path, write: int, go_on: Callable[[Ground], Certificate]) -> dict[str, int]:
    """What the certificate says in the end; nothing is left of the customer, and every figure is as it was."""
    with ground_of(folder) as ground:
        before = figures(ground)
    with ground_of(folder) as ground, ending_at(write), pytest.raises(Ended):
        erase(ground, WORDS)
    with ground_of(folder) as ground:
        certificate = go_on(ground)
        assert not marks_in(ground)
        assert figures(ground) == before
        assert not erasures_left(folder)
        assert not Ledger(folder / LEDGER).unfinished
        assert not list(folder.rglob("*.part"))
        assert not erase(ground, WORDS).found
    return certificate.found


def by_the_next_process(ground: Ground) -> Certificate:
    (left,) = erasures_left(ground.stores.home)
    assert finish_left(ground) > 0
    found = find_certificate(left.number)
    assert found is not None
    return found


def by_asking_again(ground: Ground) -> Certificate:
    return erase(ground, WORDS)


WRITES = 62  # of one erasure of `folder`
# two requests, two answers and the address book, in which only the surveys' own rows are; three rows of each fact, six
# of the answers in two files, five more of surveys; the manifests of all seven files, of which the names tell whom
WHOLE = {
    "database surveys.request": 2, "database surveys.response": 2, "database surveys.contact": 1,
    "database surveys.hold": 1, "database accounts.auditentry": 1, "database ops.outboxrow": 1,
    "archive answers": 11, "archive interactions": 3, "archive visits": 3, "archive web_events": 3,
    "archive memberships": 3, "archive customer_events": 3, "archive invitations": 1, "archive responses": 2,
    "archive rejects": 2, "archive manifests": 7, "warehouse": 38, "files": 2,
}  # fmt: skip


@pytest.mark.django_db
def test_the_whole_is_what_an_erasure_finds_that_nothing_disturbs(folder: Path) -> None:
    with ground_of(folder) as ground, ending_at(-1) as writes:
        assert erase(ground, WORDS).found == WHOLE
    assert len(writes) == WRITES


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("write", "go_on"),
    [(21, by_the_next_process), (41, by_asking_again), (59, by_the_next_process)],
    ids=["half of the archive", "while the facts are made anew", "between two files"],
)
def test_who_goes_on_tells_the_whole(folder: Path, write: int, go_on: Callable[[Ground], Certificate]) -> None:
    assert end_and_go_on(folder, write, go_on) == WHOLE


def by_whomever(ground: Ground) -> Certificate:
    """It is done, and only the list of names does not know."""
    assert not erasures_left(ground.stores.home)
    assert finish_left(ground) > 0
    found = find_certificate(AuditEntry.objects.get(action="erased").about)
    assert found is not None
    return found


@pytest.mark.django_db
def test_one_that_ends_before_it_is_known_touches_nothing(folder: Path) -> None:
    with ground_of(folder) as ground:
        before = marks_in(ground)
        with ending_at(0), pytest.raises(Ended):
            erase(ground, WORDS)
        (part,) = (folder / "erasing").glob("*.part")
        os.utime(part, (0, 0))
        assert finish_left(ground) == 0
        assert not list((folder / "erasing").iterdir())
        assert marks_in(ground) == before


@pytest.mark.full
@pytest.mark.django_db
@pytest.mark.parametrize("write", range(1, WRITES - 1))
def test_it_may_end_anywhere(folder: Path, write: int) -> None:
    """From the moment that it is known about whom it is: before, nothing is touched."""
    assert end_and_go_on(folder, write, by_the_next_process) == WHOLE


@pytest.mark.full
@pytest.mark.django_db
def test_it_may_end_at_the_very_last(folder: Path) -> None:
    assert end_and_go_on(folder, WRITES - 1, by_whomever) == WHOLE


DYING = """
import os, signal, sys
replace, left = os.replace, int(sys.argv.pop(1))
def dying(*paths, **more):
    global left
    left -= 1
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
    replace(*paths, **more)
os.replace = dying
sys.argv[0] = "peil"
from peil.cli.main import main
main()
"""


@pytest.mark.full
def test_killed_and_started_again(planted: Path, tmp_path: Path) -> None:
    """A real process: the command is killed in the middle, and the server that starts after it ends what it began."""
    shutil.copytree(planted, tmp_path, dirs_exist_ok=True)
    (tmp_path / "files").mkdir()
    (tmp_path / "files/upload.csv").write_text(f"id\n{NUMBER}\n")
    make_tables(tmp_path)
    command = [sys.executable, "-c", DYING, "18", "erase", "--customer", NUMBER, "--customer", MAIL]
    told = environment(PEIL_HOME=str(tmp_path), PEIL_WAREHOUSE=url_of(tmp_path))
    killed = subprocess.run(command, cwd=tmp_path, env=told, capture_output=True, text=True, timeout=120)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    (left,) = erasures_left(tmp_path)
    assert left.waiting, "half of the archive is in place"
    with serving(tmp_path):
        pass
    assert not erasures_left(tmp_path)
    connection = sqlite3.connect(tmp_path / "peil.sqlite3")
    ((about, detail),) = connection.execute("SELECT about, detail FROM accounts_auditentry WHERE action = 'erased'")
    connection.close()
    assert about == left.number
    assert set(json.loads(detail)["found"]) == {
        "archive answers: 6", "archive interactions: 3", "archive visits: 3", "archive web_events: 3",
        "archive memberships: 3", "archive customer_events: 3", "archive rejects: 2", "archive manifests: 7",
        "warehouse: 30", "files: 1",
    }  # fmt: skip
    text = "".join(p.read_bytes().decode("latin-1") for p in tmp_path.rglob("*") if p.is_file())
    assert not [mark for mark in MARKS if mark in text]
