"""A page as a tree of elements, as far as tests ask about it; no browser needed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
UNSEEN = frozenset(("style", "script", "title"))
APART = frozenset("td th p small h1 h2 h3 div dt dd li span text summary header section caption".split())  # noqa: SIM905


@dataclass(slots=True)
class Element:
    """One element with its attributes, and what stands in it: text and other elements, in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    parts: list[Element | str] = field(default_factory=list)
    parent: Element | None = None

    @property
    def text(self) -> str:
        """What can be read in it, with white space as a browser shows it."""
        return " ".join("".join(self._pieces()).split())

    def _pieces(self) -> Iterator[str]:
        for part in self.parts:
            if isinstance(part, str):
                yield part
            elif part.tag not in UNSEEN:
                gap = " " if part.tag in APART and "u" not in part.classes else ""  # a unit stands close to its number
                yield gap
                yield from part._pieces()
                yield gap

    def all(self, *tags: str) -> Iterator[Element]:
        """Every element inside, in the order of the page; of these tags only, when some are named."""
        for part in self.parts:
            if isinstance(part, Element):
                if not tags or part.tag in tags:
                    yield part
                yield from part.all(*tags)

    def with_attribute(self, name: str) -> Iterator[Element]:
        return (e for e in self.all() if name in e.attributes)

    @property
    def around(self) -> Iterator[Element]:
        """The elements that it stands in, the nearest first."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent

    @property
    def classes(self) -> frozenset[str]:
        return frozenset(self.attributes.get("class", "").split())

    @property
    def id(self) -> str:
        return self.attributes.get("id", "")


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("page")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add(tag, attrs)
        if tag not in VOID:
            self.open.append(self.open[-1].parts[-1])  # type: ignore[arg-type]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self.open[-1].tag == tag, f"</{tag}> where <{self.open[-1].tag}> is open, line {self.getpos()[0]}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].parts.append(data)

    def _add(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> says {names} twice, line {self.getpos()[0]}"
        self.open[-1].parts.append(Element(tag, {k: v or "" for k, v in attrs}, parent=self.open[-1]))


def read_page(html: str) -> Element:
    """The tree of a page; every element must be closed where it was opened."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    assert builder.open == [builder.root], f"never closed: {[e.tag for e in builder.open[1:]]}"
    return builder.root
