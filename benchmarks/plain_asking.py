"""The peer of `asking`: the same server and page, each answer written by plain ORM calls in its own request."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any


def application() -> Any:
    from django.db import transaction

    found = import_module("peil.web.wsgi").application  # it sets up what the rest needs
    from peil.surveys.answering import writer
    from peil.surveys.answering.keeping import Keeping, Result, insert
    from peil.web.serving.work import start_work

    def put_plainly(keeping: Keeping) -> Result:
        with transaction.atomic():
            return insert([keeping])[0]

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
