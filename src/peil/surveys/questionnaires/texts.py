"""Texts in several languages, and what may be filled in: a closed list of things known about the person and the contact."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LANGUAGE = re.compile(r"[a-z]{2}(-[A-Z]{2})?")
# what no text store takes, or nobody can see; line ends and tabs stay
UNKEEPABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_PLACE = re.compile(r"\{([a-z_.]+)(?:\|([^{}|]*))?\}")
_LONGEST_VALUE = 200
# direction marks and the like: they turn the words around them, and show nothing themselves
_INVISIBLE = frozenset(map(chr, (*range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2070), 0xFEFF)))


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in each language of a questionnaire."""

    by_language: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_language", tuple(sorted(self.by_language)))

    def of(self, language: str) -> str:
        """The words in `language`; nothing where they are missing."""
        return dict(self.by_language).get(language, "")

    def __bool__(self) -> bool:
        return any(words.strip() for _, words in self.by_language)

    def missing(self, languages: Iterable[str]) -> list[str]:
        """The languages in which there are no words."""
        return [language for language in languages if not self.of(language).strip()]

    def only(self, languages: Iterable[str]) -> Text:
        """The same text in `languages` alone."""
        kept = set(languages)
        return Text(tuple((language, words) for language, words in self.by_language if language in kept))


def text(nl: str = "", en: str = "", **others: str) -> Text:
    """A text from words by language."""
    return Text(tuple((language, words) for language, words in {"nl": nl, "en": en, **others}.items() if words))


NO_TEXT = Text()


@dataclass(frozen=True, slots=True)
class Attribute:
    """Something that may be known when a person is asked. Both names mean the same, in every language."""

    key: str
    dutch: str
    always: bool = False  # known of everybody, so no other words are needed
    of_a_person: bool = False  # tells who somebody is
    names_contact: bool = False  # tells which contact it is about


ATTRIBUTES: Mapping[str, Attribute] = {
    a.key: a
    for a in (
        Attribute("organisation", "organisatie", always=True),
        Attribute("subject", "onderwerp", always=True, names_contact=True),
        Attribute("customer.first_name", "klant.voornaam", of_a_person=True),
        Attribute("customer.last_name", "klant.achternaam", of_a_person=True),
        Attribute("customer.name", "klant.naam", of_a_person=True),
        Attribute("customer.since", "klant.sinds", of_a_person=True),
        Attribute("contact.day", "contact.dag", names_contact=True),
        Attribute("contact.channel", "contact.kanaal"),
        Attribute("contact.reason", "contact.reden"),
        Attribute("contact.employee", "contact.medewerker", of_a_person=True),
        Attribute("product", "product"),
        Attribute("renewal.day", "verlenging.dag"),
    )
}
_BY_NAME = {name: a for a in ATTRIBUTES.values() for name in (a.key, a.dutch)}
NAMES: tuple[str, ...] = tuple(_BY_NAME)


@dataclass(frozen=True, slots=True)
class Placeholder:
    """`{klant.voornaam|klant}`: what is filled in, and the words for when it is not known."""

    name: str
    attribute: Attribute | None  # None: no such thing is ever known
    otherwise: str | None


def placeholders(words: str) -> list[Placeholder]:
    """What is filled in, in the order of the text."""
    return [Placeholder(m[1], _BY_NAME.get(m[1]), m[2]) for m in _PLACE.finditer(words)]


def has_stray_brace(words: str) -> bool:
    """A brace that belongs to no placeholder: usually one with a slip in it."""
    return bool(re.search(r"[{}]", _PLACE.sub("", words)))


def fill(words: str, known: Mapping[str, str]) -> str:
    """`words` with what is known, by key of `ATTRIBUTES`, filled in. Values stay text: what looks like a placeholder,
    a tag or a new line in one of them means nothing. Whoever shows the result escapes it, as any text."""

    def value_of(found: re.Match[str]) -> str:
        attribute = _BY_NAME.get(found[1])
        value = clean_value(known.get(attribute.key, "")) if attribute else ""
        return value or (found[2] or "")

    return _PLACE.sub(value_of, words)


def clean_value(value: str) -> str:
    """One line without anything invisible, so that it is safe in a subject line and turns no words around."""
    plain = "".join(
        " " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c
        for c in value
        if c not in _INVISIBLE and unicodedata.category(c) != "Cs"
    )
    line = " ".join(plain.split())
    return line if len(line) <= _LONGEST_VALUE else line[: _LONGEST_VALUE - 1] + "…"
