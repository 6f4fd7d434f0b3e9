"""The one writer of this process: many threads hand in, one keeps what they brought in one transaction.

Each is told once it is on disk and not before. Where a transaction fails, what was in it is kept one by one, so that a
bad row fails alone; where another process was first, what that one kept is told. It starts with the first answer and
ends with the process; whoever is in a transaction already writes in that.
"""

from __future__ import annotations

import atexit
import logging
import os
import threading
from collections.abc import Sequence

from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, connection, transaction

from peil.core.errors import Bug, NotNow
from peil.surveys.answering.keeping import Keeping, Result, Steps, T, insert, is_surely_new, keep
from peil.surveys.answering.line import Line, let_go
from peil.surveys.facts.wake import wake

log = logging.getLogger("peil.surveys")

_PATIENCE = 30.0  # seconds that somebody waits for an answer of the writer
_CONFLICTS = 3
_MET = ("40P01", "40001")  # PostgreSQL: of two that waited for each other one was sent back
_NOT_KEPT = ("The answer can't be kept just now.", "Send it again in a minute.")


class _Waiting:
    """One submission, and whoever waits for what becomes of it."""

    __slots__ = ("done", "error", "keeping", "result")

    def __init__(self, keeping: Keeping) -> None:
        self.keeping = keeping
        self.done = threading.Lock()  # lighter than an event, and held until there is a result
        self.done.acquire()
        self.result: Result | None = None
        self.error: Exception | None = None

    def tell(self, result: Result | None, error: Exception | None = None) -> None:
        self.result, self.error = result, error
        self.done.release()


def _keep_together(batch: Sequence[_Waiting]) -> None:
    for one, became in zip(batch, keep_all([one.keeping for one in batch]), strict=True):
        if isinstance(became, Result):
            one.tell(became)
        else:
            one.tell(None, became)


def keep_all(given: Sequence[Keeping]) -> list[Result | Exception]:
    """Keep them in one transaction of this thread, and tell of each what became of it, or why it is not kept."""
    try:
        return [*_once_more(given)]
    except (OperationalError, InterfaceError) as error:  # the store, not a row: a full disk, or nobody there
        log.error("answers_not_kept", extra={"error": type(error).__name__, "count": len(given)})
        return [NotNow(*_NOT_KEPT) for _ in given]
    except Exception as error:  # noqa: BLE001  whatever it is, one by one tells whose it is
        if not isinstance(error, IntegrityError):
            log.warning("answers_kept_singly", extra={"error": type(error).__name__, "count": len(given)})
        return [_kept_alone(one) for one in given]


def _once_more(given: Sequence[Keeping]) -> list[Result]:
    """Keep them; once more where the connection had broken off, or where two waited for each other."""
    try:
        return _insert_or_keep(given)
    except (OperationalError, InterfaceError) as error:
        met = getattr(error.__cause__, "sqlstate", None) in _MET
        broken = connection.vendor != "sqlite" and not met and not connection.is_usable()
        connection.close()  # the next use opens another
        if not broken and not met:
            raise
    return _insert_or_keep(given)


def _insert_or_keep(given: Sequence[Keeping]) -> list[Result]:
    results = _insert(given) if all(map(is_surely_new, given)) else None
    return _keep(given) if results is None else results


def _kept_alone(one: Keeping) -> Result | Exception:
    try:
        return _until_settled(one)
    except DatabaseError as error:
        log.error("answers_not_kept", extra={"error": type(error).__name__, "count": 1})
        return NotNow(*_NOT_KEPT)
    except Exception as error:  # noqa: BLE001  it is raised where somebody waits for it
        return error


def _until_settled(keeping: Keeping) -> Result:
    """Another process may be first at each try; what it kept is then told."""
    for _ in range(_CONFLICTS):
        try:
            return _keep([keeping])[0]
        except IntegrityError:
            continue
    return _keep([keeping])[0]


def _keep(batch: Sequence[Keeping]) -> list[Result]:
    with transaction.atomic():
        results = keep(batch)
    wake(len(batch))
    return results


def _insert(batch: Sequence[Keeping]) -> list[Result] | None:
    """Keep what nearly always is new, without looking first; None where one of them was there after all."""
    try:
        with transaction.atomic():
            results = insert(batch)
    except IntegrityError:
        return None
    wake(len(batch))
    return results


_starting = threading.Lock()
_own: tuple[int, Line[_Waiting]] | None = None  # of this process: one that was made from it starts its own


def put(keeping: Keeping) -> Result:
    """Keep one submission, and come back once it is on disk. Raises NotNow where that can't be: nothing of it is kept then."""
    if connection.in_atomic_block:
        return _keep([keeping])[0]
    let_go()  # the writer may be waiting for a connection
    waiting = _Waiting(keeping)
    _writer().put(waiting)
    if not waiting.done.acquire(timeout=_PATIENCE):
        raise NotNow("The database is too slow to keep the answer.", "Send the answer again in a minute.")
    if waiting.error is not None:
        raise waiting.error
    if waiting.result is None:
        raise Bug("the writer told nothing")
    return waiting.result


def settle(steps: Steps[T]) -> T:
    """Do work in steps to its end, each thing of it kept by the writer."""
    try:
        keeping = next(steps)
        while True:
            try:
                result = put(keeping)
            except Exception as error:  # noqa: BLE001  the work decides what that means for it
                keeping = steps.throw(error)
            else:
                keeping = steps.send(result)
    except StopIteration as ended:
        done: T = ended.value
        return done


def stop_writer() -> None:
    """Keep what waits, and let the thread end; another answer starts one anew."""
    global _own
    with _starting:
        held, _own = _own, None
    if held is not None and held[0] == os.getpid():
        held[1].stop()


def _writer() -> Line[_Waiting]:
    global _own
    held = _own
    if held is not None and held[0] == os.getpid():
        return held[1]
    with _starting:
        if _own is None or _own[0] != os.getpid():
            _own = os.getpid(), Line(_keep_together, "peil-answers")
        return _own[1]


atexit.register(stop_writer)
