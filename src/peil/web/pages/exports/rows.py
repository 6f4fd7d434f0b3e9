"""The rows behind a figure, on a page and as a file, by the figure's own predicate."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from peil.accounts.audit import record
from peil.accounts.rules import may, may_ask_by, sees_rows_of
from peil.core.errors import BadQuery
from peil.core.kpis import BY_KEY
from peil.facts.schema import FACTS
from peil.report.views.rows import row_table
from peil.report.words.terms import column_name
from peil.warehouse.questions.rows_behind import MOST, RowsPage, rows_behind
from peil.web.access import allowed
from peil.web.look import Look
from peil.web.pages.exports.figures import asking_of, look_at_kpi
from peil.web.pages.exports.formats import Export, as_file
from peil.web.pages.shell import show_page

ON_A_PAGE = 50
MOST_IN_A_FILE = 1_000_000


@allowed("see_rows")
def rows(request: HttpRequest, key: str) -> HttpResponse:
    """Fifty rows at a time, the newest first."""
    look = look_for_rows(request, key)
    voice = look.voice(frozenset(), (key,))
    found = _page(look, key, request.GET.get("after") or None, ON_A_PAGE)
    table = row_table(found, look.language, look.peil.warehouse.settings.time_zone)
    return show_page(
        request, look, "rows.html",
        voice=voice, key=key, name=voice.name(key), figure=voice.contents.figures[key], table=table,
        after=found.after, may_export=may(look.person, "export"), first="after" not in request.GET,
    )  # fmt: skip


@allowed("see_rows")
def rows_file(request: HttpRequest, key: str, kind: str) -> HttpResponseBase:
    """All of them; who may not take figures along may not take rows along either."""
    look = look_for_rows(request, key)
    if not may(look.person, "export"):
        raise PermissionDenied
    found = _page(look, key, None, MOST)
    batches = [list(found.rows)]
    while found.after is not None:
        if sum(map(len, batches)) >= MOST_IN_A_FILE:
            raise BadQuery(f"These are more than {MOST_IN_A_FILE:,} rows.", "Take a shorter period.")
        found = _page(look, key, found.after, MOST)
        batches.append(list(found.rows))
    table = pa.Table.from_pylist(
        [dict(row) for batch in batches for row in batch],
        schema=pa.schema([(c, _type_of(found.fact, c)) for c in found.columns]),
    )
    meanings = {
        c: FACTS[found.fact].column(c).meaning if FACTS[found.fact].has(c) else column_name(c, "en")
        for c in found.columns
    }
    record(look.person, "exported", key, kind=kind, what="rows", rows=table.num_rows, state=look.state.url())
    return as_file(Export(f"{key}-rows", table, meanings), kind)


def look_for_rows(request: HttpRequest, key: str) -> Look:
    """The look of someone who may see rows of this KPI's fact."""
    look = look_at_kpi(request, key)
    if not sees_rows_of(look.person, BY_KEY[key].fact):
        raise PermissionDenied
    return look


def _page(look: Look, key: str, after: str | None, limit: int) -> RowsPage:
    query = asking_of(look).query([key])
    found = rows_behind(look.peil.warehouse, query, after, limit, comments=may(look.person, "see_comments"))
    return replace(found, columns=tuple(c for c in found.columns if may_ask_by(look.person, [c])))


def _type_of(fact: str, column: str) -> pa.DataType:
    return FACTS[fact].column(column).type if FACTS[fact].has(column) else pa.string()
