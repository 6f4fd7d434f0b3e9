"""What a sheet of paper with questions says around them: in Dutch with u."""

from __future__ import annotations

PAPER: dict[str, tuple[str, str]] = {
    "tick": (
        "Zet bij elke vraag een kruisje in het hokje van uw keuze. Een vraag overslaan mag.",
        "Put a cross in the box of your choice for each question. You may skip a question.",
    ),
    "online": ("Liever online? Scan de code, of ga naar", "Rather online? Scan the code, or go to"),
    "several": ("U kunt meer hokjes aankruisen.", "You may tick more than one box."),
    "at_most": ("Kruis hoogstens {0} hokjes aan.", "Tick {0} boxes at most."),
    "hundred": ("Verdeel 100 punten.", "Divide 100 points."),
    "only_if": ("Alleen bij: {0}.", "Only with: {0}."),
    "question": ("vraag {0}, {1}", "question {0}, {1}"),
    "answered": ("beantwoord", "answered"),
    "not_answered": ("niet beantwoord", "not answered"),
    "none_of": ("niet {0}", "not {0}"),
    "before_it": ("Wat u verwachtte", "What you expected"),
    "how_it_was": ("Hoe het was", "How it was"),
    "namely": ("namelijk", "namely"),
    "no_names": ("Noem liever geen namen of rekeningnummers.", "Please leave out names and account numbers."),
    "where": ("Telefoonnummer of e-mailadres", "Phone number or e-mail address"),
    "date": ("Datum", "Date"),
    "sheet": ("Vel", "Sheet"),
    "many_thanks": ("Dank u wel.", "Thank you."),
    "how": ("Hoe deden we het?", "How did we do?"),
    "no_name": ("Zet uw naam niet op dit vel.", "Do not put your name on this sheet."),
}


def on_paper(key: str, language: str, *values: object) -> str:
    """A text in Dutch, or in English to whoever reads something else."""
    return PAPER[key][0 if language == "nl" else 1].format(*values)
