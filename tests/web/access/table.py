"""The whole table, and how one cell of it is asked."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponseBase
from django.test import Client
from tests.web.access.cells import Line
from tests.web.access.rooms import (
    accounts,
    api,
    board,
    channels,
    data,
    figures,
    inviting,
    respondents,
    running,
    surveys,
)

LINES: tuple[Line, ...] = tuple(
    line
    for subject in (accounts, figures, board, data, running, surveys, inviting, channels, respondents, api)
    for line in subject.LINES
)


def ask(
    line: Line, visitor: str, visit: Callable[[str], Client], fill: Callable[[str, str], str], **headers: str
) -> HttpResponseBase:
    client, address = visit(visitor), "/" + fill(line.at or line.route, visitor)
    said = {name: fill(value, visitor) for name, value in line.said.items()}
    if line.method == "DELETE":
        return client.delete(address, headers=headers)
    way = client.post if line.method == "POST" else client.get
    return way(address, said, headers=headers)


def outcome(answer: HttpResponseBase) -> str:
    if answer.status_code == 302 and answer.headers["Location"].startswith("/account/login/?next="):
        return "in"
    return str(answer.status_code)
