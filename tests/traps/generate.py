"""Files with every trap met in real ones, made anew from a seed: for tests anywhere, and for `make demo`.

for trap in write_all(folder):
    import_file(warehouse, trap.path, trap.mapping)
"""

from __future__ import annotations

import importlib.util
import random
from collections.abc import Callable
from pathlib import Path

from tests.traps import contacts, customers, surveys
from tests.traps.trap import TrapFile

ALL: tuple[Callable[[Path, random.Random], TrapFile], ...] = (
    surveys.panel,
    surveys.phones,
    surveys.export,
    surveys.quality,
    surveys.usability,
    contacts.calls,
    contacts.tickets,
    contacts.visits,
    contacts.votes,
    customers.members,
    customers.invitations,
    customers.staff,
    customers.reviews,
    customers.members_survey,
)
NEEDS = {customers.members_survey: ("pandas", "pyreadstat")}  # to write the file; reading needs only the second


def write_all(folder: Path, seed: int = 1) -> list[TrapFile]:
    """Every file that can be written here, with its mapping; the same seed gives the same files."""
    folder.mkdir(parents=True, exist_ok=True)
    able = [make for make in ALL if all(importlib.util.find_spec(m) for m in NEEDS.get(make, ()))]
    return [make(folder, random.Random(f"{seed} {make.__name__}")) for make in able]
