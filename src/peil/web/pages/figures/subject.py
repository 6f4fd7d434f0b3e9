"""A page about one subject: contact, digital service, service quality, customers, employees."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from peil.accounts.rules import Action
from peil.report.contents import Contents, Part
from peil.report.contents.subjects import (
    CONTACT,
    EFFECTIVENESS,
    EMPLOYEES,
    EXPERIENCE,
    LOYALTY,
    SERVQUAL,
    SERVQUAL_WHOLE,
    SHARES,
    VISIT_REASONS,
)
from peil.report.views.changes import lead
from peil.report.views.origin import definitions
from peil.report.views.sections import FIRST_RESPONSE, sections, shown
from peil.web.access import allowed
from peil.web.look import look_of_person
from peil.web.pages.shell import show_page


@dataclass(frozen=True, slots=True)
class Subject:
    """What a page asks beside the single figures, and which sections it shows."""

    name: str  # of the route
    action: Action
    parts: frozenset[Part]
    sections: tuple[str, ...]
    keys: tuple[str, ...]
    beside: tuple[str, ...] = ()  # figures by group, which the single ones do not have


_SUBJECTS = (
    Subject("contact", "see_figures", frozenset({"responses"}), ("responses", "contact"), CONTACT, FIRST_RESPONSE),
    Subject(
        "digital", "see_figures", frozenset({"digital"}), ("digital",), (*VISIT_REASONS, *EFFECTIVENESS, *EXPERIENCE)
    ),
    Subject("servqual", "see_figures", frozenset({"statements"}), ("gaps",), (*SERVQUAL, *SERVQUAL_WHOLE)),
    Subject("customers", "see_figures", frozenset({"shares"}), ("loyalty", "lists"), LOYALTY, SHARES),
    Subject("employees", "see_employees", frozenset(), ("employees",), EMPLOYEES),
)


def _page(subject: Subject) -> Callable[..., HttpResponseBase]:
    @allowed(subject.action)
    def page(request: HttpRequest) -> HttpResponse:
        look = look_of_person(request)
        voice = look.voice(subject.parts)
        found = sections(voice)
        about = replace(voice, contents=_only(voice.contents, subject.keys))
        return show_page(
            request,
            look,
            "subject.html",
            voice=voice,
            subject=subject,
            lead=lead(about),
            found={name: found[name] for name in subject.sections},
            definitions=definitions(voice, [*shown(voice, subject.keys), *subject.beside]),
        )

    return page


def _only(contents: Contents, keys: tuple[str, ...]) -> Contents:
    """The contents as far as these KPIs go, for a sentence about them."""
    top = contents.headline
    changes = {k: c for k, c in top.changes.items() if k in keys}
    figures = {k: e for k, e in top.figures.items() if k in keys}
    tested = sum(c.p is not None for c in changes.values())
    tiles = tuple(k for k in top.tiles if k in keys)
    return replace(contents, headline=replace(top, figures=figures, changes=changes, tiles=tiles, tested=tested))


SUBJECT_PAGES = {subject.name: _page(subject) for subject in _SUBJECTS}
