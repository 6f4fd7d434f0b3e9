"""Why rows were rejected, in Dutch. What checks say is kept with the row in English."""

from __future__ import annotations

import re

from peil.report.words import Language

_MISSING = "Herstel de cel, of zet de waarde onder missing in de mapping als ze ‘geen antwoord’ betekent."
_UNLABELLED = " and has no label"
# pattern of the reason as it is kept, the same in Dutch, what to do
REASONS: tuple[tuple[str, str, str], ...] = (
    (r"is not a whole number", "is geen geheel getal", _MISSING),
    (r"is not a number with a decimal point", "is geen getal met een decimale punt", _MISSING),
    (r"is not a number with a decimal comma", "is geen getal met een decimale komma", _MISSING),
    (r"is not a number", "is geen getal", _MISSING),
    (r"is neither yes nor no", "is geen ja of nee", "Geef in de mapping aan welke woorden ja en nee betekenen."),
    (r"is no duration as (.+)", "is geen tijdsduur als {0}", _MISSING),
    (r"is not a date \(day-month-year\)", "is geen datum (dag-maand-jaar)", _MISSING),
    (r"is not a date \(month-day-year\)", "is geen datum (maand-dag-jaar)", _MISSING),
    (r"is not a date \((.+)\)", "is geen datum ({0})", _MISSING),
    (r"is not a date", "is geen datum", _MISSING),
    (
        r"was skipped by the clock in (.+)",
        "bestond niet: de klok in {0} sloeg dit uur over",
        "Herstel de tijd, of geef de tijdzone van het bestand in de mapping.",
    ),
    (
        r"is the code of no question",
        "is de code van een onbekende vraag",
        "Voeg de vraag met deze code toe aan de mapping, of zet de code onder ignore.",
    ),
    (
        r"is outside the scale (\S+)-(\S+) of question '(.+)'",
        "valt buiten de schaal {0} tot {1} van vraag ‘{2}’",
        "Zet de waarde onder missing als ze ‘geen antwoord’ betekent; herstel anders de schaal of de cel.",
    ),
    (
        r"is below (\S+), the least that (\w+) can be",
        "ligt onder {0}, het laagste dat {1} kan zijn",
        "Herstel de cel, of zet de waarde onder missing als ze niets betekent.",
    ),
    (
        r"is above (\S+), the most that (\w+) can be",
        "ligt boven {0}, het hoogste dat {1} kan zijn",
        "Herstel de cel, of zet de waarde onder missing als ze niets betekent.",
    ),
    (
        r"(\w+) lies before (\w+)",
        "{0} ligt vóór {1}",
        "Herstel de tijden; hebben alle rijen dit, kijk dan naar datums en tijdzone in de mapping.",
    ),
    (r"is a date in the future", "is een datum in de toekomst", "Herstel het jaartal."),
    (r"is a row of totals", "is een regel met totalen", "Niets; of laat de regel weg uit de export."),
    (
        r"has no key, so a second import could not recognise the row",
        "heeft geen sleutel, dus een tweede import zou de rij niet herkennen",
        "Vul de sleutel in, of laat hem weg uit de mapping; dan zijn bestand en rijnummer de sleutel.",
    ),
    (
        r"has (\d+) cells where the heading has (\d+)",
        "heeft {0} cellen waar de kop er {1} heeft",
        "Zet aanhalingstekens om cellen waarin het scheidingsteken voorkomt, of herstel de rij.",
    ),
    (r"is not UTF-8", "is geen UTF-8", "Sla het bestand op als UTF-8."),
    (r"is no JSON object.*", "is geen JSON-object", "Herstel de regel."),
)


def rejection(reason: str, remedy: str, language: Language) -> tuple[str, str]:
    """The reason for a rejection and what to do, in the language of the page.

    >>> rejection("is above 10, the most that score can be", "Mend the cell.", "nl")[0]
    'ligt boven 10, het hoogste dat score kan zijn'
    """
    if language == "en":
        return reason, remedy
    if reason.endswith(_UNLABELLED):
        why, _ = rejection(reason.removesuffix(_UNLABELLED), remedy, language)
        return f"{why} en heeft geen label", "Geef de waarde in de mapping een label, of zet haar onder missing."
    for pattern, dutch, todo in REASONS:
        if found := re.fullmatch(pattern, reason):
            return dutch.format(*found.groups()), todo
    return reason, remedy
