"""A process that does outbox rows until it is ended: `python -m tests.ops.worker FILE`, a line for each row done."""

from __future__ import annotations

import os
import sys
import time

HEARTBEAT = 0.2


def main(path: str) -> None:
    import django

    django.setup()
    from peil.ops.outbox import Delivery, register
    from peil.ops.outbox.runner import Runner

    def write_line(delivery: Delivery) -> None:
        time.sleep(delivery.payload["seconds"] / 2)
        with open(path, "a") as file:
            file.write(f"{delivery.id} {os.getpid()}\n")
            file.flush()
        time.sleep(delivery.payload["seconds"] / 2)

    register("line", write_line)
    runner = Runner(heartbeat=HEARTBEAT)
    runner.start()
    print("running", flush=True)
    sys.stdin.read()  # until the other end closes it
    runner.stop()


if __name__ == "__main__":
    main(sys.argv[1])
