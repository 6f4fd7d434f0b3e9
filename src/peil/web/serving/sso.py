"""Signing in with the organisation's own accounts, from `sso.toml` in Peil's folder.

    [entra]
    name = "Microsoft"                       # on the button
    server = "https://login.microsoftonline.com/TENANT/v2.0"
    client_id = "..."
    client_secret_file = "/run/secrets/entra" # or client_secret = "..."
    trust_addresses = true                   # this server's addresses are its people's own

One table a provider; its name is part of the address to register there: PEIL_URL/account/sso/entra/login/callback/.
A provider that says `email_verified` itself (Google, Keycloak) needs no `trust_addresses`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from peil.core.errors import UserError, did_you_mean

FILE_NAME = "sso.toml"
_ENTRIES = {"name", "server", "client_id", "client_secret", "client_secret_file", "trust_addresses"}
_SHARED_TENANTS = ("common", "organizations", "consumers")


@dataclass(frozen=True, slots=True)
class Provider:
    """One place whose accounts are let in; its secret is not shown when this is printed."""

    key: str
    name: str
    server: str
    client_id: str
    client_secret: str = field(repr=False)
    trust_addresses: bool = False

    @property
    def origin(self) -> str:
        parts = urlsplit(self.server)
        return f"{parts.scheme}://{parts.netloc}"


def read_providers(folder: Path) -> list[Provider]:
    """The providers of `sso.toml` in this folder; none without one."""
    path = folder / FILE_NAME
    if not path.exists():
        return []
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"{FILE_NAME} is not valid TOML: {error}.", "Mend that line.") from None
    return [_provider(key, given) for key, given in raw.items()]


def allauth_providers(providers: list[Provider]) -> dict[str, Any]:
    """The same as allauth's settings; the challenge of PKCE goes along with every sign-in."""
    apps = [
        {
            "provider_id": p.key,
            "name": p.name,
            "client_id": p.client_id,
            "secret": p.client_secret,
            "settings": {
                "server_url": p.server,
                "oauth_pkce_enabled": True,
                "trust_addresses": p.trust_addresses,
            },
        }
        for p in providers
    ]
    return {"openid_connect": {"APPS": apps, "OAUTH_PKCE_ENABLED": True}}


def _provider(key: str, given: Any) -> Provider:
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,30}", key) or not isinstance(given, Mapping):
        raise UserError(f"{FILE_NAME}: '{key}' is no name of a provider.", "Write a table such as [entra].")
    for word in given:
        if word not in _ENTRIES:
            raise UserError(f"{FILE_NAME}: [{key}] has '{word}'.", did_you_mean(word, _ENTRIES))
    server, trusts = _text(key, given, "server").rstrip("/"), given.get("trust_addresses", False)
    parts = urlsplit(server)
    here = parts.hostname in ("127.0.0.1", "localhost", "::1")
    if parts.scheme != "https" and not (parts.scheme == "http" and here):
        raise UserError(f"{FILE_NAME}: the server of [{key}] is no https address.", "Write https:// and its issuer.")
    if not isinstance(trusts, bool):
        raise UserError(f"{FILE_NAME}: trust_addresses of [{key}] is neither true nor false.", "Write true or false.")
    if trusts and any(part in _SHARED_TENANTS for part in parts.path.split("/")):
        raise UserError(
            f"{FILE_NAME}: anybody can make an account at the server of [{key}], with any address.",
            "Name your own tenant instead of 'common' or 'organizations'.",
        )
    return Provider(key, _text(key, given, "name"), server, _text(key, given, "client_id"), _secret(key, given), trusts)


def _text(key: str, given: Mapping[str, Any], entry: str) -> str:
    value = given.get(entry)
    if not isinstance(value, str) or not value.strip():
        raise UserError(f"{FILE_NAME}: [{key}] has no {entry}.", f'Write {entry} = "...".')
    return value.strip()


def _secret(key: str, given: Mapping[str, Any]) -> str:
    if "client_secret_file" not in given:
        return _text(key, given, "client_secret")
    path = Path(_text(key, given, "client_secret_file"))
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise UserError(f"{FILE_NAME}: {path} of [{key}] can't be read: {error.strerror}.", "Check the file.") from None
