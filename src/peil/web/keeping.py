"""This install as the room that keeps it sees it: where everything is, and its open warehouse."""

from __future__ import annotations

import os

from peil.library import warehouse_url
from peil.ops.erase import LEDGER, Certificate, Ground, erase, erase_again
from peil.ops.erase.ledger import Ledger
from peil.ops.stores import Stores
from peil.warehouse.open import archive_of
from peil.web.facts import close_warehouse, the_peil
from peil.web.home import home
from peil.web.running import set_up


def the_stores() -> Stores:
    """Where everything of this install is."""
    url = warehouse_url()
    return Stores(home=home(), warehouse=url, archive=archive_of(url), database=os.environ.get("DATABASE_URL") or None)


def the_ground() -> Ground:
    return Ground(the_stores(), the_peil().warehouse)


def erase_customer(words: list[str]) -> Certificate:
    """Erase the customer whom these words name, everywhere."""
    return erase(the_ground(), words)


def finish_erasing() -> int:
    """Go on where a process ended in the middle of erasing; how many people that were."""
    if not Ledger(home() / LEDGER).unfinished:
        return 0
    return erase_again(the_ground(), only_unfinished=True)


def bring_back(stores: Stores) -> int:
    """What a restored install needs before it is opened: its tables of today, the erased gone, the facts made anew."""
    os.environ["PEIL_HOME"], os.environ["PEIL_WAREHOUSE"] = str(stores.home), stores.warehouse
    set_up()
    try:
        erased = erase_again(the_ground())
        the_peil().rebuild()
    finally:
        close_warehouse()
        _close_database()
    return erased


def _close_database() -> None:
    from django.db import connections

    connections.close_all()
