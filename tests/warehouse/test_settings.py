"""peil.toml: written, read, and refused in words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from peil.core.errors import UserError
from peil.warehouse.settings import Settings, read_settings, write_settings


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    found = read_settings(tmp_path / "peil.toml")
    assert found == Settings()
    assert (found.time_zone, found.min_answers, found.min_people, found.service_level_seconds) == (
        "Europe/Amsterdam",
        10,
        10,
        20,
    )


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    given = Settings(
        time_zone="America/New_York",
        opening=(((480, 720), (780, 1020)),) * 5 + (((600, 1440),), ()),
        holidays_country=None,
        holidays_add=(date(2026, 12, 24),),
        holidays_remove=(date(2026, 4, 3),),
        min_answers=5,
        service_level_seconds=30.0,
        targets=(("email", 28_800.0), ("my channel", 1.5)),
        organisation='Kaas & "Brood" B.V.',
        kpi_targets=(("nps", -5.0), ("csat", 82.0)),
    )
    write_settings(given, tmp_path / "peil.toml")
    assert read_settings(tmp_path / "peil.toml") == given


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('timezone = "UTC"', "no setting 'timezone'. Did you mean 'time_zone'?"),
        ('time_zone = "Amsterdam"', "'Amsterdam' is no time zone"),
        ("min_answers = -1", "min_answers = -1 is not a number"),
        ("[opening]\nmonday = '9-17'", "monday has '9', which is no time span"),
        ("[opening]\nmaandag = ['09:00-17:00']", "no day 'maandag'"),
        ("[opening]\nmonday = ['09:00-12:00', '11:00-17:00']", "opening hours of monday overlap"),
        ("[holidays]\nadd = ['kerst']", "no date"),
        ("min_answers = ", "not valid TOML"),
        ("organisation = 5", "organisation = 5 is no text"),
        ("[kpi_targets]\nnsp = 30", "kpi_targets has 'nsp', which is no KPI. Did you mean 'nps'"),
        ("[kpi_targets]\nnps = '30'", "kpi_targets.nps = '30' is not a number"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "peil.toml"
    path.write_text(text.replace("'", '"'), encoding="utf-8")
    with pytest.raises(UserError) as error:
        read_settings(path)
    assert said.replace("has '9'", "has '9-17'") in str(error.value)
