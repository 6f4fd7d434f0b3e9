"""What the server itself was told, by the variables of its environment: shown, never changed here, without secrets."""

from __future__ import annotations

import os
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from peil.ops.doctor import examine_install
from peil.report.words import Language, say
from peil.web.facts import the_peil
from peil.web.serving.home import home
from peil.web.serving.keeping import the_stores


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that the server was told: its variable, '' for none, and how the check of it ends."""

    name: str
    value: str
    variable: str
    state: str  # "ok", "note", "wrong"; '' where nothing is checked
    check: str  # by which id the page on running tells what to do


def environment(language: Language) -> list[Told]:
    """Everything that comes from variables, with whether it works."""
    peil = the_peil()
    states = {c.id: c.state for c in (*peil.doctor(), *examine_install(the_stores()))}
    mail = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}, {settings.DEFAULT_FROM_EMAIL}"
    told = (
        ("address", settings.PEIL_ADDRESS, "PEIL_URL"),
        ("mail", mail if os.environ.get("EMAIL_URL") else say("environment_no_mail", language), "EMAIL_URL"),
        ("folder", str(home()), "PEIL_HOME"),
        ("warehouse", peil.warehouse.url, "PEIL_WAREHOUSE"),
        ("database", _database(language), "DATABASE_URL"),
    )
    found = [Told(say(f"environment_{n}", language), value, var, states.get(n, ""), n) for n, value, var in told]
    spoken = say("environment_language_value", language)
    return [*found, Told(say("environment_language", language), spoken, "", "", "")]


def _database(language: Language) -> str:
    parts = urlsplit(os.environ.get("DATABASE_URL", ""))
    if not parts.scheme:
        return say("environment_sqlite", language)
    return f"PostgreSQL, {parts.hostname or ''}{parts.path}"
