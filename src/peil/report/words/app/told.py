"""What files and mappings are told they do wrong, what was guessed and noted, in Dutch; it is kept in English."""

from __future__ import annotations

import re

from peil.report.words import Language
from peil.report.words.app.refused import refused_in_words

_SAVE_AS = "Exporteer het als CSV, XLSX, SPSS (.sav), Parquet of JSON-regels."
_CLOSE = "Sluit het aanhalingsteken, of verdubbel het waar het bij de tekst hoort."
KINDS_OF_FILE = {
    "a PDF": "een pdf", "a picture": "een afbeelding", "an old Excel (.xls) or Word file": "een oud Excel- (.xls) of Word-bestand",
    "packed with bzip2": "ingepakt met bzip2", "packed with xz": "ingepakt met xz", "packed with 7-Zip": "ingepakt met 7-Zip",
    "packed with RAR": "ingepakt met RAR", "packed with zstd": "ingepakt met zstd", "a database": "een database",
    "an Arrow file": "een Arrow-bestand", "a program": "een programma", "a text document": "een tekstdocument",
    "packed twice": "twee keer ingepakt",
}  # fmt: skip
# pattern of what was raised, the same in Dutch, what to do
ERRORS: tuple[tuple[str, str, str], ...] = (
    (r"It is empty\.", "Het bestand is leeg.", "Exporteer het opnieuw."),
    (r"It holds no rows\.|The sheet holds no rows\.|No sheet holds anything\.", "Er staan geen rijen in.", "Exporteer het opnieuw."),
    (r"It is (.+), not a table\.", "Het is {kind}, geen tabel.", _SAVE_AS),
    (r"It is one JSON list\.", "Het is één JSON-lijst.", "Schrijf één object per regel (JSON-regels), bijvoorbeeld met: jq -c '.[]'"),
    (r"It is a web page or XML.*", "Het is een webpagina of XML, wat de naam ook zegt.", _SAVE_AS),
    (r"It is not a table: .*", "Het is geen tabel: er staan tekens in die in geen tekst voorkomen.", _SAVE_AS),
    (r"Its columns may be divided by '(.+)' or by '(.+)'\.", "De kolommen kunnen gescheiden zijn door ‘{0}’ of door ‘{1}’.", "Kies hieronder welk teken het is."),
    (r"Its letters are neither UTF-8 nor Windows.*", "De letters zijn geen UTF-8 en geen Windows (cp1252).", "Kies hieronder waarmee het bestand is geschreven."),
    (r"It is not (\S+): byte (\S+) is no letter in it\.", "Het is geen {0}: byte {1} is daarin geen letter.", "Kies hieronder een andere tekenset, of laat die weg."),
    (r"Further on it is not (\S+), as it began\.", "Verderop is het geen {0} meer, zoals aan het begin.", "Kies hieronder een andere tekenset, of sla het bestand op als UTF-8."),
    (r"A cell is larger than 8 MB, or a quote is opened and never closed\.", "Een cel is groter dan 8 MB, of een aanhalingsteken wordt geopend en nooit gesloten.", _CLOSE),
    (r"A quote is opened and never closed.*", "Een aanhalingsteken wordt geopend en nooit gesloten.", _CLOSE),
    (r"It can't be read as a table: .*", "Het is niet te lezen als tabel.", "Exporteer het opnieuw als CSV in UTF-8."),
    (r"Its rows have (\d+) cells, but its heading names (\d+) columns\.", "De rijen hebben {0} cellen, maar de kop noemt {1} kolommen.", "Geef elke kolom een naam in de eerste rij."),
    (r"It has ([\d,]+) columns; ([\d,]+) is the most\.", "Het heeft {0} kolommen; {1} is het meeste.", "Exporteer minder kolommen."),
    (r"It has (\d+) sheets: (.+)\.", "Het heeft {0} bladen: {1}.", "Vul hieronder de naam van het blad in."),
    (r"There is no sheet '(.+)'\.", "Er is geen blad ‘{0}’.", "Vul hieronder de naam van een blad in dat er is."),
    (r"The sheet is (.+) by (.+) cells; .*", "Het blad is {0} bij {1} cellen; 10 miljoen is het meeste.", "Sla het op als CSV; dat mag zo groot zijn als je wilt."),
    (r"It has a password\.", "Het heeft een wachtwoord.", "Sla het zonder wachtwoord op."),
    (r"It is no sound workbook: .*", "Het is geen gave Excel-werkmap.", "Open het in Excel en sla het opnieuw op als .xlsx."),
    (r"It is larger than 100 MB\.", "De werkmap is groter dan 100 MB.", "Exporteer het als CSV; dat mag zo groot zijn als je wilt."),
    (r"It is a zip without a workbook in it\.", "Het is een zip zonder werkmap erin.", "Pak het uit en importeer wat erin zit."),
    (r"It is a broken zip: .*|The gzip is broken: .*", "Het ingepakte bestand is beschadigd.", "Haal het opnieuw op, of pak het opnieuw in."),
    (r"It grows from .*, as only a bomb does\.|The gzip grows to more than .*", "Uitgepakt wordt het onwaarschijnlijk groot; zo ziet een zipbom eruit.", "Vertrouw je het bestand? Pak het dan zelf uit, of sla het blad op als CSV."),
    (r"It packs .* parts\.", "Er zitten te veel delen in.", "Sla het opnieuw op met minder bladen."),
    (r"It is no sound Parquet file: .*", "Het is geen gaaf Parquet-bestand.", "Schrijf het opnieuw."),
    (r"It is no sound SPSS file: .*", "Het is geen gaaf SPSS-bestand.", "Sla het opnieuw op in SPSS, of exporteer het als CSV."),
    (r"It breaks off: .*", "Het bestand breekt halverwege af.", "Exporteer of verstuur het opnieuw."),
    (r"The entry '(.+)' appears for the first time here, .*", "‘{0}’ komt hier voor het eerst voor, na duizenden regels zonder.", "Zet een regel waarin alles voorkomt bovenaan."),
    (r"Reading it takes more time than is allowed\.", "Het lezen duurt te lang.", "Exporteer het opnieuw als CSV in UTF-8, of splits het."),
    (r"Reading it (takes|took) more memory than is allowed.*|The reader broke off.*", "Het lezen vraagt te veel geheugen.", "Splits het, of exporteer het als CSV; dat wordt in delen gelezen."),
    (r"A cell holds more than 4 million characters\.|A line is longer than 8 MB\.", "Een cel of regel is te lang.", "Kort hem in."),
    (r"It changed while it was read\.", "Het veranderde tijdens het lezen.", "Importeer het als het compleet is."),
    (r"There is no column '(.+)', which '(.+)' in .* asks for\.", "Er is geen kolom ‘{0}’; de koppeling vraagt erom bij {1}.", "Kies een andere kolom, of haal de regel uit de koppeling."),
    (r"(\d+) columns fit '(.+)', which '(.+)' asks for: .*", "Er passen {0} kolommen bij ‘{1}’.", "Schrijf de naam voluit."),
    (r"'(.+)' may be (\S+) or (\S+), and nothing else in the column tells which\.", "‘{0}’ kan {1} of {2} zijn, en niets anders in de kolom zegt welke.", "Kies hieronder bij de kolom een punt of een komma als decimaalteken."),
    (r"'(.+)' may be more than one date, and nothing else in the column tells which\.", "‘{0}’ kan meer dan één datum zijn, en niets anders in de kolom zegt welke.", "Kies hieronder bij de kolom hoe datums zijn geschreven."),
    (r"'(.+)' in '(.+)' may be hours and minutes or minutes and seconds\.", "‘{0}’ in ‘{1}’ kan uren en minuten zijn, of minuten en seconden.", "Kies hieronder bij de kolom de eenheid."),
    (r"rows (.+) and (.+) have the same (\w+) '(.*)' and different content.*", "De rijen {0} en {1} hebben dezelfde {2} ‘{3}’ en verschillende inhoud; niet te zeggen welke klopt.", "Haal een van de twee weg, of kies een kolom die in elke rij anders is."),
    (r"this file was imported as (\S+) by another mapping, so its rows would count twice\.", "Dit bestand is al ingelezen als {0}, met een andere koppeling; de rijen zouden dubbel tellen.", "Maak die import eerst ongedaan op de pagina Gegevens, en probeer het dan opnieuw."),
    (r"mapping is not TOML: (.+)\.", "De koppeling is geen TOML: {0}.", "Herstel die regel; teksten staan tussen aanhalingstekens."),
    (r"mapping: source is missing\.", "Er staat niet bij waar het bestand vandaan komt.", "Vul de herkomst in."),
    (r"mapping: no fact is mapped\.", "Geen enkele kolom is nog iets.", "Kies bij ten minste één kolom wat die wordt."),
    (r"mapping: \[answers\] has no questions\.", "Er zijn antwoorden, maar geen vragen.", "Kies bij ten minste één kolom welke vraag de klant beantwoordde."),
    (r"mapping: '(.+)' is still to be answered\.", "{0} moet nog worden beantwoord.", "Kies hieronder het antwoord."),
    (r"mapping: '(.+)\.scale' is missing\.", "De schaal van {0} ontbreekt.", "Vul de laagste en de hoogste score in."),
    (r"mapping: '(.+)\.scale' is (.+), but kind (\w+) is asked on (.+)\.", "De schaal van {0} is {1}, maar deze vraag hoort op {2}: {3}.", "Kies een andere soort vraag, of geef elke code een label in de koppeling."),
    (r"mapping: '(.+)' means nothing here.*", "‘{0}’ betekent hier niets.", "Haal het weg, of kijk of het goed gespeld is."),
    (r"The file is larger than 2 GB\.", "Het bestand is groter dan 2 GB.", "Splits het, of exporteer het als Parquet; dat is kleiner."),
    (r"There is too little space on the server's disk for this file\.", "Er is te weinig ruimte op de schijf van de server voor dit bestand.", "Maak ruimte vrij en probeer het opnieuw."),
    (r"A value holds a character that no text has\.", "Er staat een teken in dat in geen tekst voorkomt.", "Schrijf het zonder dat teken."),
    (r"There is no file\.", "Er is geen bestand gekozen.", "Kies een bestand en probeer het opnieuw."),
    (r"The server stopped while it was at work; nothing of the file was taken in\.", "De server stopte terwijl hij bezig was; van het bestand is niets opgenomen.", "Begin deze stap opnieuw."),
    (r"It was stopped; nothing of the file was taken in\.", "Gestopt; van het bestand is niets opgenomen.", ""),
    (r"Something went wrong in Peil itself; nothing of the file was taken in\.", "Er ging iets mis in Peil zelf; van het bestand is niets opgenomen. De fout is vastgelegd.", "Probeer het opnieuw; blijft het misgaan, meld het dan bij de beheerder."),
    (r"(?:Import )?'?(\S+?)'? was (?:already )?undone.*", "{0} was al ongedaan gemaakt.", ""),
)  # fmt: skip
# what was noted while reading, and reasons for a guess
NOTES: tuple[tuple[str, str], ...] = (
    (r"(.+); (?:1 cell|(\S+) cells) can't be read as a number: mend or list under missing", "{0}; een paar cellen zijn geen getal"),
    (r"by its name", "naar de naam"),
    (r"yes or no, by its name", "ja of nee, naar de naam"),
    (r"its name, and yes or no", "naar de naam, en ja of nee"),
    (r"its name, and values from (.+) to (.+)", "naar de naam, en waarden van {0} tot en met {1}"),
    (r"its value labels in the file: (.+)", "naar de labels in het bestand: {0}"),
    (r"the words of its answers", "naar de woorden van de antwoorden"),
    (r"numbers with words at the ends", "cijfers met woorden aan de uiteinden"),
    (r"0 to 10 with 'likely' at the ends", "0 tot en met 10 met ‘waarschijnlijk’ aan de uiteinden"),
    (r"whole numbers from 0 to 10, as NPS has them", "hele getallen van 0 tot en met 10, zoals bij NPS"),
    (r"its name, and open texts", "naar de naam, en open teksten"),
    (r"long texts, nearly all different", "lange teksten, bijna allemaal verschillend"),
    (r"kept as a keyed hash", "wordt versleuteld bewaard"),
    (r"a date and its time of day", "een datum en de tijd erbij"),
    (r"one survey a contact", "één enquête per contact"),
    (r"joins the answer with its contact", "koppelt het antwoord aan het contact"),
    (r"'(.+)' is read as (\S+), as its own values prove\.", "‘{0}’ is gelezen als {1}, zoals de waarden zelf uitwijzen."),
    (r"1 row of (\w+) has no (\w+), so no period counts it\.", "1 rij heeft geen datum ({1}) en telt in geen enkele periode mee."),
    (r"(\S+) rows of (\w+) have no (\w+), so no period counts them\.", "{0} rijen hebben geen datum ({2}) en tellen in geen enkele periode mee."),
    (r"(\S+) rows were left out of (\w+) by 'only'\.", "{0} rijen zijn weggelaten door ‘only’ in de koppeling."),
    (r"Rows of (\w+) have no key, so all (\S+) were added to those of import (\S+) .*", "De rijen hebben geen sleutel; alle {1} zijn toegevoegd aan die van import {2}, met dezelfde naam. Vervangt dit bestand het vorige? Maak dat dan ongedaan."),
    (r"It is not UTF-8; its letters are read as Windows \(cp1252\)\.", "Het is geen UTF-8; de letters zijn gelezen als Windows (cp1252)."),
    (r"There is no mark, but it reads as UTF-16\.", "Er staat geen kenmerk in, maar het leest als UTF-16."),
    (r"The first row looks like data, so the columns are called column_1, column_2 \.\.\.", "De eerste rij lijkt op gegevens; de kolommen heten daarom column_1, column_2 ..."),
    (r"The first (\d+) rows are headings, as Qualtrics (?:writes|wrote) them.*", "De eerste {0} rijen zijn koppen, zoals Qualtrics ze schrijft."),
    (r"Column (\d+) is called '(.+)' like another; here it is '(.+)'\.", "Kolom {0} heet ‘{1}’, net als een andere; hier heet hij ‘{2}’."),
)  # fmt: skip


def error_in_words(problem: str, remedy: str, language: Language) -> tuple[str, str]:
    """What is wrong and what to do, in the language of the page.

    >>> error_in_words("It is empty.", "Export it again.", "nl")
    ('Het bestand is leeg.', 'Exporteer het opnieuw.')
    """
    if language == "en":
        return problem, remedy
    for pattern, dutch, todo in ERRORS:
        if found := re.fullmatch(pattern, problem, re.DOTALL):
            kind = KINDS_OF_FILE.get(found[1] or "", found[1]) if found.groups() else ""
            return dutch.format(*(_rows_in_dutch(g or "") for g in found.groups()), kind=kind), todo
    return refused_in_words(problem, remedy) or (problem, remedy)


def _rows_in_dutch(told: str) -> str:
    """A list such as that of sheets counts its rows.

    >>> _rows_in_dutch("'Jan' (2 rows), 'Feb' (1 rows)")
    "'Jan' (2 rijen), 'Feb' (1 rij)"
    """
    return re.sub(r"\b1 rows?\b", "1 rij", re.sub(r"\b(\d[\d,]*\d|[2-90]) rows\b", r"\1 rijen", told))


def note_told(note: str, language: Language) -> str:
    """A note about a file, or the reason for a guess, in the language of the page.

    >>> note_told("its name, and values from 1 to 5", "nl")
    'naar de naam, en waarden van 1 tot en met 5'
    """
    if language == "en":
        return note
    for pattern, dutch in NOTES:
        if found := re.fullmatch(pattern, note, re.DOTALL):
            groups = [note_told(g or "", language) if i == 0 else g for i, g in enumerate(found.groups())]
            return dutch.format(*groups)
    return note
