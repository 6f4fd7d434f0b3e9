"""Whether a running install is sound: one check a question, each with what to do."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from peil.library.doctor import Check
from peil.ops.backup.record import last_backup
from peil.ops.erase.ledger import LEDGER, Ledger
from peil.ops.outbox.queue import backlog
from peil.ops.stores import SECRET, Stores
from peil.surveys.facts.batches import is_behind, refused

OLD_BACKUP = timedelta(days=2)
LONG_WAIT = timedelta(minutes=15)


def examine_install(stores: Stores) -> list[Check]:
    """Every check; those of the database's content only where it answers and is up to date."""
    checks = [_folder(stores.home), _secret(stores.home), _clock(), _address(), _mail()]
    database = _database()
    checks.append(database)
    if database.state == "ok":
        checks += [*_outbox(), _facts(), _backup(), _erasing(stores.home)]
    return checks


def _database() -> Check:
    try:
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        return Check(
            "database",
            "wrong",
            f"it does not answer ({type(error).__name__})",
            "See that DATABASE_URL is right and its server runs.",
        )
    if behind:
        return Check(
            "database", "wrong", f"{len(behind)} changes of tables are to be made", "Start `peil serve`: it makes them."
        )
    return Check("database", "ok", f"{connection.vendor}, tables up to date")


def _folder(home: Path) -> Check:
    if not os.access(home, os.W_OK | os.X_OK):
        return Check("folder", "wrong", f"{home} can't be written", "Give it to the user that Peil runs as.")
    if home.stat().st_mode & stat.S_IWOTH:
        return Check("folder", "wrong", f"everyone may write in {home}", f"chmod o-w {home}")
    return Check("folder", "ok", str(home))


def _secret(home: Path) -> Check:
    path = home / SECRET
    if not path.exists():
        return Check("secret", "note", "not made yet", "`peil serve` makes it.")
    if path.stat().st_mode & 0o077:
        return Check(
            "secret", "wrong", f"others may read {path.name}", f"chmod 600 {path}; then have everyone sign in anew."
        )
    return Check("secret", "ok", "readable by its owner only")


def _clock() -> Check:
    now = datetime.now(UTC)
    fine = now.year >= 2026
    hint = "Have the machine keep time (chrony, systemd-timesyncd)."
    return Check("clock", "ok" if fine else "wrong", f"{now:%Y-%m-%d %H:%M} UTC", hint)


def _address() -> Check:
    url = os.environ.get("PEIL_URL", "")
    parts = urlsplit(url)
    if parts.hostname in (None, "127.0.0.1", "localhost", "::1"):
        return Check(
            "address",
            "note",
            "for this machine alone",
            "For others: PEIL_URL=https://..., and a proxy in front that encrypts.",
        )
    if parts.scheme != "https":
        return Check(
            "address",
            "wrong",
            f"{url} is not encrypted: passwords travel in the open",
            "Put a proxy with a certificate in front, and write https.",
        )
    return Check("address", "ok", url)


def _mail() -> Check:
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        return Check(
            "mail",
            "note",
            "no mail server; mails are kept as files in mail/",
            "EMAIL_URL=smtps://user:password@host?from=sender",
        )
    return Check("mail", "ok", f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}, from {settings.DEFAULT_FROM_EMAIL}")


def _outbox() -> Iterator[Check]:
    stands = backlog()
    late = stands.oldest is not None and timezone.now() - stands.oldest > LONG_WAIT
    found = f"{stands.waiting} waiting, {stands.later} for later"
    if late and stands.oldest is not None:
        found += f"; the first since {stands.oldest:%Y-%m-%d %H:%M} UTC"
    yield Check(
        "outbox", "wrong" if late else "ok", found, "It is emptied by `peil serve`: see that it runs, and its log."
    )
    hint = "Look at them on the page Running, mend the cause, and try them again."
    yield Check("outbox given up", "wrong" if stands.dead else "ok", f"{stands.dead} given up", hint)


def _facts() -> Check:
    """Whether all that was answered is in the facts, or could be."""
    wrong = refused()
    if wrong:
        return Check(
            "answers in the facts",
            "wrong",
            f"{len(wrong)} can't be loaded: {wrong[0]}",
            "Report this: nothing is lost of them.",
        )
    waiting = "some on their way" if is_behind() else "all of them"
    return Check("answers in the facts", "ok", waiting)


def _backup() -> Check:
    made = last_backup()
    if made is None:
        return Check("backup", "note", "none was made yet", "peil backup /another/disk; every night is best.")
    old = timezone.now() - made > OLD_BACKUP
    return Check(
        "backup",
        "wrong" if old else "ok",
        f"the last one at {made:%Y-%m-%d %H:%M} UTC",
        "Make one, and see why the nightly one failed.",
    )


def _erasing(home: Path) -> Check:
    left = len(Ledger(home / LEDGER).unfinished)
    return Check(
        "erasing",
        "wrong" if left else "ok",
        f"{left} names still to be erased" if left else "nothing left to erase",
        "Start `peil serve` again: it goes on where it stopped.",
    )
