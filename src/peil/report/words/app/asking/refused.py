"""What is told in Dutch where asking is refused: surveys, links, rules, requests, the address book, messages, trials.

Patterns of what is raised in English, the same in Dutch, and what to do.
"""

from __future__ import annotations

_ASK_CHOOSE = "Kies er een uit de lijst."
_AGAIN = "Probeer het over een minuut opnieuw."
_SERVER = "Vraag wie de server beheert."

ASKING: tuple[tuple[str, str, str], ...] = (
    (r"'(.*)' is the source of what Peil asks itself\.", "‘{0}’ is de bron van wat Peil zelf vraagt.", 'Kies een andere, bijvoorbeeld source = "enquetes".'),
    (r"'(.*)' can't be the key of a survey\.", "‘{0}’ kan de sleutel van een enquête niet zijn.", "Gebruik kleine letters, cijfers en _, met een letter voorop."),
    (r"There is a survey '(.*)' already\.", "Er is al een enquête ‘{0}’.", "Kies een andere sleutel."),
    (r"There is no survey '(.*)'\.", "Er is geen enquête ‘{0}’.", _ASK_CHOOSE),
    (r"This survey has as many pages as one can have\.", "Deze enquête heeft al zoveel pagina’s als er kunnen zijn.", "Zet meer vragen op een pagina."),
    (r"A link needs a kind and a name\.", "Een link heeft een soort en een naam nodig.", "Vul beide in."),
    (r"This can't be a PIN\.", "Dit kan geen pincode zijn.", "Kies 4 tot 8 cijfers die niet allemaal gelijk zijn."),
    (r"This is no colour\.", "Dit is geen kleur.", "Schrijf bijvoorbeeld #14508c: een # en zes cijfers of letters van a tot en met f."),
    (r"White text can't be read on this colour: its contrast is (\S+), and (\S+) is needed\.", "Witte tekst is op deze kleur niet te lezen: het contrast is {0} en moet {1} zijn.", "Kies een donkerder kleur."),
    (r"This can't be the logo\.", "Dit kan het logo niet zijn.", "Kies een afbeelding (PNG, JPEG of WebP) van hoogstens 20 kB."),
    (r"Too many forms of this answer came at the same time\.|The database is too slow to keep the answer\.|Peil is stopping\.|The answer can't be kept just now\.", "Het antwoord kan nu niet worden bewaard.", _AGAIN),
    (r"The variable (.*) of (.*) is not in the environment\.", "De variabele {0} uit {1} is niet ingesteld.", _SERVER),
    (r"No service for (.*) is set up\.", "Voor {0} is geen dienst ingesteld.", _SERVER),
    (r"The address for messages is no https address\.", "Het adres voor berichten begint niet met https.", _SERVER),
    (r"The address for messages leads to a machine inside your own network\.", "Het adres voor berichten leidt naar een computer in het eigen netwerk.", "Zet allow_private = true als dat de bedoeling is."),
    (r"This message has no words\.", "Dit bericht heeft nog geen tekst.", "Schrijf een onderwerp en een tekst."),
    (r"These shares can't be told apart\.", "Deze percentages zijn niet te onderscheiden.", "Kies percentages tussen 0 en 100 die verschillen."),
    (r"A trial compares two different ways to ask\.", "Een proef vergelijkt twee verschillende manieren van vragen.", "Vul twee verschillende waarden in."),
    (r"A trial of this survey is under way\.", "Er loopt al een proef met deze enquête.", "Beëindig die eerst."),
    (r"A webhook needs a name\.", "Een webhook heeft een naam nodig.", "Noem het systeem dat hem gebruikt, in hoogstens 100 tekens."),
    (r"There are (\d+) webhooks\.", "Er zijn {0} webhooks.", "Sluit er een die niet meer wordt gebruikt."),
    (r"An address book takes at most (\S+) lines at once\.", "Het adresboek neemt hoogstens {0} regels tegelijk op.", "Lever het in delen aan."),
    (r"These are not the columns of an address book\.", "Dit zijn niet de kolommen van een adresboek.", "Nodig zijn customer_id en email of phone."),
    (r"The address book holds a customer without a number\.", "In het adresboek staat een klant zonder nummer.", "Herstel die regel; er is niets overgenomen."),
    (r"The address book holds no e-mail address for customer (.*)\.", "Het e-mailadres van klant {0} in het adresboek klopt niet.", "Herstel die regel; er is niets overgenomen."),
    (r"The address book holds no phone number for customer (.*)\.", "Het telefoonnummer van klant {0} in het adresboek klopt niet.", "Herstel die regel; er is niets overgenomen."),
    (r"The address book holds no language for customer (.*), such as nl\.", "De taal van klant {0} in het adresboek klopt niet.", "Schrijf bijvoorbeeld nl; er is niets overgenomen."),
    (r"The address book holds '(.*)', which is nothing that can be filled in\.", "‘{0}’ in het adresboek is niets wat kan worden ingevuld.", "Laat die kolom weg; er is niets overgenomen."),
    (r"The address book holds (.*)\.", "Een regel van het adresboek klopt niet.", "Herstel die regel; er is niets overgenomen."),
    (r"A request needs a cause of at most 200 characters\.", "Een verzoek heeft een aanleiding nodig van hoogstens 200 tekens.", "Geef het nummer van wat er gebeurde mee."),
    (r"Nobody is asked by '(.*)'\.", "Via ‘{0}’ wordt niemand gevraagd.", _ASK_CHOOSE),
    (r"A customer number or an address is too long\.", "Een klantnummer of adres is te lang.", "Geef hoogstens 200 en 254 tekens mee."),
    (r"Nothing is asked after '(.*)'\.", "Na ‘{0}’ wordt niets gevraagd.", _ASK_CHOOSE),
    (r"This rule has no name\.", "Deze regel heeft geen naam.", "Vul een naam in."),
    (r"This rule knows no moment '(.*)'\.", "Deze regel kent het moment ‘{0}’ niet.", _ASK_CHOOSE),
    (r"This rule can't send by '(.*)'\.", "Deze regel kan niets sturen via ‘{0}’.", _ASK_CHOOSE),
    (r"This rule has a delay, a share or a number of days that can't be\.", "De wachttijd, het aandeel of het aantal dagen van deze regel kan niet.", "Herstel dat veld."),
    (r"This rule has a number of days that is not from 1 to 365\.", "Het aantal dagen van deze regel ligt niet tussen 1 en 365.", "Vul een getal van 1 tot en met 365 in."),
    (r"This rule (.*)\.", "Deze regel klopt nog niet.", "Herstel het veld dat niet klopt."),
    (r"A hold needs the number of a customer\.", "Wie met rust gelaten wordt, heeft een klantnummer nodig.", "Geef het mee, in hoogstens 200 tekens."),
    (r"Import (.*) holds what customers answered to Peil itself; it can't be undone\.", "Import {0} bevat wat klanten Peil zelf antwoordden, en is niet ongedaan te maken.", "Laat een enquête weg met een filter, of wis een klant."),
)  # fmt: skip
