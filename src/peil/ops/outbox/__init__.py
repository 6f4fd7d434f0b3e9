"""Work that follows from a transaction, kept in that transaction and done after it.

    with transaction.atomic():
        case.save()
        put("mail", {...}, key=f"case-{case.id}")

A row is done at least once: a process that dies in the middle leaves it to the next one. What is done twice carries
the same `Delivery.id` both times, so that a receiver can tell.
"""

from peil.ops.outbox.delivery import Delivery, Permanent, register
from peil.ops.outbox.queue import Backlog, DeadRow, backlog, dead_rows, is_waiting, put, state_of, throw_away, try_again

__all__ = [
    "Backlog",
    "DeadRow",
    "Delivery",
    "Permanent",
    "backlog",
    "dead_rows",
    "is_waiting",
    "put",
    "register",
    "state_of",
    "throw_away",
    "try_again",
]
