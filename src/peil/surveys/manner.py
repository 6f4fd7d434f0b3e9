"""How this organisation asks: its look and name as a sender, and how often and when it may disturb somebody."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields

from peil.core.errors import BadQuery
from peil.surveys.models import Manner as Row

_LOGO_TYPES = ("image/png", "image/jpeg", "image/webp")
LARGEST_LOGO = 20_000  # bytes: a survey page weighs at most 30 kB with all that it loads


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """All of it, with what holds where nothing was chosen."""

    sender: str = ""  # the name that mails come from; empty: the organisation's
    reply_to: str = ""
    colour: str = "#14181b"  # of buttons and the head of pages and mails
    postal: str = ""  # the postal address at the foot of a mail
    rest_days: int = 30  # between two requests to one person by mail, phone, paper or message, over all surveys
    rest_days_page: int = 7  # the same for what shows in a page
    quiet_from: int = 20  # from this hour nothing is sent ...
    quiet_until: int = 9  # ... until this one
    working_days: bool = True  # not in weekends or on Dutch holidays
    remind_after: int = 4  # days; 0: never. At most once
    lasts: int = 30  # days that a request can be answered
    a_day: int = 0  # requests a day at most, spread over it; 0: as they come


def read_manner() -> Manner:
    row = Row.objects.filter(pk=1).only("settings").first()
    known = {f.name for f in fields(Manner)}
    return Manner(**{k: v for k, v in row.settings.items() if k in known}) if row else Manner()


def write_manner(manner: Manner) -> None:
    """Keep it; the values are checked by whoever asks for them."""
    Row.objects.update_or_create(pk=1, defaults={"settings": asdict(manner)})


def read_logo() -> tuple[bytes, str] | None:
    """The picture and its media type."""
    row = Row.objects.filter(pk=1).first()
    return (bytes(row.logo), row.logo_type) if row and row.logo else None


def write_logo(picture: bytes | None, media_type: str = "") -> None:
    """Keep a logo, or none."""
    if picture is not None and (len(picture) > LARGEST_LOGO or media_type not in _LOGO_TYPES):
        raise BadQuery("This can't be the logo.", "Take a PNG, JPEG or WebP picture of at most 20 kB.")
    Row.objects.update_or_create(pk=1, defaults={"logo": picture, "logo_type": media_type if picture else ""})
