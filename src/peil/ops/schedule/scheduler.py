"""The thread that looks whether a job is due."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.db import close_old_connections, connection

from peil.ops.schedule.jobs import put_due_jobs

log = logging.getLogger("peil.schedule")

LOOK_EVERY = 15.0  # seconds


class Scheduler:
    """Looks every so often until it is stopped; `zone` is asked each time, for it may be changed."""

    def __init__(self, zone: Callable[[], ZoneInfo], *, every: float = LOOK_EVERY) -> None:
        self._zone, self._every = zone, every
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="peil-scheduler", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, seconds: float = 5) -> None:
        self._stopping.set()
        self._thread.join(seconds)

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                close_old_connections()
                try:
                    put_due_jobs(self._zone())
                except Exception as error:  # noqa: BLE001  it is logged, and the next look may fare better
                    log.error("schedule_failed", extra={"error": type(error).__name__})
                self._stopping.wait(self._every)
        finally:
            connection.close()
