"""Words that make a question double, leading, negative or hard, in Dutch and English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wordlist:
    """One language. Things and qualities are known by a list and by how they end."""

    joined: re.Pattern[str]
    things: frozenset[str]
    thing_ends: tuple[str, ...]
    qualities: frozenset[str]
    quality_ends: tuple[str, ...]
    opposites: frozenset[frozenset[str]]
    denials: tuple[str, ...]  # what before a word makes its opposite
    leading: re.Pattern[str]
    jargon: re.Pattern[str]
    negative: re.Pattern[str]
    harmless: re.Pattern[str]  # what looks negative and is not

    def is_thing(self, word: str) -> bool:
        return word in self.things or (len(word) > 5 and word.endswith(self.thing_ends))

    def is_quality(self, word: str) -> bool:
        return word in self.qualities or (len(word) > 5 and word.endswith(self.quality_ends))

    def are_opposites(self, left: str, right: str) -> bool:
        denied = any(right == d + left or left == d + right for d in self.denials)
        return denied or frozenset((left, right)) in self.opposites


def _words(*listed: str) -> frozenset[str]:
    return frozenset(word for line in listed for word in line.split())


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile(r"(?i)\b(?:" + "|".join(patterns) + r")\b")


def _opposites(*pairs: str) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair.split()) for pair in pairs)


_ABBREVIATIONS = ("nps", "csat", "ces", "sla", "fcr", "kpi", "aht", "ivr", "crm")

DUTCH = Wordlist(
    joined=re.compile(r"(?i)(?<![\w-])([\w-]+)\s+(en|of)\s+(?:(?:de|het|een|onze|ons|uw|hoe|was|waren|is|over|zo)\s+)*([\w-]+)"),
    things=_words(
        "service prijs prijzen product producten website app medewerker medewerkers kwaliteit uitleg hulp contact",
        "levering bezorging antwoord antwoorden wachttijd tempo informatie factuur nota winkel monteur afspraak garantie",
    ),
    thing_ends=("heid", "ing", "teit", "tie", "schap"),
    qualities=_words(
        "snel goed netjes correct juist helder fijn beleefd tevreden eerlijk volledig compleet prettig duidelijk attent",
        "makkelijk moeilijk slecht langzaam kundig",
    ),
    quality_ends=("lijk", "baar", "zaam", "ig", "kundig"),
    opposites=_opposites("makkelijk moeilijk", "goed slecht", "snel langzaam", "eens oneens", "positief negatief"),
    denials=("on",),
    leading=_any_of(
        r"vindt u (?:het |dit |dat )?(?:ook|niet)", r"bent u het (?:er ?)?ook mee eens", "toch zeker", "natuurlijk", "uiteraard",
        r"hoe (?:geweldig|fijn|prettig|blij|enthousiast|fantastisch|leuk)", r"uitstekende?", r"fantastische?", r"geweldige?",
        r"vernieuwde", r"zoals (?:u weet|iedereen)", r"net als (?:veel|de meeste)",
    ),
    jargon=_any_of(
        *_ABBREVIATIONS, "touchpoints?", "tickets?", "cases?", "queue", "omnichannel", "self-?service", "zelfservice", "klantreis",
        "front-?office", "back-?office", "escalatie", "agents?", "issues?", "portal", "stakeholders?", "conversie", "onboarding",
        "afhandeltijd", "doorlooptijd", "eerstelijns", "kanaal", "kanalen", "resolutie",
    ),
    negative=_any_of("niet", "geen", "nooit", "niemand", "nergens", "niets"),
    harmless=re.compile(r"(?i)\b(?:wel of niet|al dan niet|of niet|weet (?:ik )?niet)\b"),
)  # fmt: skip

ENGLISH = Wordlist(
    joined=re.compile(r"(?i)(?<![\w-])([\w-]+)\s+(and|or)\s+(?:(?:the|a|an|our|your|how|was|were|is|of|so)\s+)*([\w-]+)"),
    things=_words(
        "service price prices product products website app staff employee employees agent quality help contact delivery",
        "answer answers speed support information invoice bill shop engineer appointment guarantee",
    ),
    thing_ends=("ness", "ity", "tion", "ment", "ship"),
    qualities=_words(
        "fast quick quickly good clear clearly polite kind correct correctly easy hard friendly honest complete fair accurate",
        "bad slow difficult satisfied agree",
    ),
    quality_ends=("ful", "able", "ous", "ive", "ly"),
    opposites=_opposites("easy hard", "easy difficult", "good bad", "fast slow", "quick slow", "positive negative"),
    denials=("un", "dis", "in", "im"),
    leading=_any_of(
        r"do you (?:also|not) (?:think|agree|find)", r"(?:do|would|is|are|was)n['’]t (?:you|it|we)", "of course", "obviously",
        "surely", r"how (?:great|wonderful|happy|pleased|delighted|amazing)", r"how much did you (?:love|enjoy)",
        "excellent", "amazing", "fantastic", "great", r"like most (?:people|customers)", "as you know",
    ),
    jargon=_any_of(
        *_ABBREVIATIONS, "touch ?points?", "tickets?", "omni-?channel", "self-?service", "customer journey", "front office",
        "back office", "escalation", "case handler", "portal", "stakeholders?", "onboarding", "resolution", "handle time",
        "first line", "channels?",
    ),
    negative=re.compile(r"(?i)\b(?:not|never|no|none|nothing|nobody|nowhere)\b|n['’]t\b"),
    harmless=re.compile(r"(?i)\b(?:whether or not|or not|yes or no|do(?:n['’]t| not) know)\b"),
)  # fmt: skip

BY_LANGUAGE: Mapping[str, Wordlist] = {"nl": DUTCH, "en": ENGLISH}
