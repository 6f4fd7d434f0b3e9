"""What a device sends: a page of answers under a number that it drew, some time after they were given.

A device has no form of ours when it is without network, so it draws the number of a submission itself, and says how
long somebody took and how long ago that was: both by its own clock, so that it makes no difference when that is fast or
slow, as long as nobody set it in between. The same number sent twice is one answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from peil.surveys.answering.doors import Door
from peil.surveys.answering.submitting import Sent

NUMBER = re.compile(r"[A-Za-z0-9_-]{22,64}")
KINDS = ("widget", "chat_end", "kiosk")  # of links at which devices answer
_LONGEST_TAKEN, _LONGEST_AWAY = timedelta(hours=12), timedelta(days=60)
_FIGURES = re.compile(r"[0-9]{1,12}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What comes beside the answers of one page."""

    number: str  # of the submission
    version: int
    page: int
    language: str
    took: timedelta  # from the first page to this one
    ago: timedelta  # since it was sent off on the device


def read_told(given: Mapping[str, str]) -> Told | None:
    """What a device told; None where it is none that ours would."""
    number = given.get("_id", "")
    figures = [given.get(name, "0") for name in ("_version", "_page", "_took", "_ago")]
    if not NUMBER.fullmatch(number) or not all(_FIGURES.fullmatch(f) for f in figures):
        return None
    version, page, took, ago = map(int, figures)
    return Told(
        number=number, version=min(version, 1_000_000), page=page, language=given.get("_language", "")[:5],
        took=min(timedelta(milliseconds=took), _LONGEST_TAKEN), ago=min(timedelta(milliseconds=ago), _LONGEST_AWAY),
    )  # fmt: skip


def given_at(told: Told, now: datetime) -> datetime:
    """When it was answered."""
    return now - told.ago


def mark_of(told: Told, known: Mapping[str, str]) -> str:
    """Under which it is kept. About a contact that is proven one answer is given, on whatever device."""
    return f"about:{known['interaction_id']}" if known.get("interaction_id") else f"device:{told.number}"


def as_sent(door: Door, told: Told, mark: str, form: Mapping[str, Sequence[str]], now: datetime) -> Sent:
    """The page as it is to be kept, at the moment at which it was answered."""
    moment = given_at(told, now)
    language = told.language if told.language in door.asked.languages else door.asked.languages[0]
    return Sent(
        mark=mark, form={k: v for k, v in form.items() if not k.startswith("_")}, page=told.page, language=language,
        begun=moment - told.took, now=moment,
    )  # fmt: skip
