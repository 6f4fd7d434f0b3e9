"""What customers write in Dutch about the company and how it treats them: displeased, so-so and pleased."""

from __future__ import annotations

SERVICE: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "bedrijf": (
        (
            "Na {jaar} jaar klant te zijn voel ik me vooral een nummer.",
            "Er wordt veel beloofd en weinig gedaan.",
            "Ik ben me aan het oriënteren op een andere leverancier.",
            "Als er iets misgaat, moet ik er zelf steeds achteraan.",
        ),
        (
            "Het gaat goed zolang er niets aan de hand is.",
            "Niet beter en niet slechter dan een ander.",
            "Prima, maar ik merk er ook niet veel van.",
            "Geen klachten, ook geen reden om te juichen.",
        ),
        (
            "Al {jaar} jaar klant en nooit gedoe.",
            "Eerlijk bedrijf met duidelijke informatie.",
            "Alles loopt, precies zoals het hoort.",
            "Mijn zus heb ik ook al aangeraden om over te stappen.",
        ),
    ),
    "prijs": (
        (
            "Elders ben ik {bedrag} euro per jaar goedkoper uit.",
            "Nieuwe klanten krijgen korting en trouwe klanten betalen de hoofdprijs.",
            "Het tarief ging in {maand} weer omhoog, zonder fatsoenlijke uitleg.",
        ),
        (
            "De prijs is gemiddeld, de service ook.",
            "Wel wat duurder dan een ander, maar ik heb geen zin in gedoe met overstappen.",
            "Ik snap dat de prijzen stijgen, maar laat het dan eerder weten.",
        ),
        (
            "Goede prijs en geen verrassingen.",
            "Bij het vergelijken kwamen jullie als beste uit de bus, en dat klopt nog steeds.",
            "Scherp tarief en ik weet waar ik aan toe ben.",
        ),
    ),
    "wachten": (
        (
            "{minuten} minuten in de wacht, dat kan echt niet.",
            "Pas na {dagen} dagen kreeg ik antwoord op mijn mail.",
            "Het bandje zei twee minuten, het werden er {minuten}.",
            "Na een kwartier wachten werd de verbinding verbroken.",
        ),
        (
            "Even moeten wachten, daarna goed geholpen.",
            "Het antwoord was goed, alleen liet het op zich wachten.",
            "Wachttijd viel mee voor een maandagochtend.",
        ),
        (
            "Meteen iemand aan de lijn, dat maak je niet vaak mee.",
            "Binnen een uur antwoord op mijn mail.",
            "Geen wachtrij en direct geholpen.",
        ),
    ),
    "doorverbonden": (
        (
            "{keer} keer doorverbonden en elke keer opnieuw mijn verhaal.",
            "Iedereen verwijst naar een andere afdeling.",
            "Na het doorverbinden wist de volgende van niets.",
        ),
        (
            "Eén keer doorverbonden, daarna was het snel klaar.",
            "De tweede collega wist het wel, de eerste niet.",
            "Doorverbinden was nodig, maar had sneller gekund.",
        ),
        (
            "Warm doorverbonden: de collega wist al waar het over ging.",
            "Eén aanspreekpunt van begin tot eind.",
            "De eerste die ik sprak kon alles zelf oplossen.",
        ),
    ),
    "medewerker": (
        (
            "De medewerker luisterde niet en las alleen voor van het scherm.",
            "Onvriendelijk te woord gestaan en halverwege afgekapt.",
            "Ik kreeg van twee medewerkers twee verschillende antwoorden.",
        ),
        (
            "Vriendelijke medewerker, maar wist het antwoord niet zeker.",
            "Correct geholpen, het bleef wat zakelijk.",
            "Aardig gesprek, al moest ze drie keer overleggen.",
        ),
        (
            "Vriendelijke en geduldige medewerker.",
            "De man aan de telefoon nam echt de tijd voor mij.",
            "Ze dacht mee en belde zelfs terug om te vragen of het gelukt was.",
            "Complimenten voor de medewerkster die mij hielp.",
        ),
    ),
    "website": (
        (
            "Inloggen lukt al {dagen} dagen niet.",
            "Op de website kan ik nergens een telefoonnummer vinden.",
            "De pagina loopt vast zodra ik op verzenden klik.",
        ),
        (
            "De site werkt, maar zoeken levert van alles op behalve het antwoord.",
            "Met wat doorklikken vond ik het wel.",
            "Op de telefoon is de website lastiger dan op de computer.",
        ),
        (
            "Overzichtelijke website, alles zelf kunnen regelen.",
            "Het antwoord stond gewoon bij de veelgestelde vragen.",
            "Mijn omgeving is rustig en duidelijk, zo moet het.",
        ),
    ),
    "niet opgelost": (
        (
            "Mijn vraag is nog steeds niet opgelost.",
            "Er zou worden teruggebeld en dat is niet gebeurd.",
            "Ik moet nu voor de zoveelste keer hetzelfde uitleggen.",
        ),
        (
            "Een deel is opgelost, op de rest wacht ik nog.",
            "Ik hoop dat het nu klopt, zeker ben ik er niet van.",
            "Er wordt naar gekeken, zeggen ze.",
        ),
        (
            "Nog niet helemaal rond, maar er wordt goed aan gewerkt.",
            "Ik word op de hoogte gehouden, dat is fijn.",
            "Het loopt nog, wel prettig contact gehad.",
        ),
    ),
    "groen": (
        (
            "Groene stroom zeggen jullie, maar waar die vandaan komt zie ik nergens.",
            "Het verhaal over groen is vooral reclame.",
            "Voor groene stroom betaal ik extra en ik merk er niets van.",
        ),
        (
            "Fijn dat het groen is; het mag van mij wat concreter.",
            "Groene stroom is voor mij een pluspunt, de prijs telt zwaarder.",
            "Ik lees weinig terug over wat er met de groene stroom gebeurt.",
        ),
        (
            "Echt groene stroom van eigen bodem, daar kies ik voor.",
            "Mooi dat jullie laten zien waar de stroom vandaan komt.",
            "Groen en betaalbaar, wat wil je nog meer.",
        ),
    ),
}
