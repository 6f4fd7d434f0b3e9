"""Someone without a mouse: Tab, Enter, Space, arrows and letters, and a focus that is always to be seen."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page

MOST_TABS = 400
_FOCUS = """() => {
    const e = document.activeElement, css = getComputedStyle(e);
    const label = e.getAttribute("aria-label") || (e.labels && e.labels.length ? e.labels[0].textContent : e.textContent);
    const seen = css.outlineStyle !== "none" && parseFloat(css.outlineWidth) >= 2;
    const box = e.getBoundingClientRect();
    return {name: label.trim().replace(/\\s+/g, " "), tag: e.tagName, id: e.id, seen, there: box.width > 0 && box.height > 0};
}"""


@dataclass(slots=True)
class Hands:
    page: Page

    def focus(self) -> dict[str, str]:
        found: dict[str, str] = self.page.evaluate(_FOCUS)
        return found

    def to(self, name: str, tag: str = "") -> None:
        """Tab until something of this name, or this #id, has the focus; on the way nothing may have it unseen."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            now = self.focus()
            # in a frame it is the page in it that shows the focus
            assert now["tag"] in ("BODY", "IFRAME") or (now["seen"] and now["there"]), (
                f"the focus is not to be seen on {now}"
            )
            if (f"#{now['id']}" == name or now["name"].startswith(name)) and tag.upper() in ("", now["tag"]):
                return
        raise AssertionError(f"'{name}' is not reached by Tab on {self.page.url}")

    def press(self, name: str, tag: str = "", key: str = "Enter") -> None:
        self.to(name, tag)
        self.page.keyboard.press(key)

    def follow(self, name: str, tag: str = "") -> None:
        """Press it and wait for the page that it leads to."""
        self.to(name, tag)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def write(self, label: str, text: str) -> None:
        self.to(label)
        self.page.keyboard.type(text)

    def choose(self, label: str, option: str) -> None:
        """In a list, from its top: the first letters."""
        self.to(label, "select")
        self.page.keyboard.press("Home")
        self.page.keyboard.type(option)
        chosen = self.page.evaluate("document.activeElement.selectedOptions[0].textContent.trim()")
        assert chosen.startswith(option), (label, chosen)
