"""Every form that is taken, and everything that is taken along, stands in the audit log, or it is written here why not."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from tests.web.access.cells import Line
from tests.web.access.conftest import Fill, Visit, company, fill, own_home, visit
from tests.web.access.table import LINES, ask, outcome

from peil.accounts.models import AuditEntry

__all__ = ["company", "fill", "own_home", "visit"]

WHO = ("administrator", "manager", "analyst")
# address -> why nothing of it is written down
SILENT: Mapping[str, str] = {
    "w/<slug:code>/": "an answer of whoever has the link",
    "kiosk/<slug:code>/start/": "nobody is signed in: whoever has the PIN starts it",
    "board/unsubscribe/<str:token>/": "nobody is signed in: whoever holds the mail ends it",
    "stop/<str:token>/": "nobody is signed in: whoever holds the mail stops",
    "data/import/<slug:token>/columns/": "a draft is its owner's; what is taken in of it is written down",
    "data/import/<slug:token>/text/": "a draft is its owner's",
    "data/import/<slug:token>/act/": "a draft is its owner's; the import itself is written down when it is made",
    "account/sessions/end/": "only where there are other sessions",
    "settings/undo/": "nothing was changed before",
    "people/<int:person_id>/active/": "an account that is closed is not closed again",
}
FILLED = (  # forms that the table of access sends empty
    ("board/views/new/", {"name": "A", "page": "/kpi/nps/"}),
    ("board/add/", {"kpi": "nps_relationship", "only": "", "by": ""}),
    ("board/reported/keep/?period=2026-02", {"title": "A"}),
    ("board/interpretation/?period=2026-02", {"text": "Busy."}),
    ("board/events/", {"text": "Strike", "day": "2026-02-03"}),
    ("targets/new/", {"kpi": "nps", "team": "", "value": "20", "months": "3"}),
    ("benchmarks/new/", {"kpi": "nps", "name": "A", "source": "B", "year": "2025", "value": "20"}),
    ("journeys/new/", {"name": "A"}),
    (
        "invitations/manner/",
        {
            "colour": "#14508c",
            "rest_days": "30",
            "rest_days_page": "7",
            "remind_after": "4",
            "lasts": "30",
            "a_day": "0",
            "quiet_from": "20",
            "quiet_until": "9",
        },
    ),
    ("surveys/new-survey/", {"template": "recommend", "key": "a_survey", "name.nl": "A", "name.en": "A"}),
    ("people/invite/", {"email": "a@example.nl", "role": "agent", "language_of_person": "nl"}),
    ("people/per-person/", {"per_person": "on", "agreement": "A", "agreed_on": "2026-01-05"}),
    ("account/", {"name": "Anna", "language_of_person": "nl"}),
)
TAKEN = (  # what is taken along
    "kpi/nps/rows.csv", "kpi/nps/figures.xlsx", "data/imports/{own_import}/rejected.csv", "people/log.csv",
    "api/v1/kpis/nps/rows", "api/v1/imports/{own_import}/rejected",
)  # fmt: skip


def changes() -> list[Line]:
    """What may change something, of one's own or of the organisation."""
    return [line for line in LINES if line.method in ("POST", "DELETE") and line.whose in ("any", "own")]


@pytest.mark.parametrize("line", changes(), ids=str)
def test_what_is_changed_is_written_down(line: Line, visit: Visit, fill: Fill) -> None:
    silent, done = [], False
    for who in WHO:
        if line.expected()[who] not in ("302", "200") or line.route in ("account/logout/", "settings/"):
            continue
        before = AuditEntry.objects.count()
        if outcome(ask(line, who, visit, fill)) == line.expected()[who]:
            done = True
            if AuditEntry.objects.count() == before and line.route not in SILENT:
                silent.append(who)
    assert silent == []
    assert done or not {line.expected()[who] for who in WHO} & {"302"}


@pytest.mark.parametrize(("path", "said"), FILLED, ids=lambda given: str(given)[:40])
def test_a_form_that_is_filled_in_is_written_down(
    path: str,
    said: dict[str, str],
    visit: Visit,
    fill: Fill,
) -> None:
    fill("{own_import}", "administrator")
    before, taken = AuditEntry.objects.count(), 0
    for who in ("manager", "administrator"):
        answer = visit(who).post(f"/{path}", said)
        if answer.status_code == 302 and not answer.headers["Location"].startswith("/account/"):
            taken += 1
    assert taken >= 1 or path == "account/"
    assert AuditEntry.objects.count() - before >= taken


@pytest.mark.parametrize("path", TAKEN)
def test_what_is_taken_along_is_written_down(path: str, visit: Visit, fill: Fill) -> None:
    fill("{own_import}", "administrator")
    for who in WHO:
        before = AuditEntry.objects.filter(action="exported").count()
        answer = visit(who).get("/" + fill(path, who))
        if answer.status_code == 200:
            entry = AuditEntry.objects.filter(action="exported").first()
            assert AuditEntry.objects.filter(action="exported").count() == before + 1
            assert entry is not None
            assert entry.actor_address == f"{who}@example.nl"
