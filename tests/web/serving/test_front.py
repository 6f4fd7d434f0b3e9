"""The front of the server: which way a request goes, and what it does where something breaks off or takes long."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from peil.core.errors import NotNow
from peil.surveys.answering.keeping import Result
from peil.web.asking.intake import taking
from peil.web.asking.intake.short_way import Environ, Reply, StartResponse
from peil.web.asking.intake.taking import Form, Taker
from peil.web.serving import front
from peil.web.serving.front import Front, InBlocks
from peil.web.serving.logs import request_id, request_scope
from peil.web.serving.running import THREADS

Message = dict[str, Any]


class Site:
    """WSGI applications behind a front, and what came to each."""

    def __init__(self) -> None:
        self.pages: list[Environ] = []
        self.rest: list[Environ] = []
        self.read: list[bytes | str] = []
        self.held = threading.Event()
        self.front = Front(self._page, self._everything)

    def _page(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        self.pages.append(environ)
        start_response("200 OK", [])
        return [b"page"]

    def _everything(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        self.rest.append(environ)
        if environ["PATH_INFO"] == "/slow/":
            self.held.wait(20)
        try:
            self.read.append(environ["wsgi.input"].read())
        except OSError as error:
            self.read.append(type(error).__name__)
        start_response("200 OK", [("X-Side", "other")])
        return [b"rest"]

    async def ask(
        self, path: str, *bodies: bytes, method: str = "GET", whole: bool = True, query: bytes = b"", **headers: str
    ) -> list[Message]:
        """What is sent back. `whole`: else the sender leaves after the last of `bodies`."""
        parts = [{"type": "http.request", "body": b, "more_body": True} for b in bodies]
        parts.append(
            {"type": "http.request", "body": b"", "more_body": False} if whole else {"type": "http.disconnect"}
        )
        coming, sent = iter(parts), []
        told = {"host": "127.0.0.1:8000", "content-length": str(sum(map(len, bodies))), **headers}

        async def receive() -> Message:
            return next(coming)

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {
            "type": "http", "http_version": "1.1", "method": method, "path": path, "query_string": query, "scheme": "http",
            "headers": [(name.encode(), value.encode()) for name, value in told.items()],
            "client": ("127.0.0.1", 5), "server": ("127.0.0.1", 8000), "asgi": {"version": "3.0"},
        }  # fmt: skip
        await self.front(scope, receive, send)
        return sent


def run(work: Callable[[], Awaitable[Any]]) -> Any:
    """In a thread of its own: that of the tests may have a loop, of a browser."""

    async def done() -> Any:
        return await asyncio.wait_for(work(), 20)

    with ThreadPoolExecutor(1) as beside:
        return beside.submit(asyncio.run, done()).result()


def test_a_page_of_respondents_waits_for_no_report() -> None:
    site = Site()

    async def work() -> list[Message]:
        slow = [asyncio.create_task(site.ask("/slow/")) for _ in range(3 * THREADS)]
        while len(site.rest) < THREADS:
            await asyncio.sleep(0.01)
        page = await site.ask("/s/klant/")
        assert not any(task.done() for task in slow)
        site.held.set()
        await asyncio.gather(*slow)
        return page

    started, body, end = run(work)
    assert (started["status"], body["body"], end["body"]) == (200, b"page", b"")
    assert len(site.rest) == 3 * THREADS


def test_a_body_that_breaks_off_is_not_taken_for_a_whole_one() -> None:
    site = Site()
    run(lambda: site.ask("/import/", b"date,score\n", b"2026-01-01,", method="POST", whole=False))
    run(lambda: site.ask("/import/", b"date,score\n", b"2026-01-01,9\n", method="POST"))
    assert site.read == ["ConnectionResetError", b"date,score\n2026-01-01,9\n"]


def test_a_header_passes_for_no_other() -> None:
    site = Site()
    run(lambda: site.ask("/", **{"x_forwarded_for": "192.0.2.7", "x-real": "yes"}))
    assert "HTTP_X_FORWARDED_FOR" not in site.rest[0]
    assert site.rest[0]["HTTP_X_REAL"] == "yes"


@pytest.mark.parametrize(
    ("path", "method", "headers"),
    [
        ("/s/klant/m/1/", "GET", {}),
        ("/s/klant/m/done/", "POST", {}),
        ("/s/klant/m/1/", "POST", {"content-length": "2000000"}),
        ("/s/klant/m/1/", "POST", {"content-length": "many"}),
        ("/s/klant/m/1/", "POST", {"host": "elsewhere.example"}),
    ],
    ids=["a look", "a call-back", "too large", "no length", "another host"],
)
def test_what_is_no_form_of_a_page_goes_the_way_of_pages(path: str, method: str, headers: dict[str, str]) -> None:
    site = Site()
    started, *_ = run(lambda: site.ask(path, method=method, **headers))
    assert started["status"] == 200
    assert len(site.pages) == 1


def test_a_form_that_breaks_off_is_nobodys_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site()
    monkeypatch.setattr(site.front, "taker", None)  # whatever came to it would fail
    assert run(lambda: site.ask("/s/klant/m/1/", b"nps=9&", method="POST", whole=False)) == []
    assert not site.pages


def test_a_form_that_waits_too_long_is_told_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site()
    stuck = Stuck(site.front.taker)
    monkeypatch.setattr(front, "PATIENCE", 0.2)

    async def work() -> list[Message]:
        task = await stuck.begin()
        sent = await site.ask("/s/klant/m/1/", b"nps=9", method="POST")
        stuck.held.set()
        await task
        return sent

    started, body = run(work)
    assert started["status"] == 503
    assert (b"retry-after", b"60") in started["headers"]
    assert b"<h1" in body["body"]


def test_what_waits_is_taken_in_before_the_end() -> None:
    taker, done = Taker(), []
    stuck = Stuck(taker)

    async def work() -> None:
        first = await stuck.begin()
        rest = [asyncio.create_task(taker.take(steps_that(lambda n=n: done.append(n)))) for n in range(9)]
        await asyncio.sleep(0.05)
        stopping = asyncio.create_task(asyncio.to_thread(taker.stop))
        stuck.held.set()
        await asyncio.gather(first, stopping, *rest)

    run(work)
    assert done == list(range(9))
    with pytest.raises(NotNow):
        run(lambda: taker.take(steps_that(lambda: None)))


def test_a_form_that_fails_fails_alone() -> None:
    taker = Taker()

    def fail() -> None:
        raise ZeroDivisionError

    async def work() -> list[Any]:
        both = taker.take(steps_that(fail)), taker.take(steps_that(lambda: None))
        return list(await asyncio.gather(*both, return_exceptions=True))

    failed, reply = run(work)
    assert isinstance(failed, ZeroDivisionError)
    assert reply == REPLY


def test_a_batch_that_breaks_off_is_told_and_the_next_is_taken_in(monkeypatch: pytest.MonkeyPatch) -> None:
    taker, closed = Taker(), []

    def steps() -> Any:
        try:
            yield "keep this"
        except GeneratorExit:
            closed.append(True)
            raise

    def half(batch: list[Form]) -> None:
        for form in batch:
            form.begin()
        raise OSError

    async def work() -> Reply:
        with monkeypatch.context() as patch:
            patch.setattr(taking, "take_in", half)
            with pytest.raises(OSError):
                await taker.take(steps())
        return await taker.take(steps_that(lambda: None))

    assert run(work) == REPLY
    assert closed


def test_more_than_can_wait_are_told_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site()
    taker = site.front.taker
    stuck = Stuck(taker)
    monkeypatch.setattr(taking, "MOST_WAITING", 3)

    async def work() -> list[Message]:
        waiting = [await stuck.begin()]
        waiting += [asyncio.create_task(taker.take(steps_that(lambda: None))) for _ in range(3)]
        await asyncio.sleep(0.05)
        sent = await site.ask("/s/klant/m/1/", b"nps=9", method="POST")
        stuck.held.set()
        await asyncio.gather(*waiting)
        return sent

    started, _ = run(work)
    assert started["status"] == 503


def test_who_gave_up_is_not_taken_in_afterwards() -> None:
    taker, done = Taker(), []
    stuck = Stuck(taker)

    async def work() -> None:
        first = await stuck.begin()
        gone = asyncio.create_task(taker.take(steps_that(lambda: done.append("gone"))))
        stays = asyncio.create_task(taker.take(steps_that(lambda: done.append("stays"))))
        await asyncio.sleep(0.05)
        gone.cancel()
        await asyncio.sleep(0.05)
        stuck.held.set()
        await asyncio.gather(first, stays)

    run(work)
    assert done == ["stays"]


@pytest.mark.parametrize("said", ["4", "6"])
def test_a_form_of_another_length_than_it_says_is_nobodys_answer(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site()
    monkeypatch.setattr(site.front, "taker", None)
    headers = {"content-length": said}
    assert run(lambda: site.ask("/s/klant/m/1/", b"nps=9", method="POST", **headers)) == []


def test_a_query_beyond_ascii_is_read() -> None:
    site = Site()
    run(lambda: site.ask("/", query="team=Café".encode()))
    assert site.rest[0]["QUERY_STRING"] == "team=Caf%C3%A9"


def test_rows_go_out_in_blocks_and_are_closed() -> None:
    closed = []

    class Rows:
        def __iter__(self) -> Iterator[bytes]:
            return (b"x" * 100 for _ in range(2_000))

        def close(self) -> None:
            closed.append(True)

    pieces = InBlocks(lambda *_: Rows())({}, lambda *_: None)
    sizes = [len(piece) for piece in pieces]
    pieces.close()  # type: ignore[attr-defined]  what WSGI calls in the end
    assert sum(sizes) == 200_000
    assert len(sizes) == 4
    assert closed == [True]


class Stuck:
    """A form at which the thread stays until it is let go."""

    def __init__(self, taker: Taker) -> None:
        self._taker, self._begun, self.held = taker, threading.Event(), threading.Event()

    async def begin(self) -> asyncio.Task[Reply]:
        task = asyncio.create_task(self._taker.take(steps_that(self._stay)))
        await asyncio.to_thread(self._begun.wait, 10)
        return task

    def _stay(self) -> None:
        self._begun.set()
        self.held.wait(10)


REPLY = Reply(200, [], b"taken")


def steps_that(work: Callable[[], Any]) -> Any:
    """A form of which nothing is kept."""
    yield from ()
    work()
    return REPLY


def test_a_line_in_the_log_bears_the_number_of_its_own_form() -> None:
    seen: list[tuple[str, str]] = []

    def steps() -> Any:
        with request_scope() as name:
            yield "keep this"  # the others of the batch are begun meanwhile
            seen.append((name, request_id()))
        return REPLY

    async def work() -> None:
        loop = asyncio.get_running_loop()
        forms = [Form(steps(), loop.create_future()) for _ in range(3)]
        for form in forms:
            form.begin()
        for form in forms:
            form.go_on(Result("kept"))

    run(work)
    assert len({name for name, _ in seen}) == 3
    assert all(name == told for name, told in seen)
