"""The door of every operation: who is it, may they do this, and not too often."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from ninja.utils import check_csrf

from peil.accounts.keys import find_key
from peil.accounts.models import Person
from peil.accounts.rules import Action, may, sight_of
from peil.core.errors import did_you_mean
from peil.web.access import person_of
from peil.web.api.door.limits import take
from peil.web.api.problems import Problem

_SAFE = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Caller:
    """Someone at the door: by a key with its scopes, or signed in in a browser (then `scopes` is None)."""

    person: Person
    scopes: frozenset[str] | None
    key: int | None

    @property
    def name(self) -> str:
        return f"person:{self.person.pk}" if self.key is None else f"key:{self.key}"

    def may(self, action: Action) -> bool:
        return may(self.person, action)


@dataclass(frozen=True, slots=True)
class Door:
    """What an operation asks of its caller: the right to do it, and of a key one of these scopes.

    `parameters` are the names that its query may hold: a mistyped one is told, never ignored.
    """

    action: Action | None
    scopes: frozenset[str]
    of_rows: bool  # about rows, so that someone to whom none belong is sent away
    parameters: frozenset[str]
    form: bool = False  # takes a file

    def __call__(self, request: HttpRequest) -> Caller:
        if self.form:
            _refuse_other_forms(request)
        caller = self._caller(request)
        take(request, caller.key, caller.person.pk)
        if caller.scopes is not None and self.scopes and not caller.scopes & self.scopes:
            wanted = " or ".join(sorted(self.scopes))
            raise Problem(403, "no-scope", f"This key has no scope {wanted}.", "Make a key that has it.")
        if self.action is not None and not caller.may(self.action):
            raise Problem(403, "not-yours", "Your role may not do this.", "Ask an administrator of Peil.")
        if self.of_rows and sight_of(caller.person).nothing:
            raise Problem(
                403,
                "no-team",
                "You are in no team yet, so no figures are yours to see.",
                "Ask an administrator of Peil.",
            )
        self._refuse_unknown(request)
        return caller

    def _caller(self, request: HttpRequest) -> Caller:
        given = request.headers.get("Authorization")
        if given is not None:
            return _by_key(given)
        person = person_of(request)
        if person is None or not person.is_active:
            raise _unknown("Nobody is signed in, and there is no key.")
        if request.method not in _SAFE and check_csrf(request) is not None:
            raise Problem(
                403, "csrf", "A browser that changes something has to send its CSRF token.", "Send it as X-CSRFToken."
            )
        return Caller(person, None, None)

    def _refuse_unknown(self, request: HttpRequest) -> None:
        for name, values in request.GET.lists():
            if any("\x00" in text for text in (name, *values)):
                raise Problem(400, "bad-request", "A parameter holds a character that no text has.")
            if name not in self.parameters:
                hint = did_you_mean(name, self.parameters) if self.parameters else "Leave it out."
                raise Problem(400, "no-such-parameter", f"There is no parameter '{name[:100]}' here.", hint)


def _refuse_other_forms(request: HttpRequest) -> None:
    """Before anything of it is read: looking for a CSRF token reads a form."""
    if request.content_type != "multipart/form-data":
        raise Problem(415, "no-such-form", "A file is sent as multipart/form-data.", "Send it in the field `file`.")
    length = request.headers.get("Content-Length", "0")
    if length.isdecimal() and int(length) > settings.API_MOST_BYTES:
        raise Problem(
            413, "too-large", f"Peil takes in at most {settings.API_MOST_BYTES / 1e9:g} GB at once.",
            "Send it compressed (.gz), or in parts.",
        )  # fmt: skip


def _by_key(given: str) -> Caller:
    scheme, _, token = given.partition(" ")
    readable = token.isascii() and token.isprintable()
    key = find_key(token.strip()) if scheme.lower() == "bearer" and readable else None
    if key is None:
        raise _unknown("There is no such key, or it no longer holds.")
    return Caller(key.person, frozenset(key.scopes), key.id)


def _unknown(why: str) -> Problem:
    return Problem(
        401, "not-known", why, "Send 'Authorization: Bearer ...' with a key that was made in Peil.",
        headers={"WWW-Authenticate": 'Bearer realm="Peil"'},
    )  # fmt: skip
