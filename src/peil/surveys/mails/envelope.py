"""A letter as a mail: HTML and text, the headers that mail programs ask for, and what the server said of it."""

from __future__ import annotations

import re
import smtplib
import uuid
from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from peil.surveys.mails.letter import Addresses, Letter, text_part
from peil.surveys.tokens import stop_token, token_of

LARGEST = 60_000  # bytes of HTML: Gmail cuts off what is over about 102 kB
# codes by which a server says that there is no such mailbox (RFC 5321), and the finer ones that most add (RFC 3463):
# 5.1.x without policy, and a mailbox that was shut; a full one may be emptied
_NO_SUCH = (550, 551, 553)
_FINER = re.compile(r"\b5\.\d{1,3}\.\d{1,3}\b")
_GONE = re.compile(r"5\.(?:1\.[0-6]|1\.10|2\.1)$")
_INNER = 534  # pixels between the margins of a mail of 600


class Refused(Exception):
    """The mail server refused it for good. `gone`: because there is no such address; else it is the mail it won't have."""

    def __init__(self, code: int, *, gone: bool) -> None:
        super().__init__(f"The mail server refused it for good: {code}")
        self.code, self.gone = code, gone


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """To whom a letter goes, and by which id."""

    to: str
    message_id: str
    reply_to: str = ""
    logo: str = ""


def addresses_of(uid: uuid.UUID, site: str) -> Addresses:
    """The links of one request. They are made here, when a mail leaves, and stand in no row and no log."""
    return Addresses(answer=f"{site}/a/{token_of(uid, 'answer')}/", stop=f"{site}/stop/{stop_token(uid)}/")


def html_part(letter: Letter, logo: str = "") -> str:
    cells = len(letter.cells)
    step = _INNER // cells if cells > 7 else 0
    told = {"l": letter, "logo": logo, "step": step, "rest": round(100 * (cells - 6) / 6, 2), "wide": _wide(cells)}
    return render_to_string("mails/invitation.html", told, using="jinja2")


def _wide(cells: int) -> int:
    """Pixels of a cell where all of them fit beside each other."""
    return {2: 140, 3: 120}.get(cells, min(96, _INNER // max(cells, 1)))


def mail_of(letter: Letter, envelope: Envelope) -> EmailMultiAlternatives:
    """The mail of a letter, ready to be sent."""
    about = (letter.sender, letter.stop, envelope)
    return mail_of_parts(letter.subject, text_part(letter), html_part(letter, envelope.logo), about)


def mail_of_parts(subject: str, text: str, html: str, about: tuple[str, str, Envelope]) -> EmailMultiAlternatives:
    """A mail with the headers that every one of these has. `about`: sender, the link to stop, envelope."""
    sender, stop, envelope = about
    headers = {
        "Message-ID": envelope.message_id,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        "List-Unsubscribe": f"<{stop}>",
    }
    if urlsplit(stop).scheme == "https":  # RFC 8058 knows no other
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail = EmailMultiAlternatives(
        subject=subject,
        body=text,
        from_email=formataddr((sender, parseaddr(settings.DEFAULT_FROM_EMAIL)[1])),
        to=[envelope.to],
        reply_to=[envelope.reply_to] if envelope.reply_to else None,
        headers=headers,
    )
    mail.attach_alternative(html, "text/html")
    return mail


def message_id(uid: uuid.UUID, which: str) -> str:
    """The same at every attempt, so that a second delivery is seen to be the same message."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{uid.hex}.{which}@{domain}>"


def uid_of_message(message: str) -> uuid.UUID | None:
    """Of which request a Message-ID is; None for one of something else."""
    name = message.strip().lstrip("<").partition("@")[0].partition(".")[0]
    try:
        return uuid.UUID(hex=name) if len(name) == 32 else None
    except ValueError:
        return None


def send(mail: EmailMultiAlternatives) -> None:
    """Send it. Raises Refused where that is for good, OSError where it is for now; neither names the address."""
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        raise _refusal(code, said, recipient=True) from None
    except smtplib.SMTPSenderRefused as error:  # it is the sender who is wrong, not the customer
        raise OSError(f"The mail server refuses the sender: {error.smtp_code}") from None
    except smtplib.SMTPDataError as error:
        raise _refusal(error.smtp_code, error.smtp_error, recipient=False) from None


def is_gone(finer: str) -> bool:
    """Whether a status of RFC 3463 says that there is no such mailbox.

    >>> is_gone("5.1.1"), is_gone("5.2.2")
    (True, False)
    """
    return _GONE.match(finer) is not None


def _refusal(code: int, said: bytes | str, *, recipient: bool) -> Exception:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    if not 500 <= code < 600:
        return OSError(f"The mail server refused it for now: {code}")
    finer = _FINER.search(words)
    return Refused(code, gone=recipient and (is_gone(finer[0]) if finer else code in _NO_SUCH))
