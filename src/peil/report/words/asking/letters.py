"""What Peil writes to customers: invitations, reminders, what was done with answers, and stopping. Customers are *u*."""

from __future__ import annotations

LETTERS: dict[str, tuple[str, str]] = {
    "subject_one": ("Een korte vraag over {about}", "A short question about {about}"),
    "subject_many": ("Enkele korte vragen over {about}", "A few short questions about {about}"),
    "subject_reminder": ("Herinnering: {subject}", "Reminder: {subject}"),
    "dear": ("Beste {name},", "Dear {name},"),
    "dear_customer": ("Beste klant,", "Dear customer,"),
    "intro": ("We horen graag wat u vindt van {about}.", "We would like to hear what you think of {about}."),
    "intro_reminder": (
        "Enkele dagen geleden vroegen we u wat u vindt van {about}. We horen het nog steeds graag. Dit is de enige herinnering.",
        "A few days ago we asked you what you think of {about}. We would still like to hear it. This is the only reminder.",
    ),
    "preview": ("Kies een antwoord; daarna kunt u het toelichten en versturen.", "Choose an answer; then you can explain it and send it."),
    "length_one": ("Eén vraag, {minutes}.", "One question, {minutes}."),
    "length_many": ("{count} vragen, {minutes}.", "{count} questions, {minutes}."),
    "minute": ("ongeveer 1 minuut", "about 1 minute"),
    "minutes": ("ongeveer {count} minuten", "about {count} minutes"),
    "short": ("minder dan een halve minuut", "less than half a minute"),
    "counts_after": (
        "Na uw klik kunt u uw antwoord nog wijzigen en toelichten. Het telt pas als u op ‘Versturen’ drukt.",
        "After your click you can still change and explain your answer. It counts only once you press ‘Send’.",
    ),
    "begin": ("Vragen beantwoorden", "Answer the questions"),
    "end_is": ("{score} = {words}", "{score} = {words}"),
    "choose_score": ("Antwoord {score}", "Answer {score}"),
    "greeting": ("Met vriendelijke groet,", "Kind regards,"),
    "once_with_reminder": (
        "We stellen u deze vraag één keer en sturen hooguit één herinnering.",
        "We ask you this once and send at most one reminder.",
    ),
    "once": ("We stellen u deze vraag één keer en sturen geen herinnering.", "We ask you this once and send no reminder."),
    "no_more": ("Dit is de laatste e-mail hierover.", "This is the last e-mail about this."),
    "stop": ("Afmelden voor enquêtes", "Stop receiving surveys"),
    "text_choose": ("Kies uw antwoord door de link te openen:", "Choose your answer by opening its link:"),
    "text_begin": ("Beantwoord de vragen hier:", "Answer the questions here:"),
    "text_stop": ("Afmelden voor enquêtes: {url}", "Stop receiving surveys: {url}"),
    "message": (
        "{organisation}: wat vindt u van {about}? {url} Liever geen berichten: {stop}",
        "{organisation}: what do you think of {about}? {url} No more messages: {stop}",
    ),
    "told_why": (
        "U krijgt dit bericht omdat u onze vragen hebt beantwoord.",
        "You get this message because you answered our questions.",
    ),
    "yes": ("ja", "yes"),
    "no": ("nee", "no"),
    # the page on which one stops
    "stop_title": ("Afmelden voor enquêtes", "Stop receiving surveys"),
    "stop_ask": (
        "Waarvoor wilt u geen vragen meer van {organisation} krijgen?",
        "Which questions from {organisation} would you like to stop receiving?",
    ),
    "stop_all": ("Voor alle enquêtes", "All surveys"),
    "stop_this": ("Alleen voor deze: {name}", "Only this one: {name}"),
    "stop_do": ("Afmelden", "Stop"),
    "stop_note": (
        "Mails over uw bestellingen, contracten en vragen blijven gewoon komen.",
        "Mails about your orders, contracts and questions will keep coming.",
    ),
    "stopped_title": ("U bent afgemeld", "You will get no more surveys"),
    "stopped_all": ("U krijgt geen enquêtes meer van {organisation}.", "You will get no more surveys from {organisation}."),
    "stopped_this": ("U krijgt deze enquête niet meer: {name}.", "You will not get this survey again: {name}."),
    "stop_undo": ("Toch weer ontvangen", "Receive them after all"),
    "undone_title": ("U kunt weer vragen krijgen", "You may get questions again"),
    "undone_text": ("Uw afmelding is ingetrokken.", "You are no longer on the list of people we do not ask."),
    "stop_unknown_title": ("Deze link werkt niet meer", "This link no longer works"),
    "stop_unknown": (
        "De link is onvolledig of verlopen. Open de link in uw laatste e-mail van ons nog eens.",
        "The link is incomplete or has expired. Open the link in your latest e-mail from us once more.",
    ),
}  # fmt: skip


def write(key: str, language: str, **named: object) -> str:
    """Words to a customer; in English where Peil does not speak their language."""
    dutch, english = LETTERS[key]
    return (dutch if language == "nl" else english).format(**named)
