"""Which backups were made, for whoever asks how old the last one is, and for those erased later."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.utils import timezone

from peil.accounts.audit import record
from peil.ops.backup.making import Backup
from peil.ops.erase.ledger import LEDGER, Ledger
from peil.ops.models import BackupMade


def record_backup(made: Backup, home: Path) -> None:
    """Write it down, and put the list of erased people beside it."""
    BackupMade.objects.create(made_at=timezone.now(), path=str(made.path), size=made.size)
    Ledger(home / LEDGER).copy_to(made.path.parent)
    record(None, "backed_up", bytes=made.size)


def last_backup() -> datetime | None:
    newest = BackupMade.objects.first()
    return newest.made_at if newest is not None else None
