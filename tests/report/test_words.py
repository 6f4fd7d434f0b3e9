"""Every word in both languages, with the same places for values."""

import re
from typing import get_args

import pytest

from peil.core.errors import BadQuery
from peil.core.kpi import Status
from peil.report.words import TEXTS, language_of, note_in_words, say


@pytest.mark.parametrize("key", TEXTS)
def test_dutch_and_english_have_the_same_places(key: str) -> None:
    dutch, english = TEXTS[key]
    assert dutch
    assert english
    places = r"(?<!{){\w*}"  # {{ is a brace that is shown
    assert sorted(re.findall(places, dutch)) == sorted(re.findall(places, english))


def test_every_status_has_words() -> None:
    assert {s for s in get_args(Status) if s != "ok"} <= set(TEXTS)


def test_notes_in_words() -> None:
    assert note_in_words("pending:12", "nl") == "12 rijen lopen nog"
    assert note_in_words("pending:1", "nl") == "1 rij loopt nog"
    assert note_in_words("pending:1", "en") == "1 row is still running"
    assert note_in_words("repeats_unseen", "en") == "repeat answers can't be recognised: customers unknown"
    assert note_in_words("repeats_unseen", "nl") == "herhaalde antwoorden niet te herkennen: klant onbekend"
    assert note_in_words("rows_end:2026-03-09", "nl") == "rijen lopen tot en met 2026-03-09"
    assert note_in_words("no_period_data", "en") == "the register says nothing about this period yet"
    assert note_in_words("per_person", "en").startswith("figures per person are off")
    assert note_in_words("Asked on 1-10.", "en") == "Asked on 1-10."


def test_the_language_follows_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    assert language_of(None) == "en"
    monkeypatch.setenv("LANG", "nl_NL.UTF-8")
    assert language_of(None) == "nl"
    monkeypatch.setenv("LC_ALL", "C")
    assert language_of(None) == "en"
    assert language_of("nl") == "nl"


def test_a_language_that_is_not_spoken_is_refused() -> None:
    with pytest.raises(BadQuery, match="Allowed: en, nl"):
        language_of("fr")


def test_a_period_in_words() -> None:
    assert say("days", "nl", since="01-01-2026", until="31-01-2026") == "01-01-2026 tot en met 31-01-2026."
