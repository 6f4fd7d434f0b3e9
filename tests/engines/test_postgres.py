"""What only PostgreSQL does: its address, its text, its order, and what hangs on its tables."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import psycopg
import pyarrow as pa
import pytest
from sqlglot import exp
from tests.engines.conftest import PLACES
from tests.postgres import PASSWORD, QUOTED_PASSWORD, Server
from tests.warehouse.staged import by_key, held, take_in
from tests.warehouse.test_archive import everything, versions

from peil.core.errors import NotNow, UserError
from peil.library.doctor import examine, examine_open
from peil.warehouse.engines.postgres import Postgres
from peil.warehouse.engines.postgres_rows import printed
from peil.warehouse.engines.postgres_server import read_address
from peil.warehouse.open import Warehouse, open_warehouse

pytestmark = pytest.mark.slow


@pytest.fixture
def url(postgres: Server, tmp_path: Path) -> str:
    return postgres.new_warehouse(tmp_path)


@pytest.fixture
def warehouse(url: str) -> Iterator[Warehouse]:
    with open_warehouse(url) as opened:
        yield opened


def test_equal_rows_through_imports_undo_and_rebuild(tmp_path: Path, warehouse: Warehouse) -> None:
    with open_warehouse(f"duckdb:///{tmp_path / 'd.duckdb'}") as other:
        for n, rows in enumerate(versions(11)):
            take_in(warehouse, rows, f"{n}.csv")
            take_in(other, rows, f"{n}.csv")
            assert everything(warehouse) == everything(other)
        for verb in ("undo", "rebuild"):
            for one in (warehouse, other):
                one.undo("2") if verb == "undo" else one.rebuild()
            assert everything(warehouse) == everything(other)
        assert [(e.number, e.status) for e in warehouse.imports()] == [(e.number, e.status) for e in other.imports()]


HOSTILE = {
    "empty": "", "null": "NULL", "end": "\\.", "lines": "a\n\\.\nb\r\nc", "quotes": "\"'`", "comma": ',"",', "slash": "\\N\\x00",
    "percent": "100 %s %(p)s $1", "sql": "'; DROP TABLE visits; --", "emoji": "👩‍💻é\u202e", "tab": "\t \x01\x7f", "formula": "=1+1",
}  # fmt: skip


def test_hostile_text_comes_back_as_it_was(warehouse: Warehouse) -> None:
    rows = [{"visit_id": f"{name}{text}", "device": text, "x_a": text} for name, text in HOSTILE.items()]
    for time in range(2):  # the second time the keys are looked for and replaced
        take_in(warehouse, {"visits": [*rows, {"visit_id": "unknown", "x_a": "a"}]}, f"{time}.csv")
        kept = by_key(warehouse, "visits")
        assert {k: (r["device"], r["x_a"]) for k, r in kept.items()} == {
            "unknown": (None, "a"),
            **{f"{name}{text}": (text, text) for name, text in HOSTILE.items()},
        }
    place = exp.Placeholder(this="p0", kind=exp.DataType.build("VARCHAR"))
    query = exp.select("visit_id").from_("visits").where(exp.column("device").eq(place))
    for name, text in HOSTILE.items():
        assert warehouse.engine.fetch(query.copy(), {"p0": text})["visit_id"].to_pylist() == [f"{name}{text}"]


def test_a_nul_is_kept_as_the_sign_for_a_lost_character(warehouse: Warehouse) -> None:
    """PostgreSQL keeps none. The rest of the text stays, and it is found by what was given."""
    for time in range(2):
        take_in(warehouse, {"visits": [{"visit_id": "a\0b", "device": "x\0y\0"}]}, f"{time}.csv")
        assert [(r["visit_id"], r["device"]) for r in held(warehouse, "visits")] == [("a\ufffdb", "x\ufffdy\ufffd")]
    place = exp.Placeholder(this="p0", kind=exp.DataType.build("VARCHAR"))
    query = exp.select("visit_id").from_("visits").where(exp.column("device").eq(place))
    assert len(warehouse.engine.fetch(query, {"p0": "x\0y\0"})) == 1


def test_values_of_every_kind_are_bound_and_come_back(warehouse: Warehouse) -> None:
    row = {"membership_id": "é'1", "since": date(2026, 1, 2), "value": 0.1 + 0.2}
    event = {"event_id": "e", "at": datetime(1999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC), "amount": -1e-300}
    take_in(warehouse, {"memberships": [row], "customer_events": [event]})
    given = (("membership_id", "é'1", "VARCHAR"), ("since", row["since"], "DATE"), ("value", 0.1 + 0.2, "DOUBLE"))
    for name, value, kind in given:
        place = exp.Placeholder(this="p0", kind=exp.DataType.build(kind))
        query = exp.select("*").from_("memberships").where(exp.column(name).eq(place))
        found = warehouse.engine.fetch(query, {"p0": value})
        assert [found[n].to_pylist() for n in ("since", "value")] == [[row["since"]], [row["value"]]]
    kept = by_key(warehouse, "customer_events")["e"]
    assert (kept["at"], kept["amount"]) == (event["at"], event["amount"])
    nothing = warehouse.engine.fetch(exp.select("*").from_("visits"), {})
    assert nothing.schema.field("started_at").type == pa.timestamp("us", tz="UTC")


def test_texts_stand_in_the_order_of_their_bytes(tmp_path: Path, postgres: Server) -> None:
    """Else the last of two answers given at the same moment would be another one than elsewhere."""
    texts = ["b", "B", "a", "Z", "é", "_", "1"]
    query = exp.select("visit_id").from_("visits").order_by("visit_id")
    for place in PLACES:
        folder = tmp_path / place
        url = postgres.new_warehouse(folder) if place == "postgresql" else f"{place}:///{folder / 'peil.db'}"
        with open_warehouse(url) as warehouse:
            take_in(warehouse, {"visits": [{"visit_id": t} for t in texts]})
            assert warehouse.engine.fetch(query.copy(), {})["visit_id"].to_pylist() == sorted(texts)


def test_rows_that_go_are_not_looked_up_one_by_one() -> None:
    query = exp.select("*").from_("visits")
    pair = exp.Tuple(expressions=[exp.column("source", quoted=True), exp.column("visit_id", quoted=True)])
    inner = exp.select(*(e.copy() for e in pair.expressions)).from_(exp.table_("going", quoted=True))
    query = query.where(exp.not_(exp.paren(exp.In(this=pair, query=exp.Subquery(this=inner)))))
    text, _ = printed(query, {})
    assert 'NOT (EXISTS(SELECT 1 FROM "going" WHERE' in text
    assert " IN " not in text


def test_what_a_person_hung_on_the_tables_stays(postgres: Server, warehouse: Warehouse) -> None:
    """Rights given to others survive a rebuild; a view on a table stops one, instead of going with it."""
    take_in(warehouse, {"visits": [{"visit_id": "1"}]})
    assert isinstance(warehouse.engine, Postgres)
    schema = warehouse.engine.address.schema
    with postgres.connect() as admin:
        admin.execute(f"CREATE ROLE r{schema}; GRANT SELECT ON {schema}.visits TO r{schema}".encode())
        warehouse.rebuild()
        right = f"SELECT has_table_privilege('r{schema}', '{schema}.visits', 'SELECT')"
        assert admin.execute(right.encode()).fetchone() == (True,)
        admin.execute(f"CREATE VIEW v{schema} AS SELECT visit_id FROM {schema}.visits".encode())
        with pytest.raises(UserError, match=f"nothing was changed. view .*v{schema} depends on table"):
            warehouse.rebuild()
        left = f"SELECT nspname FROM pg_namespace WHERE nspname LIKE '{schema}%'"
        assert admin.execute(left.encode()).fetchall() == [(schema,)]
        assert admin.execute(f"SELECT * FROM v{schema}".encode()).fetchall() == [("1",)]
        admin.execute(f"DROP VIEW v{schema}".encode())
        warehouse.rebuild()
        assert admin.execute(left.encode()).fetchall() == [(schema,)]
    assert len(held(warehouse, "visits")) == 1


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("postgresql://peil:{p}@127.0.0.1:{closed}/peil", "does not answer"),
        ("postgresql://peil:{p}x@127.0.0.1:{port}/postgres", "does not answer.*password authentication failed"),
        ("postgresql://peil:{p}@127.0.0.1:{port}/nowhere", 'database "nowhere" does not exist'),
        ("postgresql://peil:{p}@127.0.0.1:{port}/postgres?schema=pg_x", "can't be the name of a schema"),
        ("postgresql://peil:{p}@127.0.0.1:{port}/postgres?shema=x", "Did you mean 'schema'"),
        ("postgresql://peil:{p}@127.0.0.1:{port}/postgres?password={p}", "no 'password'"),
        ("postgresql://peil:{raw}@127.0.0.1:{port}/postgres", "can't be read"),
        ("postgresql://peil:1#{raw}@127.0.0.1:{port}/postgres", "can't be read"),
        ("postgres://peil:{raw}@127.0.0.1:{port}/postgres", "peil:\\*\\*\\*@127.*Did you mean 'postgresql'"),
    ],
)
def test_a_password_is_never_shown(
    postgres: Server, tmp_path: Path, caplog: pytest.LogCaptureFixture, wrong: str, says: str
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        closed = free.getsockname()[1]
    caplog.set_level(logging.DEBUG)
    url = wrong.format(p=QUOTED_PASSWORD, raw=PASSWORD, port=postgres.port, closed=closed)
    url += f"{'&' if '?' in url else '?'}archive={tmp_path / 'archive'}"
    with pytest.raises((UserError, NotNow), match=says) as found:
        open_warehouse(url)
    told = [str(c) for c in examine(url)]
    said = "\n".join([str(found.value), repr(found.value), caplog.text, *told])
    for secret in (PASSWORD, QUOTED_PASSWORD, "p@ss", "p%40ss", "w/rd"):
        assert secret not in said


def test_nor_by_an_open_warehouse(warehouse: Warehouse, url: str) -> None:
    shown = [warehouse.url, warehouse.engine.describe(), repr(warehouse.engine.__dict__), repr(read_address(url))]
    assert PASSWORD not in "".join(shown)
    assert QUOTED_PASSWORD not in "".join(shown)


def test_the_doctor_names_version_and_place(warehouse: Warehouse) -> None:
    found = {c.id: c for c in examine_open(warehouse)}["warehouse"]
    assert found.state == "ok"
    assert found.found.startswith("PostgreSQL 1")
    assert "127.0.0.1" in found.found


def test_a_database_that_lacks_characters_is_refused(postgres: Server, tmp_path: Path) -> None:
    with postgres.connect() as admin:
        admin.execute("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
    with pytest.raises(UserError, match=r"keeps text as LATIN1.*createdb --encoding=UTF8"):
        open_warehouse(postgres.url("latin", archive=str(tmp_path / "archive")))


def test_reading_takes_no_more_rights_than_to_read(postgres: Server, warehouse: Warehouse, url: str) -> None:
    assert isinstance(warehouse.engine, Postgres)
    schema = warehouse.engine.address.schema
    take_in(warehouse, {"visits": [{"visit_id": "1"}]})
    with postgres.connect() as admin:
        admin.execute(
            f"CREATE ROLE l{schema} LOGIN PASSWORD 'x'; GRANT USAGE ON SCHEMA {schema} TO l{schema};"
            f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO l{schema}".encode()
        )
    reader = url.replace(f"peil:{QUOTED_PASSWORD}", f"l{schema}:x")
    with open_warehouse(reader, read_only=True) as reading:
        assert len(held(reading, "visits")) == 1
        assert isinstance(reading.engine, Postgres)
        with reading.engine._pool.connection() as connection, pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            connection.execute("DELETE FROM visits")
    with open_warehouse(reader) as writing, pytest.raises(UserError, match="does not allow this: permission denied"):
        take_in(writing, {"visits": [{"visit_id": "2"}]})
    with pytest.raises(UserError, match="no warehouse in the schema 'elsewhere'"):
        open_warehouse(url.replace(f"schema={schema}", "schema=elsewhere"), read_only=True)
