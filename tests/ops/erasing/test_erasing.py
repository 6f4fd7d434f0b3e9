"""A customer is erased from every store, and no figure changes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from django.apps import apps
from django.core import serializers
from django.db import DatabaseError, transaction
from sqlglot import exp
from tests.ops.erasing.planted import MAIL, MARKS, NUMBER, plant_elsewhere, plant_facts, stores_of

from peil.accounts.models.log import AuditEntry
from peil.core.errors import UserError
from peil.library import Peil
from peil.ops.erase.erasing import Ground, erase, erase_again
from peil.ops.erase.ledger import LEDGER, Ledger, Wanted, hash_of
from peil.warehouse.engines import schemas
from peil.warehouse.open import Warehouse, open_warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("planted")
    plant_facts(folder)
    return folder


@pytest.fixture
def folder(planted: Path, tmp_path: Path) -> Path:
    shutil.copytree(planted, tmp_path, dirs_exist_ok=True)
    plant_elsewhere(tmp_path)
    return tmp_path


def everything(folder: Path, warehouse: Warehouse) -> dict[str, str]:
    """What every store holds, as text."""
    found = {}
    for path in (p for p in folder.rglob("*") if p.is_file()):
        name = str(path.relative_to(folder))
        found[name] = (
            str(pq.read_table(path).to_pylist()) if path.suffix == ".parquet" else path.read_bytes().decode("latin-1")
        )
    for table in schemas():
        rows = warehouse.engine.fetch(exp.select("*").from_(exp.to_table(table)), {}).to_pylist()
        found[f"warehouse {table}"] = str(rows)
    for model in apps.get_models():
        found[f"database {model._meta.label}"] = serializers.serialize("json", model._default_manager.all())
    return found


def marks_in(found: dict[str, str]) -> set[tuple[str, str]]:
    return {(store, mark) for store, text in found.items() for mark in MARKS if mark in text}


def test_every_mark_goes_and_every_figure_stays(folder: Path) -> None:
    with open_warehouse(stores_of(folder).warehouse) as warehouse:
        before = marks_in(everything(folder, warehouse))
        assert len(before) > 20, "the marks are really there"
        assert {mark for _, mark in before} == set(MARKS)
        figures = Peil(warehouse).kpi().to_json()
        by_month = Peil(warehouse).kpi("csat", "fcr", by=["month", "channel"]).to_json()
        certificate = erase(Ground(stores_of(folder), warehouse), [NUMBER, MAIL])
        assert not marks_in(everything(folder, warehouse))
        assert Peil(warehouse).kpi().to_json() == figures
        assert Peil(warehouse).kpi("csat", "fcr", by=["month", "channel"]).to_json() == by_month
        assert certificate.found["archive answers"] == 6
        assert certificate.found["archive memberships"] == 3
        assert certificate.found["archive rejects"] == 2
        assert certificate.found["files"] == 2
        assert NUMBER not in json.dumps(certificate.to_dict())
        assert (folder / "files/other.csv").exists()
        warehouse.rebuild()
        assert Peil(warehouse).kpi().to_json() == figures


def test_erasing_twice_finds_nothing_more(folder: Path) -> None:
    with open_warehouse(stores_of(folder).warehouse) as warehouse:
        ground = Ground(stores_of(folder), warehouse)
        erase(ground, [NUMBER, MAIL])
        assert not erase(ground, [NUMBER, MAIL]).found
        assert not erase(ground, ["K-nobody"]).found


def test_others_keep_everything(folder: Path) -> None:
    with open_warehouse(stores_of(folder).warehouse) as warehouse:
        erase(Ground(stores_of(folder), warehouse), [NUMBER, MAIL])
        query = exp.select("customer_id", "comment").from_(exp.to_table("answers"))
        rows = warehouse.engine.fetch(query, {}).to_pylist()
        assert sum(r["comment"] == "prima" for r in rows) == 2 * 87
        assert len({r["customer_id"] for r in rows}) == 31, "29 others, one erased, nobody"


def test_what_a_killed_process_left_is_finished(folder: Path) -> None:
    with open_warehouse(stores_of(folder).warehouse) as warehouse:
        ground = Ground(stores_of(folder), warehouse)
        Ledger(folder / LEDGER).add([hash_of(word, ground.secret) for word in (NUMBER, MAIL)])
        assert erase_again(ground, only_unfinished=True) == 2
        assert not marks_in(everything(folder, warehouse))
        assert erase_again(ground, only_unfinished=True) == 0


def test_an_address_is_found_where_an_import_hashed_it(folder: Path) -> None:
    from peil.ops.erase.erasing import names_of

    secret = b"x" * 32
    assert len(names_of(MAIL, secret)) == 2
    assert names_of("06-12345678", secret) & names_of("+31612345678", secret)
    assert names_of(NUMBER, secret) == {NUMBER}


def test_the_audit_log_is_locked_again(folder: Path) -> None:
    with open_warehouse(stores_of(folder).warehouse) as warehouse:
        erase(Ground(stores_of(folder), warehouse), [NUMBER, MAIL])
    with pytest.raises(DatabaseError, match="only be added to"), transaction.atomic():
        AuditEntry.objects.all().delete()


def test_the_list_gives_nobody_away(folder: Path) -> None:
    with open_warehouse(stores_of(folder).warehouse) as warehouse:
        erase(Ground(stores_of(folder), warehouse), [NUMBER, MAIL])
    ledger = folder / LEDGER
    assert NUMBER not in ledger.read_text()
    assert oct(ledger.stat().st_mode & 0o777) == "0o600"
    assert hash_of(NUMBER, b"a guess") not in Ledger(ledger).hashes


def test_short_words_are_whole_values_only() -> None:
    wanted = Wanted(b"k", frozenset({hash_of("12", b"k"), hash_of("K-10077", b"k")}))
    assert wanted.without("12", "x") == "x"
    assert wanted.without("12 mei, klant K-10077.", "x") == "12 mei, klant x."


def test_nobody_is_refused(folder: Path) -> None:
    with open_warehouse(stores_of(folder).warehouse) as warehouse, pytest.raises(UserError, match="Nobody"):
        erase(Ground(stores_of(folder), warehouse), [" "])
