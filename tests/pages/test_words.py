"""A Dutch page is Dutch and an English one English: words, numbers, minus signs, and no word that was rejected before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from tests.pages.given.company import LANGUAGES, Demo
from tests.pages.given.shown import shown_figures
from tests.pages.tree import Element, read_page

from peil.core.kpis import ALL
from peil.report.words import TEXTS
from peil.report.words.terms import COLUMNS, DIMENSIONS, FACTS, VALUES

ENGLISH = frozenset(
    re.findall(
        r"\S+",
        """
        the and with for from which that this are not but than then more less between under above below
        when where what who how each its their there here has have been does did can could would should may
        might answers answer figure figures customer customers compared higher lower rate rates times
        satisfaction effort response period share shares value values count weeks months days hours minutes
        years found row rows reason reasons first last before after since until within without out they you
        your our by at into only also other others change changes changed better worse
        """,
    )
)
DUTCH = frozenset(
    re.findall(
        r"\S+",
        """
        het een van voor niet met wordt worden zijn naar bij ook maar dat deze dit waar wat wie hoe elk geen
        nog meer minder tussen boven als toen antwoorden antwoord cijfer cijfers klanten klant vergeleken
        hoger lager tijd tevredenheid reactie periode aandeel waarde aantal weken maanden dagen uur jaar rijen
        bestand reden eerste laatste voorheen sinds zonder uit wij ons onze alleen andere verandering beter
        slechter aantoonbaar
        """,
    )
)
TYPED = re.compile(rf"--by \w+|\b(?:{'|'.join(name for kpi in ALL for name in kpi.assumes)})\b")  # words to type
LOANED = frozenset(("digital service", "service level", "employee engagement"))  # Dutch people say so too
REJECTED = (
    "niet door toeval", "over tijd", "hersteekproeven", "links boven", "opvolgzaak", "mailserver", "je wist", "begroeter",
    "lost zichzelf op", "opnieuw bellen", "drijfveren", "resolutie", "eerste contactoplossing", "promoters", "significant",
    "foutmarge", "score-verdeling", "dankzij", "klantinspanning, hoog",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text:
    """What can be read or heard on a page, without what is code and without what the company named itself."""

    language: str
    pieces: tuple[str, ...]

    def find(self, pattern: str) -> list[str]:
        return [f"…{p[max(0, m.start() - 40) : m.end() + 40]}…" for p in self.pieces for m in re.finditer(pattern, p)]


@pytest.fixture(scope="module", params=LANGUAGES)
def text(request: pytest.FixtureRequest, demo: Demo) -> Text:
    page = read_page(demo.pages[request.param].read_text(encoding="utf-8"))
    own = {str(v) for s in shown_figures(page) for _, v in s.group if isinstance(v, str) and len(v) > 3} - VALUES.keys()
    named = re.compile("|".join(re.escape(v) for v in sorted(own, key=len, reverse=True)), re.IGNORECASE)
    return Text(request.param, tuple(named.sub("…", piece) for piece in _pieces(page)))


def none(found: list[str]) -> None:
    assert not found, f"{len(found)}:\n" + "\n".join(found[:12])


def _pieces(page: Element) -> Iterator[str]:
    for e in page.all("h1", "h2", "h3", "p", "li", "dt", "dd", "td", "th", "figcaption", "summary", "a", "text"):
        if not _is_not_ours(e):
            yield TYPED.sub("…", _without_code(e))
    for e in page.all():
        yield from (e.attributes[name] for name in ("aria-label", "title", "alt") if name in e.attributes)


def _is_not_ours(e: Element) -> bool:
    """Files and columns of the company, code, and titles of books and articles."""
    of_a_file = any(x.id == "herkomst" for x in e.around) and e.tag in ("td", "th")
    of_a_book = any("defs" in x.classes for x in e.around) and "dim" in e.classes
    return of_a_file or of_a_book or any(x.tag == "code" for x in e.around)


def _without_code(e: Element) -> str:
    if not any(True for _ in e.all("code")):
        return e.text
    return " ".join(
        p if isinstance(p, str) else _without_code(p) for p in e.parts if isinstance(p, str) or p.tag != "code"
    )


def _words_of(language: str) -> dict[str, str]:
    """Every phrase of two words or more that Peil can say in this language, and where it comes from."""
    at = 0 if language == "nl" else 1
    told = {f"'{key}'": pair for key, pair in TEXTS.items()}
    for terms in (COLUMNS, VALUES, DIMENSIONS, FACTS):
        told |= {f"term {key}": pair for key, pair in terms.items()}
    for kpi in ALL:
        told |= {f"{kpi.key}.name": kpi.name, f"{kpi.key}.formula": kpi.formula, f"{kpi.key}.tells": kpi.tells}
    found: dict[str, str] = {}
    for where, pair in told.items():
        other = pair[1 - at].lower()
        for part in re.split(r"\{\w*\}|\||\n", pair[at]):
            phrase = part.strip(" .,:;()‘’").lower()
            if " " in phrase and len(phrase) > 7 and phrase not in other:
                found[phrase] = where
    return found


def test_no_phrase_of_the_other_language_is_left(text: Text) -> None:
    other = "en" if text.language == "nl" else "nl"
    phrases = _words_of(other)
    assert len(phrases) > 300
    said = "\n".join(text.pieces).lower()
    assert {phrase: where for phrase, where in phrases.items() if phrase in said and phrase not in LOANED} == {}


def test_no_common_word_of_the_other_language_is_left(text: Text) -> None:
    words = ENGLISH if text.language == "nl" else DUTCH
    none(text.find(rf"(?i)(?<![\w-])(?:{'|'.join(sorted(words))})(?![\w-])"))


def test_no_word_is_used_that_was_rejected_before(text: Text) -> None:
    if text.language == "nl":
        none(text.find(rf"(?i)\b(?:{'|'.join(REJECTED)})\b"))
    none(text.find(r"!|\bp\s?[=<]\s?0"))


def test_numbers_are_written_as_the_language_writes_them(text: Text) -> None:
    wrong = r"\d,\d{3}(?!\d)|\d\.\d{1,2}(?!\d)" if text.language == "nl" else r"\d\.\d{3}(?!\d)|\d,\d{1,2}(?!\d)"
    none(text.find(wrong))


def test_below_zero_has_a_real_minus_sign(text: Text) -> None:
    none(text.find(r"(?<![\w.])-\d"))
    assert text.find(r"\N{MINUS SIGN}\d")


def test_an_nps_is_never_a_percentage(text: Text) -> None:
    none(text.find(r"NPS\W{0,3}[+\N{MINUS SIGN}]?\d+\s?%"))
    none(text.find(r"\d %"))


def test_ranges_are_told_in_words(text: Text) -> None:
    """'27 to 35' and never '27–35', but for the ends of a scale of answers."""
    none(text.find(r"%\s?–\s?\d|\d,\d\s?–|\d\s?–\s?[+\N{MINUS SIGN}]"))
