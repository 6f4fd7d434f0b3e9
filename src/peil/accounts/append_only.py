"""The audit log can only grow: the database itself refuses anything else, whoever asks."""

from __future__ import annotations

from typing import Any

TABLE = "accounts_auditentry"
_SAID = "the audit log can only be added to"
_SQLITE = tuple(
    f"CREATE TRIGGER IF NOT EXISTS audit_no_{verb.lower()} BEFORE {verb} ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{_SAID}'); END"
    for verb in ("UPDATE", "DELETE")
)
_POSTGRESQL = (
    f"CREATE OR REPLACE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{_SAID}'; END $$",
    f"CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
    "FOR EACH ROW EXECUTE FUNCTION audit_only_grows()",
    f"CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON {TABLE} "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows()",
)


def lock_log(editor: Any) -> None:
    """Put the triggers in place."""
    for statement in _POSTGRESQL if editor.connection.vendor == "postgresql" else _SQLITE:
        editor.execute(statement)


def unlock_log(editor: Any) -> None:
    """Take them away: for undoing the migration, and for tests that empty their database."""
    names = ("audit_no_update", "audit_no_delete", "audit_no_change", "audit_no_truncate")
    on = f" ON {TABLE}" if editor.connection.vendor == "postgresql" else ""
    for name in names:
        editor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
