"""The one thread of this process that takes in the forms that somebody answered.

It works out all that came while it was busy with those before, keeps them in one transaction, and tells each of them.
One thread for many: that only one of them runs Python at a time makes handing over from one to the next dearer than
the work itself. It starts with the first form and ends with the process.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextvars import Context, copy_context

from django.db import connection

from peil.core.errors import NotNow
from peil.surveys.answering.keeping import Keeping, Result, Steps
from peil.surveys.answering.line import Line, let_go
from peil.surveys.answering.writer import keep_all
from peil.web.asking.intake.short_way import Reply

log = logging.getLogger("peil.web")

MOST_WAITING = 5_000  # a form may be 1 MB


class Form:
    """One that came: the steps to its reply, and who waits for that."""

    __slots__ = ("_context", "_steps", "asks", "error", "reply", "waiting")

    def __init__(self, steps: Steps[Reply], waiting: asyncio.Future[Reply]) -> None:
        self._steps = steps
        self._context: Context = copy_context()  # its lines in the log bear its own number
        self.waiting = waiting
        self.asks: Keeping | None = None  # what it wants kept before it goes on
        self.reply: Reply | None = None
        self.error: Exception | None = None

    def begin(self) -> None:
        """Go as far as what it wants kept; where nobody waits any more, they were told to send it again."""
        if not self.waiting.done():
            self._go(lambda: next(self._steps))

    def go_on(self, became: Result | Exception) -> None:
        if isinstance(became, Result):
            self._go(lambda: self._steps.send(became))
        else:
            self._go(lambda: self._steps.throw(became))

    def _go(self, on: Callable[[], Keeping]) -> None:
        self.asks = None
        try:
            self.asks = self._context.run(on)
        except StopIteration as ended:
            self.reply = ended.value
        except Exception as error:  # noqa: BLE001  the others of the batch go on; this one is told
            self.error = error
        if connection.errors_occurred:  # the next one has another
            let_go()

    def break_off(self, error: Exception) -> None:
        """It goes no further; a reply that it had stays."""
        self.asks = None
        if self.reply is None:
            self.error = self.error or error
            self._context.run(self._steps.close)

    def tell(self) -> None:
        """In the loop: give the reply to who waits, unless they gave up."""
        if self.waiting.done():
            return
        if self.reply is not None:
            self.waiting.set_result(self.reply)
        else:
            self.waiting.set_exception(self.error or RuntimeError("a form without a reply"))


class Taker:
    """The line of forms."""

    def __init__(self) -> None:
        self._line: Line[Form] = Line(_answered, "peil-forms")

    async def take(self, steps: Steps[Reply]) -> Reply:
        """Have a form taken in, and wait for the reply to it. Raises NotNow where too many wait."""
        if self._line.waiting >= MOST_WAITING:
            raise NotNow("Too many forms wait.", "Send it again in a minute.")
        waiting: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._line.put(Form(steps, waiting))
        return await waiting

    def stop(self) -> None:
        """Take in what waits, and end."""
        self._line.stop()


def _answered(batch: Sequence[Form]) -> None:
    """Take them in and tell each, whatever happens: those who come after have their turn."""
    try:
        take_in(batch)
    except Exception as error:
        log.exception("forms_broken_off", extra={"count": len(batch)})
        for form in batch:
            form.break_off(error)
    _tell(batch)


def take_in(batch: Sequence[Form]) -> None:
    """Take each as far as its reply. One that finds that another was before it wants something kept once more."""
    for form in batch:
        form.begin()
    while asking := [(form, form.asks) for form in batch if form.asks is not None]:
        for (form, _), became in zip(asking, keep_all([asks for _, asks in asking]), strict=True):
            form.go_on(became)


def _tell(batch: Sequence[Form]) -> None:
    def tell_all() -> None:
        for form in batch:
            form.tell()

    try:
        batch[0].waiting.get_loop().call_soon_threadsafe(tell_all)
    except RuntimeError:  # the server has ended: what is kept is kept, and nobody is there to be told
        log.warning("forms_not_told", extra={"count": len(batch)})
