"""The usual overview worked out ahead: at the start, and whenever the facts changed, so that nobody waits for it."""

from __future__ import annotations

import importlib
import logging
import threading
from collections.abc import Hashable

from peil.core.errors import PeilError
from peil.report.contents import gather
from peil.report.question import ReportQuestion
from peil.web.facts import the_peil

EVERY = 2.0  # seconds between two looks whether the facts changed
_log = logging.getLogger("peil.web")


class Warmer(threading.Thread):
    """Asks what the overview asks of everyone's rows; the answers are then remembered."""

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
        version = warehouse.remembered.version(warehouse.engine)
        if version != seen:
            gather(warehouse, ReportQuestion(), frozenset({"series"}))
        return version

    def stop(self) -> None:
        self._stopped.set()
        self.join(10)
