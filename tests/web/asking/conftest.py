"""A running server with a survey that has every kind of question, for browsers of all sorts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from tests.ops.server import Serving
from tests.web.asking.install import Made, Wish, make_install
from tests.web.asking.light import light


@dataclass
class Counter:
    """A server where one answers, and what it kept."""

    server: Serving
    made: Made
    folder: Path
    taken: list[str] = field(default_factory=list)

    @property
    def start(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    @property
    def link(self) -> str:
        return self.start + self.made.link

    def personal(self) -> str:
        """A personal link that nobody used yet."""
        own = self.made.personal[len(self.taken)][0]
        self.taken.append(own)
        return self.start + "/".join(own.split("/")[:3]) + "/"

    def kept(self) -> list[dict[str, Any]]:
        """Every response, the oldest first, its answers read."""
        connection = sqlite3.connect(self.folder / "peil.sqlite3", timeout=20)
        connection.row_factory = sqlite3.Row
        rows = connection.execute("SELECT * FROM surveys_response ORDER BY saved_at").fetchall()
        connection.close()
        return [{**dict(row), "answers": json.loads(row["answers"])} for row in rows]


@pytest.fixture(scope="session")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    folder = tmp_path_factory.mktemp("counter")
    made = make_install(folder, Wish(survey="every_kind", requests=30))
    (folder / "peil.toml").write_text('organisation = "Kadewijk <b>Energie</b>"\n', encoding="utf-8")
    with light(folder) as server:
        yield Counter(server, made, folder)
