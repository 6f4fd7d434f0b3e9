"""No answer that was acknowledged is lost and none is there twice: servers killed, connections cut, a full disk, a race."""

from __future__ import annotations

import json
import random
import resource
import socket
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from tests.ops.server import Serving, start
from tests.postgres import Server
from tests.web.asking.install import Made, Wish, make_install
from tests.web.asking.light import kill, light, start_light, stop
from tests.web.asking.sending import Sending, form_bytes

Stores = Mapping[str, str]  # what of the environment names the database


@dataclass(frozen=True)
class Office:
    """A server at work, and the forms that were handed out at it."""

    folder: Path
    stores: Stores
    made: Made
    server: Serving


@pytest.fixture(params=["sqlite", "postgresql"])
def stores(request: pytest.FixtureRequest) -> Stores:
    return _named(request)


def _named(request: pytest.FixtureRequest) -> Stores:
    if request.param == "sqlite":
        return {}
    server: Server = request.getfixturevalue("postgres")
    return {"DATABASE_URL": server.url(server.new_database())}


def kept(folder: Path, stores: Stores) -> list[str]:
    """The comment of every answer in the database."""
    asked = "SELECT answers FROM surveys_response WHERE finished_at IS NOT NULL ORDER BY saved_at"
    if stores:
        with psycopg.connect(stores["DATABASE_URL"]) as connection:
            rows = connection.execute(asked).fetchall()
    else:
        connection = sqlite3.connect(folder / "peil.sqlite3", timeout=20)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        rows = connection.execute(asked).fetchall()
        connection.close()
    return [next(a["text"] for a in json.loads(row[0]) if "text" in a) for row in rows]


def forms(made: Made, paths: list[str], port: int) -> list[bytes]:
    """A form at each address, its comment its number."""
    return [form_bytes(p, port, made.answer | {made.comment: f"number {n}"}) for n, p in enumerate(paths)]


def killed(tmp_path: Path, stores: Stores, rounds: int, serve: Callable[[Path], Serving]) -> None:
    """Forms are sent, the server is killed at some moment (the last time it is stopped in order), and started again; who
    heard nothing sends again."""
    made = make_install(tmp_path, Wish(open_forms=2_000), **stores)
    chance, acknowledged = random.Random(7), set[int]()
    waiting = list(range(len(made.open_forms)))
    for number in range(rounds + 1):
        server = serve(tmp_path)
        whole = forms(made, made.open_forms, server.port)
        at_work = Sending(server.port, [whole[n] for n in waiting], at_once=64)
        answered = threading.Event()
        end, later = kill if number < rounds else stop, chance.uniform(0.05, 0.5)
        ending = threading.Thread(target=_end_at_work, args=(at_work, answered, later, lambda: end(server)))  # noqa: B023
        ending.start()
        heard = at_work.run()
        answered.set()
        ending.join()
        acknowledged |= {waiting[n] for n, sent in heard.items() if sent.status == 303}
        assert {sent.status for sent in heard.values()} <= ({0, 303} if number < rounds else {0, 303, 503})
        waiting = [n for n in range(len(whole)) if n not in acknowledged]
        chance.shuffle(waiting)
        there = kept(tmp_path, stores)
        assert len(there) == len(set(there)), "an answer is there twice"
        assert {f"number {n}" for n in acknowledged} <= set(there), "an acknowledged answer is lost"
    assert acknowledged
    server = serve(tmp_path)
    whole = forms(made, made.open_forms, server.port)
    assert {s.status for s in Sending(server.port, [whole[n] for n in waiting], 64).run().values()} <= {303}
    kill(server)
    assert sorted(kept(tmp_path, stores)) == sorted(f"number {n}" for n in range(len(whole)))


def _end_at_work(sending: Sending, answered: threading.Event, later: float, end: Callable[[], None]) -> None:
    """End the server some time after it acknowledged the first answer."""
    while not answered.is_set() and not any(sent.status for sent in list(sending.results.values())):
        time.sleep(0.005)
    time.sleep(later)
    end()


def test_a_killed_server_loses_no_answer_that_it_acknowledged(tmp_path: Path, stores: Stores) -> None:
    killed(tmp_path, stores, 5, lambda folder: start_light(folder, 2 if stores else 1, **stores))


@pytest.mark.full
def test_a_server_killed_fifty_times_loses_no_answer_that_it_acknowledged(tmp_path: Path, stores: Stores) -> None:
    def serve(folder: Path) -> Serving:
        server = start(folder, PEIL_HOME=str(folder), **stores)
        server.wait_until_up()
        return server

    killed(tmp_path, stores, 50, serve)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One server for both tests below."""
    folder = tmp_path_factory.mktemp("office")
    named = _named(request)
    made = make_install(folder, Wish(open_forms=1_000, requests=20, forms_each=50), **named)
    with light(folder, 2 if named else 1, **named) as server:
        yield Office(folder, named, made, server)


@pytest.mark.slow
def test_what_is_sent_again_because_the_answer_was_not_heard_is_one_answer(office: Office) -> None:
    sent_again(office)


@pytest.mark.slow
def test_fifty_forms_at_once_on_a_personal_link_are_one_answer(office: Office) -> None:
    fifty_at_once(office)


@pytest.mark.full
def test_ten_thousand_forms_sent_again_and_two_hundred_links_raced_for(tmp_path: Path, stores: Stores) -> None:
    made = make_install(tmp_path, Wish(open_forms=10_000, requests=200, forms_each=50), **stores)
    with light(tmp_path, 2 if stores else 1, **stores) as server:
        sent_again(Office(tmp_path, stores, made, server))
        fifty_at_once(Office(tmp_path, stores, made, server))


def sent_again(office: Office) -> None:
    """Half the connections are cut before the answer is heard, up to five times a form."""
    count = len(office.made.open_forms)
    whole = forms(office.made, office.made.open_forms, office.server.port)
    heard = Sending(office.server.port, whole, 32, cut=random.Random(3)).run()
    assert Counter(sent.status for sent in heard.values()) == {303: count}
    assert sorted(kept(office.folder, office.stores)) == sorted(f"number {n}" for n in range(count))


def fifty_at_once(office: Office) -> None:
    before = len(kept(office.folder, office.stores))
    links = len(office.made.personal)
    paths = [path for those in office.made.personal for path in those]
    heard = Sending(office.server.port, forms(office.made, paths, office.server.port), 50).run()
    assert Counter(sent.status for sent in heard.values()) == {303: links, 200: 49 * links}
    there = kept(office.folder, office.stores)[before:]
    thanked = [n for n, sent in heard.items() if sent.status == 303]
    assert Counter(there) == Counter(f"number {n}" for n in thanked), "that which was thanked"
    assert sorted(n // 50 for n in thanked) == list(range(links)), "one of each link"


@pytest.mark.slow
def test_a_full_disk_is_told_and_what_was_acknowledged_stays(tmp_path: Path) -> None:
    made = make_install(tmp_path, Wish(open_forms=1_000))
    size = (tmp_path / "peil.sqlite3").stat().st_size
    with light(tmp_path, largest_file=size + 100_000) as server:
        whole = forms(made, made.open_forms, server.port)
        first = Sending(server.port, whole, 32).run()
        status = Counter(sent.status for sent in first.values())
        assert set(status) == {303, 503}, status
        refused = [n for n, sent in first.items() if sent.status == 503]
        told = _post(server, made.open_forms[refused[0]], made.answer | {made.comment: "Nog <niet> bewaard"})
        assert b"Nog &lt;niet&gt; bewaard" in told, "what was filled in is still there"
        assert b"retry-after: 60" in told.lower()
        assert len(kept(tmp_path, {})) == status[303]
        for pid in [server.process.pid, *server.workers()]:  # there is room again
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        again = Sending(server.port, [whole[n] for n in refused], 32).run()
        assert Counter(sent.status for sent in again.values()) == {303: len(refused)}
    assert sorted(kept(tmp_path, {})) == sorted(f"number {n}" for n in range(1_000))


def _post(server: Serving, path: str, fields: Mapping[str, str]) -> bytes:
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as sock:
        sock.sendall(form_bytes(path, server.port, dict(fields)))
        told, until = b"", time.monotonic() + 10
        while b"</html>" not in told and time.monotonic() < until:
            told += sock.recv(65536)
    return told
