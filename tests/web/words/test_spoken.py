"""Every page as it is read: a Dutch one is Dutch and an English one English, numbers and dates as the language writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pytest
from tests.pages.given.shown import shown_figures
from tests.pages.test_words import DUTCH, ENGLISH, LOANED, REJECTED, TYPED, _words_of
from tests.pages.tree import Element, read_page
from tests.web.addresses import enter, furnish, read

from peil.accounts.models import Person
from peil.board.journeys import journeys
from peil.library import Peil
from peil.report.words.terms import VALUES

ROLES = ("manager", "administrator", "team_lead", "agent", "analyst", "digital_owner")
# code, what people typed themselves, and in a mapping questions to customers and ways in which files are written
SILENT = frozenset(("script", "style", "code", "pre", "bdi", "textarea", "option"))
SAID = ("aria-label", "title", "alt", "placeholder")
# what the test, the demo company and its sources are called, and the time of a day
MADE = re.compile(
    r"A journey|A stop|A view|A book|Others|Strike|\b[\w.-]+@[\w.-]+|certificate-of-\d+|(?:Other|Team) Lead"
    r"|American Customer Satisfaction Index|The Net Promoter Network|Eerste (?:artikel|levering)|, \d\d\.\d\d\b"
    r"|^(?:Bron|Source): .*"
)
MONTHS = r"(?:January|February|March|May|June|July|August|October|Mar|Oct)\b \d|\d (?:Mar|May|Oct)\b"
MAANDEN = r"\d (?:januari|februari|maart|mei|juni|juli|augustus|oktober|mrt|okt)\b"
DUTCH_NUMBERS = r"(?<![\d.:])\d{1,3},\d{3}(?!\d)|(?<![\d.:])\d+\.\d{1,2}(?![\d.])"
ENGLISH_NUMBERS = r"(?<![\d.])\d{1,3}\.\d{3}(?!\d)|(?<!\d)\d+,\d{1,2}(?!\d)"


def pieces(e: Element, language: str) -> Iterator[str]:
    """What can be read or heard, text by text, without what the organisation and its customers wrote."""
    said = e.attributes.get("lang", language)
    if e.tag in SILENT or said != language or e.classes & {"rowlist", "sample", "own-text"}:
        return
    yield from (e.attributes[name] for name in SAID if e.attributes.get(name))
    for part in e.parts:
        if isinstance(part, Element):
            yield from pieces(part, language)
        elif part.strip():
            yield " ".join(part.split())


def wrong_words(language: str) -> re.Pattern[str]:
    words = ENGLISH if language == "nl" else DUTCH - {"over", "die", "met"}
    return re.compile(rf"(?i)(?<![\w.-])(?:{'|'.join(sorted(words))})(?![\w-])")


def wrong_figures(language: str) -> re.Pattern[str]:
    if language == "nl":
        return re.compile(rf"{DUTCH_NUMBERS}|{MONTHS}|\b\d{{4}}-\d{{2}}-\d{{2}}\b|\d %|(?<![\w.,-])-\d")
    return re.compile(rf"{ENGLISH_NUMBERS}|{MAANDEN}|\d %|(?<![\w.,-])-\d")


def own_names(page: Element) -> set[str]:
    """Values of the organisation's own data, as filters and groups show them: those have no word of Peil's."""
    given = {v for s in shown_figures(page) for _, v in s.group}
    given |= {e.attributes.get("value") for e in page.all("input", "option")}
    return {v for v in given if isinstance(v, str) and len(v) > 3} - VALUES.keys()


def complaints(page: Element, language: str, own: re.Pattern[str]) -> list[str]:
    texts = [TYPED.sub("…", own.sub("…", MADE.sub("…", t))) for t in pieces(page, language)]
    other = wrong_words(language)
    figures = wrong_figures(language)
    phrases = _words_of("en" if language == "nl" else "nl")
    found = [f"word: {t}" for t in texts if other.search(t)]
    found += [f"figure: {t}" for t in texts if figures.search(t)]
    found += [f"phrase: {t}" for t in texts if t.lower().strip(" .,:;") in phrases and t.lower() not in LOANED]
    refused = re.compile(
        rf"(?i)\b(?:{'|'.join(w for w in REJECTED if w != 'mailserver')})\b"
    )  # that there is one: ours
    if language == "nl":
        found += [f"u: {t}" for t in texts if re.search(r"(?<!\d )\b(?:u|uw)\b", re.sub(r"‘[^’]*’", "", t))]
        found += [f"rejected: {t}" for t in texts if refused.search(t)]
    return found + [f"shouted: {t}" for t in texts if "!" in t]


# what customers read says u, of which no colleague's page speaks
RESPONDENTS = re.compile(
    r"/(?:s|a|w|stop|kiosk|asking)/|/invitations/mail/[^?]*/body/|/surveys/[^?]*/(?:sheet|preview)/|/channels/[^?]*/sheet/"
)


def to_customers(page: Element, language: str) -> list[str]:
    """Where a page for customers is not in their language, or says je."""
    texts = [" ".join(t.split()) for t in pieces(page, page.attributes.get("lang", language))]
    familiar = re.compile(r"(?i)\b(?:je|jij|jou|jouw)\b")
    return [f"je: {t}" for t in texts if language == "nl" and familiar.search(t)]


def check(role: str, language: str, people: Mapping[str, Person]) -> None:
    person = people[role]
    Person.objects.update(language=language)
    person.refresh_from_db()
    furnish(person)
    client = enter(person)
    shown = {address: read_page(html) for address, html in read(role, client, person).items()}
    given = {name for page in shown.values() for name in own_names(page)} | {j.name for j in journeys()}
    names = sorted(given, key=len, reverse=True)
    own = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in names), re.IGNORECASE)
    theirs = {address: page for address, page in shown.items() if RESPONDENTS.match(address)}
    ours = {address: page for address, page in shown.items() if address not in theirs}
    assert theirs, "pages of customers are among them"
    found = {said: address for address, page in ours.items() for said in complaints(page, language, own)}
    found |= {said: address for address, page in theirs.items() for said in to_customers(page, language)}
    assert not found, "\n".join(f"{said}   {address}" for said, address in found.items())


@pytest.mark.slow
@pytest.mark.django_db
def test_no_page_of_the_administrator_mixes_languages(company: Peil, people: Mapping[str, Person]) -> None:
    check("administrator", "nl", people)


@pytest.mark.full
@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("role", ROLES)
def test_no_page_of_anyone_mixes_languages(
    role: str, language: str, company: Peil, people: Mapping[str, Person]
) -> None:
    check(role, language, people)
