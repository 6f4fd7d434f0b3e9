"""Words of what lies outside of Peil in the demo: the mailbox, and a website with Peil's forms in it."""

OUTSIDE: dict[str, tuple[str, str]] = {
    "outside_nav": ("Buiten Peil", "Outside of Peil"),
    "outside_back": ("Naar Peil", "To Peil"),
    "outside_mailbox": ("Postvak", "Mailbox"),
    "outside_website": ("Website", "Website"),
    "outside_chat": ("Chat", "Chat"),
    "outside_mailbox_lead": (
        "Alle mail van deze demo komt hier aan en gaat nergens anders heen.",
        "All mail of this demo arrives here and goes nowhere else.",
    ),
    "outside_empty": (
        "Er is nog geen mail. Laad deze pagina zo opnieuw.",
        "There is no mail yet. Load this page again in a moment.",
    ),
    "outside_read": ("Lezen", "Read"),
    "outside_text": ("Als platte tekst", "As plain text"),
    "outside_source": ("Bron, met alle kopregels", "Source, with all headers"),
    "outside_nothing": ("Hier is niets", "There is nothing here"),
    "outside_question": ("Hoe geef ik mijn meterstand door?", "How do I pass on my meter reading?"),
    "outside_answer": (
        "Ga naar Mijn Kadewijk en kies ‘Meterstand’. Vul de cijfers vóór de komma in en bewaar.",
        "Go to My Kadewijk and choose ‘Meter reading’. Fill in the figures before the decimal point and save.",
    ),
    "outside_answer_more": (
        "Met een slimme meter gaat het vanzelf: die lezen we elke maand op afstand uit.",
        "With a smart meter it goes by itself: we read it from afar every month.",
    ),
    "outside_website_lead": (
        "Dit is een website zoals die van Kadewijk Energie, met twee vragen van Peil erin: één op een vaste plek, één die na vijf seconden verschijnt.",
        "This is a website like that of Kadewijk Energie, with two forms of Peil in it: one in a fixed place, one that appears after five seconds.",
    ),
    "outside_chat_1": ("Goedemiddag, waar gaat het om?", "Good afternoon, how can I help you?"),
    "outside_chat_2": (
        "Ik ga verhuizen. Neem ik mijn contract mee?",
        "I am moving house. Does my contract move along?",
    ),
    "outside_chat_3": (
        "Ja, het staat vanaf 1 december op het nieuwe adres.",
        "Yes, it is on the new address from 1 December.",
    ),
    "outside_chat_end": ("Chat beëindigen", "End the chat"),
    "outside_chat_lead": (
        "Dit is het eind van een chat, zoals een chatprogramma het laat zien. Na ‘Chat beëindigen’ vraagt Peil hoe het ging.",
        "This is the end of a chat, as a chat program shows it. After ‘End the chat’ Peil asks how it went.",
    ),
}
