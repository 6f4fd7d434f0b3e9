"""The figures of a page as a file: the same question, the same numbers, nothing rounded."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase

from peil.accounts.audit import record
from peil.accounts.rules import sees_kpi
from peil.core.kpis import BY_KEY
from peil.library.answers import Answers
from peil.report.question import Asking, choose_span, extents
from peil.report.words import say
from peil.report.words.terms import column_name
from peil.web.access import allowed
from peil.web.look import Look, look_of_person
from peil.web.pages.exports.formats import Export, as_file

_COLUMNS = (
    "kpi", "value", "low", "high", "n", "n_eff", "level", "unit", "method", "status", "definition", "as_of", "notes",
)  # fmt: skip


@allowed("export")
def figures_file(request: HttpRequest, key: str, kind: str) -> HttpResponseBase:
    """The figure of the page; grouped where the URL groups."""
    look = look_at_kpi(request, key)
    asking = asking_of(look)
    by = (look.state.by,) if look.state.by else ()
    found = asking.figures([key], by)
    table = Answers(found).to_arrow()
    meanings = {name: say(f"column_{name}", look.language) for name in table.column_names if name in _COLUMNS}
    meanings |= {name: column_name(name, look.language) for name in table.column_names if name not in _COLUMNS}
    since = asking.span.since.isoformat() if asking.span else "all"
    record(look.person, "exported", key, kind=kind, what="figures", state=look.state.url())
    return as_file(Export(f"{key}-{since}", table, meanings), kind)


def look_at_kpi(request: HttpRequest, key: str) -> Look:
    """The look of someone who may see figures of this KPI."""
    if key not in BY_KEY:
        raise Http404
    look = look_of_person(request)
    if not sees_kpi(look.person, BY_KEY[key]):
        raise PermissionDenied
    return look


def asking_of(look: Look) -> Asking:
    """The question of the page, for a figure that the page itself does not show."""
    warehouse = look.peil.warehouse
    asked = look.state.question(look.today, look.language, look.sight.where)
    return Asking(warehouse, asked, choose_span(warehouse, asked, look.today), extents(warehouse))
