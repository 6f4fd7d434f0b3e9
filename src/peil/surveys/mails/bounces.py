"""What comes back: reports of mails that could not be delivered (RFC 3464) and complaints of spam (ARF, RFC 5965).

They come from the mailbox of the sender: a mail server puts them into a Maildir, or pipes them to the API. A report counts only for a mail that Peil sent: it has to name its Message-ID.
"""

from __future__ import annotations

import email
import email.policy
import mailbox
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage, Message
from pathlib import Path
from typing import Literal, TypeAlias, cast

from django.utils import timezone

from peil.surveys.mails.envelope import is_gone, uid_of_message
from peil.surveys.models import Request
from peil.surveys.whom.leaving import mark_bounced
from peil.surveys.whom.stopping import COMPLAINT, stop_asking

Kind: TypeAlias = Literal["gone", "refused", "later", "complaint"]
LARGEST = 1_000_000  # bytes of a report; more is not read
_MOST_PARTS = 40
_ID = re.compile(r"<([0-9a-f]{32}\.(?:ask|reminder|told)[^<>\s@]*@[^<>\s]+)>")


@dataclass(frozen=True, slots=True)
class Report:
    """What one report says of one mail."""

    kind: Kind
    request: uuid.UUID


def read_report(raw: bytes) -> list[Report]:
    """What a mail reports; nothing where it is no report, or of a mail that Peil did not send. Nothing in it is run."""
    if len(raw) > LARGEST:
        return []
    message = cast("EmailMessage", email.message_from_bytes(raw, policy=email.policy.compat32))
    parts = list(_parts(message))
    request = _request_of(parts)
    if request is None:
        return []
    types = {p.get_content_type() for p in parts}
    if "message/feedback-report" in types:
        return [Report("complaint", request)]
    if "message/delivery-status" not in types:
        return []
    kinds = [_kind(action, status) for p in parts for action, status in _statuses(p)]
    worst = next((k for k in ("gone", "refused", "later") if k in kinds), None)
    return [Report(worst, request)] if worst else []


def take_report(raw: bytes, now: datetime | None = None) -> list[Report]:
    """Read a report and act on it: no mail to an address that is not there, nothing at all to who complained."""
    found, now = read_report(raw), now or timezone.now()
    for report in found:
        row = Request.objects.filter(uid=report.request).only("pk").first()
        if row is None:
            continue
        if report.kind in ("gone", "refused"):
            mark_bounced(row.pk, now, gone=report.kind == "gone")
        elif report.kind == "complaint":
            stop_asking(report.request, everything=True, reason=COMPLAINT, now=now)
    return found


def take_folder(folder: Path) -> int:
    """Every new mail of a Maildir: read, acted on, and put among those that were seen; how many were reports."""
    box, reports = mailbox.Maildir(str(folder), create=False), 0
    for key in [k for k, m in box.iteritems() if "S" not in m.get_flags()]:
        message = box[key]
        reports += bool(take_report(message.as_bytes()))
        message.set_subdir("cur")
        message.add_flag("S")
        box[key] = message
    return reports


def _parts(message: Message) -> Iterator[Message]:
    """The message and what is in it, as far as a report ever goes."""
    for number, part in enumerate(message.walk()):
        if number >= _MOST_PARTS:
            return
        yield part


def _request_of(parts: list[Message]) -> uuid.UUID | None:
    """Of which request the mail was that is reported: from what is given back of it, its head or all of it."""
    for part in parts[1:]:
        name = str(part.get("Message-ID", ""))
        text = "" if part.is_multipart() else _text(part)
        found = _ID.search(f"{name} {text}") if part.get_content_type() != "text/html" else None
        request = uid_of_message(found[1]) if found else None
        if request is not None:
            return request
    return None


def _text(part: Message) -> str:
    raw = part.get_payload(decode=True)
    return raw.decode("utf-8", "replace") if isinstance(raw, bytes) else str(part.get_payload())


def _statuses(part: Message) -> Iterator[tuple[str, str]]:
    """Action and status of each recipient of a delivery report."""
    if part.get_content_type() != "message/delivery-status":
        return
    blocks = part.get_payload()
    for block in blocks if isinstance(blocks, list) else []:
        if isinstance(block, Message) and block.get("Action"):
            yield str(block["Action"]).strip().lower(), str(block.get("Status", "")).strip().split(" ")[0]


def _kind(action: str, status: str) -> Kind | None:
    if action == "failed" and status.startswith("5"):
        return "gone" if is_gone(status) else "refused"
    return "later" if action in ("failed", "delayed") else None
