"""The catalogue of the app: every text is used, none is missing, each is in both languages, and speaks to people as agreed."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from tests.pages.test_words import DUTCH, ENGLISH, REJECTED

import peil
from peil.report.words import TEXTS
from peil.report.words.app import APP

SOURCE = Path(peil.__file__).parent
ASKED = re.compile(r"""\b(?:say|voice)\(\s*(?:key=)?["'](\w+)["']""")
WHOLE = re.compile(r"""["']([A-Za-z0-9_ .%-]+)["']""")
START = re.compile(r"""f["']([a-z_]+_)\{|["']([a-z_]+_)["'] ?[~+]""")
END = re.compile(r"""\}(_[a-z_]+)["']|[~+] ?["'](_[a-z_]+)["']""")
NAMES = ("Peil", "Parquet", "Power BI")


@cache
def _source() -> str:
    """Everything that may ask for a word: code and templates, without the catalogue itself."""
    files = [p for kind in ("*.py", "*.html", "*.txt") for p in SOURCE.rglob(kind)]
    return "\n".join(
        p.read_text(encoding="utf-8") for p in files if SOURCE / "report" / "words" / "app" not in p.parents
    )


def test_no_word_is_asked_for_that_is_not_there() -> None:
    asked = {m for m in ASKED.findall(_source()) if not m.endswith("_")}
    assert len(asked) > 300
    assert asked - TEXTS.keys() == set()


def test_no_text_is_left_that_nothing_asks_for() -> None:
    whole = set(WHOLE.findall(_source()))
    starts = tuple({a or b for a, b in START.findall(_source())})
    ends = tuple({a or b for a, b in END.findall(_source())})
    unused = [k for k in APP if k not in whole and not k.startswith(starts)]
    unused = [k for k in unused if not (k.endswith(ends) and any(k.removesuffix(e) in whole for e in ends))]
    assert [
        k for k in unused if k not in ("job_tidy", "job_subscriptions", "job_asking")
    ] == []  # by the name of a job: jobs.py


@pytest.mark.parametrize(("language", "at"), [("nl", 0), ("en", 1)])
def test_every_text_is_written(language: str, at: int) -> None:
    assert [key for key, texts in APP.items() if not texts[at].strip()] == []


def test_no_text_is_still_in_the_other_language() -> None:
    """A Dutch text with English words in it, or the same text twice where it is a sentence."""
    english, dutch = (
        _any(ENGLISH - {"at", "by", "is", "was"}),
        _any(DUTCH - {"van", "over", "even", "die", "elk", "met"}),
    )
    wrong = {k: t[0] for k, t in APP.items() if english.search(_plain(t[0]))}
    wrong |= {k: t[1] for k, t in APP.items() if dutch.search(_plain(t[1]))}
    twice = {k: t[0] for k, t in APP.items() if t[0] == t[1] and len(re.findall(r"[a-z]{3,}", _plain(t[0]))) > 2}
    assert wrong | twice == {}


def test_people_who_work_here_are_je() -> None:
    """`u` is for customers: it stands in the app only where a question to a customer is quoted."""
    told = {k: re.sub(r"‘[^’]*’", "", t[0]) for k, t in APP.items()}
    formal = re.compile(r"(?i)(?<![\d}] )(?<!\w)(?:u|uw|uzelf)(?!\w)")
    assert {k: t for k, t in told.items() if formal.search(re.sub(r"\d+ u\b", "", t))} == {}


def test_no_text_uses_a_word_that_was_rejected() -> None:
    more = (
        "drijfveren",
        "resolutie tijd",
        "eerste contactoplossing",
        "hersteekproef",
        "weet je het zeker",
        "klik hier",
    )
    found = re.compile(rf"(?i)\b(?:{'|'.join((*REJECTED, *more))})\b")
    allowed = {"environment_mail", "check_mail", "mend_mail", "environment_no_mail"}  # the settings of a mail server
    assert {k: t[0] for k, t in APP.items() if found.search(t[0]) and k not in allowed} == {}
    assert {k: t for k, t in APP.items() if any("!" in text for text in t)} == {}


def test_buttons_are_infinitives_and_texts_have_real_signs() -> None:
    """No 'Sla op', no straight quotes around words, no hyphen for a minus or a range."""
    command = re.compile(r"^(?:Sla|Klik|Voeg|Verwijder|Bewaar|Maak|Kies|Stuur|Open) \w+$")
    assert {k: t[0] for k, t in APP.items() if command.match(t[0])} == {}
    straight = re.compile(r"""(?<!\w)"\w|\w"(?!\w)|(?<![\w.])-\d|\d - \d""")
    assert {k: t for k, t in APP.items() if any(straight.search(text) for text in t)} == {}


def _plain(text: str) -> str:
    """Without what is typed or named: settings, commands, files and places to fill in."""
    for name in NAMES:
        text = text.replace(name, "")
    text = re.sub(
        r"https?://\S+|\b\w+[._]\w+\b|\bpip install\b[^.,]*|\bpeil [a-z]+( [A-Z]+)?|\{\w*\}|[A-Z]{3,}", "", text
    )
    return re.sub(r"‘only’|'only'", "", text)


def _any(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?i)(?<![\w-])(?:{'|'.join(sorted(words))})(?![\w-])")
