"""The overview: a person's own board, what changed, and what the role needs beside it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from peil.accounts.rules import Role, may
from peil.report.views.changes import changed_title, lead, more_changed, why_rows
from peil.report.views.origin import definitions
from peil.report.views.tiles import legend
from peil.web.access import allowed
from peil.web.look import Look, look_of_person
from peil.web.pages.board.one_tile.otherwise import CHANGE
from peil.web.pages.board.one_tile.part import changing_sheet
from peil.web.pages.board.own_board import OwnSheet, asked_of
from peil.web.pages.board.role_parts import all_by_subject, came_in_today, compliments, freshness, to_listen_back
from peil.web.pages.board.texts import interpretation_panel
from peil.web.pages.journeys.strip import strip
from peil.web.pages.shell import show_page


@allowed("see_figures")
def overview(request: HttpRequest) -> HttpResponse:
    look = look_of_person(request)
    board = changing_sheet(look, request.GET.get(CHANGE, ""))
    own = board.own
    voice, figures = own.voice, own.figures
    top = figures.main.headline
    why = why_rows(voice)
    keys = [t.tile.kpi for t in figures.tiles if not t.tile.counted]
    return show_page(
        request,
        look,
        "overview.html",
        voice=voice,
        lead=lead(voice) if top.figures else None,
        sheet=own.sheet,
        menus=board.menus,
        whose=own.whose,
        team=own.team,
        legend=legend(voice),
        changed_title=changed_title(voice),
        why=why,
        more_changed=more_changed(voice),
        tested=figures.tested if top.tested else 0,
        definitions=definitions(voice, [*keys, *(w.key for w in why)]),
        **_beside(look, own),
    )


def _beside(look: Look, own: OwnSheet) -> dict[str, Any]:
    """What the role starts with beside its tiles; None stands for what is not part of it."""
    asked, span = asked_of(look), own.figures.main.span
    role = Role(look.person.role)
    comments = role in (Role.TEAM_LEAD, Role.AGENT)
    return {
        "compliments": compliments(look, asked, span) if comments else None,
        "compliments_first": role is Role.AGENT,
        "listen_back": to_listen_back(look, asked, span) if role is Role.TEAM_LEAD else None,
        "fresh": freshness(look, own.figures.main, asked) if role is Role.ADMINISTRATOR else None,
        "panel": interpretation_panel(look, asked, own.figures),
        "today": came_in_today(look, own.figures.main, asked),
        "sees_surveys": may(look.person, "see_surveys"),
        "keep": look.state.url(reverse("board_keep")),
        "road": strip(look, own.voice) if role in (Role.MANAGER, Role.DIGITAL_OWNER) else None,
        "subjects": all_by_subject(look, own.voice, asked) if role is Role.ANALYST else None,
    }
