"""The report as one HTML file: no script, no request to anywhere, prints on paper."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from peil.report.contents import Contents, gather
from peil.report.contents.subjects import CONTACT, EMPLOYEES, LOYALTY, MARKS, SERVQUAL, SERVQUAL_WHOLE, has_figure
from peil.report.question import ReportQuestion
from peil.report.views.changes import changed_title, lead, more_changed, why_rows
from peil.report.views.detail import detail
from peil.report.views.origin import definitions, origin_view
from peil.report.views.sections import FIRST_RESPONSE, sections
from peil.report.views.tiles import legend, tile
from peil.report.views.voice import Voice
from peil.report.words import Language
from peil.report.words.numbers import without_direction
from peil.report.words.terms import column_name, one_day, value_name

STYLESHEETS = ("look.css", "report.css")

if TYPE_CHECKING:
    from peil.warehouse.open import Warehouse


def make_report(warehouse: Warehouse, asked: ReportQuestion) -> str:
    """The page about what a person asked, as HTML."""
    return render(gather(warehouse, asked), asked.language)


def render(contents: Contents, language: Language) -> str:
    """The page of these contents."""
    voice = Voice(contents, language)
    page = _head(voice) | _figures(voice) | _closing(voice)
    template = _environment().get_template("report.html")
    return template.render(voice=voice, css=_stylesheet(), toc=_chapters(voice, page), **page)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("peil.report"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=without_direction,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _stylesheet() -> Markup:
    folder = files("peil.report") / "style"
    return Markup("").join(Markup(folder.joinpath(name).read_text(encoding="utf-8")) for name in STYLESHEETS)  # noqa: S704  our own files


def _head(voice: Voice) -> dict[str, object]:
    contents = voice.contents
    span, asked = contents.span, contents.asked
    about = [voice.period()]
    if span is not None:
        about.append(voice("compared_with", voice.before()))
    for f in asked.where:
        values = ", ".join(value_name(f.column, v, voice.language) for v in f.values if not hasattr(v, "isoformat"))
        about.append(
            voice("filtered", f"{column_name(f.column, voice.language).lower()} {'≠ ' if f.negated else ''}{values}")
        )
    if asked.weighted:
        about.append(voice("weighted"))
    return {
        "language": voice.language,
        "organisation": contents.organisation,
        "title": asked.title or voice("report_title"),
        "about": " · ".join(about),
        "made": voice("made_on", one_day(contents.today, voice.language)),
        "lead": lead(voice),
        "legend": legend(voice),
    }


def _figures(voice: Voice) -> dict[str, object]:
    contents = voice.contents
    top = contents.headline
    marks = [k for k in MARKS if has_figure(contents.figures.get(k)) and k not in top.tiles]

    return {
        "tiles": [tile(voice, k) for k in top.tiles],
        "beside": [tile(voice, k, small=True) for k in top.beside],
        "changed_title": changed_title(voice),
        "why": why_rows(voice),
        "more_changed": more_changed(voice),
        "tested": top.tested,
        "details": [detail(voice, k) for k in top.tiles],
        "marks": [detail(voice, k) for k in marks],
    } | sections(voice)


def _closing(voice: Voice) -> dict[str, object]:
    contents = voice.contents
    top, found = contents.headline, contents.digital
    digital = [line.figure.kpi for lines in (found.reasons, found.effectiveness, found.experience) for line in lines]
    listed = (*MARKS, *SERVQUAL, *SERVQUAL_WHOLE, *CONTACT, *LOYALTY, *EMPLOYEES, *FIRST_RESPONSE)
    told = FIRST_RESPONSE if contents.responses else ()
    shown = [k for k in listed if k in told or has_figure(contents.figures.get(k))]
    keys = [*top.tiles, *top.beside, *top.changes, *digital, *shown, *contents.shares]
    return {"definitions": definitions(voice, keys), "origin": origin_view(voice)}


def _chapters(voice: Voice, page: Mapping[str, object]) -> list[tuple[str, str]]:
    """What the page has, by the place it stands in."""
    found = [(f"kpi-{d.key}", voice.name(d.key)) for d in page["details"]]  # type: ignore[attr-defined]
    named = (
        ("gaps", "servqual", "servqual_title"), ("responses", "eerste-reactie", "response_title"),
        ("contact", "klantcontact", "contact_title"), ("digital", "digitaal", "digital_title"),
        ("loyalty", "klanten", "customers_title"), ("employees", "medewerkers", "employees_title"),
    )  # fmt: skip
    found += [(place, voice(title)) for part, place, title in named if page[part]]
    closing = (("definities", "definitions_title"), ("herkomst", "origin_title"), ("ontbreekt", "missing_short"))
    return found + [(place, voice(title)) for place, title in closing]
