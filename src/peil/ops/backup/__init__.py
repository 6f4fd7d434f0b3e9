"""A backup is one zip file: the database, the archive of imports, settings and secrets, each with its hash.

The facts in the warehouse are not in it: they are made anew from the archive, and are equal to the digit.
"""

from peil.ops.backup.making import Backup, make_backup
from peil.ops.backup.restoring import Restored, restore_backup

__all__ = ["Backup", "Restored", "make_backup", "restore_backup"]
