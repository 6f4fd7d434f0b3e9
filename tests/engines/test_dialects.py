"""Nothing is written for one engine only: every statement prints and parses in four dialects, values bound."""

from __future__ import annotations

import pytest
import sqlglot
from sqlglot import exp
from tests.engines.conftest import Engines
from tests.engines.queries import asked_in_many_ways

from peil.warehouse.run import planned, reach_of

DIALECTS = ("duckdb", "clickhouse", "postgres", "spark")


@pytest.fixture(scope="module")
def statements(engines: Engines) -> list[exp.Query]:
    warehouse = engines["duckdb"]
    return [
        plan.statement.query for query in asked_in_many_ways() for plan in planned(reach_of(warehouse, query), query)
    ]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_statement_prints_and_parses(statements: list[exp.Query], dialect: str) -> None:
    assert len(statements) > 400
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
