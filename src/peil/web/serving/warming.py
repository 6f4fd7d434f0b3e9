"""The manager's usual overview worked out ahead: at the start, and whenever the facts or the settings changed, so that nobody waits for it."""

from __future__ import annotations

import importlib
import logging
import threading
from collections.abc import Hashable
from datetime import datetime
from zoneinfo import ZoneInfo

from peil.accounts.models import Person
from peil.accounts.rules import Role
from peil.board.figures import board_figures
from peil.board.own import standard_of
from peil.core.errors import PeilError
from peil.report.contents import gather
from peil.report.question import ReportQuestion
from peil.warehouse.open import Warehouse
from peil.warehouse.questions.values import column_values
from peil.web.facts import the_peil
from peil.web.pages.figures.filters import COLUMNS, MOST_VALUES, more_columns

EVERY = 2.0  # seconds between two looks whether the facts changed
_log = logging.getLogger("peil.web")


class Warmer(threading.Thread):
    """Asks what the overview and the pages of figures ask of everyone's rows; the answers are then remembered."""

    def __init__(self) -> None:
        super().__init__(name="peil-warm", daemon=True)
        self._stopped = threading.Event()

    def run(self) -> None:
        importlib.import_module("peil.web.urls")
        seen: Hashable = None
        while not self._stopped.is_set():
            try:
                seen = self._look(seen)
            except PeilError as error:  # the page that asks will say it; here nobody listens
                _log.warning("warming stopped short", extra={"error": type(error).__name__})
            self._stopped.wait(EVERY)

    def _look(self, seen: Hashable) -> Hashable:
        warehouse = the_peil().warehouse
        known = (warehouse.remembered.version(warehouse.engine), warehouse.settings)
        if known != seen:
            warm(warehouse)
        return known

    def stop(self) -> None:
        self._stopped.set()
        self.join(10)


def warm(warehouse: Warehouse) -> None:
    """Ask it: the standard board of a manager, the figures that all pages share, and what one can filter by."""
    asked = ReportQuestion()
    today = datetime.now(ZoneInfo(warehouse.settings.time_zone)).date()
    board_figures(warehouse, asked, standard_of(Person(role=Role.MANAGER), warehouse, asked, today))
    gather(warehouse, asked, frozenset())
    for column in (*COLUMNS, *more_columns(warehouse)):
        column_values(warehouse, column, MOST_VALUES)
