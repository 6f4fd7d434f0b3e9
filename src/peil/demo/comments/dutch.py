"""What customers write in Dutch: by subject, displeased, so-so and pleased."""

from __future__ import annotations

from peil.demo.comments.dutch_service import SERVICE

DETAILS = {
    "maand": ("januari", "maart", "mei", "augustus", "september", "november"),
    "bedrag": ("45", "80", "112", "160", "230", "345"),
    "minuten": ("10", "15", "20", "25", "40", "50"),
    "dagen": ("drie", "vier", "vijf", "zes", "acht", "tien"),
    "keer": ("twee", "drie", "vier", "drie", "vijf", "twee"),
    "jaar": ("drie", "vijf", "acht", "tien", "twaalf", "twee"),
    "woning": ("appartement", "tussenwoning", "huurhuis", "hoekhuis", "studio", "nieuwe huis"),
}

SENTENCES: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    **SERVICE,
    "jaarnota": (
        (
            "Ik moet {bedrag} euro bijbetalen en niemand kan uitleggen waarom.",
            "Op de jaarnota staat een meterstand die ik nooit heb doorgegeven.",
            "De nota is zo onduidelijk dat ik er met een rekenmachine naast zat.",
            "Na {keer} keer bellen klopt de jaarnota nog steeds niet.",
        ),
        (
            "De jaarnota klopt nu, maar het duurde wel {dagen} dagen.",
            "Met wat uitleg was de nota te volgen; zonder niet.",
            "Het bedrag viel mee, de opmaak van de nota is lastig te lezen.",
        ),
        (
            "Duidelijke jaarnota, in één keer te begrijpen.",
            "De fout van {bedrag} euro op mijn nota was dezelfde dag rechtgezet.",
            "Netjes uitgelegd hoe de eindafrekening in elkaar zit.",
        ),
    ),
    "termijnbedrag": (
        (
            "Mijn termijnbedrag is zonder overleg met {bedrag} euro verhoogd.",
            "Ik kan het maandbedrag in de app niet verlagen, en aan de telefoon mocht het ook niet.",
            "Ik had het bedrag in {maand} aangepast en het is gewoon weer teruggezet.",
        ),
        (
            "Het maandbedrag is aangepast, al had ik het liever zelf online gedaan.",
            "Ik kreeg een nieuw voorstel; of het genoeg is, zie ik bij de jaarnota wel.",
            "Aanpassen lukte, maar de uitleg over het advies was mager.",
        ),
        (
            "Termijnbedrag in twee minuten aangepast, fijn.",
            "Goed meegedacht over een maandbedrag dat bij ons past.",
            "Ik kreeg meteen een berekening te zien, dat geeft vertrouwen.",
        ),
    ),
    "betalen": (
        (
            "Ik had allang betaald en kreeg toch een aanmaning met kosten.",
            "Een betalingsregeling aanvragen voelt alsof je een misdadiger bent.",
            "Er is {keer} keer afgeschreven in dezelfde maand.",
        ),
        (
            "De betaling staat nu goed, de herinnering had niet gehoeven.",
            "Regeling getroffen. Het had wel wat vriendelijker gekund.",
            "Het dubbele bedrag is terug, na {dagen} dagen wachten.",
        ),
        (
            "Ik kon het bedrag in delen betalen, zonder moeilijke vragen.",
            "Rekeningnummer gewijzigd in een paar tellen.",
            "Er werd goed meegedacht toen ik even krap zat.",
        ),
    ),
    "verhuizen": (
        (
            "De verhuizing is verkeerd verwerkt: ik betaal nu voor twee adressen.",
            "Bij de verhuizing naar ons {woning} ging van alles mis.",
            "Ik heb de sleutel allang ingeleverd en krijg nog steeds nota's van het oude adres.",
        ),
        (
            "Verhuizing doorgeven lukte, maar de bevestiging liet {dagen} dagen op zich wachten.",
            "Het ging goed, al moest ik mijn meterstanden op twee plekken invullen.",
            "Verhuizen is al druk genoeg; iets minder formulieren zou helpen.",
        ),
        (
            "Verhuizing in vijf minuten geregeld, top.",
            "Stroom en gas deden het meteen in ons {woning}.",
            "Fijn dat alles van het oude adres vanzelf werd afgehandeld.",
        ),
    ),
    "nieuwbouw": (
        (
            "De website zegt 'adres niet herkend', terwijl ons huis er gewoon staat.",
            "Ons nieuwbouwadres wordt niet herkend en niemand weet wat ik moet doen.",
            "Ik kan niet verhuizen omdat mijn nieuwe postcode volgens jullie niet bestaat.",
            "Al {keer} keer gebeld over ons nieuwbouwhuis: adres niet herkend, meer komt er niet.",
            "Bij de hele nieuwe wijk krijgen de buren dezelfde melding: adres niet herkend.",
        ),
        (
            "Het nieuwbouwadres moest met de hand worden ingevoerd, daarna ging het.",
            "Postcode werd eerst niet herkend; uiteindelijk is het opgelost.",
            "De medewerker kende het probleem met nieuwbouw, dus ik ben niet de enige.",
        ),
        (
            "Ons nieuwbouwadres werd niet herkend, maar de medewerker regelde het ter plekke.",
            "Knap dat het lukte met een adres dat nog niet in het systeem stond.",
            "Ondanks de melding over het nieuwe adres keurig geholpen.",
        ),
    ),
    "storing": (
        (
            "Een halve dag zonder stroom en geen bericht wanneer het opgelost zou zijn.",
            "De monteur zou tussen acht en twaalf komen en kwam niet.",
            "Bij een storing wil je iemand spreken, geen bandje van {minuten} minuten.",
        ),
        (
            "De storing is verholpen, maar tussendoor hoorde ik niets.",
            "Monteur was vriendelijk, alleen {minuten} minuten later dan gezegd.",
            "Goed opgelost, wel pas na {keer} keer bellen.",
        ),
        (
            "Binnen een uur weer stroom en steeds een bericht hoe het ervoor stond.",
            "De storingsdienst dacht mee en bleef rustig.",
            "Monteur kwam op tijd en legde uit wat er kapot was.",
        ),
    ),
    "meterstanden": (
        (
            "Mijn meterstanden worden elke keer geweigerd.",
            "De slimme meter geeft al sinds {maand} niets door en niemand kijkt ernaar.",
            "Ik gaf de standen door en toch is er geschat.",
        ),
        (
            "Standen doorgeven lukte bij de tweede keer.",
            "De foto van de meter werd niet herkend, met de hand ging het wel.",
            "Werkt, maar waarom vraagt een slimme meter nog om standen?",
        ),
        (
            "Foto van de meter maken en klaar, heel handig.",
            "Meterstanden doorgeven ging vlot via de app.",
            "Keurige herinnering om de standen door te geven.",
        ),
    ),
    "contract": (
        (
            "Mijn contract is verlengd zonder dat ik daar ja op heb gezegd.",
            "Bij het verlengen kreeg ik een ander tarief dan was afgesproken.",
            "De voorwaarden van het dynamische contract waren mij niet goed uitgelegd.",
        ),
        (
            "Contract verlengd. De keuze tussen vast en variabel bleef lastig.",
            "Uitleg was goed, het aanbod kon beter.",
            "Prima geholpen, al moest ik zelf bellen omdat mijn contract afliep.",
        ),
        (
            "Eerlijk advies: blijven zitten was voor mij voordeliger.",
            "Contract verlengd in één gesprek, duidelijk verteld wat er verandert.",
            "Rustig uitgelegd wat het verschil is tussen vast en dynamisch.",
        ),
    ),
    "aanmelden": (
        (
            "Aanmelden lukte pas na {keer} pogingen.",
            "Ik was klant, kreeg een welkomstmail en daarna {dagen} dagen niets.",
            "Bij het overstappen zat ik bijna zonder leverancier.",
        ),
        (
            "Aanmelden ging, al moest ik veel gegevens dubbel invullen.",
            "Overstap gelukt; de startdatum schoof wel twee keer op.",
            "Welkomstpakket was duidelijk, inloggen nog niet.",
        ),
        (
            "Overstappen was zo gepiept.",
            "In een kwartier klant en alles stond goed.",
            "Duidelijk stap voor stap, ik wist steeds waar ik was.",
        ),
    ),
    "opzeggen": (
        (
            "Opzeggen wordt expres moeilijk gemaakt.",
            "Ik kreeg een opzegvergoeding van {bedrag} euro waar niemand iets over had gezegd.",
            "Ik wilde alleen opzeggen en moest {minuten} minuten naar aanbiedingen luisteren.",
        ),
        (
            "Opgezegd. Kon online niet, dus toch maar gebeld.",
            "De opzegging is verwerkt, de bevestiging kwam laat.",
            "Ze probeerden me te houden, maar wel netjes.",
        ),
        (
            "Ook bij het opzeggen gewoon netjes behandeld.",
            "Opzegging zonder gezeur verwerkt.",
            "Jammer dat ik weg moest vanwege mijn verhuizing, de service was goed.",
        ),
    ),
    "zonnepanelen": (
        (
            "De terugleverkosten zijn ineens {bedrag} euro, dat stond nergens.",
            "Niemand kan uitleggen hoe mijn zonnepanelen zijn verrekend.",
            "Panelen gemeld in {maand} en nog steeds niet verwerkt.",
        ),
        (
            "Teruglevering staat nu goed, uitleg over salderen bleef vaag.",
            "Redelijk geholpen, maar de regels veranderen steeds.",
            "Het klopt nu. Op de nota kan de teruglevering duidelijker.",
        ),
        (
            "Helder verhaal over terugleveren, eindelijk snap ik het.",
            "Zonnepanelen aangemeld en dezelfde week verwerkt.",
            "Goede uitleg over wat salderen mij oplevert.",
        ),
    ),
}
