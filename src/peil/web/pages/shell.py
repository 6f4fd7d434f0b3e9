"""What stands around every page: menu, filters, who is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from peil.accounts.models import Person
from peil.accounts.rules import Action, may
from peil.report.views.voice import split_name
from peil.report.words import Language, say
from peil.report.words.terms import kpi_name
from peil.web.facts import the_peil
from peil.web.languages import language_of
from peil.web.look import Look
from peil.web.pages.figures.filters import filters
from peil.web.state import PageState

KPIS = ("nps_relationship", "csat", "ces_agree", "first_response_in_target", "fcr", "retention")


@dataclass(frozen=True, slots=True)
class Entry:
    """A place in the menu."""

    name: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Places under one heading; '' has none."""

    heading: str
    entries: tuple[Entry, ...]


# heading, then places by the name of their route and what one must be allowed to do
_MENU: tuple[tuple[str, tuple[tuple[str, Action], ...]], ...] = (
    ("", (("overview", "see_figures"), ("journeys", "see_figures"))),
    ("menu_kpis", ()),
    (
        "menu_subjects",
        (
            ("comparison", "see_figures"),
            ("contact", "see_figures"),
            ("digital", "see_figures"),
            ("servqual", "see_figures"),
            ("customers", "see_figures"),
            ("employees", "see_employees"),
        ),
    ),
    (
        "menu_own",
        (
            ("board_views", "see_figures"),
            ("board_subscriptions", "subscribe"),
            ("board_notes", "see_figures"),
            ("board_snapshots", "see_figures"),
        ),
    ),
    (
        "menu_ask",
        (
            ("surveys", "see_surveys"),
            ("answers_desk", "enter_answers"),
            ("inviting", "see_surveys"),
            ("survey_answers", "see_comments"),
        ),
    ),
    ("menu_act", (("targets", "see_figures"), ("benchmarks", "see_figures"))),
    ("menu_data", (("data", "see_imports"), ("definitions", "see_figures"))),
    (
        "menu_manage",
        (
            ("people", "manage_people"),
            ("settings", "change_settings"),
            ("audit_log", "see_audit_log"),
            ("running", "keep_running"),
            ("erasing", "erase_customers"),
        ),
    ),
)


def show_page(request: HttpRequest, look: Look, template: str, **context: Any) -> HttpResponse:
    """A page with its menu and filters around it."""
    around = {
        "look": look,
        "person": look.person,
        "organisation": look.peil.warehouse.settings.organisation,
        "menu": menu(look.person, look.language, request.path, look.state),
        "filters": filters(look, request.path),
        "path": request.path,
        "other_language": look.state.url(request.path, language="en" if look.language == "nl" else "nl"),
    }
    return render(request, template, around | context, using="jinja2")


def show_plain_page(
    request: HttpRequest, person: Person, template: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """A page without figures, for whoever is signed in: menu around it, no filters."""
    language = language_of(request)
    other = request.GET.copy()
    other["language"] = "en" if language == "nl" else "nl"
    around = {
        "person": person,
        "organisation": the_peil().warehouse.settings.organisation,
        "menu": menu(person, language, request.path, PageState()),
        "path": request.path,
        "other_language": f"?{other.urlencode()}",
        "said": [str(message) for message in get_messages(request)],
    }
    return render(request, template, around | context, using="jinja2", status=status)


def menu(person: Person, language: Language, path: str, state: PageState) -> list[Group]:
    """The places that this person may go to; the state of the page goes along."""
    found = []
    for heading, places in _MENU:
        urls = [(say(f"page_{name}", language), reverse(name)) for name, action in places if may(person, action)]
        if heading == "menu_kpis":
            urls = [(split_name(kpi_name(key, language))[0], reverse("kpi", args=[key])) for key in KPIS]
        entries = tuple(Entry(name, state.url(url), path == url) for name, url in urls)
        if entries:
            found.append(Group(say(heading, language) if heading else "", entries))
    return found
