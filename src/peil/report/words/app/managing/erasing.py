"""Words of erasing a customer: for the administrator who answers such a request."""

ERASING: dict[str, tuple[str, str]] = {
    "page_erasing": ("Klant wissen", "Erase a customer"),
    "erase_lead": (
        "Vraagt een klant om vergeten te worden (AVG, artikel 17), dan wis je hier overal wie het was. De cijfers blijven gelijk.",
        "When a customer asks to be forgotten (GDPR, article 17), erase here everywhere who it was. The figures stay equal.",
    ),
    "erase_who": ("Om wie gaat het?", "Who is it about?"),
    "erase_who_sub": (
        "Noem alles waaronder de klant bekend kan zijn: wat je niet noemt, wordt niet gevonden.",
        "Name everything that the customer may be known by: what you don't name is not found.",
    ),
    "erase_words": (
        "Klantnummers, e-mailadressen en telefoonnummers",
        "Customer numbers, e-mail addresses and phone numbers",
    ),
    "erase_words_hint": ("Eén per regel, en van één klant tegelijk.", "One a line, and of one customer at a time."),
    "erase_find": ("Opzoeken", "Look up"),
    "erase_found": ("Dit is er van deze klant", "This is there of this customer"),
    "erase_found_sub": (
        "Alleen hoeveel; wat er staat, hoef je niet te zien. Er is nog niets gewist.",
        "Only how much; what it says you need not see. Nothing is erased yet.",
    ),
    "erase_found_nothing": ("Niets gevonden", "Nothing found"),
    "erase_found_nothing_sub": (
        "Kijk na of alles goed is geschreven. Wis je toch, dan komt de klant op de lijst waarmee ook een reservekopie wordt gewist die later wordt teruggezet.",
        "Check whether all is written well. Erase all the same, and the customer is put on the list by which a backup that is restored later is erased too.",
    ),
    "erase_where": ("Waar", "Where"),
    "erase_how_many": ("Aantal", "How many"),
    "erase_rejects": ("Afgekeurde waarden van imports", "Rejected values of imports"),
    "erase_manifests": ("Namen van bestanden en koppelingen", "Names of files and mappings"),
    "erase_outbox": ("Mails en ander werk in de wachtrij", "Mails and other work in line"),
    "erase_log": ("Regels van het logboek", "Lines of the log"),
    "erase_texts": ("Teksten, borden en weergaven in Peil", "Texts, boards and views in Peil"),
    "erase_files": ("Geüploade bestanden en bewaarde mails", "Uploaded files and mails kept"),
    "erase_unread_one": (
        "In één bestand is niet te kijken: te groot, of geen tekst.",
        "One file can't be looked into: too large, or not text.",
    ),
    "erase_unread": (
        "In {0} bestanden is niet te kijken: te groot, of geen tekst.",
        "{0} files can't be looked into: too large, or not text.",
    ),
    "erase_what_happens": ("Wat er gebeurt", "What happens"),
    "erase_happens_rows": (
        "De klant krijgt in alle rijen een willekeurige naam die nergens naar verwijst.",
        "In all rows the customer gets a random name that refers to nothing.",
    ),
    "erase_happens_texts": (
        "Toelichtingen, zoekopdrachten en eigen kolommen worden leeggemaakt; uploads en mails met deze klant worden verwijderd.",
        "Comments, searches and columns of your own are emptied; uploads and mails with this customer are removed.",
    ),
    "erase_happens_backups": (
        "Reservekopieën worden gewist op het moment dat ze worden teruggezet.",
        "Backups are erased at the moment they are restored.",
    ),
    "erase_happens_source": (
        "Staat de klant nog in het systeem waar je uit importeert, dan brengt een volgende import hem terug: wis hem daar eerst.",
        "If the customer still stands in the system that you import from, a later import brings them back: erase them there first.",
    ),
    "erase_typed": ("Typ een van de nummers of adressen over", "Type one of the numbers or addresses again"),
    "erase_typed_hint": ("Dit is niet ongedaan te maken.", "There is no way back from this."),
    "erase_for_good": ("Voorgoed wissen", "Erase for good"),
    "erase_earlier": ("Eerder gewist", "Erased before"),
    "erase_earlier_sub": ("Wie het was, staat nergens meer.", "Who it was stands nowhere any more."),
    "erase_earlier_none": ("Er is nog niemand gewist.", "Nobody was erased yet."),
    "erase_number": ("Bewijs", "Certificate"),
    "erase_when": ("Wanneer", "When"),
    "erase_by": ("Door", "By"),
    "erase_by_command": ("opdrachtregel", "command line"),
    "erase_certificate": ("Bewijs van wissen", "Certificate of erasing"),
    "erase_is_done": ("De klant is gewist", "The customer was erased"),
    "erase_done_nothing": ("Er was niets van deze klant.", "There was nothing of this customer."),
    "erase_done_figures": (
        "De cijfers zijn gelijk gebleven; alleen een uitsplitsing naar een eigen kolom mist deze klant.",
        "The figures stayed equal; only a breakdown by a column of your own misses this customer.",
    ),
    "erase_done_backups": (
        "Reservekopieën van eerder houden de klant nog vast tot ze worden teruggezet: dan wist Peil hem meteen opnieuw.",
        "Earlier backups still hold the customer until they are restored: Peil then erases them again at once.",
    ),
    "erase_done_list": (
        "De lijst daarvoor is naast de reservekopieën gelegd.",
        "The list for that was put beside the backups.",
    ),
    "erase_done_nobody": (
        "Wie het was, staat niet in dit bewijs en niet in het logboek. Bewaar het nummer bij het verzoek van de klant.",
        "Who it was stands neither in this certificate nor in the log. Keep its number with the customer's request.",
    ),
    "erase_under_way": ("Bezig met wissen", "Erasing"),
    "erase_under_way_sub": (
        "Daarna worden de cijfers opnieuw opgebouwd; dat kan even duren. Je mag deze pagina verlaten.",
        "After that the figures are built up anew, which may take a while. You may leave this page.",
    ),
    "erase_given_up": ("Het wissen lukt niet", "Erasing does not succeed"),
    "erase_given_up_sub": (
        "Op Systeem staat waarom, met een knop om het opnieuw te proberen.",
        "System says why, with a button to try again.",
    ),
    "erase_wrong_none": (
        "Noem de klant: met een nummer, e-mailadres of telefoonnummer.",
        "Name the customer: by number, e-mail address or phone number.",
    ),
    "erase_wrong_many": (
        "Geef hoogstens {0} regels, elk korter dan {1} tekens.",
        "Give at most {0} lines, each under {1} characters.",
    ),
    "erase_wrong_word": (
        "Geef een nummer of adres: een gewoon woord of een naam zou ook uit teksten over anderen verdwijnen.",
        "Give a number or address: a plain word or a name would go from texts about others too.",
    ),
    "erase_wrong_typed": (
        "Dit is niet een van de nummers of adressen hierboven. Typ er precies één over.",
        "This is none of the numbers or addresses above. Type exactly one of them.",
    ),
    "kind_erase": ("Een klant wissen", "Erasing a customer"),
    "audit_detail_found": ("gevonden", "found"),
    "audit_detail_files_unread": ("bestanden niet bekeken", "files not looked into"),
    "audit_detail_backups": ("bij reservekopieën", "beside backups"),
}  # fmt: skip
