"""Words of the pages about data: imports, files on their way in, definitions."""

DATA: dict[str, tuple[str, str]] = {
    "menu_data": ("Achter de cijfers", "Behind the figures"),
    "page_data": ("Gegevens", "Data"),
    "page_definitions": ("Definities", "Definitions"),
    # what was taken in
    "data_lead": ("{0} bestanden tellen mee.", "{0} files count."),
    "data_lead_one": ("{0} bestand telt mee.", "{0} file counts."),
    "data_newest": ("De nieuwste gegevens zijn van {0}.", "The newest rows are of {0}."),
    "data_none": ("Nog geen gegevens", "No data yet"),
    "data_none_text": (
        "Cijfers verschijnen zodra er een bestand is ingelezen: een export van je enquêtes, je helpdesk, je telefonie of "
        "je website. CSV, Excel, SPSS, Parquet en JSON-regels zijn goed.",
        "Figures appear as soon as a file is taken in: an export of your surveys, helpdesk, telephony or website. "
        "CSV, Excel, SPSS, Parquet and JSON lines are fine.",
    ),
    "data_none_how": (
        "Peil raadt wat elke kolom is en laat het je nakijken voordat er iets wordt bewaard. Alles blijft op je eigen "
        "server.",
        "Peil guesses what each column is and lets you look it over before anything is kept. Everything stays on your "
        "own server.",
    ),
    "data_none_other": (
        "Vraag een analist of beheerder om een bestand te importeren.",
        "Ask an analyst or an administrator to import a file.",
    ),
    "import_a_file": ("Bestand importeren", "Import a file"),
    "imports_title": ("Ingelezen bestanden", "Files taken in"),
    "imports_sub": (
        "Nieuwste eerst. Ongedaan maken haalt de rijen van een bestand weer weg; wat ze vervingen komt terug.",
        "Newest first. Undoing takes the rows of a file out again; what they replaced comes back.",
    ),
    "imported_by": ("door {0}", "by {0}"),
    "import_state": ("Status", "State"),
    "import_counts": ("telt mee", "counts"),
    "import_undone": ("ongedaan gemaakt", "undone"),
    "undo_import": ("Ongedaan maken", "Undo"),
    "undo_import_of": ("{0} weer weghalen", "Take {0} out again"),
    "undo_import_text": (
        "De rijen van dit bestand tellen dan niet meer mee. Terugzetten kan door het bestand opnieuw te importeren.",
        "The rows of this file will no longer count. To put them back, import the file again.",
    ),
    "undone_said": (
        "{0} is ongedaan gemaakt: {1} rijen tellen niet meer mee.",
        "{0} was undone: {1} rows no longer count.",
    ),
    "older_imports": ("Oudere bestanden", "Older files"),
    "newest_imports": ("Nieuwste bestanden", "Newest files"),
    "covered_title": ("Over welke dagen er gegevens zijn", "Which days the data covers"),
    "covered_fact": ("Gegevens over", "Data about"),
    "covered_days": ("Dagen", "Days"),
    "row_number": ("rij", "row"),
    "fact_of_row": ("gegevens", "data"),
    "file_column": ("kolom", "column"),
    "file_value": ("waarde", "value"),
    "rejected_file": ("afgekeurd", "rejected"),
    "rejected_where": (
        "Deze waarden tellen niet mee. Hierboven zijn ze per bestand te downloaden, rij voor rij.",
        "These values do not count. Above they can be downloaded per file, row by row.",
    ),
    "rejected_download": ("Afgekeurde rijen van {0} als {1}", "Rejected rows of {0} as {1}"),
}
