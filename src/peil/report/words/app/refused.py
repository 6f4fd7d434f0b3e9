"""What questions, settings, forms and stores are told they do wrong, in Dutch: everything that may reach a page but files.

Patterns of what is raised in English, the same in Dutch, and what to do; without that the hint itself is put into Dutch.
"""

from __future__ import annotations

import re

from peil.report.words.app.asking.questionnaires import REFUSED
from peil.report.words.app.asking.refused import ASKING

_PERIOD = "Schrijf een periode als 2026-10, 2026-W45, 2026-Q3 of 2026, of kies er een uit de lijst."
_CHOOSE = "Kies iets uit de lijst."
_MENDED_BY_HAND = "Herstel het in peil.toml, of kies het op de pagina Instellingen."
_LATER = "Wacht even en probeer het opnieuw; blijft het misgaan, vraag dan de beheerder."
_KEEPER = "Vraag wie de server beheert; peil doctor zegt meer."

QUESTIONS: tuple[tuple[str, str, str], ...] = (
    (r"There is no KPI '(.*)'\.", "De KPI ‘{0}’ bestaat niet.", ""),
    (r"There is no column '(.*)'\.", "De kolom ‘{0}’ bestaat niet.", ""),
    (r"(\w+) has no column '(.*)'\.", "De gegevens hebben geen kolom ‘{1}’.", ""),
    (r"The rows of '(.*)' have no '(.*)'\.", "De rijen achter dit cijfer hebben geen ‘{1}’.", "Haal dat filter weg, of kies een ander cijfer."),
    (r"There is no standard division into .* for an? (.*) question on (.*)\.", "Voor deze vraag ({0}, {1}) is er geen vaste indeling in gunstig en ongunstig.", "Noem bij de vraag wat gunstig is."),
    (r"A comparison needs a period and what to compare it with\.", "Een vergelijking vraagt een periode en iets om mee te vergelijken.", "Kies allebei."),
    (r"Two periods can't be compared by (\w+): .*", "Twee perioden zijn niet per {0} te vergelijken.", "Kies een andere uitsplitsing."),
    (r"'(.*)' is a list of shares, not one figure\.", "‘{0}’ is een lijst van aandelen, niet één cijfer.", "Kies een ander cijfer."),
    (r"Groups are (?:set against the rest|compared) by one column\.", "Groepen vergelijk je naar één kolom tegelijk.", "Kies er één."),
    (r"'(.*)' is (?:.*); its groups can't be set against the rest\.", "De groepen van ‘{0}’ zijn niet met de rest te vergelijken.", "Kies een ander cijfer."),
    (r"'(.*)' is not a period\.|There is no (?:.*) '(.*)': .*", "Dat is geen periode: ‘{0}’.", _PERIOD),
    (r"What employees answered comes in whole cells, which '(.*)' would cut through\.", "Wat medewerkers antwoordden, is er alleen per hele groep; ‘{0}’ zou die doorsnijden.", "Vraag het per team, enquête, vraag, maand, kwartaal of jaar."),
    (r"One can't group or filter these KPIs by '(.*)'\.", "Deze cijfers zijn niet te filteren of uit te splitsen naar ‘{0}’.", ""),
    (r"That is (.*) times an? (.*)\.", "Een kolom mag maar één keer gevraagd worden.", "Haal de dubbele weg."),
    (r"'(.*)' is a (.*), not a (.*)\.", "‘{0}’ is een ander soort periode dan gevraagd.", _PERIOD),
    (r"'(.*)' is not a value of '(.*)'\.", "‘{0}’ is geen waarde van ‘{1}’.", _CHOOSE),
    (r"The period ends \((.*)\) before it starts \((.*)\)\.", "De periode eindigt ({0}) voordat ze begint ({1}).", "Wissel begin en eind om."),
    (r"A level of (.*) is not between 0\.5 and 1\.", "Een betrouwbaarheid van {0} ligt niet tussen 0,5 en 1.", "Neem bijvoorbeeld 0,95."),
    (r"A (?:query|question) has no '(.*)'\.", "Een vraag heeft geen ‘{0}’.", ""),
    (r"(.*) is too far away\.", "{0} ligt te ver weg.", "Noem een dag tussen 1970 en 2100."),
    (r"(\w+) can't be (-?[\d.e+]+)\.", "{0} kan niet {1} zijn.", "Neem een ander getal."),
    (r"There is no import '(.*)'\.", "De import ‘{0}’ bestaat niet.", "Kies er een op de pagina Gegevens."),
    (r"Import (.*) is already undone\.", "Import {0} was al ongedaan gemaakt.", "Er hoeft niets te gebeuren."),
    (r"There is no import to undo\.", "Er is geen import om ongedaan te maken.", "Importeer eerst een bestand."),
    (r"Rows are those of one figure\.", "Rijen horen bij één cijfer.", "Kies er één."),
    (r"Fewer than (.*) rows are behind this figure, .*", "Achter dit cijfer staan minder dan {0} rijen; ze worden niet getoond, net als het cijfer.", "Kies een langere periode of minder filters."),
    (r"Rows about employees are not shown one by one\.", "Rijen over medewerkers worden niet één voor één getoond.", "Bekijk het cijfer van een groep."),
    (r"Spells of customers are looked at over a period\.", "Klantbehoud bekijk je over een periode.", "Kies een periode."),
    (r"That is no place among the rows\.", "Dat is geen plaats in de lijst met rijen.", "Begin bij de nieuwste rijen."),
    (r"Figures are about groups, not about one customer\.", "Cijfers gaan over groepen, niet over één klant.", "Haal dat filter weg."),
    (r"Figures per employee are off\.", "Cijfers per medewerker staan uit.", "Een beheerder kan ze aanzetten op de pagina Mensen, na instemming van de ondernemingsraad."),
    (r"'(.*)' has no list of values\.", "‘{0}’ heeft geen lijst van waarden.", "Kies een andere kolom."),
    (r"There is no comparison '(.*)'\.", "De vergelijking ‘{0}’ bestaat niet.", "Kies de periode ervoor, een jaar eerder of dezelfde weekdagen."),
    (r"'(.*)' is not a condition\.", "‘{0}’ is geen voorwaarde.", "Kies een filter uit de lijst."),
    (r"A period and since or until say the same thing twice\.", "Een periode en eigen dagen zeggen hetzelfde, dubbel.", "Laat een van de twee weg."),
    (r"'(.*)' is not an assumption\.", "‘{0}’ is geen aanname.", "Geef een getal."),
    (r"'(.*)' is not a day for (.*)\.", "‘{0}’ is geen datum.", "Schrijf hem als 2026-01-31."),
    (r"There is no export to '(.*)'\.", "Exporteren als ‘{0}’ kan niet.", "Kies CSV, XLSX, SAV of Parquet."),
    (r"A sheet holds (.*) rows\.", "Op een werkblad passen {0} rijen.", "Neem CSV of Parquet, of een kortere periode."),
    (r"These are more than (.*) rows\.", "Dit zijn meer dan {0} rijen.", "Kies een kortere periode of meer filters."),
    (r"'(.*)' is no action of the log\.", "‘{0}’ komt in het logboek niet voor.", _CHOOSE),
    (r"'(.*)' is no number for (.*)\.", "‘{0}’ is geen nummer.", "Volg een link van de pagina, of laat het weg."),
)  # fmt: skip
KEPT: tuple[tuple[str, str, str], ...] = (
    # settings
    (r"(\S+) is not valid TOML: (.*)\.", "{0} is geen geldige TOML: {1}.", "Herstel die regel op de server."),
    (r"(\S+): kpi_targets\.(\S+) = (.*) is not a number\.", "{0}: het doel van {1} is geen getal.", _MENDED_BY_HAND),
    (r"(\S+): (\S+) = (.*) is not a number of 0 or more\.", "{0}: {1} is geen getal van 0 of meer.", _MENDED_BY_HAND),
    (r"(\S+): the opening hours of (\S+) overlap\.", "{0}: de openingstijden van {1} overlappen elkaar.", _MENDED_BY_HAND),
    (r"(\S+): kpi_targets has '(.*)', which is no KPI\.", "{0}: ‘{1}’ bij kpi_targets is geen KPI.", ""),
    (r"(\S+): there is no .* '(.*)'\.", "{0}: ‘{1}’ bestaat niet.", ""),
    (r"(\S+): organisation = (.*) is no text\.", "{0}: de naam van de organisatie is geen tekst.", _MENDED_BY_HAND),
    (r"(\S+): per_person = (.*) is neither true nor false\.", "{0}: per_person is true noch false.", _MENDED_BY_HAND),
    (r"(\S+): (\S+) has '(.*)', which is no time span\.", "{0}: ‘{2}’ bij {1} is geen tijd.", "Schrijf het als 09:00-17:30."),
    (r"(\S+): holidays\.(\S+) holds something that is no date\.", "{0}: bij de feestdagen staat iets wat geen datum is.", _MENDED_BY_HAND),
    (r"(\S+): '(.*)' is no time zone\.", "{0}: ‘{1}’ is geen tijdzone.", "Kies er een zoals Europe/Amsterdam."),
    (r"There is no holiday calendar for '(.*)'\.", "Van ‘{0}’ zijn geen feestdagen bekend.", "Kies een ander land op de pagina Instellingen, of geen."),
    (r"(\S+) can't be written: (.*)\.", "{0} kan niet worden geschreven: {1}.", "Zorg dat Peil in die map mag schrijven."),
    (r"peil\.toml is written in a way that this page can't change\.", "peil.toml is zo geschreven dat deze pagina het niet veilig kan wijzigen.", "Wijzig het op de server, met de hand."),
    (r"Someone else changed the settings meanwhile\.", "Iemand anders heeft intussen de instellingen gewijzigd.", "Bekijk de wijzigingen opnieuw."),
    # people and keys
    (r"(.*) is here already\.", "{0} is hier al.", "Kies een ander adres."),
    (r"A key needs a name\.", "Een sleutel heeft een naam nodig.", "Geef er een."),
    (r"A key needs something that it may do\.", "Een sleutel moet iets mogen.", "Kies ten minste één recht."),
    (r"A key lasts 1 to (.*) days\.", "Een sleutel is 1 tot {0} dagen geldig.", "Kies een aantal dagen daartussen."),
    (r"You have (.*) keys\.", "Je hebt al {0} sleutels.", "Trek er eerst een in."),
    (r"This is no e-mail address\.", "Dit is geen e-mailadres.", "Schrijf het als naam@voorbeeld.nl."),
    (r"A line of a mail's header holds a line break\.", "In een naam of titel staat een regeleinde.", "Haal het weg."),
    (r"Nobody is named\.", "Er is niemand genoemd.", "Noem een klant met een nummer, e-mailadres of telefoonnummer."),
    # boards, texts, targets, journeys
    (r"An interval has a lower and an upper limit\.", "Een interval heeft een onder- en een bovengrens.", "Vul ze allebei in, of geen van beide."),
    (r"The value lies outside its interval\.", "De waarde ligt buiten haar interval.", "Kijk de drie getallen na."),
    (r"A stop has at most (.*) KPIs that exist\.", "Een contactpunt heeft hoogstens {0} KPI's.", "Kies er minder."),
    (r"A stop is found by touchpoint, subject or journey\.", "Een contactpunt is te vinden aan contactpunt, onderwerp of klantreis.", "Kies er een."),
    (r"A name has 1 to 120 characters\.", "Een naam heeft 1 tot 120 tekens.", "Maak hem korter, of geef er een."),
    (r"These figures have no days.*", "Deze cijfers hebben geen dagen; ze zijn niet vast te leggen.", "Importeer eerst gegevens met een datum."),
    (r"A subscription is weekly or monthly\.", "Een abonnement is per week of per maand.", "Kies een van de twee."),
    (r"That view is not there\.", "Die weergave is er niet meer.", "Kies een andere."),
    (r"There is no text\.", "Er staat geen tekst.", "Schrijf er een."),
    (r"The (text|name) is longer than (.*) characters\.", "De tekst of naam is langer dan {1} tekens.", "Maak hem korter."),
    (r"An interpretation is about a whole month, quarter or year\.", "Een duiding gaat over een hele maand, een heel kwartaal of een heel jaar.", "Kies zo'n periode."),
    (r"'(.*)' is neither better high nor low\.", "Van ‘{0}’ is hoger niet beter, en lager ook niet.", "Kies een andere KPI."),
    (r"A target is for 3 or 6 months, not (.*)\.", "Een doel is voor 3 of 6 maanden.", "Kies een van de twee."),
    (r"(.*) is no value of '(.*)'\.", "{0} kan bij ‘{1}’ niet.", "Geef een getal dat de KPI kan hebben."),
    (r"A filter takes 1 to (.*) values\.", "Een filter heeft 1 tot {0} waarden.", "Kies er minder."),
    (r"The view has no name\.", "De weergave heeft geen naam.", "Geef er een."),
    (r"A view is shared with a role, a team, everyone or nobody\.", "Een weergave deel je met een rol, een team, iedereen of niemand.", "Kies een daarvan."),
    (r"Your role shares no views\.", "Met jouw rol deel je geen weergaven.", "Vraag een teamleider of manager."),
    (r"There is no role '(.*)'\.", "De rol ‘{0}’ bestaat niet.", _CHOOSE),
    (r"That team is not yours\.", "Dat team is niet van jou.", "Kies je eigen team."),
    (r"That is no page that can be saved\.", "Deze pagina is niet als weergave te bewaren.", "Ga naar een pagina met cijfers."),
)  # fmt: skip
MAPPINGS: tuple[tuple[str, str, str], ...] = (
    (r"There is no mapping file (.*)\.", "Het bestand met de koppeling is er niet.", "Begin de import opnieuw."),
    (r"The mapping file (.*) can't be read: (.*)\.", "Het bestand met de koppeling is niet te lezen.", "Bewaar het als tekst in UTF-8."),
    (r"(\S+) is not TOML: (.*)\.", "De koppeling is geen TOML: {1}.", "Herstel die regel; teksten staan tussen aanhalingstekens."),
    (r"source is missing\.", "Er staat niet bij waar het bestand vandaan komt.", "Vul de herkomst in."),
    (r"no fact is mapped\.", "Geen enkele kolom is nog iets.", "Kies bij ten minste één kolom wat die wordt."),
    (r"\[answers\] has no questions\.", "Er zijn antwoorden, maar geen vragen.", "Kies bij ten minste één kolom welke vraag de klant beantwoordde."),
    (r"\[(.*)\] maps no column\.", "Bij [{0}] is geen kolom gekoppeld.", "Koppel ten minste de kolom met de sleutel."),
    (r"'file\.(\w+)' is '(.*?)'.*", "‘{1}’ bij file.{0} is niet bekend.", "Kies een andere waarde, of laat de regel weg."),
    (r"'(.*)' is still to be answered\.", "{0} moet nog worden beantwoord.", "Kies het antwoord; de opmerking ernaast zegt waaruit."),
    (r"'(.*)' means nothing here.*", "‘{0}’ betekent hier niets.", ""),
    (r"'(.*)' is missing.*|'(.*)' is missing, and .*", "‘{0}’ ontbreekt.", "Vul het aan."),
    (r"'(.*)' has (.*) columns; (.*) is the most\.", "‘{0}’ heeft {1} kolommen; {2} is het meeste.", "Noem er minder."),
    (r"'(.*)' (?:names a column that is not a text|does not say which column it comes from|gives no name for an extra column)\.", "Bij ‘{0}’ staat niet goed uit welke kolom het komt.", "Schrijf de naam van de kolom, zoals in de kop van het bestand."),
    (r"'(.*)' does not list the values to keep\.", "‘{0}’ noemt niet welke waarden blijven.", "Schrijf ze als lijst."),
    (r"'(.*)' gives a second column (.*)\.", "‘{0}’ maakt een tweede kolom {1}.", "Haal een van de twee weg."),
    (r"'(.*)\.labels' (?:gives|has) '(.*?)'.*", "De labels van ‘{0}’ kloppen niet bij ‘{1}’.", "Geef elk label één waarde."),
    (r"'answers\.(.*)' is for files with one row an answer\.", "‘{0}’ is alleen voor bestanden met één rij per antwoord.", "Haal het weg."),
    (r"'(.*)\.column' has no place in a long file\.", "‘{0}.column’ hoort niet bij een bestand met één rij per antwoord.", "Gebruik code in plaats van column."),
    (r"'(.*)' (?:can't be|is) '(.*)'.*", "‘{0}’ kan niet ‘{1}’ zijn.", ""),
    (r"'(.*)\.scale' has no meaning for an? (.*)\.", "Een schaal heeft bij {1} geen betekenis.", "Haal de schaal weg."),
    (r"'(.*)\.scale' is (.*), but kind (.*) is asked on (.*)\.", "De schaal van {0} is {1}, maar deze vraag hoort op {3}.", "Kies een andere soort vraag, of geef elke code een label."),
    (r"'answers\.questions' has code '(.*)' (.*) times\.", "De code ‘{0}’ staat er {1} keer.", "Geef elke vraag één code."),
    (r"'(.*)': question '(.*)' has mixed scales, (.*)\.", "De vraag ‘{1}’ heeft verschillende schalen.", "Geef elke schaal een eigen vraag."),
    (r"'(.*)' is (.*), but (.*) is a (.*)\.", "‘{0}’ is {1}; dat past niet bij {2}.", "Schrijf een waarde van de goede soort."),
    (r"'(.*)' is (.*), which .*", "‘{0}’ is {1}; dat kan daar niet.", "Schrijf een waarde van de goede soort."),
    (r"'(.*)' is not a table\.", "‘{0}’ is geen tabel.", "Schrijf [{0}] met de regels eronder."),
    (r"'(.*)' is (.*)\.", "‘{0}’ is {1}; dat kan daar niet.", "Schrijf een andere waarde."),
    (r"'(.*)': (.*)", "Bij ‘{0}’ klopt iets niet.", "Kijk die regel na."),
    (r"The date format '(.*)' (?:has|lacks) .*", "De schrijfwijze ‘{0}’ van datums kan niet.", "Noem dag, maand en jaar, elk één keer."),
    (r"(.*) columns fit '(.*)', which '(.*)' asks for: (.*)\.", "Er passen {0} kolommen bij ‘{1}’.", "Schrijf de naam voluit."),
    (r"(.*) have the same (.*) '(.*)' and different content, .*", "Rijen met dezelfde {1} ‘{2}’ hebben verschillende inhoud; niet te zeggen welke klopt.", "Haal een van de twee weg."),
    (r"(.*) extra columns of (.*) are too many\.", "{0} eigen kolommen zijn te veel.", "Houd er hoogstens 50."),
    (r"There is (.*) at (.*)\.", "Op die plaats staat geen bestand dat te lezen is.", "Kies een ander bestand."),
    (r"(\S+): (.+)", "{0}: daar klopt iets niet.", "Kijk die regel van de koppeling na."),
    (r"(.*) can't be read: (.*)\.", "Het bestand is niet te lezen.", "Exporteer het opnieuw."),
)  # fmt: skip
STORES: tuple[tuple[str, str, str], ...] = (
    (r"There is not enough memory or space to spill for this: .*", "Er is te weinig geheugen of schijfruimte voor deze vraag.", "Kies een kortere periode, of probeer het later opnieuw."),
    (r"The warehouse .* is in use by another process.*", "De gegevens zijn in gebruik door een ander programma.", _LATER),
    (r"There is no space left (?:for|on the disk of) .*", "De schijf is vol; er is niets veranderd.", "Maak ruimte vrij en probeer het opnieuw."),
    (r".* has been loading into .* for .* minutes; nothing was changed\.", "Er wordt al een tijd iets ingelezen; er is niets veranderd.", _LATER),
    (r"The archive of import (.*) \((.*)\) is damaged; nothing was changed\.", "Het archief van import {0} is beschadigd; er is niets veranderd.", "Zet het terug uit een reservekopie."),
    (r"The archive (?:holds|.* lacks) .* imports .*", "Het archief en de gegevens lopen niet gelijk; er is niets veranderd.", _KEEPER),
    (r"There is no warehouse (?:at|in the schema) .*", "Er zijn nog geen gegevens.", "Importeer eerst een bestand."),
    (r"This warehouse was opened for reading only\.", "De gegevens zijn alleen om te lezen geopend.", _KEEPER),
    (r"'(.*)' is no address of a warehouse\.|The address of PostgreSQL can't be read\.|An address of PostgreSQL has no '(.*)'\.|'(.*)' can't be the name of a schema\.|PostgreSQL needs the extra 'postgres'\.|.* is too old\.|The database .* keeps text as .*", "De gegevens voor de cijfers zijn niet bereikbaar zoals ze zijn ingesteld.", _KEEPER),
    (r".* (?:has not enough memory for this|cut a statement off|does not answer): .*|The tables of .* are gone: .*", "De database antwoordt nu niet.", _LATER),
    (r".* (?:does not allow|can't keep) this: .*|.* takes no changes: .*|Something of yours hangs on the tables of .*", "De database staat dit niet toe; er is niets veranderd.", _KEEPER),
)  # fmt: skip
_HINTS = (
    (r"Did you mean '(.*)'\?", "Bedoelde je ‘{0}’?"),
    (r"Allowed: (.*) and (\d+) more\.", "Toegestaan: {0} en nog {1}."),
    (r"Allowed: (.*)\.", "Toegestaan: {0}."),
)


def refused_in_words(problem: str, remedy: str) -> tuple[str, str] | None:
    """The same in Dutch; None for what is not known here.

    >>> refused_in_words("There is no KPI 'npx'.", "Did you mean 'nps'?")
    ('De KPI ‘npx’ bestaat niet.', 'Bedoelde je ‘nps’?')
    """
    for pattern, dutch, todo in (*ASKING, *STORES, *REFUSED, *QUESTIONS, *KEPT, *MAPPINGS):
        found = re.fullmatch(pattern, problem.removeprefix("mapping: "), re.DOTALL)
        if found:
            said = [g for g in found.groups() if g is not None] + [""] * len(found.groups())
            return dutch.format(*said), todo.format(*said) or hint_in_words(remedy)
    return None


def hint_in_words(remedy: str) -> str:
    """What to do, as far as it is one of the usual hints."""
    for pattern, dutch in _HINTS:
        if found := re.fullmatch(pattern, remedy):
            return dutch.format(*found.groups())
    return ""
