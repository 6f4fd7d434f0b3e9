"""Figures, their changes, how they are counted, and the rows behind them."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query
from pydantic import Field

from peil.accounts.audit import record
from peil.accounts.rules import may_ask_by, sees_rows_of
from peil.core.errors import did_you_mean
from peil.core.kpi import Comparison, Estimate
from peil.core.kpis import BY_KEY, get
from peil.library import Explanation
from peil.library.answers import Answers
from peil.warehouse.query import KpiQuery
from peil.warehouse.questions.rows_behind import rows_behind
from peil.warehouse.run import explain as statements_of
from peil.web.api import shapes
from peil.web.api.cursors import make_cursor, read_cursor
from peil.web.api.door.sight import seen, within_sight
from peil.web.api.operations.operation import caller_of, json_response, operation
from peil.web.api.parameters import Change, Question, Rows, period_of, query_of
from peil.web.api.problems import Problem
from peil.web.facts import the_peil

Keys = Annotated[
    list[Annotated[str, Field(max_length=100)]],
    Query(max_length=200, description="Which KPIs, by key. Repeat for more."),
]


@operation("/kpis/{key}", shapes.Figures, id="getKpi", scopes={"read_figures"})
def get_kpi(request: HttpRequest, key: str, given: Query[Question]) -> HttpResponse:
    """Figures of one KPI: value, interval and n, one for each group."""
    return _figures(request, [_known(key)], given)


@operation("/figures", shapes.Figures, id="listFigures", scopes={"read_figures"})
def list_figures(request: HttpRequest, given: Query[Question], kpi: Keys = []) -> HttpResponse:  # noqa: B006  ninja copies it
    """Figures of several KPIs by one question; of every KPI when none is named."""
    return _figures(request, kpi, given)


@operation("/comparisons/{key}", shapes.Changes, id="getComparison", scopes={"read_figures"})
def get_comparison(request: HttpRequest, key: str, given: Query[Change]) -> HttpResponse:
    """How one KPI changed since an earlier period, and whether that can be chance."""
    return _changes(request, [_known(key)], given)


@operation("/comparisons", shapes.Changes, id="listComparisons", scopes={"read_figures"})
def list_comparisons(request: HttpRequest, given: Query[Change], kpi: Keys) -> HttpResponse:
    """How several KPIs changed since an earlier period."""
    return _changes(request, kpi, given)


@operation("/explanations/{key}", shapes.Definition, id="getExplanation", scopes={"read_figures"}, of_rows=False)
def get_explanation(request: HttpRequest, key: str, given: Query[Question]) -> HttpResponse:
    """How a KPI is counted: definition, sums and source; the SQL for who may see that."""
    kpi, caller = get(_known(key)), caller_of(request)
    if not caller.may("see_sql"):
        return json_response(Explanation(kpi, ()).to_dict())
    peil = the_peil()
    query = within_sight(query_of(peil, [kpi.key], given), caller)
    return json_response(Explanation(kpi, tuple(statements_of(peil.warehouse, query))).to_dict())


@operation("/kpis/{key}/rows", shapes.BehindPage, id="listRows", action="see_rows", scopes={"read_rows"})
def list_rows(
    request: HttpRequest, key: str, given: Query[Rows], comments: bool = False, cursor: str = "", limit: int = 50
) -> HttpResponse:
    """The rows that count in a KPI's n, the newest first; who they are about stays out."""
    kpi, caller, peil = get(_known(key)), caller_of(request), the_peil()
    if not sees_rows_of(caller.person, kpi.fact):
        raise Problem(403, "not-yours", f"Your role sees no {kpi.fact} one by one.", "Ask for the figure.")
    if comments and not caller.may("see_comments"):
        raise Problem(403, "not-yours", "Your role sees no comments.", "Leave `comments` out.")
    query = within_sight(query_of(peil, [kpi.key], given), caller)
    question = (query, comments, caller.person.pk)
    page = rows_behind(peil.warehouse, query, read_cursor(cursor, *question), limit, comments=comments)
    columns = [c for c in page.columns if may_ask_by(caller.person, [c])]
    if not cursor:
        record(caller.person, "exported", kpi.key, kind="json", what="rows", via="api")
    rows = [{name: row[name] for name in columns} for row in page.rows]
    told = {"kpi": page.kpi, "fact": page.fact, "columns": columns, **period_of(query)}
    return json_response({**told, "items": rows, "next": make_cursor(page.after, *question)})


def _figures(request: HttpRequest, keys: list[str], given: Question) -> HttpResponse:
    peil = the_peil()
    caller = caller_of(request)
    query = within_sight(query_of(peil, seen(keys, caller), given), caller)
    return _listed(query, peil.answer(query))


def _changes(request: HttpRequest, keys: list[str], given: Change) -> HttpResponse:
    peil = the_peil()
    if not keys:
        raise Problem(422, "invalid-parameter", "kpi: name one or more KPIs.")
    caller = caller_of(request)
    query = within_sight(query_of(peil, seen(keys, caller), given), caller)
    return _listed(query, peil.answer_changes(query))


def _listed(query: KpiQuery, answers: Answers[Estimate] | Answers[Comparison]) -> HttpResponse:
    return json_response({**period_of(query), "items": answers.to_dicts()})


def _known(key: str) -> str:
    """A KPI in an address is there or not; elsewhere an unknown one is a question that makes no sense."""
    if key not in BY_KEY:
        raise Problem(404, "not-found", f"There is no KPI '{key[:100]}'.", did_you_mean(key[:100], BY_KEY))
    return key
