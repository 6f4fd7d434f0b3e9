"""Debian's Chromium as tests use it, and what a page does that it should not."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from playwright.sync_api import Page, Request

CHROMIUM = os.environ.get("PEIL_CHROMIUM") or "/usr/bin/chromium"
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--font-render-hinting=none",
]
# for axe: what is in order is not listed, which takes longer than finding it
FAULTS_ALONE: dict[str, object] = {"resultTypes": ["violations"]}


@dataclass(slots=True)
class Watched:
    """A page, and what it asked for and complained about since it was opened."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


def _failed(found: Watched, request: Request) -> None:
    """One that is broken off because the next page is asked has not failed."""
    if request.failure != "net::ERR_ABORTED":
        found.complaints.append(f"failed: {request.failure} {request.url}")


def watch(page: Page) -> Watched:
    found = Watched(page)
    page.on("request", lambda request: found.requests.append(request.url))
    page.on("requestfailed", lambda request: _failed(found, request))
    page.on("console", lambda message: found.complaints.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: found.complaints.append(f"error: {error}"))
    return found
