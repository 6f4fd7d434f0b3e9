"""Columns, values and periods as people call them."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from peil.core.kpis import ALL
from peil.facts.schema import FACTS as SCHEMA
from peil.report.contents.groups import COLUMNS as GROUPED
from peil.report.words import Language
from peil.report.words.terms import (
    COLUMNS,
    DIMENSIONS,
    FACTS,
    VALUES,
    column_name,
    days,
    kpi_name,
    one_day,
    period_name,
    value_name,
)


def test_every_fact_and_every_column_to_group_by_has_a_name() -> None:
    assert set(FACTS) == set(SCHEMA)
    assert set(GROUPED) <= set(COLUMNS)
    not_asked = {"customer_id", "known"}  # of one customer nothing is told; known is Peil's own
    unnamed = {c for fact in SCHEMA.values() for c in fact.dimensions} - set(COLUMNS) - not_asked
    assert unnamed == set()


def test_every_term_has_both_languages() -> None:
    for terms in (COLUMNS, VALUES, DIMENSIONS, FACTS):
        assert [key for key, pair in terms.items() if len(pair) != 2 or not all(pair)] == []


@pytest.mark.parametrize("language", get_args(Language))
def test_no_two_kpis_have_one_name(language: Language) -> None:
    names = [kpi_name(kpi, language) for kpi in ALL]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("column", "dutch", "english"),
    [
        ("channel", "Kanaal", "Channel"),
        ("x_soort_adres", "Soort adres", "Soort adres"),
        ("x_ijk", "IJk", "IJk"),
        ("x_één", "Eén", "Eén"),
    ],
)
def test_a_column_by_its_name_or_by_its_own_words(column: str, dutch: str, english: str) -> None:
    assert (column_name(column, "nl"), column_name(column, "en")) == (dutch, english)


@pytest.mark.parametrize(
    ("column", "value", "dutch", "english"),
    [
        ("channel", "in_person", "Aan de balie", "In person"),
        ("device", "phone", "Telefoon", "Phone"),
        ("team", "zuid", "Zuid", "Zuid"),
        ("team", "phone", "Telefoon", "Phone"),
        ("touchpoint", None, "Onbekend", "Not known"),
        ("self_care", 1, "Ja", "Yes"),
        ("self_care", 0, "Nee", "No"),
        ("box", -1, "-1", "-1"),
        ("hour", 1, "1", "1"),
        ("weekday", 1, "Maandag", "Monday"),
        ("weekday", "7", "Zondag", "Sunday"),
        ("direction", "in", "Inkomend", "Incoming"),
        ("device", "tablet", "Tablet", "Tablet"),
        ("week", "2026-W01", "Week 1, 2026", "Week 1, 2026"),
        ("month", "2026-03", "Maart 2026", "March 2026"),
        ("quarter", "2026-Q2", "2e kwartaal 2026", "Q2 2026"),
        ("year", "2026", "2026", "2026"),
        ("day", "2026-03-01", "1 maart 2026", "1 March 2026"),
    ],
)
def test_a_group_as_people_call_it(column: str, value: str | int | None, dutch: str, english: str) -> None:
    assert value_name(column, value, "nl").lower() == dutch.lower()
    assert value_name(column, value, "en").lower() == english.lower()


def test_months_inside_a_sentence_keep_their_small_letter_in_dutch() -> None:
    assert period_name("2026-03", "nl") == "maart 2026"
    assert period_name("2026-03", "en") == "March 2026"
    assert [period_name("2026-W09", at, short=True) for at in ("nl", "en")] == ["wk 9", "wk 9"]


@pytest.mark.parametrize(
    ("first", "last", "dutch", "english"),
    [
        (date(2026, 3, 1), date(2026, 3, 1), "1 mrt 2026", "1 Mar 2026"),
        (date(2026, 3, 1), date(2026, 3, 31), "1 mrt t/m 31 mrt 2026", "1 Mar to 31 Mar 2026"),
        (date(2025, 12, 3), date(2026, 1, 1), "3 dec 2025 t/m 1 jan 2026", "3 Dec 2025 to 1 Jan 2026"),
    ],
)
def test_a_run_of_days_says_the_year_once(first: date, last: date, dutch: str, english: str) -> None:
    assert days(first, last, "nl") == dutch
    assert days(first, last, "en") == english
    assert one_day(first, "nl") == dutch.split(" t/m ")[0] or first.year == last.year
