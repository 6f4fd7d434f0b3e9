"""What there is: KPIs, facts, and who asks."""

from __future__ import annotations

from functools import cache
from typing import Any

import pyarrow as pa
from django.http import HttpRequest, HttpResponse

from peil import __version__
from peil.accounts.rules import actions_of, sight_of
from peil.core.kpis import ALL
from peil.facts.schema import FACTS, Column, Fact
from peil.library import Explanation
from peil.warehouse.run import extent
from peil.web.api import shapes
from peil.web.api.operations.operation import caller_of, json_response, operation
from peil.web.facts import the_peil


@operation("/me", shapes.Myself, id="getMe", action=None, of_rows=False)
def get_me(request: HttpRequest) -> HttpResponse:
    """Who asks, what they may do and whose rows they see."""
    caller, warehouse = caller_of(request), the_peil().warehouse
    person, sight = caller.person, sight_of(caller.person)
    own = sorted({str(v) for f in sight.where if f.column == "team" for v in f.values})
    told = {
        "name": person.name,
        "email": person.email,
        "role": person.role,
        "language": person.language,
        "teams": None if sight.everything else own,
        "actions": sorted(actions_of(person)),
        "scopes": None if caller.scopes is None else sorted(caller.scopes),
        "organisation": warehouse.settings.organisation or "",
        "time_zone": warehouse.settings.time_zone,
        "today": warehouse.today.isoformat(),
        "version": __version__,
    }
    return json_response(told)


@operation("/kpis", shapes.Catalogue, id="listKpis", scopes={"read_figures"}, of_rows=False)
def list_kpis(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  every view is given it
    """Every KPI: names, definition, unit, source and version."""
    return json_response({"items": _catalogue()})


@operation("/facts", shapes.Facts, id="listFacts", scopes={"read_figures", "read_rows"})
def list_facts(request: HttpRequest) -> HttpResponse:
    """The facts: their columns, what those mean, the days that there are rows of, and how many for who sees all."""
    peil = the_peil()
    rows = peil.rows() if sight_of(caller_of(request).person).everything else {}
    found = [
        _fact(fact, columns, extent(peil.warehouse, name)) | {"rows": rows.get(name)}
        for name, columns in peil.warehouse.engine.tables().items()
        if columns and (fact := FACTS.get(name))
    ]
    return json_response({"items": found})


@cache
def _catalogue() -> list[dict[str, Any]]:
    return [Explanation(kpi, ()).to_dict() for kpi in ALL]


def _fact(fact: Fact, columns: list[str], days: Any) -> dict[str, Any]:
    own = [_column(c) for c in fact.columns if c.name in columns]
    return {
        "fact": fact.name,
        "meaning": fact.meaning,
        "key": fact.key,
        "first_day": days[0].isoformat() if days else None,
        "last_day": days[1].isoformat() if days else None,
        "columns": own + [_column(_extra(name)) for name in columns if name.startswith("x_")],
    }


def _extra(name: str) -> Column:
    return Column(name, pa.string(), "dimension", "a column of your own")


def _column(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "type": _type(column.type),
        "role": column.role,
        "meaning": column.meaning,
        "unit": column.unit,
        "low": column.low,
        "high": column.high,
    }


def _type(kind: pa.DataType) -> str:
    if pa.types.is_timestamp(kind):
        return "time"
    if pa.types.is_date(kind):
        return "day"
    if pa.types.is_integer(kind):
        return "whole number"
    return "number" if pa.types.is_floating(kind) else "text"
