"""Templates: Jinja's, with every word from the catalogue and every value escaped."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.html import json_script
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from peil.report.words import say
from peil.report.words.numbers import without_direction
from peil.web.languages import language_of
from peil.web.serving.sso import Provider
from peil.web.serving.static_files import static_url


def environment(**options: Any) -> Environment:
    """Jinja as Peil uses it: an unknown name is an error, not an empty place."""
    made = Environment(**{**options, "autoescape": True, "undefined": StrictUndefined})  # noqa: S701  escaped
    made.finalize = without_direction
    made.trim_blocks = made.lstrip_blocks = True
    made.globals.update(
        static=static_url, url=_url, json_data=json_script, get_messages=get_messages, sso_providers=_sso_providers
    )
    return made


def shared(request: HttpRequest) -> dict[str, Any]:
    """What every template may use."""
    language = language_of(request)

    def words(key: str, *values: object, **named: object) -> str:
        return say(key, language, *values, **named)

    return {
        "say": words,
        "language": language,
        "csrf": Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">').format(get_token(request)),
    }


def _sso_providers() -> list[Provider]:
    return list(settings.SSO)


def _url(name: str, *values: object) -> str:
    return reverse(name, args=values)
