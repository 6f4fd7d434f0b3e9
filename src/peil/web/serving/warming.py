"""The manager's usual overview worked out ahead: at the start, and whenever the facts or the settings changed, so that nobody waits for it."""

from __future__ import annotations

import gc
import importlib
import logging
import threading
import time
from collections.abc import Hashable

from peil.accounts.models import Person
from peil.accounts.rules import Role
from peil.board.figures import board_figures
from peil.board.own import standard_of
from peil.core.errors import PeilError
from peil.report.contents import gather
from peil.report.question import ReportQuestion
from peil.surveys.facts.wake import is_rush
from peil.warehouse.open import Warehouse
from peil.warehouse.questions.values import column_values
from peil.web.facts import the_peil
from peil.web.pages.figures.filters import COLUMNS, MOST_VALUES, more_columns

EVERY = 2.0  # seconds between two looks whether the facts changed
SHARE = 0.2  # of the time at most: while answers keep coming in, the facts change all the time
_log = logging.getLogger("peil.web")


class Warmer(threading.Thread):
    """Asks what the overview and the pages of figures ask of everyone's rows; the answers are then remembered."""

    def __init__(self) -> None:
        super().__init__(name="peil-warm", daemon=True)
        self._stopped = threading.Event()

    def run(self) -> None:
        importlib.import_module("peil.web.urls")
        seen, rest = self._turn(None)
        _settle()
        while not self._stopped.wait(rest):
            seen, rest = self._turn(seen)

    def _turn(self, seen: Hashable) -> tuple[Hashable, float]:
        """One look; what was seen by then, and how long to rest after it."""
        began = time.monotonic()
        try:
            seen = self._look(seen)
        except PeilError as error:  # the page that asks will say it; here nobody listens
            _log.warning("warming stopped short", extra={"error": type(error).__name__})
        return seen, max(EVERY, (time.monotonic() - began) * (1 / SHARE - 1))

    def _look(self, seen: Hashable) -> Hashable:
        warehouse = the_peil().warehouse
        known = (warehouse.remembered.version(warehouse.engine), warehouse.settings)
        if known == seen or is_rush():  # in a rush, what is worked out now is old within a second
            return seen
        warm(warehouse)
        return known

    def stop(self) -> None:
        self._stopped.set()
        self.join(10)


def _settle() -> None:
    """What is loaded by now stays: looking through all of it for what could be let go halts everybody for 0.4 s."""
    gc.collect()
    gc.freeze()


def warm(warehouse: Warehouse) -> None:
    """Ask it: the standard board of a manager, the figures that all pages share, and what one can filter by."""
    asked = ReportQuestion()
    today = warehouse.today
    board_figures(warehouse, asked, standard_of(Person(role=Role.MANAGER), warehouse, asked, today))
    gather(warehouse, asked, frozenset())
    for column in (*COLUMNS, *more_columns(warehouse)):
        column_values(warehouse, column, MOST_VALUES)
