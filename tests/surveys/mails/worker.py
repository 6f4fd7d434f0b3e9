"""Runners that are killed: `python -m tests.surveys.mails.worker` sets an install up with requests in line, says so, and
for each line that comes in starts a runner in a process of its own and prints its number."""

from __future__ import annotations

import os
import sys
import time

HEARTBEAT = 0.2
REQUESTS = 60


def main() -> None:
    from peil.web.serving.running import set_up

    set_up()
    _make()
    print("ready", flush=True)
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            _run()
        print(child, flush=True)


def _make() -> None:
    from django.db import connection
    from tests.surveys.asking import published, terms, wanted

    from peil.surveys.manner import Manner, write_manner
    from peil.surveys.whom.asking import ask

    always = {"quiet_from": 0, "quiet_until": 0, "working_days": False, "rest_days": 30}
    write_manner(Manner(**always))  # type: ignore[arg-type]
    survey = published("recommend").key
    for n in range(REQUESTS):
        ask(wanted(survey, customer_id=f"K{n}", address=f"k{n}@example.nl"), terms(**always))
    connection.close()


def _run() -> None:
    from peil.ops.outbox.runner import Runner

    Runner(heartbeat=HEARTBEAT).start()
    time.sleep(120)
    os._exit(0)


if __name__ == "__main__":
    main()
