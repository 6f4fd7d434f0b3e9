"""One operation: its address, its door, what it answers, and how that is told to the world."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from peil.accounts.rules import Action
from peil.web.api.door.entry import Caller, Door

router = Router()
View = Callable[..., HttpResponse]


def operation(
    path: str,
    answer: type[Schema] | None,
    *,
    id: str,
    method: str = "GET",
    status: int = 200,
    action: Action | None = "see_figures",
    scopes: Iterable[str] = (),
    of_rows: bool = True,
    query: Iterable[str] | None = None,
    takes_json: bool = False,
) -> Callable[[View], View]:
    """Publish a view: none is without a door, and its documentation is its docstring.

    `query` names the parameters of its address, where those are not simply the arguments of the view. A POST takes a
    file, unless it `takes_json`.
    """

    def publish(view: View) -> View:
        names = frozenset(_query_names(view) if query is None else query)
        door = Door(action, frozenset(scopes), of_rows, names, form=method == "POST" and not takes_json)
        told = inspect.getdoc(view) or ""
        return router.api_operation(
            [method], path, response={status: answer}, auth=door, operation_id=id, summary=told.partition("\n")[0].strip("."),
            description=told.partition("\n")[2].strip() or None, openapi_extra={"x-scopes": sorted(scopes)},
        )(view)  # fmt: skip

    return publish


def caller_of(request: HttpRequest) -> Caller:
    """Who the door let in."""
    return cast("Caller", getattr(request, "auth"))  # noqa: B009  ninja puts it there


def json_response(what: object, status: int = 200) -> HttpResponse:
    """Full doubles, ISO times, and nothing that is no JSON."""
    text = json.dumps(what, ensure_ascii=False, allow_nan=False, default=_iso)
    return HttpResponse(text.encode("utf-8"), status=status, content_type="application/json")


def _iso(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is nothing that JSON knows")


def _query_names(view: View) -> Iterable[str]:
    """The names of the parameters that a view takes from the query."""
    from typing import get_type_hints

    hints: dict[str, Any] = get_type_hints(view, include_extras=False)
    for name, parameter in inspect.signature(view).parameters.items():
        kind = hints.get(name)
        if inspect.isclass(kind) and issubclass(kind, Schema):
            yield from kind.model_fields
        elif name not in ("request", "key", "import_id") and parameter.kind is not parameter.VAR_KEYWORD:
            yield name
