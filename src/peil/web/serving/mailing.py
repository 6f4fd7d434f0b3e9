"""How mail leaves, from one address in EMAIL_URL; without it, mails are kept as files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from peil.core.errors import UserError

_BACKENDS = "django.core.mail.backends"
_PORTS = {"smtp": 587, "smtps": 465}
_HINT = "Write smtps://user:password@mail.example.nl?from=peil@example.nl, or smtp:// for STARTTLS on port 587."


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """What Django asks to know; nothing is ever sent without TLS but to this machine."""

    backend: str
    sender: str
    folder: Path
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False


def mail_settings(url: str | None, home: Path) -> MailSettings:
    """Settings from `smtps://user:password@host:port?from=sender`; files in `home`/mail where there is no URL."""
    folder = home / "mail"
    if not url:
        return MailSettings(
            backend=f"{_BACKENDS}.filebased.EmailBackend", sender="Peil <peil@localhost>", folder=folder
        )
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise UserError("EMAIL_URL is no address of a mail server.", _HINT)
    try:
        port = parts.port or _PORTS[parts.scheme]
    except ValueError:
        raise UserError("EMAIL_URL names a port that is no number.", _HINT) from None
    here = parts.hostname in ("127.0.0.1", "localhost", "::1")
    sender = parse_qs(parts.query).get("from", [f"peil@{parts.hostname}"])[0]
    return MailSettings(
        backend=f"{_BACKENDS}.smtp.EmailBackend",
        sender=sender if "<" in sender else f"Peil <{sender}>",
        folder=folder,
        host=parts.hostname,
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=parts.scheme == "smtp" and not here,
        tls=parts.scheme == "smtps",
    )
