"""What stands around the titles of sources, in Dutch; titles stay as they were published."""

from __future__ import annotations

from peil.report.words import Language

# The longer phrase first, so that a part of it is not replaced before it.
PHRASES: tuple[tuple[str, str], ...] = (
    ("Trade usage: positive answers / all answers, 4-5 of 5 as positive", "Vakgebruik: gunstige antwoorden / alle antwoorden, 4-5 van 5 als gunstig"),
    ("Trade usage: the dissatisfied end of the CSAT question, 1-5 of 10", "Vakgebruik: de ontevreden kant van de CSAT-vraag, 1-5 van 10"),
    ("median because work times are skewed", "mediaan omdat werktijden scheef verdeeld zijn"),
    ("median instead of mean because waits are skewed", "mediaan in plaats van gemiddelde omdat wachttijden scheef verdeeld zijn"),
    ("contact-centre figures beside the customer effort score", "contactcentercijfers naast de CES"),
    ("no automatic replies: ", "zonder automatische berichten: "),
    ("average handle time", "gemiddelde afhandeltijd"),
    ("average speed of answer", "gemiddelde wachttijd"),
    ("expectations differ by channel", "verwachtingen verschillen per kanaal"),
    ("the score is the mean rating", "de score is het gemiddelde cijfer"),
    ("contacts still open", "contacten die nog open zijn"),
    ("questions still open", "vragen die nog open zijn"),
    ("long waits as customer effort", "lang wachten als moeite voor de klant"),
    ("switching as effort", "wisselen als moeite voor de klant"),
    ("offered, answered, abandoned", "aangeboden, beantwoord, opgehangen"),
    ("Variant in trade use", "Variant in vakgebruik"),
    ("groups after Reichheld", "groepen naar Reichheld"),
    ("Dutch trade article", "Nederlands vakartikel"),
    ("Dutch trade usage", "Nederlands vakgebruik"),
    ("Trade usage, after ", "Vakgebruik, naar "),
    ("Trade usage", "Vakgebruik"),
    ("Linear rescaling", "Lineaire omrekening"),
    ("linear rescaling", "lineaire omrekening"),
    ("window of 7 days", "venster van 7 dagen"),
    ("window of 14 days", "venster van 14 dagen"),
    ("lasting 7 days", "7 dagen blijvend"),
    ("episode: ", "vraag over kanalen heen: "),
    ("boxes: ", "indeling: "),
    ("decision of Peil", "keuze van Peil"),
    ("effectiveness", "effectiviteit"),
    # Names one by one: a title keeps its own "and".
    ("Kaplan and Meier", "Kaplan en Meier"),
    ("Cronin and Taylor", "Cronin en Taylor"),
    ("Zeithaml and Berry", "Zeithaml en Berry"),
    ("Parasuraman and Berry", "Parasuraman en Berry"),
    ("Freeman and Toman", "Freeman en Toman"),
    ("Toman and DeLisi", "Toman en DeLisi"),
)  # fmt: skip


def source_name(source: str, language: Language) -> str:
    """The source of a definition as the page names it.

    >>> source_name("Trade usage; window of 14 days: decision of Peil", "nl")
    'Vakgebruik; venster van 14 dagen: keuze van Peil'
    """
    if language == "en":
        return source
    for english, dutch in PHRASES:
        source = source.replace(english, dutch)
    return source
