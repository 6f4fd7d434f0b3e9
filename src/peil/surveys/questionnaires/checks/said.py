"""The words of every finding: what is wrong, and what to do. To whoever makes the questionnaire, so in Dutch with 'je'."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from peil.core.kpi import Words

W: TypeAlias = Words
Told: TypeAlias = tuple[Words, Words]

PLACES: Mapping[str, Words] = {
    "name": W("de naam", "the name"),
    "sender": W("de afzender", "the sender"),
    "purpose": W("het doel", "the purpose"),
    "welcome": W("de welkomsttekst", "the welcome text"),
    "thanks": W("het bedankje", "the thank-you text"),
    "subject": W("het onderwerp", "the subject"),
    "heading": W("de kop", "the heading"),
    "help": W("de uitleg", "the help text"),
    "text": W("de vraagtekst", "the text"),
    "expected": W("de tekst over de verwachting", "the text about the expectation"),
    "dont_know": W("de tekst van ‘weet ik niet’", "the text of ‘I don’t know’"),
    "labels": W("label", "label"),
    "options": W("antwoord", "answer"),
}

ERRORS: Mapping[str, Told] = {
    "no_questions": (W("Er staat geen vraag in.", "There is no question in it."), W("Voeg een vraag toe.", "Add a question.")),
    "page_empty": (W("Pagina {page} is leeg.", "Page {page} is empty."), W("Zet er een vraag op, of haal de pagina weg.", "Put a question on it, or take the page away.")),
    "language_none": (W("Er is geen taal gekozen.", "No language is chosen."), W("Kies minstens één taal.", "Choose at least one language.")),
    "language_wrong": (W("‘{given}’ is geen taal, of staat er twee keer.", "‘{given}’ is no language, or is there twice."), W("Schrijf een taal in twee letters, zoals nl of en.", "Write a language in two letters, such as nl or en.")),
    "key_wrong": (W("‘{key}’ kan geen sleutel zijn.", "‘{key}’ can’t be a key."), W("Begin met een kleine letter; daarna kleine letters, cijfers en _, hoogstens 40.", "Begin with a small letter; then small letters, digits and _, 40 at most.")),
    "key_twice": (W("De sleutel ‘{question}’ staat er twee keer.", "The key ‘{question}’ is there twice."), W("Geef een van beide vragen een andere sleutel.", "Give one of the two questions another key.")),
    "option_twice": (W("Bij ‘{question}’ staat het antwoord ‘{option}’ er twee keer.", "The answer ‘{option}’ is there twice in ‘{question}’."), W("Geef een van beide een andere sleutel.", "Give one of the two another key.")),
    "text_missing": (W("Bij {where} ontbreekt {field} in het {tongue}.", "{where}: {field} is missing in {tongue}."), W("Schrijf de tekst, of haal de taal weg.", "Write the text, or take the language away.")),
    "retention_wrong": (W("De bewaartermijn is {months} maanden.", "Answers would be kept for {months} months."), W("Kies 1 tot en met 120 maanden; 24 is gebruikelijk.", "Choose 1 to 120 months; 24 is usual.")),
    "points_wrong": (W("‘{question}’ heeft {given} punten.", "‘{question}’ has {given} points."), W("Dit soort vraag kan met {allowed} punten.", "This kind of question can have {allowed} points.")),
    "look_wrong": (W("‘{question}’ kan niet met {look}.", "‘{question}’ can’t be shown as {look}."), W("Sterren en gezichtjes zijn er voor tevredenheid; kies cijfers.", "Stars and smileys are for satisfaction; choose figures.")),
    "scale_without_words": (W("De schaal van ‘{question}’ heeft geen woorden.", "The scale of ‘{question}’ has no words."), W("Geef beide uiteinden een label, en elke ster en elk gezichtje.", "Give both ends a label, and every star and smiley.")),
    "labels_wrong": (W("‘{question}’ heeft {given} labels bij {points} punten.", "‘{question}’ has {given} labels for {points} points."), W("Geef elk punt een label, of alleen de twee uiteinden.", "Give every point a label, or the two ends alone.")),
    "boxes_missing": (W("Voor {points} punten staat niet vast wat gunstig is (‘{question}’).", "For {points} points it is not fixed what is favourable (‘{question}’)."), W("Zeg welke punten gunstig en welke ongunstig zijn.", "Say which points are favourable and which are not.")),
    "boxes_wrong": (W("Wat gunstig en ongunstig is bij ‘{question}’, past niet op de schaal of overlapt.", "What is favourable and unfavourable at ‘{question}’ is off the scale, or overlaps."), W("Kies twee stukken van de schaal die elkaar niet raken.", "Choose two parts of the scale that have nothing in common.")),
    "dimension_wrong": (W("‘{question}’ noemt geen dimensie van servicekwaliteit.", "‘{question}’ names no dimension of service quality."), W("Kies er een: {allowed}.", "Choose one: {allowed}.")),
    "options_few": (W("‘{question}’ heeft minder dan twee antwoorden.", "‘{question}’ has fewer than two answers."), W("Voeg antwoorden toe.", "Add answers.")),
    "most_wrong": (W("Bij ‘{question}’ kan niet hoogstens {most} worden gekozen.", "‘{question}’ can’t have at most {most} chosen."), W("Kies een getal van 1 tot en met het aantal antwoorden.", "Choose a number from 1 to the number of answers.")),
    "longest_wrong": (W("De toelichting ‘{question}’ mag {given} tekens tellen.", "The comment ‘{question}’ may have {given} characters."), W("Kies 1 tot en met {most}.", "Choose 1 to {most}.")),
    "about_wrong": (W("‘{question}’ licht ‘{about}’ toe, en dat kan niet.", "‘{question}’ explains ‘{about}’, which can’t be."), W("Kies een vraag met een score die ervoor staat.", "Choose a question with a score that comes before it.")),
    "consent_required": (W("Toestemming (‘{question}’) kan niet verplicht zijn.", "Consent (‘{question}’) can’t be required."), W("Toestemming is alleen geldig als iemand vrij is om haar niet te geven.", "Consent counts only where somebody is free not to give it.")),
    "sus_number": (W("De sleutel ‘{question}’ zegt niet welke van de tien SUS-stellingen het is.", "The key ‘{question}’ does not say which of the ten SUS statements it is."), W("Laat de sleutel eindigen op het nummer: sus_01 tot en met sus_10.", "End the key in its number: sus_01 to sus_10.")),
    "sus_incomplete": (W("Van de tien SUS-stellingen ontbreken er: {missing}.", "Of the ten SUS statements these are missing: {missing}."), W("De SUS-score is er alleen als alle tien gesteld zijn.", "There is a SUS score only where all ten are asked.")),
    "points_of_service_alone": (W("‘{question}’ verdeelt punten, maar er zijn geen SERVQUAL-stellingen.", "‘{question}’ divides points, but there are no SERVQUAL statements."), W("Voeg de stellingen toe; zonder wegen de punten niets.", "Add the statements; without them the points weigh nothing.")),
    "attribute_unknown": (W("{{{name}}} is onbekend.", "{{{name}}} is not known."), W("{hint}", "{hint}")),
    "fallback_missing": (W("{{{name}}} is niet van iedereen bekend.", "{{{name}}} is not known of everybody."), W("Schrijf erachter wat er anders staat: {{{name}|…}}.", "Write what stands there otherwise: {{{name}|…}}")),
    "brace_stray": (W("In {field} staat een losse accolade.", "There is a stray brace in {field}."), W("Schrijf wat wordt ingevuld als {{klant.voornaam|klant}}.", "Write what is filled in like {{customer.first_name|customer}}.")),
    "logic_unknown_question": (W("‘{question}’ hangt af van ‘{other}’, en die vraag is er niet.", "‘{question}’ depends on ‘{other}’, and there is no such question."), W("{hint}", "{hint}")),
    "logic_forward": (W("‘{question}’ hangt af van ‘{other}’, die later komt.", "‘{question}’ depends on ‘{other}’, which comes later."), W("Zet ‘{other}’ op een eerdere pagina.", "Put ‘{other}’ on an earlier page.")),
    "logic_same_page": (W("‘{question}’ hangt af van ‘{other}’ op dezelfde pagina.", "‘{question}’ depends on ‘{other}’ on the same page."), W("Zet ‘{question}’ op de volgende pagina: zonder script kan een pagina niet veranderen terwijl iemand antwoordt.", "Put ‘{question}’ on the next page: without script a page can’t change while somebody answers.")),
    "logic_wrong": (W("Op het antwoord op ‘{other}’ kan zo niet worden getoetst (‘{question}’).", "The answer to ‘{other}’ can’t be tested like that (‘{question}’)."), W("Kan wel: {allowed}.", "What can: {allowed}.")),
    "logic_never": (W("‘{question}’ wordt nooit getoond.", "‘{question}’ is never shown."), W("Geen antwoord voldoet aan alle voorwaarden; haal er een weg.", "No answer meets all its conditions; take one away.")),
    "touchpoint_missing": (W("Er staat niet bij welk contactmoment ‘{question}’ hoort.", "It does not say which touchpoint ‘{question}’ is about."), W("Kies het contactmoment.", "Choose the touchpoint.")),
    "contact_not_named": (W("‘{question}’ zegt in het {tongue} niet over welk contact het gaat.", "‘{question}’ does not say in {tongue} which contact it is about."), W("Zet {{onderwerp}} in de vraag of in de kop van de pagina.", "Put {{subject}} in the question or in the heading of its page.")),
    "helpful_elsewhere": (W("‘{question}’ hoort onder een antwoord op een hulppagina.", "‘{question}’ belongs under an answer of the help pages."), W("Kies het moment ‘hulppagina’, of vraag iets anders.", "Choose the moment ‘help page’, or ask something else.")),
    "not_for_customers": (W("‘{question}’ is voor medewerkers.", "‘{question}’ is for employees."), W("Zet de vraag in een enquête voor medewerkers.", "Put the question in a survey for employees.")),
    "not_anonymous": (W("Medewerkers antwoorden anoniem; ‘{question}’ maakt bekend wie het is.", "Employees answer anonymously; ‘{question}’ tells who it is."), W("Haal de vraag of {field} weg.", "Take the question or {field} away.")),
    "kind_changed": (W("‘{question}’ was {before} en is nu {after}.", "‘{question}’ was {before} and is now {after}."), W("Geef de nieuwe vraag een eigen sleutel: antwoorden op beide zijn niet hetzelfde.", "Give the new question a key of its own: answers to the two are not the same.")),
    "statements_changed": (W("De SERVQUAL-stellingen zijn andere dan in versie {version}.", "The SERVQUAL statements are others than in version {version}."), W("Maak er een nieuwe enquête van: een dimensie telt alleen voor wie al haar stellingen beantwoordt.", "Make it a new survey: a dimension counts only for who answers all its statements.")),
    "key_changed": (W("Een nieuwe versie kan geen andere sleutel hebben dan ‘{before}’.", "A new version can’t have another key than ‘{before}’."), W("Maak een kopie als het een andere enquête is.", "Make a copy where it is another survey.")),
}  # fmt: skip

ADVICE: Mapping[str, Told] = {
    "scale_changed": (W("De schaal van ‘{question}’ was {before} en is nu {after}.", "The scale of ‘{question}’ was {before} and is now {after}."), W("Oude antwoorden houden hun eigen schaal. Een gemiddelde over beide is er niet; het aandeel gunstig wel, maar vergelijk het met mate.", "Older answers keep their own scale. There is no mean over both; there is a favourable share, to be compared with care.")),
    "wording_changed": (W("De tekst van ‘{question}’ is anders dan in versie {version}.", "The words of ‘{question}’ are others than in version {version}."), W("Andere woorden geven andere cijfers; zet bij de grafiek wanneer dit veranderde.", "Other words give other figures; note beside the chart when this changed.")),
    "ask_score": (W("Na een contact ontbreekt een vraag naar gemak of tevredenheid.", "After a contact there is no question on ease or satisfaction."), W("Vraag een van beide; dat zegt wat dit contact deed.", "Ask one of the two; it tells what this contact did.")),
    "ask_solved": (W("Na een contact ontbreekt ‘is uw vraag opgelost?’.", "After a contact there is no ‘was your question solved?’."), W("Voeg de vraag toe: niets zegt meer over een contact.", "Add the question: nothing tells more about a contact.")),
    "nps_after_contact": (W("‘{question}’ vraagt naar aanbevelen na één contact.", "‘{question}’ asks for a recommendation after one contact."), W("Aanbevelen gaat over het merk als geheel; vraag het op een rustig moment, en hier naar gemak of tevredenheid.", "Recommending is about the brand as a whole; ask it at a calm moment, and here for ease or satisfaction.")),
    "effort_when_calm": (W("‘{question}’ vraagt naar gemak zonder een contact.", "‘{question}’ asks for ease without a contact."), W("Gemak gaat over iets wat net is gebeurd; vraag het na een contact.", "Ease is about something that just happened; ask it after a contact.")),
    "servqual_incomplete": (W("Van de vijf dimensies ontbreken er: {missing}.", "Of the five dimensions these are missing: {missing}."), W("Zonder alle vijf is er een kloof per dimensie, maar geen SERVQUAL als geheel.", "Without all five there is a gap per dimension, but no SERVQUAL as a whole.")),
    "comment_required": (W("De toelichting ‘{question}’ is verplicht.", "The comment ‘{question}’ is required."), W("Wie niets te zeggen heeft, haakt dan af; maak haar vrij.", "Who has nothing to say leaves then; make it free.")),
    "comment_tells_who": (W("In een open antwoord (‘{question}’) kan een medewerker te herkennen zijn.", "An open answer (‘{question}’) may tell which employee wrote it."), W("Zeg dat erbij, of vraag het niet.", "Say so beside it, or leave it out.")),
    "smileys_many": (W("‘{question}’ heeft {points} gezichtjes; die zijn niet uit elkaar te houden.", "‘{question}’ has {points} smileys, which nobody can tell apart."), W("Neem er hoogstens vijf, of cijfers.", "Take five at most, or figures.")),
    "scale_long": (W("‘{question}’ heeft {points} punten.", "‘{question}’ has {points} points."), W("Twee tot vijf punten zijn voor tevredenheid genoeg en op een telefoon makkelijker.", "Two to five points are enough for satisfaction, and easier on a phone.")),
    "questions_many": (W("Er zijn {count} vragen; bij dit moment passen er hoogstens {most}.", "There are {count} questions; {most} at most suit this moment."), W("Vraag wat je gaat gebruiken, en laat de rest weg.", "Ask what you are going to use, and leave out the rest.")),
    "time_long": (W("Invullen duurt ongeveer {minutes}; bij dit moment past hoogstens {most}.", "Answering takes about {minutes}; at most {most} suits this moment."), W("Hoe langer, hoe meer mensen afhaken. Vraag minder, of verdeel de vragen over meer mensen.", "The longer it is, the more people leave. Ask less, or divide the questions over more people.")),
    "page_full": (W("Op pagina {page} staan {count} vragen.", "Page {page} has {count} questions."), W("Verdeel ze over pagina’s: op een telefoon is dit lang scrollen.", "Divide them over pages: on a phone this is long scrolling.")),
    "double": (W("{field} van {where} vraagt misschien twee dingen tegelijk: ‘{found}’.", "{where}: {field} may ask two things at once: ‘{found}’."), W("Maak er twee vragen van; nu weet je niet waarop het antwoord slaat.", "Make two questions of it; now nobody knows what the answer is about.")),
    "leading": (W("{field} van {where} stuurt misschien het antwoord: ‘{found}’.", "{where}: {field} may steer the answer: ‘{found}’."), W("Vraag het neutraal.", "Ask it neutrally.")),
    "jargon": (W("{field} van {where} heeft een woord dat niet iedereen kent: ‘{found}’.", "{where}: {field} has a word that not everybody knows: ‘{found}’."), W("Gebruik het woord dat klanten zelf gebruiken.", "Use the word that customers use themselves.")),
    "negative": (W("{field} van {where} is ontkennend: ‘{found}’.", "{where}: {field} is negative: ‘{found}’."), W("Stel de vraag zonder ontkenning; ‘nee’ op ‘niet’ begrijpt niet iedereen gelijk.", "Ask without a negation; not everybody reads ‘no’ to ‘not’ alike.")),
    "sentence_long": (W("{field} van {where} is een zin van {count} woorden.", "{where}: {field} is a sentence of {count} words."), W("Houd het onder de {most} woorden.", "Keep it under {most} words.")),
    "address_mixed": (W("{field} van {where} zegt ‘{found}’, terwijl elders ‘u’ staat.", "{where}: {field} says ‘{found}’, where elsewhere it is ‘u’."), W("Kies u of je, in alle teksten.", "Choose u or je, in all texts.")),
}  # fmt: skip
