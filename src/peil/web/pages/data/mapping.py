"""The form of a mapping: shown, and what was filled in kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from peil.facts.schema import FACTS
from peil.report.words import say
from peil.report.words.app.told import error_in_words, note_told
from peil.report.words.changes import capital
from peil.report.words.figures import count
from peil.report.words.terms import FACTS as FACT_NAMES
from peil.report.words.terms import pick
from peil.web.look import Look
from peil.web.pages.data.columns import Sheet, column_rows, error_said, offered_facts
from peil.web.pages.data.upload.choices import targets
from peil.web.pages.data.upload.folder import Upload
from peil.web.pages.data.upload.preview import preview
from peil.web.pages.data.upload.raw import Raw, load_raw, others
from peil.web.pages.data.upload.reading import columns_in, load_sample, profiles
from peil.web.pages.data.upload.rows import MOST_COLUMNS, apply_form, asked_rows, rows_of
from peil.web.pages.data.upload.toml import write_toml
from peil.web.pages.data.upload.tried import mapping_mark
from peil.web.pages.shell import show_plain_page


def columns_page(
    request: HttpRequest,
    look: Look,
    upload: Upload,
    *,
    shared: Mapping[str, Any],
    errors: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The columns with what they become; `errors` by the name of their field."""
    raw, sample, language = load_raw(upload.mapping), load_sample(upload), look.language
    columns = columns_in(sample)
    rows = rows_of(raw, columns)
    seen = preview(raw, sample, look.peil.warehouse.settings.time_zone, language)
    sent = {k: str(v) for k, v in request.POST.items()} if errors else {}
    sheet = Sheet(
        sample,
        _profiles(upload, columns),
        seen,
        upload.draft,
        language,
        errors or {},
        sent,
        sum(f in raw for f in FACTS) > 1,
    )
    offered = offered_facts(raw, [f for f in request.GET.getlist("facts") if f in FACTS])
    unread = error_in_words(seen.wrong.problem, seen.wrong.remedy, language) if seen.wrong else None
    if unread and shared["wrong"] and shared["wrong"][:2] == unread:
        shared = {**shared, "wrong": None}  # the same thing is told once
    return show_plain_page(request, look.person, "data/columns.html", look=look, **shared,
        rows=column_rows(rows, sheet, offered), source=sent.get("source", str(raw.get("source", ""))),
        asked=list(asked_rows(rows)), used=any(r.path for r in rows), columns=columns, mark=mapping_mark(upload.mapping),
        others=list(others(raw)), unread=unread, **_around(sheet, offered, columns),
    )  # fmt: skip


def _around(sheet: Sheet, offered: list[str], columns: list[str]) -> dict[str, Any]:
    """What stands around the rows."""
    language, errors = sheet.language, sheet.errors
    return {
        "source_error": error_said(errors.get("source", ""), language),
        "add_error": error_said(errors.get("add-to", ""), language),
        "many": len(columns) > MOST_COLUMNS,
        "sampled": count(sheet.seen.rows or len(sheet.sample.rows), language),
        "add_targets": list(targets(offered, "", language)),
        "more_facts": [
            (f, capital(pick(FACT_NAMES[f], language)), f in offered) for f in FACTS if f != "customer_keys"
        ],
        "notes": [note_told(n, language) for n in sheet.sample.notes],
    }


def save_columns(request: HttpRequest, look: Look, upload: Upload) -> HttpResponse | None:
    """Keep what was filled in; a page where something of it has to be mended first."""
    shared: dict[str, Any] = {"upload": upload, "state": upload.state, "wrong": None}
    if request.POST.get("mark") != mapping_mark(upload.mapping):
        shared["said"] = [say("changed_elsewhere", look.language)]
        page = columns_page(request, look, upload, shared=shared)
        page.status_code = 409
        return page
    raw = load_raw(upload.mapping)
    columns = columns_in(load_sample(upload))
    rows, sent = rows_of(raw, columns), {k: str(v) for k, v in request.POST.items()}
    new, errors = apply_form(raw, rows, sent, _profiles(upload, columns))
    if "\0" in "".join(sent.values()):
        errors["source"] = "error_source"
    checking = request.POST.get("do") == "check"
    hard = {name: key for name, key in errors.items() if checking or key != "error_choose"}
    if hard:
        page = columns_page(request, look, upload, shared=shared, errors=hard)
        page.status_code = 400
        return page
    _keep(upload, raw, new)
    if checking and (_asked(new, columns) or not any(f in new for f in FACTS)):
        page = columns_page(request, look, upload, shared={**shared, "state": upload.state})
        page.status_code = 400
        return page
    return None


def _keep(upload: Upload, old: Raw, new: Raw) -> None:
    if new != old or '"ask"  #' in upload.mapping:
        upload.write_mapping(write_toml(new))
        upload.change(stage="mapping", wrong=None, tried={})


def _asked(raw: Raw, columns: list[str]) -> bool:
    return any(True for _ in asked_rows(rows_of(raw, columns)))


def _profiles(upload: Upload, columns: list[str]) -> Mapping[str, Any]:
    return profiles(load_sample(upload), columns)
