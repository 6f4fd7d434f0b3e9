"""Mails to people who work here: a few short paragraphs, one link, as text and as HTML.

How a mail leaves is not this room's business: the setting MAIL_CARRIER names the function that takes it along.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string
from markupsafe import Markup

from peil.report.words import Language, say
from peil.report.words.numbers import without_direction

_PAGE = Markup(
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" '
    'content="width=device-width"><meta name="color-scheme" content="light dark"><title>{subject}</title></head>'
    '<body style="margin:0;padding:24px;font:16px/1.5 Arial,sans-serif"><div style="max-width:34em">{body}</div>'
    "</body></html>"
)
_PARAGRAPH = Markup('<p style="margin:0 0 16px">{0}</p>')
_LINK = Markup('<p style="margin:0 0 16px"><a href="{0}" style="font-weight:bold">{1}</a></p>')


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says: paragraphs, then a link with its words, then what follows it."""

    subject: str
    paragraphs: tuple[str, ...]
    link: str = ""
    link_words: str = ""
    after: tuple[str, ...] = ()


def send(to: str, letter: Letter, language: Language) -> None:
    """Hand a letter to whoever carries mail; it leaves once the transaction that caused it is certain."""
    subject = " ".join("".join(c if c.isprintable() else " " for c in letter.subject).split())
    carry = import_string(settings.MAIL_CARRIER)
    carry(to, subject, as_text(letter), html=as_html(letter, language))


def as_text(letter: Letter) -> str:
    link = [f"{letter.link_words}:\n{letter.link}"] if letter.link else []
    return str(without_direction("\n\n".join([*letter.paragraphs, *link, *letter.after, "Peil"]))) + "\n"


def as_html(letter: Letter, language: Language) -> str:
    link = [_LINK.format(letter.link, letter.link_words)] if letter.link else []
    body = [*_paragraphs(letter.paragraphs), *link, *_paragraphs(letter.after), _PARAGRAPH.format("Peil")]
    return str(without_direction(_PAGE.format(language=language, subject=letter.subject, body=Markup("").join(body))))


def invitation_letter(organisation: str, inviter: str, link: str, language: Language) -> Letter:
    """To someone who is invited; `organisation` may be ''."""

    def words(key: str, *values: object) -> str:
        return say(f"mail_invitation_{key}", language, *values)

    where = f"Peil ({organisation})" if organisation else "Peil"
    return Letter(
        words("subject", where), (words("text", inviter, where), words("what")), link, words("link"), (words("ends"),)
    )


def reset_letter(link: str, language: Language) -> Letter:
    """To someone who forgot the password."""
    return Letter(
        say("mail_reset_subject", language),
        (say("mail_reset_text", language),),
        link,
        say("mail_reset_link", language),
        (say("mail_reset_ends", language), say("mail_reset_ignore", language)),
    )


def notice_letter(what: str, facts: Sequence[str], language: Language) -> Letter:
    """That something about someone's sign-in changed, `what` being the words of the catalogue; and from where."""
    return Letter(
        say(f"mail_{what}_subject", language),
        (say(f"mail_{what}_text", language), *facts),
        after=(say("mail_notice_ignore", language),),
    )


def _paragraphs(texts: Sequence[str]) -> list[Markup]:
    return [_PARAGRAPH.format(text) for text in texts]
