"""Wording: double, leading and negative questions, jargon, long sentences, u and je. Rules of thumb, so never more than advice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from peil.surveys.questionnaires.checks import wordlists
from peil.surveys.questionnaires.checks.finding import Finding, Place, finding
from peil.surveys.questionnaires.checks.frame import texts_of, where_in
from peil.surveys.questionnaires.checks.wordlists import Wordlist
from peil.surveys.questionnaires.questionnaire import Questionnaire

_LONGEST_SENTENCE = 25  # words
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_U, _JE = re.compile(r"(?i)\b(u|uw|uzelf)\b"), re.compile(r"(?i)\b(je|jij|jou|jouw|jullie)\b")


def check_words(questionnaire: Questionnaire) -> Iterator[Finding]:
    kinds = {q.key: q.kind for q in questionnaire.questions}
    for place, text, _ in texts_of(questionnaire):
        if place.field not in ("text", "expected") or not place.question:
            continue
        for language, lists in wordlists.BY_LANGUAGE.items():
            if language in questionnaire.languages:
                words = _PLACEHOLDER.sub("X", text.of(language))
                for code, found in _said_badly(words, lists, kinds[place.question], place.field):
                    yield _found(questionnaire, code, place, language, found)
    yield from _mixed_address(questionnaire)


def _found(questionnaire: Questionnaire, code: str, place: Place, language: str, found: str) -> Finding:
    where = Place(page=place.page, question=place.question, field=place.field, language=language)
    more = {"count": found, "most": _LONGEST_SENTENCE} if code == "sentence_long" else {"found": found}
    return finding(code, where, where=where_in(questionnaire, place), **more)


def _said_badly(words: str, lists: Wordlist, kind: str, field: str) -> Iterator[tuple[str, str]]:
    double = double_in(words, lists)
    if double:
        yield "double", double
    # what is expected of an excellent organisation may be called excellent; SUS alternates its direction on purpose
    leading = lists.leading.search(words) if field == "text" else None
    if leading:
        yield "leading", leading[0]
    jargon = lists.jargon.search(words)
    if jargon:
        yield "jargon", jargon[0]
    negative = lists.negative.search(lists.harmless.sub("", words)) if kind not in ("sus_item", "comment") else None
    if negative:
        yield "negative", negative[0]
    longest = max((len(sentence.split()) for sentence in re.split(r"[.?!:]", words)), default=0)
    if longest > _LONGEST_SENTENCE:
        yield "sentence_long", str(longest)


def double_in(words: str, lists: Wordlist) -> str | None:
    """Two things, or two qualities, joined by 'and' or 'or'; the two ends of one scale are one thing."""
    asked = [part for part in words.split("?") if part.strip()]
    if words.count("?") > 1 and len(asked) > 1:
        return "? … ?"
    for found in lists.joined.finditer(words):
        left, right = found[1].casefold(), found[3].casefold()
        both = lists.is_thing(left) and lists.is_thing(right), lists.is_quality(left) and lists.is_quality(right)
        if any(both) and not lists.are_opposites(left, right):
            return found[0]
    return None


def _mixed_address(questionnaire: Questionnaire) -> Iterator[Finding]:
    """One form of address in all Dutch texts: je beside u is taken for a slip."""
    if "nl" not in questionnaire.languages:
        return
    dutch = [(place, _PLACEHOLDER.sub("X", text.of("nl"))) for place, text, _ in texts_of(questionnaire)]
    if not any(_U.search(words) for _, words in dutch):
        return
    for place, words in dutch:
        found = _JE.search(words)
        if found:
            yield _found(questionnaire, "address_mixed", place, "nl", found[0])
