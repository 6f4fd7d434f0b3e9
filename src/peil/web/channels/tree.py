"""HTML of our own templates as data: [tag, attributes, what is in it ...].

A widget builds its page from this, element by element. So no page of somebody else has to trust markup that came over
the network: that works where a site forbids it (Trusted Types), and nothing in an answer can become an element.
"""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any, TypeAlias

Node: TypeAlias = str | list[Any]
_VOID = frozenset({"input", "img", "br", "circle", "path"})


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root: list[Node] = []
        self._open: list[list[Any]] = [self.root]
        self._words_as_they_are = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node: list[Any] = [tag, {_as_written(name): value or "" for name, value in attrs}]
        self._open[-1].append(node)
        if tag not in _VOID:
            self._open.append(node)
            self._words_as_they_are += tag == "textarea"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        self._words_as_they_are -= tag == "textarea"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._words_as_they_are:
            said = data.removeprefix("\n")
        else:
            said = " ".join(data.split())
            said = (" " if data[:1].isspace() and said else "") + said + (" " if data[-1:].isspace() and said else "")
        if said:
            self._open[-1].append(said)


def tree_of(html: str) -> list[Node]:
    """The elements of a piece of our HTML. What has to be closed is closed in it."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root


def _as_written(name: str) -> str:
    return "viewBox" if name == "viewbox" else name
