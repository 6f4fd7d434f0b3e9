"""What whoever answers reads on a widget and on a kiosk, and whoever works there when they start or leave it."""

from __future__ import annotations

DEVICES: dict[str, tuple[str, str]] = {
    "device_close": ("Sluiten", "Close"),
    "device_sending": ("Bezig met versturen", "Sending"),
    "device_again": (
        "Nog niet aangekomen. We proberen het opnieuw.",
        "Not received yet. Trying again.",
    ),
    "device_failed": (
        "Nog niet aangekomen. Wat u invulde, staat er nog: verstuur het over een minuut opnieuw.",
        "Not received yet. What you filled in is still here: send it again in a minute.",
    ),
    "kiosk_thanks": ("Dank u wel", "Thank you"),
    "kiosk_thanks_more": ("Uw antwoord is bewaard.", "Your answer is kept."),
    "kiosk_not_kept": (
        "Uw antwoord kon niet worden bewaard. Vraag een medewerker om hulp.",
        "Your answer could not be kept. Please ask a member of staff.",
    ),
    "kiosk_still_there": ("Bent u er nog? Dit scherm begint zo opnieuw.", "Are you still there? This screen is about to start again."),
    "kiosk_go_on": ("Verder invullen", "Go on"),
    "kiosk_needed": ("Kies een antwoord om verder te gaan.", "Choose an answer to go on."),
    "kiosk_staff": ("Voor medewerkers", "For staff"),
    "kiosk_no_script": (
        "Deze zuil werkt met JavaScript. Zonder kan iemand ook gewoon in de browser antwoorden:",
        "This kiosk works with JavaScript. Without it one can answer in the browser:",
    ),
    "kiosk_no_pin": (
        "Deze zuil heeft nog geen pincode. Stel die in bij de link, en open deze pagina opnieuw.",
        "This kiosk has no PIN yet. Set it at the link, and open this page again.",
    ),
    "kiosk_start": ("Zuil starten", "Start the kiosk"),
    "kiosk_pin": ("Pincode", "PIN"),
    "kiosk_pin_wrong": ("Deze pincode klopt niet. Probeer het opnieuw.", "This PIN is not right. Try again."),
    "kiosk_pin_later": (
        "De pincode was te vaak fout. Probeer het over een kwartier opnieuw.",
        "The PIN was wrong too often. Try again in a quarter of an hour.",
    ),
    "kiosk_no_network": ("Zonder netwerk kan dit niet. Probeer het opnieuw als er verbinding is.", "This can't be done without network. Try again once there is a connection."),
    "kiosk_waiting": ("Antwoorden die nog op dit apparaat wachten", "Answers that still wait on this device"),
    "kiosk_refused": ("Antwoorden die Peil niet aannam", "Answers that Peil did not take"),
    "kiosk_refused_late": ("waarvan gegeven nadat de link was gesloten", "of which given after the link was closed"),
    "kiosk_late_what": (
        "Deze antwoorden zijn gegeven nadat de link was gesloten en tellen niet mee. Ze gaan vanzelf mee als de link weer opengaat. Anders: bewaar ze als bestand, dan kunnen ze van dit apparaat.",
        "These answers were given after the link was closed, and do not count. They go along by themselves once the link is open again. Else keep them as a file, and they can be removed from this device.",
    ),
    "kiosk_refused_what": (
        "Deze antwoorden neemt Peil niet aan. Bewaar ze als bestand en geef dat aan wie Peil beheert; daarna kunnen ze van dit apparaat.",
        "Peil does not take these answers. Keep them as a file and give that to whoever runs Peil; after that they can be removed from this device.",
    ),
    "kiosk_remove": ("Van dit apparaat verwijderen", "Remove from this device"),
    "kiosk_sent": ("Laatst verstuurd", "Last sent"),
    "kiosk_never": ("nog niet", "not yet"),
    "kiosk_online": ("Er is verbinding met Peil.", "There is a connection with Peil."),
    "kiosk_offline": ("Er is nu geen verbinding met Peil. Antwoorden blijven hier staan en gaan later mee.", "There is no connection with Peil now. Answers stay here and go along later."),
    "kiosk_send_now": ("Nu versturen", "Send now"),
    "kiosk_save": ("Als bestand bewaren", "Keep as a file"),
    "kiosk_back": ("Terug naar de vragen", "Back to the questions"),
    "kiosk_leave": ("Zuil verlaten", "Leave the kiosk"),
    "kiosk_left": ("De zuil is gestopt. Wat nog wacht, blijft op dit apparaat staan en gaat mee zodra hij weer start.", "The kiosk has stopped. What still waits stays on this device, and goes along once it starts again."),
}  # fmt: skip
