"""The administrator's page about running, and the checks behind it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.ops.erasing.planted import stores_of
from tests.web.conftest import SignIn

from peil.accounts.models import Person
from peil.core.errors import UserError
from peil.ops.backup.making import Backup
from peil.ops.backup.record import record_backup
from peil.ops.doctor import examine_install
from peil.ops.models import BackupMade, OutboxRow
from peil.ops.outbox.mail import put_mail
from peil.report.words import TEXTS
from peil.web.serving.mailing import mail_settings

HOSTILE = "<script>alert(1)</script>\u202e\"'"


def _given_up(count: int) -> None:
    for number in range(count):
        put_mail(f"k{number}@example.nl", "x", "y")
    OutboxRow.objects.update(state="dead", reason=HOSTILE, attempts=9, ended_at=timezone.now())


def _states(folder: Path) -> dict[str, str]:
    return {c.id: c.state for c in examine_install(stores_of(folder))}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_it_shows_checks_work_and_jobs_in_words(sign_in: SignIn, language: str) -> None:
    _given_up(1)
    response = sign_in("administrator").get("/running/", {"language": language})
    text = response.content.decode()
    assert response.status_code == 200
    assert ("Systeem" if language == "nl" else "System") in text
    assert ("Opnieuw proberen" if language == "nl" else "Try again") in text
    assert "<script>alert" not in text
    assert "k0@example.nl" not in text


@pytest.mark.parametrize("role", ["manager", "team_lead", "agent", "analyst", "digital_owner"])
def test_it_is_for_administrators_alone(sign_in: SignIn, role: str) -> None:
    _given_up(1)
    row = OutboxRow.objects.get().pk
    client = sign_in(role)
    assert client.get("/running/").status_code == 403
    assert client.post(f"/running/work/{row}/", {"do": "again"}).status_code == 403
    assert OutboxRow.objects.get().state == "dead"


def test_work_is_tried_again_or_removed(sign_in: SignIn) -> None:
    client = sign_in("administrator")
    _given_up(2)
    first, second = OutboxRow.objects.order_by("pk").values_list("pk", flat=True)
    assert client.get(f"/running/work/{first}/").status_code == 405
    assert client.post(f"/running/work/{first}/", {"do": "again"}).status_code == 302
    assert client.post(f"/running/work/{second}/", {"do": "away"}).status_code == 302
    assert client.post(f"/running/work/{second}/", {"do": "away"}).status_code == 404
    assert list(OutboxRow.objects.values_list("pk", "state", "attempts")) == [(first, "waiting", 0)]


def test_more_rows_take_no_more_queries(sign_in: SignIn) -> None:
    client, counts = sign_in("administrator"), []
    client.get("/running/")
    for more in (1, 2):
        _given_up(more)
        with CaptureQueriesContext(connection) as seen:
            client.get("/running/")
        counts.append(len(seen))
    assert OutboxRow.objects.count() == 3
    assert counts[0] == counts[1]


def test_every_check_has_its_words(people: Mapping[str, Person], tmp_path: Path) -> None:
    found = {c.id for c in examine_install(stores_of(tmp_path))}
    assert len(found) >= 9
    for name in found:
        assert f"check_{name}" in TEXTS
        assert f"mend_{name}" in TEXTS


@pytest.mark.django_db
def test_what_is_wrong_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "peil.secret"
    secret.write_text("x")
    secret.chmod(0o600)
    assert _states(tmp_path)["secret"] == "ok"
    assert _states(tmp_path)["backup"] == "note"
    secret.chmod(0o644)
    tmp_path.chmod(0o777)
    monkeypatch.setenv("PEIL_URL", "http://kpi.example.nl")
    put_mail("k@example.nl", "x", "y")
    OutboxRow.objects.update(not_before=timezone.now() - timedelta(hours=1))
    record_backup(Backup(tmp_path / "b.zip", 7, 1), tmp_path)
    BackupMade.objects.update(made_at=timezone.now() - timedelta(days=3))
    states = _states(tmp_path)
    tmp_path.chmod(0o700)
    wrong = {name for name, state in states.items() if state == "wrong"}
    assert wrong == {"secret", "folder", "address", "outbox", "backup"}
    assert states["database"] == "ok"


def test_mail_leaves_by_one_address(tmp_path: Path) -> None:
    found = mail_settings("smtps://pe%40il:p%3Aw@mail.example.nl?from=peil@example.nl", tmp_path)
    assert (found.host, found.port, found.user, found.password) == ("mail.example.nl", 465, "pe@il", "p:w")
    assert (found.tls, found.starttls, found.sender) == (True, False, "Peil <peil@example.nl>")
    assert mail_settings("smtp://mail.example.nl", tmp_path).starttls
    assert "filebased" in mail_settings(None, tmp_path).backend
    for wrong in ("mail.example.nl", "http://mail.example.nl", "smtp://:25", "smtp://mail:x"):
        with pytest.raises(UserError):
            mail_settings(wrong, tmp_path)
