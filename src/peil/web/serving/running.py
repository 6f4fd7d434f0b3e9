"""Starting the app: its folder, its tables, then the server."""

from __future__ import annotations

import errno
import http.client
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing import SimpleQueue
from typing import Any
from urllib.parse import urlsplit

from peil.core.errors import NotNow, PeilError, UserError
from peil.web.serving.home import home, make_home

THREADS = 8  # for pages of respondents, and as many for everything else
WAIT_FOR_PORT = 5.0  # seconds; a server that was just stopped lets go of it soon
READY_WITHIN = 120.0  # seconds


def set_up() -> None:
    """Make the folder, the secret and the tables; what is there stays."""
    make_home(home())
    os.environ["PEIL_HOME"] = str(home())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peil.web.settings")
    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    _close(connection)


def tell_start_code() -> None:
    """While nobody works here, say with which code the first one becomes administrator."""
    from django.db import connection

    from peil.accounts.start import new_start_code

    code = new_start_code(home())
    _close(connection)
    if code is not None:
        sys.stderr.write(f"Nobody works here yet. To begin, open Peil in a browser and give this code: {code}\n")
        sys.stderr.flush()


def _close(connection: Any) -> None:
    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()  # processes made from this one get their own


def run(host: str, port: int, processes: int = 1) -> None:
    """Serve until it is stopped."""
    check_processes(processes)
    check_port(host, port)
    os.umask(0o077)  # what the server writes is its own user's
    os.environ.setdefault("PEIL_URL", f"http://{_name_of(host)}:{port}")
    set_up()
    tell_start_code()
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from peil.web.serving.logs import logging_settings

    troubles: SimpleQueue[tuple[str, str]] = SimpleQueue()
    _Ready(host, port).start()
    server = Granian(
        "peil.web.asgi:application",
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        workers=processes,
        websockets=False,
        log_level=LogLevels.error,
        log_dictconfig=_quiet(logging_settings()),
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=30,
    )
    try:
        server.serve(target_loader=_Loader(troubles), wrap_loader=False)
    finally:
        if not troubles.empty():
            raise NotNow(*troubles.get())


class _Loader:
    """What a process of the server does first; what keeps it from starting is told by the one that waits for it."""

    def __init__(self, troubles: SimpleQueue[tuple[str, str]]) -> None:
        self._troubles = troubles

    def __call__(self) -> Callable[..., Any]:
        from peil.web.asgi import application
        from peil.web.serving.work import start_work

        try:
            start_work(application.taker.stop)
        except PeilError as error:
            self._troubles.put((getattr(error, "problem", str(error)), getattr(error, "remedy", "")))
            os.kill(os.getppid(), signal.SIGTERM)  # it would try again and again
            raise SystemExit(1) from None
        return application


class _Ready(threading.Thread):
    """Says where Peil runs, once it answers there."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(name="peil-ready", daemon=True)
        self._host, self._port = _name_of(host), port

    def run(self) -> None:
        until = time.monotonic() + READY_WITHIN
        while time.monotonic() < until:
            if self._answers():
                sys.stderr.write(f"Peil is running at {os.environ['PEIL_URL']}\n")
                sys.stderr.flush()
                return
            time.sleep(0.1)

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection(self._host, self._port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except OSError:
            return False  # not yet
        finally:
            connection.close()


def check_processes(processes: int) -> None:
    """Several processes need two stores that several may write."""
    from peil.library import warehouse_url

    stores = (urlsplit(os.environ.get("DATABASE_URL", "")).scheme, urlsplit(warehouse_url()).scheme)
    if processes > 1 and not all(scheme in ("postgresql", "postgres") for scheme in stores):
        raise UserError(
            f"{processes} processes can't share SQLite or a DuckDB file.",
            "Leave --processes out, or keep both stores in PostgreSQL: DATABASE_URL and PEIL_WAREHOUSE.",
        )


def check_port(host: str, port: int) -> None:
    """Say plainly why one can't listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    until = time.monotonic() + WAIT_FOR_PORT
    while True:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
                return
            except PermissionError:
                raise UserError(f"Port {port} is not yours to use.", "Take one from 1024 on, such as 8000.") from None
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise UserError(f"Peil can't listen at {host}.", "Name an address of this machine.") from None
                if time.monotonic() > until:
                    raise NotNow(
                        f"Port {port} is in use by another program.", f"End it, or take another: --port {port + 1}"
                    ) from None
        time.sleep(0.2)


def _name_of(host: str) -> str:
    """Under which name this machine finds it."""
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104


def _quiet(settings: dict[str, Any]) -> dict[str, Any]:
    """The server's own lines, in the form of Peil's."""
    loggers = {name: {"level": "ERROR"} for name in ("_granian", "granian.access")}
    return settings | {"loggers": settings["loggers"] | loggers}
