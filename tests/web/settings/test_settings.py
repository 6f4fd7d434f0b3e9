"""The settings in a browser: shown, checked, previewed, saved in the file that people wrote, taken back, followed."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from tests.web.conftest import SignIn
from tests.web.settings.conftest import BY_HAND

from peil.accounts.audit import entries
from peil.library import Peil
from peil.ops.models import OutboxRow
from peil.ops.outbox.runner import run_one
from peil.warehouse.settings import read_settings

HOSTILE = '<script>alert(1)</script>\u202e"'


def filled(client: Client, **changed: str) -> dict[str, str]:
    """The form as a browser would send it, but for what is changed."""
    page = client.get("/settings/?language=nl").content.decode()
    found = {"mark": re.search(r'name="mark" value="(\w+)"', page)[1]}  # type: ignore[index]
    return found | changed


def save(client: Client, **changed: str) -> str:
    """Look at the changes, then save them; gives the page with the preview."""
    form = filled(client, **changed)
    preview = client.post("/settings/?language=nl", form | {"do": "look"}).content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', preview)
    assert seen, preview
    answer = client.post("/settings/?language=nl", form | {"do": "save", "seen": seen[1]})
    assert answer.status_code == 302
    return preview


def toml_of(company: Peil) -> Path:
    return company.warehouse.folder.parent / "peil.toml"


def test_the_form_says_what_the_file_says(sign_in: SignIn) -> None:
    page = sign_in("administrator").get("/settings/?language=nl").content.decode()
    assert 'value="Kaas &amp; Brood"' in page
    assert 'value="09:00-12:00, 13:00-17:00"' in page
    assert 'value="4 u"' in page
    assert "Standaard: 10" in page
    assert "EMAIL_URL" in page


def test_the_rest_of_the_file_stays_as_people_wrote_it(company: Peil, sign_in: SignIn) -> None:
    client, path = sign_in("administrator"), toml_of(company)
    preview = save(client, min_answers="15", wednesday="9-12.30", **{"target.phone": "1 u 30 min"})
    assert "<bdi>12</bdi>" in preview
    assert "<bdi>15</bdi>" in preview
    text = path.read_text(encoding="utf-8")
    expected = BY_HAND.replace("min_answers = 12", "min_answers = 15").replace("phone = 20", "phone = 5400")
    expected = expected.replace('13:00-17:00"]\n', '13:00-17:00"]\nwednesday = ["09:00-12:30"]\n')
    assert text == expected
    assert company.warehouse.settings == read_settings(path)
    assert company.warehouse.settings.min_answers == 15


def test_every_setting_can_be_changed_and_emptied(company: Peil, sign_in: SignIn) -> None:
    client = sign_in("administrator")
    save(
        client, organisation="Nieuw", min_people="5", service_level="30 s", time_zone="America/Aruba", sunday="10-16",
        holidays_country="BE", holidays_add="24-12-2026\n31-12-2026", holidays_remove="2026-04-03", new_kpi="nps",
        new_kpi_value="-5,5", **{"kpi.csat": "", 'target.e-mail to "us"': ""},
    )  # fmt: skip
    found = read_settings(toml_of(company))
    assert (found.organisation, found.min_people, found.service_level_seconds) == ("Nieuw", 5, 30.0)
    assert (found.time_zone, found.opening[6], found.opening[2]) == ("America/Aruba", ((600, 960),), ())
    assert (found.holidays_country, found.holidays_add) == ("BE", (date(2026, 12, 24), date(2026, 12, 31)))
    assert (found.holidays_remove, found.kpi_targets, found.targets) == (
        (date(2026, 4, 3),), (("nps", -5.5),), (("phone", 20.0),),
    )  # fmt: skip


def test_opening_hours_of_a_file_without_them_keep_the_other_days(company: Peil, sign_in: SignIn) -> None:
    """A day left out of the table is closed, so the table has every day once it is there."""
    toml_of(company).write_text("", encoding="utf-8")
    save(sign_in("administrator"), friday="9-15")
    found = read_settings(toml_of(company))
    assert found.opening == (((540, 1020),),) * 4 + (((540, 900),), (), ())


@pytest.mark.parametrize(
    ("name", "said", "told"),
    [
        ("min_people", "3", "heel getal van 5 tot 1.000"),
        ("min_answers", "tien", "heel getal"),
        ("service_level", "20", "met de eenheid erbij"),
        ("monday", "17:00-9:00", "elkaar niet overlappen"),
        ("time_zone", "Amsterdam", "Europe/Amsterdam"),
        ("time_zone", "../../etc/passwd", "Europe/Amsterdam"),
        ("holidays_country", "XX", "uit de lijst"),
        ("holidays_add", "kerst", "geen datum"),
        ("kpi.csat", "120", "van 0 tot 100"),
        ("new_kpi_value", "5", "Kies de KPI"),
        ("organisation", "x" * 201, "korter dan 200"),
        ("organisation", HOSTILE, "op één regel"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(company: Peil, sign_in: SignIn, name: str, said: str, told: str) -> None:
    client = sign_in("administrator")
    answer = client.post("/settings/?language=nl", filled(client, **{name: said}) | {"do": "save"})
    page = answer.content.decode()
    at = "new_kpi" if name == "new_kpi_value" else name
    assert answer.status_code == 400
    assert told in re.search(rf'id="s-{re.escape(at)}-err">([^<]*)<', page)[1]  # type: ignore[index]
    assert re.search(
        rf'id="s-{re.escape(at)}"[^>]* aria-invalid="true" aria-describedby="[^"]*s-{re.escape(at)}-err"', page
    )
    assert "<script>alert" not in page
    assert toml_of(company).read_text(encoding="utf-8") == BY_HAND


def test_nothing_is_saved_that_was_not_looked_at(company: Peil, sign_in: SignIn) -> None:
    client = sign_in("administrator")
    form = filled(client, min_answers="15")
    assert "settings" in client.post("/settings/", form | {"do": "save"}).content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', client.post("/settings/", form).content.decode())
    assert seen
    again = client.post("/settings/?language=nl", form | {"min_answers": "50", "do": "save", "seen": seen[1]})
    assert "nog één keer na" in again.content.decode()
    assert toml_of(company).read_text(encoding="utf-8") == BY_HAND


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(company: Peil, sign_in: SignIn) -> None:
    client, path = sign_in("administrator"), toml_of(company)
    form = filled(client, min_answers="15")
    seen = re.search(r'name="seen" value="(\w+)"', client.post("/settings/", form).content.decode())
    assert seen
    path.write_text(BY_HAND.replace("min_answers = 12", "min_answers = 12\nmin_people = 20"), encoding="utf-8")
    page = client.post("/settings/?language=nl", form | {"do": "save", "seen": seen[1]}).content.decode()
    assert "Iemand anders heeft intussen" in page
    assert "min_people = 20" in path.read_text(encoding="utf-8")


def test_a_change_stands_in_the_log_and_is_taken_back_once(company: Peil, sign_in: SignIn) -> None:
    client, path = sign_in("administrator"), toml_of(company)
    assert "Laatste wijziging ongedaan maken" not in client.get("/settings/?language=nl").content.decode()
    save(client, min_answers="15", organisation="Nieuw")
    entry = entries()[0]
    assert (entry.action, entry.about) == ("setting_changed", "organisation, min_answers")
    assert entry.detail == {"changes": ["organisation: Kaas & Brood -> Nieuw", "min_answers: 12 -> 15"]}
    assert "Laatste wijziging ongedaan maken" in client.get("/settings/?language=nl").content.decode()
    assert client.post("/settings/undo/").status_code == 302
    assert path.read_text(encoding="utf-8") == BY_HAND
    assert company.warehouse.settings.min_answers == 12
    path.write_text(BY_HAND + "# later\n", encoding="utf-8")
    assert "Laatste wijziging ongedaan maken" not in client.get("/settings/?language=nl").content.decode()
    assert "niets terug te draaien" in client.post("/settings/undo/?language=nl", follow=True).content.decode()
    assert path.read_text(encoding="utf-8") == BY_HAND + "# later\n"


def test_figures_follow_a_time_zone(company: Peil, sign_in: SignIn) -> None:
    before = company.kpi("csat", by="day", period="2026-01").to_json()
    preview = save(sign_in("administrator"), time_zone="Pacific/Auckland")
    assert "opnieuw uitgerekend" in preview
    assert OutboxRow.objects.filter(kind="rebuild", state="waiting").count() == 1
    assert "Tot dat klaar is" in sign_in("administrator").get("/settings/?language=nl").content.decode()
    assert run_one("slow")
    assert not run_one("slow")
    after = json.loads(company.kpi("csat", by="day", period="2026-01").to_json())
    assert after != json.loads(before)
    assert sum(e["n"] for e in after) <= 90


def test_a_smaller_matter_needs_no_rebuild(sign_in: SignIn) -> None:
    save(sign_in("administrator"), min_answers="10", new_kpi="nps", new_kpi_value="30")
    assert not OutboxRow.objects.filter(kind="rebuild").exists()


def test_the_file_is_the_servers_own(company: Peil, sign_in: SignIn) -> None:
    save(sign_in("administrator"), min_answers="15")
    folder = toml_of(company).parent
    assert oct(toml_of(company).stat().st_mode & 0o777) == "0o600"
    assert [p.name for p in folder.iterdir() if p.name.startswith(".peil.toml")] == []
