"""What a questionnaire is refused with when it comes in as a file or is published, in Dutch."""

from __future__ import annotations

_KIND = "Kijk in een enquête die je als bestand bewaarde hoe het hoort."
_AGAIN = "Bewaar de enquête opnieuw als bestand, of haal de wijziging weg."

# pattern of what was raised, the same in Dutch, what to do; without that the hint itself is put into Dutch
REFUSED: tuple[tuple[str, str, str], ...] = (
    (r"This is no questionnaire of Peil\.", "Dit is geen enquête van Peil.", "Kies een bestand dat Peil zelf bewaarde."),
    (r"This questionnaire has a form that this Peil does not know\.", "Deze enquête komt uit een nieuwere Peil.", "Werk Peil eerst bij."),
    (r"This questionnaire can't be published: .*", "Deze enquête kan zo niet worden gepubliceerd.", "Kijk bij de bevindingen wat er moet veranderen."),
    (r"This questionnaire is equal to the version that is published\.", "Deze enquête is gelijk aan de versie die al is gepubliceerd.", "Verander eerst iets."),
    (r"There is no template '(.*)'\.", "Het voorbeeld ‘{0}’ bestaat niet.", ""),
    (r"'version' can't be given\.", "Een versie kan er niet bij staan.", "Haal de regel weg: wat binnenkomt, is een concept."),
    (r"It is larger than any questionnaire\.", "Het is groter dan een enquête kan zijn.", "Kies een ander bestand."),
    (r"It is not JSON: .* in line (\d+), column (\d+)\.|It is not JSON: .*", "Het is geen goede JSON.", "Kijk na waar een aanhalingsteken, komma of accolade ontbreekt."),
    (r"It holds a number that is longer than any\.|(.*) is no number\.", "Er staat een getal in dat geen getal kan zijn.", _AGAIN),
    (r"It is nested deeper than any questionnaire\.", "Het is dieper genest dan een enquête kan zijn.", "Kies een ander bestand."),
    (r"'(.*)' stands twice in one object\.", "‘{0}’ staat er twee keer.", "Haal een van de twee weg."),
    (r"'(.*)' is not known\.", "‘{0}’ is onbekend.", ""),
    (r"'(.*)' is no language\.", "‘{0}’ is geen taal.", "Schrijf een taal in twee letters, zoals nl of en."),
    (r"'(.*)' has a character that no text can hold\.", "In ‘{0}’ staat een teken dat in geen tekst kan.", "Typ de tekst opnieuw."),
    (r"'(.*)' has to be a text for each language\.", "‘{0}’ moet een tekst per taal zijn.", _KIND),
    (r"'(.*)' has to be an object\.", "‘{0}’ moet tussen accolades staan.", _KIND),
    (r"'(.*)' has to be a list\.", "‘{0}’ moet een lijst zijn.", _KIND),
    (r"'(.*)' has to have (.*) entries\.", "‘{0}’ moet {1} waarden hebben.", _KIND),
    (r"'(.*)' has to be (?:a|true) .*|'(.*)' has to be \S+\.", "‘{0}’ heeft een waarde van een andere soort.", _KIND),
    (r"'(.*)' has ([\d,]+|\S+) entries\.", "‘{0}’ heeft te veel waarden.", "Houd er hoogstens 500."),
    (r"'(.*)' has ([\d,]+|\S+) characters\.", "De tekst bij ‘{0}’ is te lang.", "Houd het onder de 10.000 tekens."),
    (r"'pages' has ([\d,]+|\S+) questions\.", "Er staan te veel vragen in.", "Houd er hoogstens 300."),
)  # fmt: skip
