"""What a form changed goes into the audit log, together with the change or not at all."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

from peil.accounts.audit import Event, record
from peil.web.access import View, person_of


def recorded(event: Event, what: str, named: str = "") -> Callable[[View], View]:
    """Write down a form that was taken: `what` was done, to what the address tells, by the name in the field `named`."""

    def wrap(view: View) -> View:
        @wraps(view)
        def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method != "POST":
                return view(request, *args, **kwargs)
            with transaction.atomic():
                response = view(request, *args, **kwargs)
                if response.status_code == 302:
                    told = [str(value) for value in kwargs.values()] + [request.POST.get(named, "")]
                    record(person_of(request), event, " ".join(filter(None, told)), what=what)
            return response

        return kept

    return wrap
