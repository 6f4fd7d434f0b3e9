"""The organisation's own look on these pages: name, logo, and one stylesheet with its colour in it."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles.finders import find

from peil.core.errors import Bug, NotNow
from peil.surveys.colours import on_dark, on_light
from peil.surveys.manner import Manner, read_logo, read_manner
from peil.web.asking.intake.asked import Asked, Page
from peil.web.asking.view import Brand
from peil.web.facts import the_peil

STYLE, LOGO = "/asking/look.css", "/asking/logo"
_REMEMBERED = 2.0  # seconds
_FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class _Held:
    until: float
    brand: Brand
    manner: Manner
    logo: tuple[bytes, str] | None


_held: _Held | None = None


def the_brand() -> Brand:
    return _now().brand


def the_manner() -> Manner:
    return _now().manner


def forget_brand() -> None:
    """Look it up again: it was changed in this process."""
    global _held
    _held = None


def _now() -> _Held:
    global _held
    now, held = time.monotonic(), _held
    if held is None or held.until < now:
        manner, logo = read_manner(), read_logo()
        held = _held = _Held(now + _REMEMBERED, make_brand(manner, logo), manner, logo)
    return held


def make_brand(manner: Manner, logo: tuple[bytes, str] | None) -> Brand:
    """The brand of these settings; its addresses change with what is behind them."""
    picture = f"{LOGO}?v={_short(logo[0])}" if logo else ""
    return Brand(
        organisation=manner.sender or _organisation(),
        stylesheet=f"{STYLE}?v={_short(style(manner.colour).encode())}",
        logo=picture,
    )


def _organisation() -> str:
    """Its name from the settings of the warehouse; respondents go on where that can't be opened just now."""
    try:
        return the_peil().warehouse.settings.organisation
    except NotNow:
        return _held.brand.organisation if _held else ""


@lru_cache(maxsize=8)
def style(colour: str) -> str:
    """The stylesheet with an own colour: one file, so that a page needs few requests and no style in itself."""
    light, dark = on_light(colour), on_dark(colour)
    return (
        f"{_stylesheet()}:root{{--own:{light.colour};--on-own:{light.on_it}}}"
        f"@media(prefers-color-scheme:dark){{:root{{--own:{dark.colour};--on-own:{dark.on_it}}}}}\n"
    )


def stylesheet(_: Asked) -> Page:
    return Page(style(the_manner().colour), headers={"Cache-Control": _FOR_EVER}, kind="text/css; charset=utf-8")


def logo(_: Asked) -> Page:
    found = _now().logo
    if found is None:
        return Page(status=404)
    return Page(found[0], headers={"Cache-Control": _FOR_EVER}, kind=found[1])


@lru_cache(maxsize=1)
def _stylesheet() -> str:
    found = find("asking/asking.css")
    if not isinstance(found, str):
        raise Bug("there is no stylesheet of the survey pages")
    return Path(found).read_text(encoding="utf-8")


def _short(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]
