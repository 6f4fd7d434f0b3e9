"""Who gets past the door: every view names what its reader must be allowed to do."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeAlias, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from peil.accounts.models import Person
from peil.accounts.rules import Action, may

View: TypeAlias = Callable[..., HttpResponseBase]


def person_of(request: HttpRequest) -> Person | None:
    """Who is signed in; None for anyone else."""
    return request.user if request.user.is_authenticated else None


def known_person_of(request: HttpRequest) -> Person:
    """Who is signed in, in a view that only lets in who is."""
    person = person_of(request)
    if person is None:
        raise PermissionDenied
    return person


def allowed(action: Action) -> Callable[[View], View]:
    """Let in who may do this; others are asked to sign in, or told that it is not theirs."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            person = person_of(request)
            if person is None:
                return cast("HttpResponse", redirect_to_login(request.get_full_path()))
            if not may(person, action):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.peil_action = action  # type: ignore[attr-defined]
        return guarded

    return wrap


def anyone(view: View) -> View:
    """Let in whoever comes: a page that is there for people who aren't signed in."""
    view.peil_action = "anyone"  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Let in everyone who is signed in, whatever they may do: their own account."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if person_of(request) is None:
            return cast("HttpResponse", redirect_to_login(request.get_full_path()))
        return view(request, *args, **kwargs)

    guarded.peil_action = "signed_in"  # type: ignore[attr-defined]
    return guarded
