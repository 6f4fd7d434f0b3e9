"""The same figures where nobody can ask further: in a mail, and on paper."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader
from pytest_django.live_server_helper import LiveServer
from tests.pages.given.shown import shown_figures
from tests.pages.tree import read_page
from tests.web.conftest import SignIn

from peil.accounts.models import Person
from peil.board.models import Board, SavedView, Subscription
from peil.board.reported.mails import Message, send_due
from peil.core.kpi import Estimate
from peil.library import Peil
from peil.report.contents.subjects import has_figure
from peil.report.words.changes import Speech
from peil.report.words.figures import count, limits, value

KPIS = ("csat", "fcr", "first_response_in_target", "handle_time", "reachability")
FIRST_OF_NOVEMBER, MONDAY = datetime(2026, 11, 1, 7, tzinfo=UTC), datetime(2026, 10, 12, 7, tzinfo=UTC)
WEEK = ("2026-10-05", "2026-10-12")
MONTH = ("2026-10-01", "2026-11-01")
# who, how often, the filters of a view (its parameters; the same for the library), the days that it is about
MAILS = [
    ("manager", "month", "", (), MONTH),
    ("manager", "week", "", (), WEEK),
    ("team_lead", "month", "", ("team=Zwolle",), MONTH),
    ("analyst", "month", "only-channel=phone&only-channel=chat", ("channel=phone,chat",), MONTH),
    ("manager", "month", "not-channel=email&only-team=Rotterdam", ("channel!=email", "team=Rotterdam"), MONTH),
]
PAPERS = [
    ("period=2026-10", {"period": "2026-10"}),
    ("period=2026-W41&compare=last_year", {"period": "2026-W41"}),
    ("period=2026-Q3&only-channel=phone", {"period": "2026-Q3", "where": ["channel=phone"]}),
    ("since=2026-09-03&until=2026-09-20", {"since": "2026-09-03", "until": "2026-09-20"}),
    ("period=2026-05&not-team=Zwolle", {"period": "2026-05", "where": ["team!=Zwolle"]}),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "every", "filters", "where", "days"), MAILS)
def test_a_mail_says_what_the_library_says(
    company: Peil,
    people: Mapping[str, Person],
    role: str,
    every: str,
    filters: str,
    where: tuple[str, ...],
    days: tuple[str, str],
) -> None:
    person = people[role]
    Board.objects.create(person=person, tiles=[{"kpi": k, "where": [], "by": ""} for k in KPIS])
    view = SavedView.objects.create(owner=person, name="v", path="/", parameters=filters) if filters else None
    made = Subscription.objects.create(person=person, every=every, view=view)
    Subscription.objects.filter(pk=made.pk).update(started_at=datetime(2026, 9, 10, tzinfo=UTC))
    sent: list[Message] = []
    send_due(
        company.warehouse, FIRST_OF_NOVEMBER if every == "month" else MONDAY, "https://kpi.example.nl", sent.append
    )
    (mail,) = sent
    text, figures = _bare(mail.text), shown_figures(read_page(mail.html))
    for e in company.kpi(*KPIS, since=days[0], until=days[1], where=list(where)):
        given = {"value": (e.value,), "n": (e.n,), "limits": (e.low, e.high)} if has_figure(e) else {}
        assert {f.part: f.numbers for f in figures if f.kpi == e.kpi} == given
        assert all(_bare(words) in text for words in _words(e)), (e.kpi, _words(e))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_paper_says_what_the_library_says(
    chromium: Browser, live_server: LiveServer, company: Peil, people: Mapping[str, Person], sign_in: SignIn
) -> None:
    """The overview as Chromium prints it, read back from the PDF."""
    tiles = [{"kpi": k, "where": [], "by": ""} for k in KPIS]
    Board.objects.create(person=people["manager"], tiles=tiles)
    session = sign_in("manager").cookies["sessionid"].value
    context = chromium.new_context()
    context.set_default_timeout(120_000)
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    for parameters, asked in PAPERS:
        page.goto(f"{live_server.url}/?{parameters}&language=nl")
        printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
        text = _bare("".join(p.extract_text() for p in printed.pages))
        for e in company.kpi(*KPIS, **asked):  # type: ignore[arg-type]
            assert has_figure(e)
            assert all(_bare(words) in text for words in _words(e)), (parameters, e.kpi, _words(e))
    context.close()


def _words(e: Estimate) -> list[str]:
    """Value, limits, n and a status that is not 'ok', as they are read."""
    status = Speech("nl", 10, 10).status(e)
    said = [value(e, "nl"), limits(e, "nl"), f"n = {count(e.n, 'nl')}", status] if has_figure(e) else [status]
    return [words for words in said if words]


def _bare(text: str) -> str:
    """Without white space, which a printer sets as it likes; fi and ff are one sign to it."""
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()
