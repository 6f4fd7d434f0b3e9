"""New answers into their table, many at once, by one statement that is worked out once.

The columns are the model's, and each value goes the way that the model's own field sends it; what is left out is the
making of an object and of a statement for each answer, which takes several times as long as the database itself does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeAlias

from django.db import DEFAULT_DB_ALIAS, connection, connections, models

from peil.surveys.models import Response

Row: TypeAlias = dict[str, Any]  # a response by the names of its columns
Prepare: TypeAlias = Callable[[Any, Any], Any]  # a value and the connection
_AS_THEY_ARE = (models.CharField, models.TextField, models.BooleanField, models.ForeignKey)


def insert_new(rows: Sequence[Row]) -> None:
    """Insert rows, each with a value for every column.

    Within a transaction; raises IntegrityError where one of them is there.
    """
    prepared, own = _prepared(), connections[DEFAULT_DB_ALIAS]  # itself: the one by name is looked up at each use
    at_once = (own.features.max_query_params or len(prepared) * len(rows)) // len(prepared)
    with own.cursor() as cursor:
        for start in range(0, len(rows), at_once):
            some = rows[start : start + at_once]
            given = [row[n] if ready is None else ready(row[n], own) for row in some for n, ready in prepared]
            cursor.execute(_statement(len(some)), given)


@cache
def _prepared() -> tuple[tuple[str, Prepare | None], ...]:
    """Each column by its name, with what makes its value ready for the database; None where it is as it stands."""
    return tuple(
        (f.attname, None if isinstance(f, _AS_THEY_ARE) else f.get_db_prep_save) for f in Response._meta.concrete_fields
    )


@cache
def _statement(rows: int) -> str:
    fields, quote = Response._meta.concrete_fields, connection.ops.quote_name
    places = f"({', '.join(['%s'] * len(fields))})"
    columns = ", ".join(quote(f.column or f.name) for f in fields)
    into = f"INSERT INTO {quote(Response._meta.db_table)} ({columns}) VALUES "  # noqa: S608  our own names alone
    return into + ", ".join([places] * rows)
