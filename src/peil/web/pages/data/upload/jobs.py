"""Work on an upload, in a thread of the server: reading it, trying it out, taking it in.

How far it is stands in its folder, so any process can tell. Who works holds the folder's lock; a stage of work that
nobody holds was broken off with its process, and the archive finished or removed what that left.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import IO

from peil.core.errors import BadInput, NotNow, UserError
from peil.library import Peil
from peil.library.trial import try_file
from peil.sources.files import Named
from peil.sources.intake import hash_of
from peil.web.facts import the_peil
from peil.web.pages.data.importers import remember_importer
from peil.web.pages.data.upload.folder import AT_WORK, Stage, State, Upload, Wrong
from peil.web.pages.data.upload.reading import read_upload
from peil.web.pages.data.upload.shapes import remember_mapping
from peil.web.pages.data.upload.tried import trial_as_dict

_AT_ONCE = threading.BoundedSemaphore(2)
_EVERY = 0.3  # seconds between two lines of progress
_BACK: dict[Stage, Stage] = {"reading": "reading", "checking": "mapping", "importing": "checked"}
_log = logging.getLogger(__name__)


class Cancelled(Exception):
    """The person whose file it is wants it to stop."""


def start(upload: Upload, stage: Stage, wait: float = 1.5) -> None:
    """Begin this stage and wait a moment, since most files are quick; one that is worked on already is left alone."""
    held = upload.lock()
    if held is None:
        return
    upload.cancel(wanted=False)
    upload.change(stage=stage, part="wait", rows=0, done=0, total=0, wrong=None)
    peil = the_peil()
    thread = threading.Thread(target=_run, args=(upload, stage, held, peil), name=f"peil-{stage}", daemon=True)
    thread.start()
    thread.join(wait)


def settled(upload: Upload) -> State:
    """The state, once a stage that was broken off with its process is told as such."""
    state = upload.state
    if state.stage not in AT_WORK or state.wrong or (held := upload.lock()) is None:
        return state
    with held:
        state = upload.state
        if state.stage not in AT_WORK or state.wrong:
            return state
        return _after_a_stop(upload, state)


def _after_a_stop(upload: Upload, state: State) -> State:
    if state.stage == "importing" and upload.file.exists():
        entry = the_peil().warehouse.find_loaded(hash_of(upload.file), upload.mapping)
        if entry is not None:
            told = {
                "import_id": entry.import_id,
                "rows": dict(entry.rows),
                "rejected": entry.rejected,
                "already": False,
            }
            return _done(upload, told)
    wrong = Wrong("The server stopped while it was at work; nothing of the file was taken in.", "Start it again.")
    return upload.change(stage=_BACK[state.stage], wrong=wrong)


def _run(upload: Upload, stage: Stage, held: IO[str], peil: Peil) -> None:
    with held, _AT_ONCE:
        try:
            _WORK[stage](upload, peil)
        except Cancelled:
            upload.change(stage=_BACK[stage], wrong=Wrong("It was stopped; nothing of the file was taken in."))
        except BadInput as e:
            upload.change(stage=_BACK[stage], wrong=Wrong(e.problem, e.remedy, e.file, e.row, e.column))
        except (UserError, NotNow) as e:
            upload.change(stage=_BACK[stage], wrong=Wrong(e.problem, e.remedy))
        except Exception:  # noqa: BLE001  a thread has nobody to raise it to: it is logged, and told on the page
            _log.exception("work on an upload failed while %s", stage)
            upload.change(
                stage=_BACK[stage],
                wrong=Wrong("Something went wrong in Peil itself; nothing of the file was taken in."),
            )


def _read(upload: Upload, _: Peil) -> None:
    upload.change(part="read")
    read_upload(upload)
    if upload.cancelled:
        raise Cancelled
    upload.change(stage="mapping")


def _check(upload: Upload, peil: Peil) -> None:
    trial = try_file(peil.warehouse, Named(upload.file, upload.state.name), upload.parsed(), progress=_progress(upload))
    upload.change(stage="checked", tried=trial_as_dict(trial, upload.mapping))


def _import(upload: Upload, peil: Peil) -> None:
    notes: list[str] = []
    report = peil.import_file(
        upload.file, upload.parsed(), progress=_progress(upload), tell=notes.append, name=upload.state.name
    )
    told = {
        "import_id": report.import_id,
        "rows": dict(report.rows),
        "rejected": report.rejected,
        "copies": report.copies,
        "already": report.already,
        "notes": notes,
    }
    _done(upload, told)


def _done(upload: Upload, told: dict[str, object]) -> State:
    state = upload.state
    if not told.get("already"):
        remember_importer(str(told["import_id"]), state.owner_name)
    remember_mapping(upload)
    upload.file.unlink(missing_ok=True)
    upload.sample.unlink(missing_ok=True)
    return upload.change(stage="done", report=told)


def _progress(upload: Upload) -> Callable[[int, int, int], None]:
    """Keeps the state up to date, now and then, and stops the work when that was asked."""
    last = [0.0]

    def advance(rows: int, done: int, total: int) -> None:
        if upload.cancelled:
            raise Cancelled
        now = time.monotonic()
        if now - last[0] >= _EVERY or done >= total:
            last[0] = now
            upload.change(part="load" if done >= total else "read", rows=rows, done=done, total=total)

    return advance


_WORK: dict[Stage, Callable[[Upload, Peil], None]] = {"reading": _read, "checking": _check, "importing": _import}
