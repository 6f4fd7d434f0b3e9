"""Words of boards, views, interpretations, snapshots and subscriptions."""

BOARD: dict[str, tuple[str, str]] = {
    # tiles
    "count_volume": ("Volume", "Volume"),
    "count_backlog": ("Werkvoorraad", "Backlog"),
    "open_at": ("open na {0}", "open after {0}"),
    "counted_in_full": ("volledig geteld, dus zonder marge", "counted in full, so no margin"),
    "was_count": ("was {0}", "was {0}"),
    "count_change": ("{0} contacten", "{0} contacts"),
    "count_untold": (
        "niet te tellen over deze rijen: contacten vertellen dit niet",
        "can't be counted over these rows: contacts don't tell",
    ),
    "tile_by": ("per {0}", "by {0}"),
    "tile_by_after": (" per {0}", " by {0}"),
    "either": ("{0} of {1}", "{0} or {1}"),
    "no_data_needs": ("Nog geen gegevens. Nodig: {0}", "No data yet. Needed: {0}"),
    "needs_assumption_page": (
        "Dit cijfer vraagt een aanname, en die is er niet.",
        "This figure takes an assumption, and there is none.",
    ),
    # what a role starts with
    "own_contacts": ("Jouw eigen contacten", "Your own contacts"),
    "your_team": ("Je team", "Your team"),
    "compliments": ("Complimenten", "Compliments"),
    "compliments_to_pass_on": ("Complimenten om door te geven", "Compliments to pass on"),
    "compliments_sub": (
        "Wat tevreden klanten schreven, de hoogste scores eerst.",
        "What satisfied customers wrote, the highest scores first.",
    ),
    "no_compliments": (
        "In deze periode schreef nog geen tevreden klant er iets bij. Kies een langere periode om verder terug te kijken.",
        "No satisfied customer has written anything in this period. Choose a longer period to look further back.",
    ),
    "listen_back": ("Contacten om terug te luisteren", "Contacts to listen back to"),
    "listen_back_sub": (
        "De laagste scores waarvan het contact bekend is. Zoek het nummer op in je eigen systeem.",
        "The lowest scores whose contact is known. Look the number up in your own system.",
    ),
    "nothing_to_listen_back": (
        "Geen lage scores over een bekend contact in deze periode.",
        "No low scores about a known contact in this period.",
    ),
    "freshness": ("Hoe actueel de gegevens zijn", "How fresh the data are"),
    "rows_through": ("t/m {0}", "through {0}"),
    "last_import": ("Laatste import: {0}, {1}, {2} rijen.", "Last import: {0}, {1}, {2} rows."),
    "last_import_rejected": ("Afgekeurde waarden: {0}.", "Rejected values: {0}."),
    "no_import_yet": ("Er is nog niets ingelezen.", "Nothing has been imported yet."),
    "all_figures": ("Alle cijfers per onderwerp", "All figures by subject"),
    "all_figures_sub": (
        "Elke naam leidt naar verloop, uitsplitsing, definitie en rijen. Cijfers zonder gegevens staan er niet bij.",
        "Each name leads to its course, breakdown, definition and rows. Figures without data are left out.",
    ),
    "board_empty": (
        "Je overzicht is leeg. Voeg een tegel toe of zet het standaardoverzicht terug.",
        "Your overview is empty. Add a tile, or take back the standard overview.",
    ),
    # changing the board
    "page_board": ("Overzicht aanpassen", "Change the overview"),
    "change_board": ("Aanpassen", "Change"),
    "board_lead": (
        "Kies welke cijfers je als eerste ziet, en in welke volgorde. Alleen jouw overzicht verandert.",
        "Choose which figures you see first, and in which order. Only your own overview changes.",
    ),
    "board_tiles": ("Je tegels", "Your tiles"),
    "board_tiles_sub": (
        "De eerste zes krijgen ruimte voor hun verloop; wat volgt, staat er compact onder.",
        "The first six have room for their course; the others stand below, in short.",
    ),
    "board_is_standard": ("Dit is het standaardoverzicht van je rol.", "This is the standard overview of your role."),
    "board_changed": ("Je wijziging is bewaard.", "Your change was saved."),
    "undo": ("Ongedaan maken", "Undo"),
    "to_standard": ("Standaardoverzicht terugzetten", "Take back the standard overview"),
    "up": ("Omhoog", "Up"),
    "down": ("Omlaag", "Down"),
    "remove": ("Verwijderen", "Remove"),
    "of_tile": ("{0}: {1}", "{0}: {1}"),
    "large_tile": ("groot", "large"),
    "add_tile": ("Tegel toevoegen", "Add a tile"),
    "add": ("Toevoegen", "Add"),
    "tile_figure": ("Cijfer", "Figure"),
    "tile_only": ("Alleen over", "Only about"),
    "tile_grouped": ("Uitgesplitst per", "Split by"),
    "all_rows_short": ("alles", "everything"),
    "not_split": ("niet uitgesplitst", "not split"),
    "counts": ("Aantallen", "Counts"),
    "choose": ("Kies een cijfer", "Choose a figure"),
    "board_full": (
        "Je overzicht is vol: er passen {0} tegels op. Verwijder er eerst een.",
        "Your overview is full: it holds {0} tiles. Remove one first.",
    ),
    "tile_choose": ("Kies een cijfer uit de lijst.", "Choose a figure from the list."),
    "tile_no_column": (
        "Kies iets anders: de rijen van dit cijfer hebben geen {column}.",
        "Choose something else: the rows of this figure have no {column}.",
    ),
    "tile_no_groups": (
        "Kies ‘niet uitgesplitst’: dit cijfer is niet uit te splitsen.",
        "Choose ‘not split’: this figure can't be split.",
    ),
    "tile_not_yours": (
        "Kies rijen van je eigen team: deze mag je niet zien.",
        "Choose rows of your own team: you may not see these.",
    ),
    "tile_twice": (
        "Kies een ander cijfer of andere rijen: deze tegel heb je al.",
        "Choose another figure or other rows: you have this tile already.",
    ),
    "tile_too_many": (
        "Verwijder eerst een tegel: er passen er {most} op een overzicht.",
        "Remove a tile first: an overview holds {most}.",
    ),
    "back_to_overview": ("Terug naar het overzicht", "Back to the overview"),
}
