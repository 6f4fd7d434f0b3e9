"""What changed, in words that claim no more than the test does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from peil.core.kpi import Comparison, Estimate
from peil.core.kpis import BY_KEY
from peil.report.words import Language, note_in_words, say
from peil.report.words.figures import difference, size

Judged: TypeAlias = Literal["good", "bad", ""]
COUNTED: dict[str, tuple[str, str]] = {
    "answers": ("antwoorden", "answers"),
    "interactions": ("contacten", "contacts"),
    "visits": ("bezoeken", "visits"),
    "memberships": ("klanten", "customers"),
    "invitations": ("uitnodigingen", "invitations"),
    "journey_runs": ("klantreizen", "journeys"),
    "solution_views": ("stemmen", "votes"),
}  # what n counts
_TIMES = ("seconds", "minutes")
_NUMBER_WORDS = {
    "nl": ("geen", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"),
    "en": ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
}


def in_letters(n: int, language: Language) -> str:
    """Small numbers as words.

    >>> in_letters(2, "nl"), in_letters(23, "en")
    ('twee', '23')
    """
    words = _NUMBER_WORDS[language]
    return words[n] if n < len(words) else str(n)


def capital(text: str) -> str:
    """The first letter as a capital; the Dutch ij as a whole.

    >>> capital("ijzer"), capital("één ding")
    ('IJzer', 'Eén ding')
    """
    if text.startswith("één"):
        return "Eén" + text[3:]
    return text[:2].upper() + text[2:] if text.startswith("ij") else text[:1].upper() + text[1:]


def judged(c: Comparison) -> Judged:
    """Better or worse, where that can be shown and the KPI has a good direction."""
    kpi = BY_KEY[c.kpi]
    if not c.changed or not c.difference or kpi.better == "neither":
        return ""
    return "good" if (c.difference > 0) == (kpi.better == "higher") else "bad"


def arrow(c: Comparison) -> str:
    """The direction of the number; no arrow without evidence."""
    return "" if not c.changed or not c.difference else "▲" if c.difference > 0 else "▼"


@dataclass(frozen=True, slots=True)
class Speech:
    """Verdicts in a language, with the smallest groups that the organisation shows."""

    language: Language
    min_answers: int = 10
    min_people: int = 10

    def change(self, c: Comparison) -> str:
        """How a figure changed since the period before.

        '9 punten gestegen, aantoonbaar', 'geen aantoonbaar verschil (+0,9 punt)', or why it can't be told.
        """
        if c.changed is None or c.difference is None:
            return self.untold(c)
        if not c.changed:
            return say("no_difference", self.language, difference(c, self.language))
        up = c.difference > 0
        key = ("longer" if up else "shorter") if BY_KEY[c.kpi].unit in _TIMES else "risen" if up else "fallen"
        return say(key, self.language, size(c, self.language))

    def versus_rest(self, c: Comparison) -> str:
        """How a group stands to all others together."""
        if c.changed is None or c.difference is None:
            return say("no_verdict", self.language)
        if not c.changed:
            return say("not_different", self.language)
        up = c.difference > 0
        if BY_KEY[c.kpi].unit in _TIMES:
            return say("longer_than_rest" if up else "shorter_than_rest", self.language)
        return say("above_rest" if up else "below_rest", self.language)

    def untold(self, c: Comparison) -> str:
        """Why no change is told: the status of either side, or a period that still runs."""
        for side, key in ((c.after, "untold_after"), (c.before, "untold_before")):
            if side.status not in ("ok", "few_customers"):
                return say(key, self.language, self.status(side))
        if any("running_period" in side.notes for side in (c.before, c.after)):
            return say("running_now", self.language)
        return say("untold", self.language)

    def status(self, e: Estimate) -> str:
        """The status of a figure in words, with the reason that its notes give."""
        kpi = BY_KEY[e.kpi]
        if e.status == "hidden":
            least = self.min_people if kpi.people else self.min_answers
            if kpi.people:
                return say("too_few_people", self.language, least)
            dutch, english = COUNTED.get(kpi.fact, ("rijen", "rows"))
            return say("too_few_rows", self.language, dutch if self.language == "nl" else english, least)
        if e.status == "mixed":
            return say("mixed_channels" if kpi.within else "mixed_scales_page", self.language)
        if e.value is None and e.notes and e.status in ("needs", "ok", "few_customers"):
            return "; ".join(note_in_words(note, self.language) for note in e.notes)
        if e.status == "ok":
            return say("no_data", self.language) if e.value is None else ""
        return say("few_people" if e.status == "few_customers" and kpi.people else e.status, self.language)
