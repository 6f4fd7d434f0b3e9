"""What was taken in: every import, the days that facts cover, what was rejected, what is still missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from peil.accounts.audit import record
from peil.accounts.rules import may
from peil.facts.schema import FACTS as FACTS_OF
from peil.report.contents.origin import Origin
from peil.report.views.origin import OriginView, origin_view
from peil.report.views.voice import Voice
from peil.report.words import Language, say
from peil.report.words.changes import capital
from peil.report.words.figures import count
from peil.report.words.terms import FACTS, ROWS, days, one_day, pick
from peil.warehouse.load import ImportEntry
from peil.warehouse.run import extent
from peil.web.access import allowed
from peil.web.look import Look, look_of_person
from peil.web.pages.data.importers import importers
from peil.web.pages.data.upload.folder import State, Upload, uploads_of_person
from peil.web.pages.data.upload.jobs import settled
from peil.web.pages.shell import show_plain_page

MOST = 50


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One import, as a line of the list."""

    import_id: str
    file: str
    source: str
    when: str
    who: str
    rows: tuple[str, ...]
    rejected: int
    undone: bool


@dataclass(frozen=True, slots=True)
class Covered:
    """One fact: how many rows it has, of which days."""

    name: str
    rows: str
    days: str


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A file on its way in."""

    name: str
    url: str
    state: str
    when: str


@allowed("see_imports")
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    look = look_of_person(request)
    entries = [e for e in reversed(look.peil.imports()) if e.number < _before(request)]
    voice = look.voice(frozenset({"origin"}))
    found = origin_view(voice)
    return show_plain_page(request, look.person, "data/page.html", look=look, voice=voice, origin=found,
        lines=import_lines(entries[:MOST], look),
        older=look.state.url() if len(entries) <= MOST else _older(look, entries[MOST - 1].number),
        more=len(entries) > MOST, first=_before(request) == _ALL,
        covered=covered(look, voice.contents.origin), lead=_lead(look, found, voice),
        mine=may(look.person, "import_data"), drafts=draft_lines(look),
    )  # fmt: skip


@allowed("import_data")
@require_POST
def undo(request: HttpRequest, import_id: str) -> HttpResponse:
    """Take an import out again; an import that is not there, or was undone before, is told."""
    look = look_of_person(request)
    entry = look.peil.undo(import_id)
    record(look.person, "import_undone", entry.import_id, file=entry.file_name)
    rows = sum(entry.rows.values())
    messages.info(request, say("undone_said", look.language, entry.file_name, count(rows, look.language)))
    return HttpResponseRedirect(look.state.url(reverse("data")))


_ALL = 1 << 60


def _before(request: HttpRequest) -> int:
    """The list goes on below this number."""
    said = request.GET.get("before", "")
    return int(said) if said.isdecimal() and len(said) < 12 else _ALL


def _older(look: Look, number: int) -> str:
    url = look.state.url()
    return f"{'?' if url == '?' else url + '&'}before={number}"


def import_lines(entries: Sequence[ImportEntry], look: Look) -> list[ImportLine]:
    names = importers()
    return [_import_line(e, look, names.get(e.import_id, "")) for e in entries]


def _import_line(entry: ImportEntry, look: Look, who: str) -> ImportLine:
    rows = tuple(f"{count(n, look.language)} {pick(ROWS[fact], look.language)}" for fact, n in entry.rows.items() if n)
    return ImportLine(
        import_id=entry.import_id,
        file=entry.file_name,
        source=entry.source,
        when=moment(entry.imported_at, look.peil.warehouse.settings.time_zone, look.language),
        who=who,
        rows=rows,
        rejected=entry.rejected,
        undone=entry.status == "undone",
    )


def moment(at: datetime, zone: str, language: Language) -> str:
    """A day and its time of day, as the organisation's clocks show it."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{one_day(local.date(), language)}, {local.strftime('%H.%M' if language == 'nl' else '%H:%M')}"


def covered(look: Look, found: Origin) -> Sequence[Covered]:
    """The facts that have rows; those without a clock have no days."""
    language = look.language
    return [
        Covered(
            capital(pick(FACTS[fact], language)),
            count(rows, language),
            days(*edges, language) if (edges := _edges(look, found, fact)) else "",
        )
        for fact, rows in look.peil.rows().items()
        if rows and fact in FACTS
    ]


def _edges(look: Look, found: Origin, fact: str) -> tuple[date, date] | None:
    """The first and last day of a fact; None where it has no clock."""
    if fact in found.extents or FACTS_OF[fact].clock is None:
        return found.extents.get(fact)
    return extent(look.peil.warehouse, fact)


def _lead(look: Look, found: OriginView, voice: Voice) -> str:
    files = len(found.imports)
    if not voice.contents.origin.imports:
        return ""
    newest = [last for _, last in voice.contents.origin.extents.values()]
    n = len(voice.contents.origin.imports)
    told = say("data_lead_one" if n == 1 else "data_lead", look.language, count(n, look.language))
    if not newest or not files:
        return told
    return f"{told} {say('data_newest', look.language, one_day(max(newest), look.language))}"


def noted(look: Look, upload: Upload) -> State:
    """Where an upload is; that it was taken in goes into the audit log once, when its owner next comes by."""
    state = settled(upload)
    if state.stage == "done" and not state.report.get("noted"):
        state = upload.change(report={**state.report, "noted": True})
        if not state.report.get("already"):
            record(look.person, "imported", str(state.report["import_id"]), file=state.name)
    return state


def draft_lines(look: Look) -> list[DraftLine]:
    """What this person has on its way in, finished ones left out."""
    found = []
    for one in uploads_of_person(look.person.pk):
        state = noted(look, one)
        if state.stage == "done" or not state.size:
            continue
        stage = "stage_wrong" if state.wrong and state.stage == "reading" else f"stage_{state.stage}"
        when = moment(datetime.fromisoformat(state.made), look.peil.warehouse.settings.time_zone, look.language)
        url = look.state.url(reverse("data_upload", args=[one.token]))
        found.append(DraftLine(state.name, url, say(stage, look.language), when))
    return found
