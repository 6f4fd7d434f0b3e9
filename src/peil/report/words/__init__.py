"""Every word that the command line shows around figures, in Dutch and English."""

from __future__ import annotations

import os
from typing import Literal, TypeAlias, get_args

from peil.core.errors import BadQuery, did_you_mean
from peil.report.words.app import APP
from peil.report.words.page import PAGE

Language: TypeAlias = Literal["nl", "en"]

TEXTS: dict[str, tuple[str, str]] = {
    # headings
    "kpi": ("KPI", "KPI"),
    "name": ("naam", "name"),
    "value": ("waarde", "value"),
    "interval": ("{level} %-interval", "{level} % interval"),
    "n": ("n", "n"),
    "remarks": ("opmerkingen", "remarks"),
    "before": ("vorige periode", "before"),
    "after": ("deze periode", "after"),
    "difference": ("verschil", "difference"),
    "verdict": ("oordeel", "verdict"),
    "to": ("{low} tot {high}", "{low} to {high}"),
    "all_rows": ("Alle rijen, ongeacht datum.", "All rows, whatever their date."),
    "days": ("{since} tot en met {until}.", "{since} through {until}."),
    "days_from": ("Vanaf {since}.", "From {since}."),
    "days_until": ("Tot en met {until}.", "Through {until}."),
    "or_more": ("{low} of meer", "{low} or more"),
    "at_most": ("{high} of minder", "{high} or less"),
    "nothing": (
        "Voor {count} andere KPI's zijn hier geen gegevens; `peil explain` toont ze allemaal.",
        "{count} other KPIs have nothing to count here; `peil explain` lists them all.",
    ),
    "no_figures": ("Geen enkele KPI heeft gegevens om te tellen.", "No KPI has anything to count."),
    "no_changes": (
        "Niets te vergelijken: de KPI's hebben in een van beide perioden geen of te weinig gegevens.",
        "Nothing to compare: in one of the two periods these KPIs have no data, or too few.",
    ),
    "not_known": ("onbekend", "not known"),
    "yes": ("ja", "yes"),
    "no": ("nee", "no"),
    "week_short": ("wk {0}", "wk {0}"),
    "week_long": ("Week {0}, {1}", "Week {0}, {1}"),
    "quarter_long": ("{0}e kwartaal {1}", "Q{0} {1}"),
    "day_span": ("{0} t/m {1}", "{0} to {1}"),
    # subjects: the files of the catalogue
    "satisfaction": ("Tevredenheid en aanbeveling", "Satisfaction and recommendation"),
    "effort": ("Gemak en inspanning", "Effort"),
    "servqual": ("Servicekwaliteit en verwachtingen", "Service quality and expectations"),
    "response": ("Reactie en wachten", "Response and waiting"),
    "handling": ("Afhandeling", "Handling"),
    "solving": ("Oplossen en kanalen", "Solving and channels"),
    "contacts": ("Contacten en kosten", "Contacts and cost"),
    "digital": ("Website en gebruiksgemak", "Website and usability"),
    "loyalty": ("Klanten en respons", "Customers and response to surveys"),
    "employees": ("Medewerkers", "Employees"),
    # changes in sentences
    "no_difference": ("geen aantoonbaar verschil ({0})", "no demonstrable difference ({0})"),
    "risen": ("{0} gestegen, aantoonbaar", "up {0}, demonstrably"),
    "fallen": ("{0} gedaald, aantoonbaar", "down {0}, demonstrably"),
    "longer": ("{0} langer, aantoonbaar", "{0} longer, demonstrably"),
    "shorter": ("{0} korter, aantoonbaar", "{0} shorter, demonstrably"),
    "not_different": ("geen aantoonbaar verschil", "no demonstrable difference"),
    "above_rest": ("hoger dan de rest", "above the rest"),
    "below_rest": ("lager dan de rest", "below the rest"),
    "longer_than_rest": ("langer dan de rest", "longer than the rest"),
    "shorter_than_rest": ("korter dan de rest", "shorter than the rest"),
    "no_verdict": ("geen oordeel", "no verdict"),
    "untold_after": ("niet te vergelijken: {0}", "can't be compared: {0}"),
    "untold_before": (
        "niet te vergelijken; in de vergeleken periode: {0}",
        "can't be compared; in the comparison period: {0}",
    ),
    "untold": ("niet te vergelijken", "can't be compared"),
    "running_now": ("periode loopt nog, daarom niet vergeleken", "period still running, so not compared"),
    "too_few_rows": ("te weinig {0}, minimaal {1}", "too few {0}, at least {1}"),
    "too_few_people": ("te weinig mensen, minimaal {0}", "too few people, at least {0}"),
    "mixed_channels": (
        "alleen per kanaal: één mediaan over chat en post samen zegt niets",
        "by channel only: one median over chat and post together says nothing",
    ),
    "mixed_scales_page": (
        "antwoorden op verschillende schalen zijn niet samen te voegen",
        "answers on different scales can't be pooled",
    ),
    # status
    "few_customers": ("minder dan 20 klanten", "from fewer than 20 customers"),
    "few_people": ("minder dan 20 mensen", "from fewer than 20 people"),
    "too_few": ("te weinig voor een interval", "too few for an interval"),
    "no_data": ("geen gegevens", "no data"),
    "hidden": ("verborgen: de groep is te klein om te tonen", "hidden: the group is too small to show"),
    "mixed": ("niet samen te voegen", "can't be pooled"),
    "mixed_within": (
        "niet over verschillende waarden van {0} heen te geven: voeg --by {0} toe",
        "can't be given across different values of {0}: add --by {0}",
    ),
    "mixed_scales": (
        "antwoorden op verschillende schalen zijn niet samen te voegen: voeg --by question toe",
        "answers on different scales can't be pooled: add --by question",
    ),
    "needs": ("nog niet te geven", "can't be given yet"),
    # changes
    "changed_better": ("beter", "better"),
    "changed_worse": ("slechter", "worse"),
    "changed": ("veranderd", "changed"),
    "unchanged": ("geen aantoonbaar verschil", "no demonstrable difference"),
    "cannot_tell": ("niet te zeggen", "can't be told"),
    # notes, by the word before the colon
    "repeats_unseen": (
        "herhaalde antwoorden niet te herkennen: klant onbekend",
        "repeat answers can't be recognised: customers unknown",
    ),
    "pending": ("{0} rijen lopen nog", "{0} rows are still running"),
    "pending_one": ("1 rij loopt nog", "1 row is still running"),
    "rows_end": ("rijen lopen tot en met {0}", "rows stop at {0}"),
    "no_period_data": (
        "het register gaat nog niet over deze periode",
        "the register says nothing about this period yet",
    ),
    "per_person": (
        "cijfers per persoon staan uit (peil.toml: per_person = true)",
        "figures per person are off (peil.toml: per_person = true)",
    ),
    "whole_months": (
        "hele maanden die om zijn, in groepen die groot genoeg zijn",
        "whole months that are over, in groups that are large enough",
    ),
    "running_period": ("de periode loopt nog", "the period is still running"),
    "still_running": (
        "De periode loopt nog: de nieuwste gegevens zijn van {newest}.",
        "The period is still running: the newest rows are of {newest}.",
    ),
    "rows_stop": ("De gegevens lopen tot en met {newest}.", "The rows stop at {newest}."),
    "small_group": ("te weinig antwoorden", "too few answers"),
    "protects_a_small_group": (
        "anders is een te kleine groep eruit af te leiden",
        "a group too small to show could be worked out from it",
    ),
    "not_reached": ("nog niet bereikt: te veel staat nog open", "not reached yet: too many are still running"),
    "upper_not_reached": ("bovengrens nog niet te zeggen", "the upper limit can't be told yet"),
    "no_column": ("heeft geen kolom '{0}'", "has no column '{0}'"),
    "needs_assumption": ("geef een aanname: --assume {0}=GETAL", "say --assume {0}=NUMBER"),
    "needs_period": ("noem een periode, bijvoorbeeld --period 2026", "name a period, for instance --period 2026"),
    # units
    "years": ("{0} jaar", "{0} years"),
    "hour": ("u", "h"),
    "point": ("{0} punt", "{0} point"),
    "points": ("{0} punten", "{0} points"),
    "percentage point": ("{0} procentpunt", "{0} percentage point"),
    "percentage points": ("{0} procentpunt", "{0} percentage points"),
    **PAGE,
    **APP,
}


def language_of(asked: str | None) -> Language:
    """The language asked for, else the system's when it is Dutch, else English."""
    if asked is None:
        system = next((os.environ[k] for k in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(k)), "")
        return "nl" if system.lower().startswith("nl") else "en"
    for known in get_args(Language):
        if asked == known:
            return known  # type: ignore[no-any-return]
    raise BadQuery(f"Peil does not speak '{asked}'.", did_you_mean(asked, get_args(Language)))


def say(key: str, language: Language, *values: object, **named: object) -> str:
    dutch, english = TEXTS[key]
    return (dutch if language == "nl" else english).format(*values, **named)


def note_in_words(note: str, language: Language) -> str:
    """A note of a figure: a word of the catalogue with its value, or a sentence of its own.

    >>> note_in_words("pending:12", "en")
    '12 rows are still running'
    """
    word, _, value = note.partition(":")
    if note == "pending:1":
        return say("pending_one", language)
    return say(word, language, value) if word in TEXTS else note
