"""Erasing a customer in the browser: counted, confirmed, erased everywhere; nothing afterwards says who it was."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.core import serializers
from django.test import Client
from tests.ops.erasing.planted import MAIL, NUMBER, plant_elsewhere
from tests.ops.erasing.test_erasing import everything, marks_in
from tests.web.conftest import SignIn

from peil.accounts.audit import entries
from peil.accounts.models.log import AuditEntry
from peil.library import Peil
from peil.ops.erase.erasing import Ground, erase
from peil.ops.models import OutboxRow
from peil.ops.outbox.runner import run_one
from peil.web.serving.keeping import the_ground

WORDS = f"{NUMBER}\n {MAIL} \n"
ROW = re.compile(r'<th scope="row">([^<]+)</th><td class="n">([\d.]+)</td>')


@pytest.fixture
def admin(company: Peil, sign_in: SignIn) -> Client:
    plant_elsewhere(company.warehouse.folder.parent)
    return sign_in("administrator")


def folder_of(company: Peil) -> Path:
    return company.warehouse.folder.parent


def counts(page: str) -> dict[str, int]:
    return {place: int(count.replace(".", "")) for place, count in ROW.findall(page)}


def test_looking_up_counts_and_changes_nothing(admin: Client, company: Peil) -> None:
    before = marks_in(everything(folder_of(company), company.warehouse))
    page = admin.post("/erasing/?language=nl", {"words": WORDS, "do": "find"}).content.decode()
    found = counts(page)
    assert found["antwoorden op enquêtevragen"] == 6
    assert found["Afgekeurde waarden van imports"] == 2
    assert found["Geüploade bestanden en bewaarde mails"] == 2
    assert marks_in(everything(folder_of(company), company.warehouse)) == before
    assert not OutboxRow.objects.filter(kind="erase").exists()
    assert "merk-opmerking" not in page


def test_what_was_counted_is_what_is_erased(admin: Client, company: Peil) -> None:
    company.rebuild()  # the facts were loaded before there was a peil.toml
    figures = company.kpi().to_json()
    found = counts(admin.post("/erasing/?language=nl", {"words": WORDS, "do": "find"}).content.decode())
    answer = admin.post("/erasing/?language=nl", {"words": WORDS, "typed": NUMBER.lower(), "do": "erase"})
    assert answer.status_code == 302
    address = answer.headers["Location"].partition("?")[0]
    assert NUMBER not in address
    assert "Bezig met wissen" in admin.get(f"{address}?language=nl").content.decode()
    asked = json.dumps(OutboxRow.objects.get(kind="erase").payload)
    assert NUMBER not in asked
    assert MAIL not in asked
    while run_one("slow"):
        pass
    page = admin.get(f"{address}?language=nl").content.decode()
    assert counts(page) == found
    assert not marks_in(everything(folder_of(company), company.warehouse))
    assert company.kpi().to_json() == figures
    assert address.strip("/").split("/")[-1] in admin.get("/erasing/").content.decode()


def test_the_log_says_who_did_it_and_not_to_whom(admin: Client) -> None:
    admin.post("/erasing/", {"words": WORDS, "typed": MAIL, "do": "erase"})
    while run_one("slow"):
        pass
    entry = next(e for e in entries() if e.action == "erased")
    assert entry.actor == "Administrator"
    assert "archive answers: 6" in entry.detail["found"]  # type: ignore[operator]
    log = serializers.serialize("json", AuditEntry.objects.all())
    assert NUMBER not in log
    assert MAIL not in log


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"words": " \n "}, "Noem de klant"),
        ({"words": "x1\n" * 3 + "y2\n" * 3 + "\n".join(f"n{i}" for i in range(30))}, "hoogstens 20"),
        ({"words": "Zwolle"}, "een gewoon woord"),
        ({"words": WORDS, "do": "erase", "typed": ""}, "Typ er precies één over"),
        ({"words": WORDS, "do": "erase", "typed": "K-20001"}, "Typ er precies één over"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_erased(admin: Client, said: dict[str, str], told: str) -> None:
    answer = admin.post("/erasing/?language=nl", said)
    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert 'aria-invalid="true"' in answer.content.decode()
    assert not OutboxRow.objects.filter(kind="erase").exists()


def test_nobody_known_may_still_be_put_on_the_list(admin: Client) -> None:
    page = admin.post("/erasing/?language=nl", {"words": "K-99999"}).content.decode()
    assert "Niets gevonden" in page
    assert admin.post("/erasing/", {"words": "K-99999", "typed": "K-99999", "do": "erase"}).status_code == 302


@pytest.mark.parametrize("role", ["manager", "analyst", "team_lead", "agent", "digital_owner"])
def test_it_is_for_administrators_alone(company: Peil, sign_in: SignIn, role: str) -> None:
    client = sign_in(role)
    assert client.get("/erasing/").status_code == 403
    assert client.post("/erasing/", {"words": WORDS, "typed": NUMBER, "do": "erase"}).status_code == 403
    assert client.get("/erasing/abc/").status_code == 403


def test_hostile_words_do_nothing(admin: Client) -> None:
    page = admin.post("/erasing/", {"words": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in page
    assert admin.get("/erasing/no-such/").status_code == 404


def test_a_certificate_of_the_command_line_is_here_too(admin: Client) -> None:
    ground = the_ground()
    assert isinstance(ground, Ground)
    number = erase(ground, [NUMBER]).number
    page = admin.get(f"/erasing/{number}/?language=nl").content.decode()
    assert "opdrachtregel" in page
    assert counts(page)["antwoorden op enquêtevragen"] == 6
