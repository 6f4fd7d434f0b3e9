"""Mail by way of the outbox: put in line with what caused it, sent once it is certain.

A second delivery carries the same Message-ID, so that mail servers and readers see one message.
"""

from __future__ import annotations

import smtplib
from collections.abc import Mapping
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import BadHeaderError, EmailMultiAlternatives
from django.core.validators import validate_email

from peil.core.errors import UserError
from peil.ops.outbox.delivery import Delivery, Permanent
from peil.ops.outbox.queue import put

_CONTROL = {chr(c) for c in range(32)} | {"\x7f", "\u2028", "\u2029", "\x85"}


def put_mail(
    to: str,
    subject: str,
    text: str,
    *,
    html: str | None = None,
    headers: Mapping[str, str] | None = None,
    key: str | None = None,
    not_before: datetime | None = None,
) -> int:
    """Have a mail sent to one address once the transaction commits; with a key, only once for that key."""
    try:
        validate_email(to)
    except ValidationError:
        raise UserError("This is no e-mail address.", "Write it as name@example.nl.") from None
    for line in (to, subject, *(headers or {}), *(headers or {}).values()):
        if _CONTROL & set(line):
            raise UserError("A line of a mail's header holds a line break.", "Leave it out of names and titles.")
    payload = {"to": to, "subject": subject, "text": text, "html": html, "headers": dict(headers or {})}
    return put("mail", payload, key=key, not_before=not_before)


def deliver_mail(delivery: Delivery) -> None:
    """Send one; what the receiving server refuses for good is given up, everything else is tried again."""
    wanted = delivery.payload
    message = EmailMultiAlternatives(
        subject=wanted["subject"],
        body=wanted["text"],
        to=[wanted["to"]],
        headers={**wanted["headers"], "Message-ID": message_id(delivery)},
    )
    if wanted["html"]:
        message.attach_alternative(wanted["html"], "text/html")
    try:
        message.send()
    except BadHeaderError as error:
        raise Permanent("A line of the header holds a line break.") from error
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        raise _refusal(code, said) from error
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        raise _refusal(error.smtp_code, error.smtp_error) from error


def message_id(delivery: Delivery) -> str:
    """The same at every attempt."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{delivery.id}@{domain}>"


def _refusal(code: int, said: bytes | str) -> Exception:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    told = f"The mail server refused it: {code} {words}"
    return Permanent(told) if 500 <= code < 600 else OSError(told)
