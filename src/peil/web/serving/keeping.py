"""This install as the room that keeps it sees it: where everything is, and its open warehouse.

The command line asks this before the app is set up, so what knows the tables is imported in the functions.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from peil.library import warehouse_url
from peil.library.doctor import Check
from peil.ops.erase.ledger import LEDGER, Ledger
from peil.ops.erase.underway import erasures_left
from peil.ops.stores import Stores
from peil.warehouse.open import archive_of
from peil.web.facts import close_warehouse, the_peil
from peil.web.serving.home import SECRET, home
from peil.web.serving.running import set_up

if TYPE_CHECKING:
    from peil.accounts.models import Person
    from peil.ops.erase.certificate import Certificate
    from peil.ops.erase.erasing import Ground


def the_stores() -> Stores:
    """Where everything of this install is."""
    url = warehouse_url()
    return Stores(home=home(), warehouse=url, archive=archive_of(url), database=os.environ.get("DATABASE_URL") or None)


def the_ground() -> Ground:
    from peil.ops.erase.erasing import Ground

    return Ground(the_stores(), the_peil().warehouse)


def examine_app() -> list[Check]:
    """The checks of the app, where it was set up; nothing is made by looking."""
    if not (home() / SECRET).exists():
        return [Check("app", "note", "not set up here", "peil serve sets it up.")]
    os.environ.setdefault("PEIL_HOME", str(home()))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peil.web.settings")
    import django

    django.setup()
    from peil.ops.doctor import examine_install

    try:
        return examine_install(the_stores())
    finally:
        _close_database()


def erase_customer(words: list[str], actor: Person | None = None) -> Certificate:
    """Erase the customer whom these words name, everywhere."""
    from peil.ops.erase.erasing import erase

    return erase(the_ground(), words, actor)


def carry_out_erasing(number: str, hashes: list[str], person_id: int) -> None:
    """Erase what was confirmed on a page, in the name of who did so."""
    from peil.accounts.models import Person
    from peil.ops.erase.erasing import Order, carry_out

    carry_out(the_ground(), Order(number, tuple(hashes)), Person.objects.filter(pk=person_id).first())


def finish_erasing() -> int:
    """Go on where a process ended in the middle of erasing; how many people that were."""
    if not Ledger(home() / LEDGER).unfinished and not erasures_left(home()):
        return 0
    from peil.ops.erase.erasing import finish_left

    return finish_left(the_ground())


def bring_back(stores: Stores) -> int:
    """What a restored install needs before it is opened: its tables of today, the erased gone, the facts made anew."""
    os.environ["PEIL_HOME"], os.environ["PEIL_WAREHOUSE"] = str(stores.home), stores.warehouse
    set_up()
    from peil.accounts.audit import record
    from peil.ops.erase.erasing import erase_again
    from peil.surveys.facts.batches import all_again

    try:
        erased = erase_again(the_ground())
        all_again()  # the archive may be of a moment before the database
        the_peil().rebuild()
        record(None, "restored", erased_again=erased)
    finally:
        close_warehouse()
        _close_database()
    return erased


def _close_database() -> None:
    from django.db import connections

    connections.close_all()
