"""The peer of `asking`: the same server and page, each answer written by plain ORM calls in its own request."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any


def application() -> Any:
    from django.db import transaction

    found = import_module("peil.web.wsgi").application  # it sets up what the rest needs
    from peil.surveys.answering import writer
    from peil.surveys.answering.keeping import Keeping, Kept, Result
    from peil.surveys.facts.wake import wake
    from peil.surveys.models import Response
    from peil.web.serving.work import start_work

    def put_plainly(one: Keeping) -> Result:
        with transaction.atomic():
            row, _ = Response.objects.get_or_create(  # sent again it is kept once, here as there
                survey_id=one.survey_id, submission=one.submission,
                defaults={
                    "version_id": one.version_id, "request_id": one.tied_to, "link_id": one.link_id,
                    "answers": one.answers, "language": one.language, "device": one.device,
                    "context": dict(one.context), "last_question": one.last_question, "flags": one.flags,
                    "sender": one.sender, "call_back": one.call_back, "test": one.test, "started_at": one.started_at,
                    "saved_at": one.saved_at, "finished_at": one.finished_at, "entered_by_id": one.entered_by_id,
                },
            )  # fmt: skip
        wake()
        return Result("kept", Kept(**{name: getattr(row, name) for name in Kept.__annotations__}))

    writer.put = put_plainly
    start_work(lambda: None)
    return found


def main() -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from peil.web.serving.logs import logging_settings
    from peil.web.serving.running import THREADS

    Granian(
        "benchmarks.plain_asking:application", port=int(sys.argv[1]), factory=True, interface=Interfaces.WSGI,
        blocking_threads=THREADS, websockets=False, log_level=LogLevels.error, log_dictconfig=logging_settings(),
    ).serve()  # fmt: skip


if __name__ == "__main__":
    main()
