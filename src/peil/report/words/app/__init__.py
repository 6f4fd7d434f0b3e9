"""The words of the app, subject by subject, in Dutch and English; part of the one catalogue."""

from peil.report.words.app.accounts import ACCOUNTS
from peil.report.words.app.board import BOARD
from peil.report.words.app.data import DATA
from peil.report.words.app.erasing import ERASING
from peil.report.words.app.importing import IMPORTING
from peil.report.words.app.journeys import JOURNEYS
from peil.report.words.app.pages import PAGES
from peil.report.words.app.people import PEOPLE
from peil.report.words.app.running import RUNNING
from peil.report.words.app.settings import SETTINGS
from peil.report.words.app.targets import TARGETS
from peil.report.words.app.tiles import TILES

APP: dict[str, tuple[str, str]] = {
    **ACCOUNTS,
    **BOARD,
    **DATA,
    **ERASING,
    **IMPORTING,
    **JOURNEYS,
    **PAGES,
    **PEOPLE,
    **RUNNING,
    **SETTINGS,
    **TARGETS,
    **TILES,
}
