"""The thread that does the work of the outbox, one row after another."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta

from django.db import DatabaseError, close_old_connections, connection

from peil.ops.outbox.delivery import Lane, kind_of
from peil.ops.outbox.queue import Taken, done, failed, keep, take
from peil.ops.outbox.wake import count, wait_for_work, wake

log = logging.getLogger("peil.outbox")

HEARTBEAT = 10.0  # seconds; a row whose process died is free again after two of them
LOOK_EVERY = 1.0  # seconds; for what other processes put in line


class Runner:
    """Takes and does rows of one lane until it is stopped; the row under way is finished first."""

    def __init__(self, lane: Lane = "quick", *, heartbeat: float = HEARTBEAT) -> None:
        self.lane: Lane = lane
        self._heartbeat, self._hold = heartbeat, timedelta(seconds=2 * heartbeat)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"peil-outbox-{lane}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, seconds: float = 20) -> None:
        """Ask it to stop and wait; a row that takes longer is done again by the next process."""
        self._stopping.set()
        wake()
        self._thread.join(seconds)

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                seen = count()
                close_old_connections()
                try:
                    busy = run_one(self.lane, self._hold, self._heartbeat)
                except Exception as error:  # noqa: BLE001  the database is away: what stands in it is not lost
                    log.error("outbox_runner", extra={"error": type(error).__name__})
                    busy = False
                if not busy:
                    wait_for_work(seen, LOOK_EVERY)
        finally:
            connection.close()


def run_one(lane: Lane, hold: timedelta = timedelta(seconds=2 * HEARTBEAT), heartbeat: float = HEARTBEAT) -> bool:
    """Do the first row in line; False when nothing was due."""
    taken = take(lane, hold)
    if taken is None:
        return False
    said = {"kind": taken.delivery.kind, "row": taken.row, "attempt": taken.delivery.attempt}
    with _Heart(taken, hold, heartbeat):
        try:
            kind_of(taken.delivery.kind).handler(taken.delivery)
        except Exception as error:  # noqa: BLE001  whatever went wrong is kept with the row
            given_up = failed(taken, error)
            log.warning(
                "outbox_given_up" if given_up else "outbox_failed", extra={**said, "error": type(error).__name__}
            )
            return True
    done(taken)
    log.info("outbox_done", extra=said)
    return True


class _Heart:
    """Keeps the lease while the work goes on."""

    def __init__(self, taken: Taken, hold: timedelta, every: float) -> None:
        self._taken, self._hold, self._every = taken, hold, every
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="peil-outbox-heart", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._over.set()

    def _beat(self) -> None:
        try:
            while not self._over.wait(self._every) and self._kept():
                pass
        finally:
            connection.close()

    def _kept(self) -> bool:
        try:
            return keep(self._taken, self._hold)
        except DatabaseError as error:
            log.error("outbox_heartbeat", extra={"row": self._taken.row, "error": type(error).__name__})
            return True
