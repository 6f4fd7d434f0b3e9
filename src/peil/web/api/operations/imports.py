"""Imports: what was taken in and what was rejected; taking a file in, and out again."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Header
from ninja.files import UploadedFile

from peil.accounts.audit import record
from peil.core.errors import did_you_mean
from peil.warehouse.load import ImportEntry
from peil.warehouse.rejected import read_rejected
from peil.web.api import shapes
from peil.web.api.cursors import make_cursor, read_cursor
from peil.web.api.operations.operation import caller_of, json_response, operation
from peil.web.api.operations.receiving import Given, take_in
from peil.web.api.problems import Problem
from peil.web.api.repeating import answer_once
from peil.web.facts import the_peil

MOST = 1_000


@operation("/imports", shapes.Imports, id="listImports", action="see_imports", scopes={"read_figures", "import"})
def list_imports(request: HttpRequest, cursor: str = "", limit: int = 50) -> HttpResponse:  # noqa: ARG001
    """Every import, the newest first, the undone ones too."""
    _check_limit(limit)
    place = read_cursor(cursor, "imports")
    entries = [e for e in reversed(the_peil().imports()) if place is None or e.number < int(place)]
    more = len(entries) > limit
    following = make_cursor(str(entries[limit - 1].number), "imports") if more else None
    return json_response({"items": [as_dict(e) for e in entries[:limit]], "next": following})


@operation(
    "/imports/{import_id}", shapes.Import, id="getImport", action="see_imports", scopes={"read_figures", "import"}
)
def get_import(request: HttpRequest, import_id: str) -> HttpResponse:  # noqa: ARG001
    """One import."""
    return json_response(as_dict(_known(import_id)))


@operation(
    "/imports/{import_id}/rejected", shapes.RejectedPage, id="listRejected", action="see_imports", scopes={"read_rows", "import"}
)  # fmt: skip
def list_rejected(request: HttpRequest, import_id: str, cursor: str = "", limit: int = 100) -> HttpResponse:
    """The values of an import that failed a check, in the order of its file, and what to do about each."""
    _check_limit(limit)
    entry, peil = _known(import_id), the_peil()
    after = int(read_cursor(cursor, "rejected", entry.import_id) or 0)
    if not cursor:
        record(caller_of(request).person, "exported", entry.import_id, kind="json", what="rejected", via="api")
    found = read_rejected(peil.warehouse, entry.import_id, limit + 1, after)
    more = make_cursor(str(after + limit), "rejected", entry.import_id) if len(found) > limit else None
    return json_response({"items": [asdict(r) for r in found[:limit]], "next": more})


@operation(
    "/imports", shapes.TakenIn, id="createImport", method="POST", status=201, action="import_data", scopes={"import"},
    query=(),
)  # fmt: skip
def create_import(
    request: HttpRequest,
    file: File[UploadedFile],
    mapping: Form[str] = "",
    mapping_of: Form[str] = "",
    dry_run: Form[bool] = False,
    idempotency_key: Header[str] = "",
) -> HttpResponse:
    """Take in a file by its mapping: all of it or nothing; rows that fail a check are kept apart and counted.

    The mapping is the text of a mapping file, or that of an earlier import, named in `mapping_of`. With `dry_run`
    nothing is changed. With an `Idempotency-Key` a request that is sent again is answered as it was the first time.
    """
    given = Given(file=file, mapping=mapping, mapping_of=mapping_of, dry_run=dry_run)

    def work() -> HttpResponse:
        told = take_in(given, caller_of(request).person)
        response = json_response(told, 200 if dry_run or told["already"] else 201)
        if told["import_id"]:
            response.headers["Location"] = f"{request.path}/{told['import_id']}"
        return response

    return answer_once(caller_of(request), idempotency_key, ("import", *given.parts), work)


@operation(
    "/imports/{import_id}", shapes.Import, id="deleteImport", method="DELETE", action="import_data", scopes={"import"}
)  # fmt: skip
def delete_import(request: HttpRequest, import_id: str) -> HttpResponse:
    """Take an import out again; earlier versions of its rows come back."""
    entry = _known(import_id)
    if entry.status == "undone":
        raise Problem(409, "undone-before", f"Import {entry.import_id} was undone before.", "Import its file again.")
    undone = the_peil().undo(entry.import_id)
    record(caller_of(request).person, "import_undone", entry.import_id, file=entry.file_name, via="api")
    return json_response(as_dict(undone))


def as_dict(entry: ImportEntry) -> dict[str, Any]:
    return asdict(entry) | {"rows": dict(entry.rows), "imported_at": entry.imported_at.isoformat()}


def _known(import_id: str) -> ImportEntry:
    entries = the_peil().imports()
    for entry in entries:
        if entry.import_id == import_id:
            return entry
    hint = did_you_mean(import_id[:100], [e.import_id for e in entries]) if entries else "Nothing was imported yet."
    raise Problem(404, "not-found", f"There is no import '{import_id[:100]}'.", hint)


def _check_limit(limit: int) -> None:
    if not 1 <= limit <= MOST:
        raise Problem(422, "invalid-parameter", f"limit: ask for 1 to {MOST:,} at a time.")
