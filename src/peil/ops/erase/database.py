"""The database without the person: whatever names them in texts of any table, the audit log's too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import CharField, Field, JSONField, Model, TextField

from peil.accounts.append_only import TABLE as AUDIT
from peil.accounts.append_only import lock_log, unlock_log
from peil.ops.erase.facts import ERASED
from peil.ops.erase.ledger import Wanted

# who may sign in here are colleagues, not customers; their sessions and devices hold nothing of customers
_SKIPPED = frozenset({"auth", "contenttypes", "sessions", "account", "mfa", "socialaccount"})


def erase_database(wanted: Wanted, told: Callable[[Counter[str]], None]) -> None:
    """Replace what names the person in every table; `told` how many rows of which, before that is for good."""
    counted: Counter[str] = Counter()
    with transaction.atomic():
        for model in _models():
            with _writable(model._meta.db_table):
                for pk, change in _changes(model, wanted):
                    model._default_manager.filter(pk=pk).update(**change)
                    counted[model._meta.label_lower] += 1
        told(counted)


def find_in_database(wanted: Wanted) -> Counter[str]:
    """How many rows of which table name the person; nothing is changed."""
    found = {model._meta.label_lower: sum(1 for _ in _changes(model, wanted)) for model in _models()}
    return +Counter(found)


def _models() -> Iterator[type[Model]]:
    """The tables that may name a customer."""
    for model in apps.get_models():
        label, table = model._meta.app_label, model._meta.db_table
        if label not in _SKIPPED and (label != "accounts" or table == AUDIT):
            yield model


def _changes(model: type[Model], wanted: Wanted) -> Iterator[tuple[Any, dict[str, Any]]]:
    """The rows that name the person, each with what takes the place of that."""
    names = [f.attname for f in model._meta.concrete_fields if _holds_text(f)]
    for row in model._default_manager.order_by("pk").values("pk", *names).iterator(2000) if names else ():
        clean = {n: _clean(row[n], wanted) for n in names}
        change = {n: value for n, value in clean.items() if value != row[n]}
        if change:
            yield row["pk"], change


def _holds_text(place: Field[Any, Any]) -> bool:
    return isinstance(place, CharField | TextField | JSONField) and not place.choices and not place.is_relation


def _clean(value: Any, wanted: Wanted) -> Any:
    match value:
        case str():
            return wanted.without(value, ERASED)
        case dict():
            return {_clean(k, wanted): _clean(v, wanted) for k, v in value.items()}
        case list():
            return [_clean(v, wanted) for v in value]
        case int() if not isinstance(value, bool) and str(value) in wanted:
            return None
    return value


@contextmanager
def _writable(table: str) -> Iterator[None]:
    """The audit log can only grow; a person's right to be forgotten goes before that."""
    if table != AUDIT:
        yield
        return
    editor = _Editor()
    unlock_log(editor)
    yield
    lock_log(editor)  # within the one transaction: no other process ever sees it unlocked


class _Editor:
    """What the locks of the audit log write by."""

    connection = connection

    def execute(self, statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)
