"""The rejected rows of an import, to download and mend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from peil.accounts.audit import record
from peil.report.words import Language, say
from peil.report.words.changes import capital
from peil.report.words.rejects import rejection
from peil.report.words.terms import FACTS, pick
from peil.warehouse.rejected import Rejected
from peil.web.access import allowed
from peil.web.look import look_of_person
from peil.web.pages.data.sheets import Cell, as_csv, as_xlsx, file_stem

_HEADING = ("row_number", "fact_of_row", "file_column", "file_value", "reason", "remedy")


@allowed("see_imports")
@require_safe
def rejected(request: HttpRequest, import_id: str, form: str) -> HttpResponseBase:
    """Every rejected value: its row as a spreadsheet counts it, why, and what to do."""
    look = look_of_person(request)
    entry = next((e for e in look.peil.imports() if e.import_id == import_id), None)
    if entry is None or form not in ("csv", "xlsx"):
        raise Http404
    record(look.person, "exported", import_id, kind=form, what="rejected", rows=entry.rejected)
    rows = _rows(look.peil.rejected(import_id, limit=None), look.language)
    name = f"{say('rejected_file', look.language)} {file_stem(entry.file_name)} {import_id}"
    return as_csv(name, rows, look.language) if form == "csv" else as_xlsx(name, rows)


def _rows(found: Sequence[Rejected], language: Language) -> Iterator[Sequence[Cell]]:
    yield [say(key, language) for key in _HEADING]
    for r in found:
        fact = capital(pick(FACTS[r.fact], language)) if r.fact in FACTS else r.fact
        yield [r.row, fact, r.column, r.value, *rejection(r.reason, r.remedy, language)]
