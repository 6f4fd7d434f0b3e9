"""The mail of a subscription: the numbers themselves, counted with the rights of who gets it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, cast
from urllib.parse import parse_qsl

import css_inline
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from peil.accounts.rules import may_ask_by, sees_kpi, sight_of
from peil.board.figures import BoardFigures, asking_of, board_figures
from peil.board.own import own_rows, tiles_of
from peil.board.reported.rows import mail_rows
from peil.board.reported.snapshots import keep_figures
from peil.board.reported.subscriptions import Subscribed, claim, due_now, unsubscribe_token
from peil.board.reported.texts import interpretations
from peil.board.tiles import BoardTile
from peil.board.views import View, view_for
from peil.core.kpis import BY_KEY
from peil.report.question import ReportQuestion
from peil.report.views.changes import lead
from peil.report.views.voice import Voice
from peil.report.words import Language, say
from peil.report.words.changes import capital
from peil.report.words.terms import days, period_name
from peil.warehouse.query import Filter

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from peil.accounts.models import Person
    from peil.warehouse.open import Warehouse

PATIENCE = timedelta(days=3)  # how long a mail waits for the last rows of its period
_KPI_PAGE = re.compile(r"/kpi/([a-z0-9_]+)/$")


@dataclass(frozen=True, slots=True)
class Message:
    """A mail, ready to be put in line; the same `key` means the same mail."""

    to: str
    subject: str
    text: str
    html: str
    headers: dict[str, str]
    key: str


def send_due(warehouse: Warehouse, now: datetime, address: str, put: Callable[[Message], object]) -> int:
    """Put every mail that is due in line, and keep what it reports; how many there were.

    `address` is where people find Peil, such as https://kpi.example.nl. The mail, its snapshot and
    that it was told are one transaction.
    """

    zone, sent = warehouse.zone, 0
    for person, subscription, period in due_now(now, zone):
        figures = figures_for(person, subscription, warehouse, period, now.astimezone(zone).date())
        if figures is None or not _complete(figures, warehouse, period, now, zone):
            continue
        told = bool(figures.changed) or not subscription.only_changed
        message = compose(person, subscription, figures, address) if told else None
        with transaction.atomic():
            if claim(subscription, period[1]) and message is not None:
                put(message)
                keep_figures(person, "mail", figures, message.subject[:200])
                sent += 1
    return sent


def _complete(
    figures: BoardFigures, warehouse: Warehouse, period: tuple[date, date], now: datetime, zone: ZoneInfo
) -> bool:
    """Whether there are figures, and rows up to the end of the period; after three days it goes as it is."""
    if not any(t.estimate is not None and t.estimate.value is not None for t in figures.tiles):
        return False
    today = now.astimezone(zone).date()
    edges = asking_of(warehouse, figures.main.asked, today).extents
    newest = max((last for _, last in edges.values()), default=period[0])
    return newest >= period[1] - timedelta(days=1) or today >= period[1] + PATIENCE


def figures_for(
    person: Person, subscription: Subscribed, warehouse: Warehouse, period: tuple[date, date], today: date
) -> BoardFigures | None:
    """What this person may see of the period, now; None where nothing of it is theirs."""
    sight = sight_of(person)
    view = subscription.view
    if view is not None and view_for(person, view.id) is None:  # no longer there, or no longer shared
        return None
    where = () if view is None else _filters(view)
    if sight.nothing or not sight.covers(where) or not may_ask_by(person, [f.column for f in where]):
        return None
    asked = ReportQuestion(
        language=_language(person), since=period[0], until=period[1], where=tuple(dict.fromkeys((*where, *sight.where)))
    )
    page = None if view is None else _KPI_PAGE.fullmatch(view.path)
    if page is not None and page[1] in BY_KEY:
        if not sees_kpi(person, BY_KEY[page[1]]):
            return None
        return board_figures(warehouse, asked, [BoardTile(page[1])])
    tiles = tiles_of(person, warehouse, asked, today)
    return board_figures(warehouse, own_rows(person, warehouse, asked) or asked, tiles)


def compose(person: Person, subscription: Subscribed, figures: BoardFigures, address: str) -> Message:
    """The mail in the language of the person: text and HTML with the same numbers."""
    language = _language(person)
    span = figures.main.span
    assert span is not None
    voice = Voice(
        figures.main, language, lambda key: address + reverse("kpi", args=[key]) + _state(span.since, span.until)
    )
    leave = address + reverse("board_unsubscribe", args=[unsubscribe_token(subscription.id)])
    told = interpretations(figures.main.asked.where, span.since, span.until)
    title = _title(subscription, span.since, language)
    content = {
        "title": capital(title),
        "organisation": _one_line(figures.main.organisation),
        "about": days(span.since, span.last, language),
        "before": days(span.before_since, span.before_last, language),
        "lead": lead(voice),
        "rows": mail_rows(figures, voice),
        "interpretation": told[0] if told else None,
        "overview": address + reverse("overview") + _state(span.since, span.until),
        "leave": leave,
        "manage": address + reverse("board_subscriptions"),
        "language": language,
        "tested": figures.tested,
        "why": say(f"mail_why_{subscription.every}", language),
        "say": lambda key, *values: say(key, language, *values),
    }
    styled = render_to_string("mails/figures.html", content, using="jinja2")
    inliner = css_inline.CSSInliner(keep_style_tags=True, load_remote_stylesheets=False)
    return Message(
        to=person.email,
        subject=_one_line(" · ".join(p for p in (figures.main.organisation, title) if p)),
        text=plain_text(content),
        html=inliner.inline(styled),
        headers={"List-Unsubscribe": f"<{leave}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
        key=f"subscription-{subscription.id}-{span.until.isoformat()}",
    )


def plain_text(content: dict[str, object]) -> str:
    """The mail without HTML: complete, every figure with its interval, n and change."""
    text = render_to_string("mails/figures.txt", content, using="jinja2")
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _title(subscription: Subscribed, since: date, language: Language) -> str:
    label = f"{since:%G-W%V}" if subscription.every == "week" else f"{since:%Y-%m}"
    name = period_name(label, language)
    figures = say("mail_title", language, name[:1].lower() + name[1:] if language == "nl" else name)
    return _one_line(f"{subscription.view.name}: {name}") if subscription.view is not None else figures


def _filters(view: View) -> tuple[Filter, ...]:
    """The filters of a view's page, as its address says them."""
    found: dict[tuple[str, bool], list[str | None]] = {}
    for name, value in parse_qsl(view.parameters, keep_blank_values=True):
        for start, negated in (("only-", False), ("not-", True)):
            if name.startswith(start):
                found.setdefault((name.removeprefix(start), negated), []).append(value or None)
    return tuple(Filter(column, tuple(values), negated) for (column, negated), values in found.items())


def _state(since: date, until: date) -> str:
    return f"?since={since}&until={until}"


def _one_line(text: str) -> str:
    """For a line of the header: no control characters, no line breaks."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _language(person: Person) -> Language:
    return cast("Language", person.language)
