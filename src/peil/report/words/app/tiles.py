"""Words of one tile that is looked at otherwise, and of taking it along to a slide."""

TILES: dict[str, tuple[str, str]] = {
    "tile_otherwise": ("{0} anders bekijken", "Look at {0} otherwise"),
    "tile_close": ("Keuzes van {0} sluiten", "Close the choices of {0}"),
    "tile_as_on_board": ("Weer zoals op het bord", "As on the board again"),
    "tile_busy": ("Bezig met berekenen", "Working it out"),
    "tile_failed": (
        "Dat lukte niet. Ververs de pagina en probeer het opnieuw.",
        "That did not succeed. Load the page again and retry.",
    ),
    "as_on_page": ("zoals op de pagina", "as on the page"),
    "copy_picture": ("Als afbeelding kopiëren", "Copy as a picture"),
    "copy_text": ("Als tekst kopiëren", "Copy as text"),
    "copied": ("Gekopieerd", "Copied"),
    "copy_failed": (
        "Kopiëren mag hier niet van de browser. Selecteer het blok en kopieer het zelf.",
        "The browser does not allow copying here. Select the block and copy it yourself.",
    ),
}
