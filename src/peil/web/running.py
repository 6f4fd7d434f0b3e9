"""Starting the app: its folder, its tables, then the server."""

from __future__ import annotations

import os

from peil.web.home import home, make_home


def set_up() -> None:
    """Make the folder, the secret and the tables; what is there stays."""
    make_home(home())
    os.environ["PEIL_HOME"] = str(home())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peil.web.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)


def run(host: str, port: int) -> None:
    """Serve until it is stopped."""
    set_up()
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "peil.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=8,
        websockets=False,
    ).serve()
