"""What the facts do not know yet, set apart, loaded, and forgotten: in this order, so that an end in between loses nothing.

A batch names its rows and not their content: loaded again after a crash they are as they are then, under the same keys.
"""

from __future__ import annotations

import hashlib
import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pyarrow as pa
from django.db import connection, transaction
from sqlglot import exp

from peil.core.errors import NotNow, PeilError
from peil.facts.schema import FACTS, OWN
from peil.surveys.facts.rows import OF_ANSWER, Row, rows_of_requests, rows_of_responses, withdrawn
from peil.surveys.facts.wake import give_way, is_rush
from peil.surveys.models import Batch, Request, Response
from peil.warehouse.loading.joining import JOINED_FROM
from peil.warehouse.open import Warehouse

AT_ONCE = 2_000  # responses, and as many requests; a rush may begin while they load
AT_ONCE_IN_A_RUSH = 500  # who answers waits while these are set apart and written
_IN_ONE_GO = 20  # rows made between two times of giving way
_CHUNK = 100  # read from the database at once, for the same reason
_NAME = "answers given to Peil"
_LOCK = 7_203_514  # of PostgreSQL: one process follows
_in_this_process = threading.Lock()


def take_in(warehouse: Warehouse) -> int:
    """Load what the facts do not know yet, as far as one batch goes; how many responses and requests that were."""
    with _alone() as free:
        if not free:
            return 0
        batch = Batch.objects.filter(reason="").order_by("pk").first() or _set_apart()
        if batch is None:
            return 0
        size = len(batch.responses) + len(batch.requests)
        try:
            _load(warehouse, batch)
        except NotNow:
            raise  # no disk, or another loader for long: the batch waits
        except PeilError as error:
            _divide(batch, error)
            return size
        batch.delete()
    warehouse.join_small(OWN, JOINED_FROM)
    return size


def is_behind() -> bool:
    """Whether there is anything that the facts do not know."""
    return _unknown(Response).exists() or _unknown(Request).exists() or Batch.objects.filter(reason="").exists()


def refused() -> list[str]:
    """Why single answers or requests could not be loaded; empty where all is well."""
    return list(Batch.objects.exclude(reason="").values_list("reason", flat=True))


def all_again() -> None:
    """Have everything loaded once more, as after another warehouse took the place of the one that knew it."""
    with transaction.atomic():
        Batch.objects.all().delete()
        Response.objects.update(to_facts=True)
        Request.objects.update(to_facts=True)


def knows_fewer(warehouse: Warehouse) -> bool:
    """Whether the warehouse lacks responses that were loaded: an older one was put back, or it is new."""
    if Batch.objects.exists():
        return False
    told = Response.objects.filter(to_facts=False, test=False).count()
    if not told:
        return False
    own = exp.column("source", quoted=True).eq(exp.Literal.string(OWN))
    held = exp.select(exp.Count(this=exp.Star()).as_("n")).from_(exp.to_table("responses")).where(own)
    return int(warehouse.engine.fetch(held, {})["n"][0].as_py()) < told


def _unknown(model: type[Response] | type[Request]) -> Any:
    return model._default_manager.filter(to_facts=True)


def _set_apart() -> Batch | None:
    most = AT_ONCE_IN_A_RUSH if is_rush() else AT_ONCE
    with transaction.atomic():
        responses = [str(pk) for pk in _unknown(Response).order_by("saved_at").values_list("pk", flat=True)[:most]]
        requests = list(_unknown(Request).order_by("pk").values_list("pk", flat=True)[:most])
        if not responses and not requests:
            return None
        if (
            connection.features.has_select_for_update
        ):  # in the order in which answers are kept, else two wait for each other
            list(Response.objects.select_for_update().filter(pk__in=responses).order_by("pk").values_list("pk"))
        Response.objects.filter(pk__in=responses).update(to_facts=False)
        Request.objects.filter(pk__in=requests).update(to_facts=False)
        return Batch.objects.create(responses=responses, requests=requests)


def _divide(batch: Batch, error: PeilError) -> None:
    """One row that can't be loaded must not keep the others waiting: halve the batch until it stands alone."""
    responses, requests = batch.responses, batch.requests
    if len(responses) + len(requests) == 1:
        batch.reason = str(error)[:500]
        batch.save(update_fields=["reason"])
        return
    some, others = -(-len(responses) // 2), len(requests) // 2  # of one and one, each in a part of its own
    with transaction.atomic():
        batch.delete()
        Batch.objects.create(responses=responses[:some], requests=requests[:others])
        Batch.objects.create(responses=responses[some:], requests=requests[others:])


def _load(warehouse: Warehouse, batch: Batch) -> None:
    rows: dict[str, list[Row]] = defaultdict(list)
    for n, (fact, row) in enumerate(_rows(batch), 1):
        rows[fact].append(row)
        if n % _IN_ONE_GO == 0:
            give_way()
    rows["answers"] += _taken_back(warehouse, batch.responses, {r["answer_id"] for r in rows["answers"]})
    found = {fact: _unique(fact, listed) for fact, listed in rows.items() if listed}
    if not found:
        return
    digest = hashlib.sha256(f"{batch.pk} {batch.made_at.isoformat()}".encode()).hexdigest()
    with warehouse.begin_import(OWN, _NAME, digest, "") as staging:
        for fact, listed in found.items():
            staging.write(fact, _table(fact, listed))
        staging.commit()


def _rows(batch: Batch) -> Iterator[tuple[str, Row]]:
    responses = Response.objects.filter(pk__in=batch.responses).prefetch_related("version", "link")
    yield from rows_of_responses(responses.iterator(_CHUNK))
    requests = Request.objects.filter(pk__in=batch.requests).prefetch_related("version", "survey")
    yield from rows_of_requests(requests.iterator(_CHUNK))


def _taken_back(warehouse: Warehouse, responses: Sequence[str], given: set[str]) -> list[Row]:
    """Answers that the facts have of these responses and that were not given in the end."""
    if not responses:
        return []
    place = warehouse.engine.put("answered_anew", pa.table({"response_id": pa.array(responses, pa.string())}))
    try:
        listed = exp.select(exp.column("response_id", quoted=True)).from_(place)
        known = exp.and_(
            exp.column("source", quoted=True).eq(exp.Literal.string(OWN)),
            exp.In(this=exp.column("response_id", quoted=True), query=exp.Subquery(this=listed)),
            exp.not_(exp.column("import_id", quoted=True).is_(exp.null())),  # scores made at load follow by themselves
        )
        query = exp.select(*(exp.column(n, quoted=True) for n in OF_ANSWER)).from_(exp.to_table("answers")).where(known)
        found = warehouse.engine.fetch(query, {}).to_pylist()
    finally:
        warehouse.engine.drop("answered_anew")
    return [withdrawn(row) for row in found if row["answer_id"] not in given]


def _unique(fact: str, rows: Sequence[Row]) -> list[Row]:
    """The last row of each key: a vote on one help page in one visit is one, whoever sent it twice."""
    return list({row[FACTS[fact].key]: row for row in rows}.values())


def _table(fact: str, rows: Sequence[Row]) -> pa.Table:
    schema = FACTS[fact].arrow("raw")
    names = list(dict.fromkeys(name for row in rows for name in row))
    types = {name: schema.field(name).type if name in schema.names else pa.string() for name in names}
    return pa.table({name: pa.array([row.get(name) for row in rows], types[name]) for name in names})


@contextmanager
def paused() -> Iterator[None]:
    """Nothing is on its way into the facts meanwhile: what was set apart before is loaded, what comes later waits."""
    with _in_this_process, _held(wait=True):
        yield


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether this is the one who loads now, of all threads and processes."""
    free = _in_this_process.acquire(blocking=False)
    try:
        if not free:
            yield False
            return
        with _held(wait=False) as held:
            yield held
    finally:
        if free:
            _in_this_process.release()


@contextmanager
def _held(*, wait: bool) -> Iterator[bool]:
    """The lock that processes on PostgreSQL share; others share nothing."""
    if connection.vendor != "postgresql":
        yield True
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_{'' if wait else 'try_'}advisory_lock(%s)", [_LOCK])
        held = wait or bool(cursor.fetchone()[0])
    try:
        yield held
    finally:
        if held:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
