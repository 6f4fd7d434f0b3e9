"""What customers write in Dutch: by subject, displeased, so-so and pleased."""

from __future__ import annotations

DETAILS = {
    "maand": ("januari", "maart", "mei", "augustus", "september", "november"),
    "bedrag": ("45", "80", "112", "160", "230", "345"),
    "minuten": ("10", "15", "20", "25", "40", "50"),
    "dagen": ("drie", "vier", "vijf", "zes", "acht", "tien"),
    "keer": ("twee", "drie", "vier", "drie", "vijf", "twee"),
    "jaar": ("drie", "vijf", "acht", "tien", "twaalf", "twee"),
    "plaats": ("een appartement", "een ander huis", "een kleinere woning", "een huurhuis", "een hoekhuis", "de stad"),
}

SENTENCES: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "bedrijf": (
        ("Na {jaar} jaar klant te zijn voel ik me vooral een nummer.", "Elders ben ik goedkoper uit, dus ik kijk om me heen.",
         "Jullie beloven veel en doen weinig."),
        ("Het gaat goed zolang er niets aan de hand is.", "Niet beter en niet slechter dan een ander.",
         "Prima, maar ik merk er ook niet veel van."),
        ("Al {jaar} jaar klant en nooit gedoe.", "Eerlijk bedrijf, duidelijke informatie.", "Alles loopt, precies zoals het hoort."),
    ),
}  # fmt: skip
