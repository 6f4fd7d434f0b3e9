"""The audit log for administrators: newest first, page by page, by action and person, as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from peil.accounts.audit import EVENTS, Entry, all_entries, entries, record
from peil.accounts.people import people
from peil.core.errors import BadQuery
from peil.report.words import TEXTS, Language, say
from peil.web.access import allowed, known_person_of
from peil.web.facts import the_peil
from peil.web.languages import language_of
from peil.web.pages.data.page import moment
from peil.web.pages.shell import show_plain_page

PAGE = 50
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@allowed("see_audit_log")
@require_safe
def audit_log(request: HttpRequest) -> HttpResponseBase:
    action, actor_id = _asked(request)
    before = _number(request, "before")
    found = entries(before=before, action=action, actor_id=actor_id, limit=PAGE + 1)
    language, zone = language_of(request), the_peil().warehouse.settings.time_zone
    kept = [(k, str(v)) for k, v in (("action", action), ("person", actor_id)) if v]
    older = urlencode([*kept, ("before", str(found[PAGE - 1].id))]) if len(found) > PAGE else ""
    return show_plain_page(
        request,
        known_person_of(request),
        "people/log.html",
        entries=found[:PAGE],
        older=older,
        newest=before is not None,
        kept=urlencode(kept),
        action=action,
        actor_id=actor_id,
        actions=sorted(((event, event_name(event, language)) for event in EVENTS), key=lambda pair: pair[1]),
        people=[(row.id, row.name or row.email) for row in people()],
        event_name=lambda event: event_name(event, language),
        detail=lambda entry: detail_in_words(entry, language),
        when=lambda at: moment(at, zone, language),
    )


@allowed("see_audit_log")
@require_safe
def audit_csv(request: HttpRequest) -> HttpResponseBase:
    action, actor_id = _asked(request)
    record(known_person_of(request), "exported", "audit log")
    response = StreamingHttpResponse(_lines(action, actor_id), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="audit-log.csv"'
    return response


def event_name(event: str, language: Language) -> str:
    key = f"audit_{event}"
    return say(key, language) if key in TEXTS else event


def detail_in_words(entry: Entry, language: Language) -> str:
    """What an entry says beside its name: role, teams, scopes ..."""
    found = []
    for name, value in entry.detail.items():
        said = value if isinstance(value, list) else [value]
        shown = ", ".join(_value_in_words(name, str(one), language) for one in said)
        label = say(f"audit_detail_{name}", language) if f"audit_detail_{name}" in TEXTS else name
        if value not in ("", [], None):
            found.append(f"{label}: {shown}")
    return "; ".join(found)


def _value_in_words(name: str, value: str, language: Language) -> str:
    start = {"role": "role", "role_was": "role", "scopes": "scope", "kind": "kind", "what": "audit_what"}.get(name)
    key = f"{start}_{value}"
    return say(key, language) if start and key in TEXTS else value


def _asked(request: HttpRequest) -> tuple[str, int | None]:
    action = request.GET.get("action", "")
    if action and action not in EVENTS:
        raise BadQuery(f"'{action}' is no action of the log.", "Choose one from the list.")
    return action, _number(request, "person")


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise BadQuery(f"'{text[:40]}' is no number for {name}.", "Follow a link of the page, or leave it out.")
    return int(text)


def _lines(action: str, actor_id: int | None) -> Iterator[str]:
    yield _line(["at", "who", "action", "about", "detail"])
    for entry in all_entries(action=action, actor_id=actor_id):
        detail = json.dumps(dict(entry.detail), ensure_ascii=False) if entry.detail else ""
        yield _line([entry.at.isoformat(timespec="seconds"), entry.actor, entry.action, entry.about, detail])


def _line(cells: list[str]) -> str:
    """One line; a text that a spreadsheet would take for a formula is kept a text."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([f"'{c}" if c.startswith(_FORMULA) else c for c in cells])
    return out.getvalue()
