"""The words of the app, subject by subject, in Dutch and English; part of the one catalogue."""

from peil.report.words.app.board import BOARD
from peil.report.words.app.data import DATA
from peil.report.words.app.importing import IMPORTING
from peil.report.words.app.pages import PAGES

APP: dict[str, tuple[str, str]] = {**BOARD, **DATA, **IMPORTING, **PAGES}
