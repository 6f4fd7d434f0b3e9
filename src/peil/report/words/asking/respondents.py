"""What people who answer a survey read around the questions: Dutch with 'u', and English."""

from __future__ import annotations

from peil.report.words.asking.devices import DEVICES

RESPONDENTS: dict[str, tuple[str, str]] = {
    "questions_many": ("{0} vragen, ongeveer {1}.", "{0} questions, about {1}."),
    "questions_one": ("Eén vraag, ongeveer {1}.", "One question, about {1}."),
    "question_of": ("Vraag {0} van {1}", "Question {0} of {1}"),
    "step_of": ("Stap {0} van {1}", "Step {0} of {1}"),
    "survey_of": ("Vragen van {0}", "Questions from {0}"),
    "survey": ("Vragen", "Questions"),
    "language": ("Taal", "Language"),
    "optional": ("Niet verplicht.", "Optional."),
    "required": ("Verplicht.", "Required."),
    "several": ("U kunt meer antwoorden kiezen.", "You can choose more than one."),
    "at_most": ("Kies er hoogstens {0}.", "Choose {0} at most."),
    "end": ("{0} is {1}", "{0} is {1}"),
    "end_shown": ("{0} = {1}", "{0} = {1}"),
    "namely": ("Namelijk", "Namely"),
    "before_it": ("Wat u verwachtte", "What you expected"),
    "how_it_was": ("Hoe het was", "How it was"),
    "hundred": ("Samen 100 punten; leeg is 0.", "100 points together; empty is 0."),
    "points": ("punten", "points"),
    "no_names": ("Noem liever geen namen of rekeningnummers.", "Please leave out names and account numbers."),
    "where": ("Op welk telefoonnummer of e-mailadres bereiken we u?", "At which phone number or e-mail address can we reach you?"),
    "only_for_this": ("We gebruiken het alleen hiervoor.", "We use it for this alone."),
    "next": ("Volgende", "Next"),
    "back": ("Terug", "Back"),
    "send": ("Versturen", "Send"),
    "error": ("Fout", "Error"),
    "errors_one": ("Bij één vraag is nog iets nodig", "One question still needs something"),
    "errors_many": ("Bij {0} vragen is nog iets nodig", "{0} questions still need something"),
    "why": ("Waarom vragen we dit?", "Why do we ask this?"),
    "kept_person": (
        "Uw antwoord wordt aan uw klantgegevens gekoppeld. Na {0} maanden verwijderen we uw naam en toelichting; de scores blijven.",
        "Your answer is kept with your customer record. After {0} months we remove your name and words; the scores stay.",
    ),
    "kept_open": (
        "Na {0} maanden verwijderen we uw toelichting; de scores blijven.",
        "After {0} months we remove your words; the scores stay.",
    ),
    "kept_anonymous": (
        "Uw antwoord is anoniem. Het wordt aan niemand gekoppeld, en van het moment wordt alleen de dag bewaard.",
        "Your answer is anonymous. It is tied to nobody, and of the moment the day alone is kept.",
    ),
    "stop": ("Geen vragen meer van ons krijgen", "Get no more questions from us"),
    "test": ("Dit is een proef: wat u invult, telt niet mee.", "This is a trial: what you fill in does not count."),
    "not_saved": (
        "Uw antwoord is nog niet bewaard. Wat u invulde, staat er nog. Probeer het over een minuut opnieuw.",
        "Your answer is not saved yet. What you filled in is still here. Try again in a minute.",
    ),
    "thanks": ("Dank u wel. Uw antwoord is ontvangen.", "Thank you. Your answer has arrived."),
    "received": ("ontvangen", "arrived"),
    "call_you": ("Mogen we u hierover bellen of mailen?", "May we call or mail you about this?"),
    "yes": ("Ja", "Yes"),
    "no_thanks": ("Nee, dank u", "No, thank you"),
    "where_needed": ("Vul een telefoonnummer of e-mailadres in.", "Fill in a phone number or an e-mail address."),
    "will_call": ("We nemen contact met u op via {0}.", "We will contact you at {0}."),
    "no_call": ("We nemen hierover geen contact met u op.", "We will not contact you about this."),
    "change": ("Antwoord wijzigen", "Change my answer"),
    "close": ("U kunt deze pagina sluiten.", "You can close this page."),
    "rest_days": (
        "U krijgt de komende {0} dagen geen nieuwe vragen van ons.",
        "You will get no new questions from us for {0} days.",
    ),
    "used": ("U hebt deze vragen al beantwoord. Dank u wel.", "You have answered these questions already. Thank you."),
    "used_more": (
        "Uw antwoord is ontvangen en telt één keer mee. Wijzigen kan op het apparaat waarop u antwoordde.",
        "Your answer has arrived and counts once. You can change it on the device on which you answered.",
    ),
    "over": ("Deze enquête is afgelopen", "This survey has ended"),
    "over_more": (
        "Antwoorden kan niet meer. Dank u wel dat u de moeite nam.",
        "It can't be answered any more. Thank you for taking the trouble.",
    ),
    "unknown": ("Via deze link kunt u niet antwoorden", "You can't answer by this link"),
    "unknown_more": (
        "De link is verlopen, of niet helemaal overgenomen. Open hem opnieuw vanuit het bericht dat u kreeg.",
        "The link has expired, or was not copied whole. Open it again from the message that you got.",
    ),
    "busy": ("Even geen verbinding", "No connection for a moment"),
    "busy_more": (
        "Er is niets bewaard van deze poging. Ga terug met uw browser en probeer het over een minuut opnieuw.",
        "Nothing of this attempt was kept. Go back with your browser and try again in a minute.",
    ),
    "failed": ("Hier ging iets mis", "Something went wrong here"),
    "failed_more": (
        "Dat ligt aan ons. Ga terug met uw browser en probeer het over een minuut opnieuw.",
        "That is our fault. Go back with your browser and try again in a minute.",
    ),
    "too_much": ("Dit is te veel om te versturen", "This is too much to send"),
    "too_much_more": (
        "Ga terug met uw browser, maak uw tekst korter en verstuur opnieuw.",
        "Go back with your browser, make your text shorter and send it again.",
    ),
}  # fmt: skip


def to_respondent(key: str, language: str, *values: object) -> str:
    """A text in Dutch, or in English to whoever reads something else."""
    return (RESPONDENTS.get(key) or DEVICES[key])[0 if language == "nl" else 1].format(*values)
