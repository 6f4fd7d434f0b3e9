"""The thread by which the facts follow what is answered."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from django.db import close_old_connections, connection

from peil.surveys.facts.batches import all_again, is_behind, knows_fewer, take_in
from peil.surveys.facts.wake import is_rush, wait_for_news, wake
from peil.warehouse.open import Warehouse

log = logging.getLogger("peil.surveys")

LOOK_EVERY = 2.0  # seconds; for what other processes took in
GATHER = 1.5  # seconds; what comes in meanwhile goes along, and those who answer have the processor
IN_A_RUSH = 3  # times as long as a load took: so much those who answer have of the processor
_LOOK_IN_A_RUSH = 0.2  # seconds
_AFTER_TROUBLE = 10.0


class Follower:
    """Loads what the facts do not know, until it is stopped; what waits then is loaded by the next process."""

    def __init__(self, warehouse: Callable[[], Warehouse]) -> None:
        self._warehouse = warehouse
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="peil-follower", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, seconds: float = 20) -> None:
        self._stopping.set()
        wake()
        self._thread.join(seconds)

    def _run(self) -> None:
        checked = False
        try:
            while not self._stopping.is_set():
                close_old_connections()
                try:
                    if not checked and knows_fewer(self._warehouse()):
                        all_again()
                    checked = True
                    self._follow()
                except Exception as error:  # noqa: BLE001  nothing is lost: it stands in the database
                    log.error("facts_not_followed", extra={"error": type(error).__name__})
                    self._stopping.wait(_AFTER_TROUBLE)
                if wait_for_news(LOOK_EVERY):
                    self._stopping.wait(GATHER)
        finally:
            connection.close()

    def _follow(self) -> None:
        while not self._stopping.is_set() and is_behind():
            began = time.monotonic()
            if not take_in(self._warehouse()):
                return  # another process is at it
            self._rest(time.monotonic() - began)

    def _rest(self, took: float) -> None:
        """Whoever asks for figures has half the time; while very many answer, they have nearly all of it."""
        until = time.monotonic() + IN_A_RUSH * took
        self._stopping.wait(took)
        while is_rush() and time.monotonic() < until and not self._stopping.wait(_LOOK_IN_A_RUSH):
            pass
