"""The overview of a company of many customers, as people in a browser get it.

A company of 20,000 customers is made up and imported, and its facts are put together as often as it
takes, each time with other customers. How long a person waits has no peer: these limits are in
milliseconds, for two cores that do nothing else.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path

import duckdb
from benchmarks.measured import Measured, Sizes
from playwright.sync_api import sync_playwright
from tests.ops.server import Serving, environment, serving, url_of
from tests.pages.browser import CHROMIUM, OPTIONS

from peil.facts.schema import FACTS
from peil.web.state import TILE

CUSTOMERS, ANSWERS_OF_ONE = 20_000, 67_868
PEOPLE, PAGES_EACH = 50, 6
STATES = tuple(
    f"/?period={year}-{month:02d}{more}"
    for more in ("", "&only-channel=phone", "&compare=last_year")
    for year, month in ((2026, 2), (2026, 3), (2026, 4), (2026, 5))
)
WARM_MS, COLD_MS, TILE_MS, MOST_BYTES = 300, 2_000, 100, 250_000


def run(sizes: Sizes, folder: Path) -> Iterator[Measured]:
    home = folder / "overview"
    answers = make(home, -(-sizes.answers_in_app // ANSWERS_OF_ONE))
    cookies = sign_in(home, PEOPLE)
    about = f"with {answers:,} answers"
    with serving(home, PEIL_HOME=str(home)) as server:
        first = Person(server, cookies[-1])
        first.ms("/")
        settle(server)
        cold = [first.ms(state) for state in STATES]
        warm = [first.ms("/") for _ in range(40)]
        yield _at_most(f"ms for the overview {about}, p95 of {len(warm)}, asked before", p95(warm), WARM_MS)
        yield _at_most(f"ms for the overview {about}, p95 of {len(cold)} states nobody asked", p95(cold), COLD_MS)
        tile = _tile(first)
        yield _at_most(
            "ms for one tile in another period, p95 of 20", p95([first.ms(tile) for _ in range(20)]), TILE_MS
        )
        yield _at_most("bytes of the overview with all it links to", float(first.weight("/")), MOST_BYTES, "bytes")
        yield from together(server, cookies)
        yield from painted(server, cookies[-1])


def make(home: Path, times: int) -> int:
    """The company in `home`, its facts `times` over; how many answers that are."""
    small = home / "small"
    small.mkdir(parents=True)
    made_up = [sys.executable, "-m", "peil", "demo", str(small), "--customers", str(CUSTOMERS)]
    subprocess.run(made_up, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for name in ("peil.toml", "peil.secret"):
        if (small / name).exists():
            (home / name).write_bytes((small / name).read_bytes())
    with duckdb.connect(str(home / "peil.duckdb")) as connection:
        connection.execute("SET preserve_insertion_order = false")
        connection.execute(f"ATTACH '{small / 'peil.duckdb'}' AS small (READ_ONLY)")
        of_small = "SELECT table_name, sql FROM duckdb_tables() WHERE database_name = 'small' AND schema_name = 'main'"
        for table, made in connection.execute(of_small).fetchall():
            connection.execute(made)
            connection.execute(_several(connection, table, times))
        found = connection.execute("SELECT count(*) FROM answers").fetchone()
    assert found is not None
    return int(found[0])


def _several(connection: duckdb.DuckDBPyConnection, table: str, times: int) -> str:
    """Fill a table with its rows `times` over, each time of other people, in order of time."""
    columns = [row[0] for row in connection.execute(f'DESCRIBE small."{table}"').fetchall()]
    if table not in FACTS:
        return f'INSERT INTO "{table}" SELECT * FROM small."{table}"'
    keys = {c.name for c in FACTS[table].columns if c.role == "key" and str(c.type) == "string"} - {"import_id"}
    own = {name: f"\"{name}\" || '-' || copy" for name in keys | {"customer_id", "employee_id"}}
    own |= {"person": "(hash(person, copy) >> 1)::BIGINT", "block": "((hash(person, copy) >> 1) % 100)::INT"}
    picked = ", ".join(f'{own[c]} AS "{c}"' if c in own else f'"{c}"' for c in columns)
    order = "day" if "day" in columns else "since" if "since" in columns else "1"
    return f'INSERT INTO "{table}" BY NAME SELECT {picked} FROM small."{table}", range({times}) AS r(copy) ORDER BY {order}'


def sign_in(home: Path, people: int) -> list[str]:
    """That many people with a session each, nearly all managers; the server signs people in one by one, which is not what is measured."""
    code = f"""
from peil.web.serving.running import set_up
set_up()  # makes the secret that sessions are signed with, as the server's own start does
from django.test import Client
from peil.accounts.models import Person
for n in range({people}):
    role = "manager" if n else "administrator"  # without one, every page leads to the first-run page
    person = Person.objects.create_user(f"person{{n}}@example.nl", None, name="Person", role=role)
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    print("cookie " + "; ".join(f"{{k}}={{v.value}}" for k, v in client.cookies.items()))
"""
    named = environment(PEIL_HOME=str(home), PEIL_WAREHOUSE=url_of(home), DJANGO_SETTINGS_MODULE="peil.web.settings")
    done = subprocess.run([sys.executable, "-c", code], env=named, capture_output=True, text=True, check=True)
    return [line.removeprefix("cookie ") for line in done.stdout.splitlines() if line.startswith("cookie ")]


def settle(server: Serving) -> None:
    """Wait for what the server works out ahead at its start."""
    before, until = -1.0, time.monotonic() + 300
    while (now := _seconds_used(server)) - before > 0.1 and time.monotonic() < until:
        before = now
        time.sleep(2)


def _seconds_used(server: Serving) -> float:
    """Of the processor, by the server and its processes."""
    found = 0
    for pid in (server.process.pid, *server.workers()):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        found += int(fields[11]) + int(fields[12])
    return found / os.sysconf("SC_CLK_TCK")


class Person:
    """Someone signed in, on one connection."""

    def __init__(self, server: Serving, cookie: str) -> None:
        self.connection = HTTPConnection("127.0.0.1", server.port, timeout=300)
        self.headers = {"Cookie": cookie, "Accept-Language": "nl"}

    def get(self, path: str) -> bytes:
        part = {"HX-Request": "true"} if path.startswith("/board/tile/") else {}
        self.connection.request("GET", path, headers=self.headers | part)
        response = self.connection.getresponse()
        body = response.read()
        assert response.status == 200, f"{path}: {response.status} {response.getheader('Location', '')}"
        return body

    def ms(self, path: str) -> float:
        start = time.perf_counter()
        self.get(path)
        return 1000 * (time.perf_counter() - start)

    def weight(self, path: str) -> int:
        """Bytes of the page, and of every file of ours that it links to or that those import."""
        page = self.get(path).decode()
        wanted: list[str] = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)
        seen: dict[str, int] = {}
        while wanted:
            file = wanted.pop()
            if file not in seen:
                body = self.get(file)
                seen[file] = len(body)
                if file.endswith(".css"):
                    wanted += [p.decode() for p in re.findall(rb'url\(["\']?(/static/[^"\')]+)', body)]
        return len(page.encode()) + sum(seen.values())


def _tile(person: Person) -> str:
    """The address of one tile in another period, asked once."""
    page = person.get("/").decode()
    found = re.search(r'"/board/tile/([^/"]+)/', page)
    assert found is not None, "the overview has no tile that can be looked at otherwise"
    tile = found.group(1)
    address = f"/board/tile/{tile}/?{TILE}{tile}.period=2026-03"
    person.get(address)
    return address


def together(server: Serving, cookies: Sequence[str]) -> Iterator[Measured]:
    """Fifty people who open pages at the same time; an error ends the run."""
    pages = ("/", "/contact/", "/digital/", "/kpi/csat/", "/definitions/", "/board/")[:PAGES_EACH]

    def one(cookie: str) -> list[float]:
        person = Person(server, cookie)
        return [person.ms(page) for page in pages]

    one(cookies[0])
    with ThreadPoolExecutor(len(cookies)) as pool:
        took = [ms for times in pool.map(one, cookies) for ms in times]
    middle = statistics.median(took)
    what = f"ms for a page, p95, {len(cookies)} people at once on {os.cpu_count()} cores (median {middle:.0f})"
    yield _at_most(what, p95(took), 10_000)


def painted(server: Serving, cookie: str) -> Iterator[Measured]:
    """When something is to be seen, and how far what is seen moves afterwards, in Chromium."""
    name, value = cookie.split("; ", maxsplit=1)[0].split("=", 1)
    origin = f"http://127.0.0.1:{server.port}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        context = browser.new_context(locale="nl-NL")
        context.add_cookies([{"name": name, "value": value, "url": origin}])
        page = context.new_page()
        page.add_init_script(_WATCH)
        paints, shifts = [], []
        for _ in range(10):
            page.goto(origin, wait_until="load")
            page.wait_for_timeout(300)
            paints.append(float(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")))
            shifts.append(float(page.evaluate("window.moved")))
        browser.close()
    yield _at_most("ms to the first paint of the overview, p95 of 10", p95(paints), 1_000)
    yield _at_most("layout shift of the overview, the most of 10", max(shifts), 0.1, "")


_WATCH = """window.moved = 0; new PerformanceObserver(list => {
  for (const shift of list.getEntries()) window.moved += shift.value
}).observe({type: 'layout-shift', buffered: true})"""


def p95(values: Sequence[float]) -> float:
    return sorted(values)[max(0, -(-95 * len(values) // 100) - 1)]


def _at_most(what: str, found: float, limit: float, unit: str = "ms") -> Measured:
    return Measured(what, found, None, found, limit, unit)
