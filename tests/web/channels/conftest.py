"""An empty warehouse is there at once; doors are looked up anew in each test, and a PIN may be wrong anew."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from playwright.sync_api import expect
from tests.web.accounts.conftest import company

from peil.surveys.answering.doors import forget_doors

__all__ = ["company"]


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    forget_doors()
    cache.clear()


@pytest.fixture(scope="module", autouse=True)
def patience() -> Iterator[None]:
    """Two cores may be at many things: what is to be seen may take a while."""
    expect.set_options(timeout=20_000)
    yield
    expect.set_options(timeout=5_000)
