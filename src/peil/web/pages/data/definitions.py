"""Every KPI with its definition, to read and to search."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from peil.core.kpi import Kpi
from peil.core.kpis import (
    contacts,
    digital,
    effort,
    employees,
    handling,
    loyalty,
    response,
    satisfaction,
    servqual,
    solving,
)
from peil.facts.mapping import fold
from peil.report.views.origin import typeset
from peil.report.words import Language, say
from peil.report.words.sources import source_name
from peil.report.words.terms import FACTS, kpi_name, pick
from peil.web.access import allowed
from peil.web.look import look_of_person
from peil.web.pages.shell import show_plain_page

_FILES = (satisfaction, effort, servqual, response, handling, solving, contacts, digital, loyalty, employees)
SUBJECTS: dict[str, tuple[Kpi, ...]] = {m.__name__.rpartition(".")[2]: m.KPIS for m in _FILES}


@dataclass(frozen=True, slots=True)
class DefinitionLine:
    """One definition in the language of the page, and its name and formula in the other."""

    key: str
    name: str
    formula: str
    tells: str
    other: str
    counted: str
    better: str
    ripe: str
    source: str
    version: int


@allowed("see_figures")
@require_safe
def definitions(request: HttpRequest) -> HttpResponse:
    """All of them; with ?q= those in which every word occurs, with ?subject= those of one."""
    look = look_of_person(request)
    language, asked = look.language, request.GET.get("q", "")[:100].strip()
    subject = request.GET.get("subject", "")
    wanted = {s: [k for k in found if _fits(k, asked)] for s, found in SUBJECTS.items() if subject in ("", s)}
    count = sum(map(len, wanted.values()))
    return show_plain_page(request, look.person, "data/definitions.html", look=look,
        groups=[(say(s, language), [_line(k, language) for k in found]) for s, found in wanted.items() if found],
        subjects=[(s, say(s, language)) for s in SUBJECTS], subject=subject, asked=asked,
        found=say("definitions_found_one" if count == 1 else "definitions_found", language, count),
    )  # fmt: skip


def _fits(kpi: Kpi, asked: str) -> bool:
    """Whether every word occurs in it, in either language."""
    said = (*kpi.name, *kpi.formula, *kpi.tells, kpi.key, kpi.source)
    text = fold(" ".join(said))
    return all(word in text for word in fold(asked).split())


def _line(kpi: Kpi, language: Language) -> DefinitionLine:
    other: Language = "en" if language == "nl" else "nl"
    return DefinitionLine(
        key=kpi.key,
        name=kpi_name(kpi, language),
        formula=typeset(pick(kpi.formula, language)),
        tells=typeset(pick(kpi.tells, language)),
        other=f"{kpi_name(kpi, other)}: {typeset(pick(kpi.formula, other))}",
        counted=say("definition_counted", language, pick(FACTS[kpi.fact], language)),
        better=say(f"better_{kpi.better}", language),
        ripe=say("definition_ripe", language, kpi.ripe_days) if kpi.ripe_days else "",
        source=source_name(kpi.source, language),
        version=kpi.version,
    )
