"""Hostile names do nothing: on no page, in no file, in no mail, in no log."""

from __future__ import annotations

import io
import json
import logging
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from django.core.mail import EmailMultiAlternatives
from django.http import HttpResponse, HttpResponseBase
from django.test import Client
from django.urls import get_resolver
from tests.web.access.cells import PLACE, routes
from tests.web.conftest import SignIn
from tests.web.hostile.planting import SURVEY, plant
from tests.web.hostile.texts import FORMULA, HOSTILE, SCRIPT, harm_in_csv, harm_in_page, headers_of

from peil.accounts.audit import entries
from peil.accounts.models import Person
from peil.board.models import Journey, SavedView, Snapshot, Stop, Subscription
from peil.board.reported.mails import send_due
from peil.library import Peil
from peil.ops.models import OutboxRow
from peil.surveys.links import links_of
from peil.web.serving.logs import JsonLines

KPIS = ("csat", "nps")
FILES = ("csv", "xlsx", "sav", "parquet")
NEVER = ("account/logout/", "data/import/")  # leaves; is of one upload


@pytest.fixture
def planted(sign_in: SignIn, people: Mapping[str, Person], company: Peil) -> Mapping[str, Person]:
    assert plant(sign_in, people, company) == []
    return people


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the app logs, line by line."""
    lines, logger = io.StringIO(), logging.getLogger("peil")
    handler = logging.StreamHandler(lines)
    handler.setFormatter(JsonLines())
    logger.addHandler(handler)
    yield lines
    logger.removeHandler(handler)


def pages() -> Iterator[str]:
    """Every page that is about nobody in particular, and every thing that was planted."""
    for route in routes(get_resolver()):
        if not PLACE.search(route) and not route.startswith(("api/", "start/", "join/", *NEVER)) and "(?P" not in route:
            yield f"/{route}"
    for key in KPIS:
        yield from (f"/kpi/{key}/", f"/kpi/{key}/rows/")
        for by in ("team", "channel", "touchpoint", "journey", "x_product", "x_why"):
            yield f"/kpi/{key}/?by={by}"
    for text in (SCRIPT, FORMULA, HOSTILE["turned"]):
        yield from (f"{path}?only-team={quote(text)}&language=en" for path in ("/", "/comparison/", "/kpi/csat/"))
    for view in SavedView.objects.all():
        yield f"/board/views/{view.pk}/"
    for model, path in ((Snapshot, "/board/reported/{}/"), (Journey, "/journeys/{}/"), (Stop, "/journeys/stops/{}/")):
        yield from (path.format(found.pk) for found in model.objects.all())
    yield f"/surveys/new-survey/?copy={SURVEY}"
    for part in ("", "frame/", "publish/", "links/", "response/", "survey.json", "pages/2/", "pages/2/preview/"):
        yield f"/surveys/{SURVEY}/{part}"
    yield from (f"/surveys/{SURVEY}/questions/{asked}/" for asked in ("recommend", "reason_low"))
    yield from (f"/surveys/{SURVEY}/links/{link.id}/sheet/" for link in links_of(SURVEY))
    for subscription in Subscription.objects.all():
        yield from (f"/board/subscriptions/{subscription.pk}/{page}" for page in ("sample/", "sample/mail/"))


def harm(client: Client, path: str) -> list[str]:
    answer = client.get(path, follow=True)
    wrong = [f"status {answer.status_code}"] if answer.status_code >= 500 else []
    wrong += [f"header {n}" for n, v in answer.headers.items() if "\n" in v or "\r" in v]
    if answer.headers.get("Content-Type", "").startswith("text/html") and isinstance(answer, HttpResponse):
        page = answer.content.decode()
        wrong += harm_in_page(page.replace(' style="', ' data-style="') if path.endswith("/sample/mail/") else page)
    elif "csv" in answer.headers.get("Content-Type", ""):
        wrong += harm_in_csv(content(answer))
    return wrong


def content(answer: HttpResponseBase) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]


@pytest.mark.slow
def test_hostile_names_do_nothing(
    planted: Mapping[str, Person], company: Peil, sign_in: SignIn, log: io.StringIO
) -> None:
    """In one test: putting in all of it takes longer than looking."""
    check_pages(sign_in, ("manager",), log)
    check_files(sign_in("analyst"))
    check_mails(planted["manager"], company, sign_in("administrator"))
    check_audit_log(sign_in("administrator"))


@pytest.mark.full
def test_nor_for_other_roles(sign_in: SignIn, planted: Mapping[str, Person], log: io.StringIO) -> None:
    Subscription.objects.create(person=planted["analyst"], every="month")
    check_pages(sign_in, ("administrator", "team_lead", "analyst"), log)


def check_pages(sign_in: SignIn, roles: Sequence[str], log: io.StringIO) -> None:
    """Nothing runs, nothing turns; the log has one line a request, and nobody's words in it."""
    found, shown = {}, 0
    for role in roles:
        client = sign_in(role)
        for path in pages():
            if wrong := harm(client, path):
                found[role, path[:100]] = wrong
            shown += 1
    assert found == {}, list(found.items())[:5]
    assert shown > 80
    logged = log.getvalue().splitlines()
    assert len(logged) >= shown
    for line in logged:
        assert "alert(" not in json.dumps(json.loads(line))


def check_files(client: Client) -> None:
    """No formula, and no header but those that Peil wrote."""
    (entry,) = [line for line in client.get("/api/v1/imports").json()["items"] if line["source"] == "vijandig"]
    paths = [f"/kpi/csat/{what}.{kind}?by=team" for what in ("rows", "figures") for kind in FILES]
    paths += [f"/data/imports/{entry['import_id']}/rejected.{kind}" for kind in ("csv", "xlsx")]
    for path in paths:
        answer = client.get(path)
        data = content(answer)
        assert answer.status_code == 200, path
        named = answer.headers["Content-Disposition"]
        assert named.startswith("attachment; filename"), path
        assert named.isascii()
        assert not set("\r\n<>") & set(named)
        if ".csv" in path:
            assert harm_in_csv(data) == []
            assert FORMULA[:10] in data.decode("utf-8-sig"), "it is there, as a text"
        if ".xlsx" in path:
            with zipfile.ZipFile(io.BytesIO(data)) as book:
                sheets = [book.read(n) for n in book.namelist() if n.startswith("xl/worksheets/") and n.endswith("xml")]
            assert not any(b"<f>" in sheet or b"hyperlink" in sheet for sheet in sheets)


def check_mails(person: Person, company: Peil, administrator: Client) -> None:
    """No header but those that Peil wrote, and no element."""
    for view in SavedView.objects.all():
        made = Subscription.objects.create(person=person, every="month", view=view)
        Subscription.objects.filter(pk=made.pk).update(started_at=datetime(2026, 8, 1, tzinfo=UTC))
    administrator.post("/people/invite/", {"email": "new@example.nl", "role": "agent", "language_of_person": "nl"})
    put: list[dict[str, object]] = [row.payload for row in OutboxRow.objects.filter(kind="mail")]
    assert put, "the invitation"
    send_due(
        company.warehouse, datetime(2026, 10, 1, 7, tzinfo=UTC), "https://kpi.example.nl",
        lambda m: put.append({"to": m.to, "subject": m.subject, "text": m.text, "html": m.html, "headers": m.headers}),
    )  # fmt: skip
    assert len(put) > 5
    for wanted in put:
        mail = EmailMultiAlternatives(
            str(wanted["subject"]),
            str(wanted["text"]),
            "peil@example.nl",
            [str(wanted["to"])],
            headers=dict(wanted["headers"]),  # type: ignore[call-overload]
        )
        told = headers_of(mail.message().as_bytes())
        assert set(told) <= {
            "Subject", "From", "To", "Date", "Message-ID", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
            "List-Unsubscribe", "List-Unsubscribe-Post",
        }  # fmt: skip
        assert told["To"] == wanted["to"]
        assert harm_in_page(str(wanted["html"]).replace(" style=", " data-style=")) == []
        assert "<script" not in str(wanted["html"])


def check_audit_log(administrator: Client) -> None:
    """Each entry is one line."""
    found = entries(limit=500)
    assert len(found) > 20
    for entry in found:
        told = [entry.about, entry.actor, *map(str, entry.detail.values())]
        assert not [text for text in told if set(text) & set("\r\n\0")]
    assert harm_in_csv(content(administrator.get("/people/log.csv"))) == []
