"""A shop with answers, and a server on it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.conftest import imported
from tests.ops.server import Serving, make_tables, serving

__all__ = ["imported"]


@pytest.fixture(scope="session")
def installed(imported: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shop with its tables made, which takes a first start longer than the start itself; to be copied."""
    folder = tmp_path_factory.mktemp("installed") / "shop"
    shutil.copytree(imported, folder)
    make_tables(folder)
    return folder


@pytest.fixture(scope="module")
def shop_folder(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of its own; the name is longer than the path of a socket may be."""
    folder = tmp_path_factory.mktemp("server") / ("a shop with a name of many words " * 3).strip()
    shutil.copytree(installed, folder)
    return folder


@pytest.fixture(scope="module")
def server(shop_folder: Path) -> Iterator[Serving]:
    with serving(shop_folder) as found:
        yield found
