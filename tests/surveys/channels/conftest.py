"""Doors are looked up anew in each test."""

from __future__ import annotations

import pytest

from peil.surveys.answering.doors import forget_doors


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    forget_doors()
