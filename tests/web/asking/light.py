"""The app as a server runs it, without the work beside answering, so that it starts in a second: `python -m ... PORT PROCESSES`.

`peil serve` itself is killed in the long tests.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.ops.server import Serving, environment, free_port, url_of


def start_light(folder: Path, processes: int = 1, *, largest_file: int | None = None, **more: str) -> Serving:
    """`largest_file`: as if the disk were full beyond so many bytes of one file."""
    port, log = free_port(), folder / "light.log"
    command = [sys.executable, "-m", "tests.web.asking.light", str(port), str(processes)]
    env = environment(PEIL_HOME=str(folder), PEIL_WAREHOUSE=url_of(folder), PEIL_URL=f"http://127.0.0.1:{port}", **more)

    def limit() -> None:
        if largest_file is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, resource.RLIM_INFINITY))

    with log.open("ab") as said:
        process = subprocess.Popen(command, env=env, stdout=said, stderr=said, preexec_fn=limit)
    server = Serving(process, folder, port, log)
    server.wait_until_up()
    return server


@contextmanager
def light(folder: Path, processes: int = 1, *, largest_file: int | None = None, **more: str) -> Iterator[Serving]:
    server = start_light(folder, processes, largest_file=largest_file, **more)
    try:
        yield server
    finally:
        stop(server)


def stop(server: Serving) -> None:
    """In order, as whoever runs it does."""
    server.process.terminate()
    server.process.wait(timeout=30)


def kill(server: Serving) -> None:
    """At once, with every process of it."""
    for pid in [*server.workers(), server.process.pid]:
        os.kill(pid, signal.SIGKILL)
    server.process.wait()


def main() -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from peil.web.serving.logs import logging_settings

    Granian(
        "peil.web.asgi:application", port=int(sys.argv[1]), workers=int(sys.argv[2]), interface=Interfaces.ASGINL,
        workers_kill_timeout=5,  # one that is still starting does not hear that it has to stop
        websockets=False, log_level=LogLevels.error, log_dictconfig=logging_settings(),
    ).serve()  # fmt: skip


if __name__ == "__main__":
    main()
