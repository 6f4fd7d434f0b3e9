"""Nothing is written for one engine only: every statement prints and parses in four dialects, values bound."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pyarrow as pa
import pytest
import sqlglot
from sqlglot import exp
from tests.engines.conftest import Engines
from tests.engines.queries import asked_in_many_ways, query_of

from peil.warehouse.engines import Engine
from peil.warehouse.questions.comparing import compare
from peil.warehouse.run import answer, planned, reach_of

pytestmark = pytest.mark.slow

DIALECTS = ("duckdb", "clickhouse", "postgres", "spark")


class Heard:
    """An engine that does as it is told and remembers every statement."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.statements: list[exp.Query] = []

    def fetch(self, query: exp.Query, values: Mapping[str, object]) -> pa.Table:
        self.statements.append(query)
        return self.engine.fetch(query, values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.engine, name)


@pytest.fixture(scope="module")
def statements(engines: Engines) -> list[exp.Query]:
    """Those planned for many questions, and all that were sent to answer and compare a few: counts of people, edges."""
    warehouse = engines["duckdb"]
    found = [
        plan.statement.query for query in asked_in_many_ways() for plan in planned(reach_of(warehouse, query), query)
    ]
    heard = Heard(warehouse.engine)
    warehouse.engine = heard
    try:
        for query in asked_in_many_ways()[-2:]:
            answer(warehouse, query)
        for key in ("nps", "csat_mean", "handle_time_median", "contact_rate", "retention"):
            query = replace(query_of((key,)), since=date(2026, 2, 1), until=date(2026, 3, 1), compare="previous")
            compare(warehouse, query)
    finally:
        warehouse.engine = heard.engine
    assert len(heard.statements) > 40
    return found + heard.statements


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_statement_prints_and_parses(statements: list[exp.Query], dialect: str) -> None:
    assert len(statements) > 300
    for statement in statements:
        text = statement.sql(dialect=dialect, unsupported_level=sqlglot.ErrorLevel.RAISE)
        read = sqlglot.parse_one(text, dialect=dialect)
        assert read.sql(dialect=dialect) == text
        assert not list(read.find_all(exp.Anonymous)), text


def test_given_values_are_bound_and_never_text(statements: list[exp.Query]) -> None:
    """What a person asked for (the filters' 'a', 'b') stands in no statement."""
    for statement in statements:
        texts = {literal.this for literal in statement.find_all(exp.Literal) if literal.is_string}
        assert not texts & {"a", "b", "2026-01"}
