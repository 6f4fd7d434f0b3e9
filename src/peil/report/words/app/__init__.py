"""The words of the app, subject by subject, in Dutch and English; part of the one catalogue."""

from peil.report.words.app.asking.channels import CHANNELS
from peil.report.words.app.asking.hooks import HOOKS
from peil.report.words.app.asking.inviting import INVITING
from peil.report.words.app.asking.outside import OUTSIDE
from peil.report.words.app.asking.survey_editor import SURVEY_EDITOR
from peil.report.words.app.asking.surveys import SURVEYS
from peil.report.words.app.board import BOARD
from peil.report.words.app.data import DATA
from peil.report.words.app.importing import IMPORTING
from peil.report.words.app.journeys import JOURNEYS
from peil.report.words.app.managing.accounts import ACCOUNTS
from peil.report.words.app.managing.erasing import ERASING
from peil.report.words.app.managing.people import PEOPLE
from peil.report.words.app.managing.running import RUNNING
from peil.report.words.app.managing.settings import SETTINGS
from peil.report.words.app.pages import PAGES
from peil.report.words.app.targets import TARGETS
from peil.report.words.app.tiles import TILES

APP: dict[str, tuple[str, str]] = {
    **ACCOUNTS,
    **BOARD,
    **CHANNELS,
    **DATA,
    **ERASING,
    **HOOKS,
    **IMPORTING,
    **INVITING,
    **JOURNEYS,
    **OUTSIDE,
    **PAGES,
    **PEOPLE,
    **RUNNING,
    **SETTINGS,
    **SURVEYS,
    **SURVEY_EDITOR,
    **TARGETS,
    **TILES,
}
