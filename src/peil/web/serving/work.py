"""What a process of the server does beside answering: outbox, scheduler, the facts that follow what is answered, and the
door for the command line."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.util import Finalize
from typing import Any

from django.db import connections

from peil.core.errors import NotNow
from peil.library.beside.serving import Door
from peil.ops.outbox.delivery import LANES
from peil.ops.outbox.runner import Runner
from peil.ops.schedule.scheduler import Scheduler
from peil.surveys.answering.writer import stop_writer
from peil.surveys.facts.following import Follower
from peil.web.facts import close_warehouse, the_peil
from peil.web.serving.keeping import erase_customer, finish_erasing
from peil.web.serving.warming import Warmer

SWITCH = 0.002  # seconds that one thread may keep the others waiting: who answers goes before who counts
WAIT_FOR_FILE = 10.0  # seconds; the process before this one may still be on its way out
END_WITHIN = 30.0  # seconds; for an orphan


def start_work(first: Callable[[], None]) -> None:
    """Start everything, and have it stopped when this process is asked to end; before all that, what is to be first."""
    _end_with_parent()
    sys.setswitchinterval(SWITCH)
    _open_warehouse()
    finish_erasing()
    door = Door(the_peil, {"erase": lambda _, given, __: _erase(given["words"])})
    scheduler = Scheduler(lambda: the_peil().warehouse.zone)
    runners = [Runner(lane) for lane in LANES]
    follower = Follower(lambda: the_peil().warehouse)
    started: list[Door | Scheduler | Runner | Follower | Warmer] = [door, scheduler, *runners, follower, Warmer()]
    for part in started:
        part.start()

    def stop_work() -> None:
        first()
        stop_writer()
        for part in started:
            part.stop()
        close_warehouse()
        connections.close_all()

    Finalize(None, stop_work, exitpriority=100)


def _erase(words: list[str]) -> dict[str, Any]:
    """Asked by the command line, through the door."""
    try:
        return erase_customer(words).to_dict()
    finally:
        connections.close_all()  # of this passing thread


def _open_warehouse() -> None:
    until = time.monotonic() + WAIT_FOR_FILE
    while True:
        try:
            the_peil()
        except NotNow:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return


def _end_with_parent() -> None:
    """A process whose parent was killed would hold the warehouse and the port; it ends instead."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(END_WITHIN)
        os._exit(1)

    threading.Thread(target=watch, name="peil-parent", daemon=True).start()
