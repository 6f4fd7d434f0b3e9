"""What a piece of work looks like to whoever does it, and who does which kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias

from peil.core.errors import Bug, PeilError

Lane: TypeAlias = Literal["quick", "slow"]  # a backup of minutes must not keep a mail waiting
LANES: tuple[Lane, ...] = ("quick", "slow")


class Permanent(PeilError):
    """This will never work, however often it is tried; the words are shown to the administrator."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One piece of work under way; `id` is the same at every attempt."""

    id: str
    kind: str
    payload: Mapping[str, Any]
    attempt: int  # 1 the first time
    asked_at: datetime


Handler: TypeAlias = Callable[[Delivery], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """Who does this kind of work, and where it stands in line."""

    handler: Handler
    lane: Lane


_KINDS: dict[str, Kind] = {}


def register(kind: str, handler: Handler, *, lane: Lane = "quick") -> None:
    """Have `handler` do work of this kind. It may be called twice for one row, and raises `Permanent` or anything."""
    known = _KINDS.get(kind)
    if known is not None and known.handler is not handler:
        raise Bug(f"two handlers for outbox rows of kind '{kind}'")
    _KINDS[kind] = Kind(handler, lane)


def kind_of(kind: str) -> Kind:
    if kind not in _KINDS:
        raise Bug(f"nobody does outbox rows of kind '{kind}'")
    return _KINDS[kind]
