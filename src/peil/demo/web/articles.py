"""The answers of the help pages: their titles, how often each is read, and how often it helps."""

from __future__ import annotations

ARTICLES = (
    "Adres niet herkend", "Mijn jaarnota uitgelegd", "Termijnbedrag aanpassen", "Verhuizing doorgeven",
    "Wanneer wordt mijn termijnbedrag afgeschreven", "Storing melden", "Meterstanden doorgeven",
    "Inloggen lukt niet", "Betalingsregeling aanvragen", "Wanneer krijg ik mijn jaarnota", "Contract verlengen",
    "Wachtwoord vergeten", "Slimme meter aanvragen", "Zonnepanelen en terugleveren", "Rekeningnummer wijzigen",
    "Wat betekent salderen", "Overstappen naar Kadewijk Energie", "Contract opzeggen", "Sleuteloverdracht regelen",
    "Waarom is mijn verbruik hoger", "Tarieven bekijken", "Energiebelasting en vermindering", "Storing op de kaart",
    "Dynamisch contract uitgelegd", "Machtiging intrekken", "Overlijden doorgeven", "Meterstand schatten",
    "Bedenktijd na afsluiten", "Laadpaal en verbruik", "Nota digitaal ontvangen", "Stroom uitgevallen, wat nu",
    "Borg en bedrag vooraf", "Tussentijds opzeggen", "Warmtepomp en tarief", "Meter vervangen", "Klacht indienen",
    "Inzicht in verbruik", "Zakelijk contract", "Gegevens inzien of verwijderen", "Groene stroom en herkomst",
)  # fmt: skip
UNHELPFUL = 0  # read most, and helps least
SHARES = (0.125, *(0.9 / (place + 9.5) for place in range(1, len(ARTICLES))))
HELPFUL = (0.27, *(0.7 + 0.17 * (place * 7 % 11) / 10 for place in range(1, len(ARTICLES))))
