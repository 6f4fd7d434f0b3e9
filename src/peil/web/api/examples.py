"""An answer of each operation, for its documentation; a test holds them to the shapes."""

from __future__ import annotations

from typing import Any

_FIGURE: dict[str, Any] = {
    "kpi": "nps_relationship", "value": 39.75, "low": 37.12, "high": 42.31, "n": 2746, "n_eff": 2301.4, "level": 0.95,
    "unit": "points", "method": "tango", "status": "ok", "definition": 1, "as_of": "2026-10-31",
    "group": {"touchpoint": "invoice"}, "notes": [],
}  # fmt: skip
_BEFORE = {**_FIGURE, "value": 34.5, "low": 31.6, "high": 37.4, "n": 2498, "n_eff": 2110.2}
_PERIOD = {"since": "2026-10-01", "until": "2026-11-01", "as_of": None}
_CHANGE: dict[str, Any] = {
    "kpi": "nps_relationship", "difference": 5.25, "low": 1.4, "high": 9.1, "p": 0.0075, "p_adjusted": 0.0075,
    "changed": True, "level": 0.95, "unit": "points", "method": "tango", "group": {"touchpoint": "invoice"},
    "before": _BEFORE, "after": _FIGURE,
}  # fmt: skip
_DEFINITION: dict[str, Any] = {
    "kpi": "fcr", "definition": 1,
    "name": {"nl": "In één keer goed (FCR)", "en": "First-contact resolution (FCR)"},
    "formula": {"nl": "vragen zonder nieuw contact / vragen × 100", "en": "questions with no further contact / questions × 100"},
    "tells": {"nl": "Bij welk deel van de vragen de klant niet terugkwam.", "en": "In which share the customer did not come back."},
    "unit": "percent", "better": "higher", "method": "wilson", "source": "Cleveland 2019", "document": "K11",
    "fact": "interactions", "rows": ["direction is in"], "moments": {"n": "rows where episode_fcr is known"},
    "spread": None, "second": None, "ripe_days": 7, "assumes": {}, "statements": [],
}  # fmt: skip
_IMPORT: dict[str, Any] = {
    "import_id": "i0007", "number": 7, "source": "helpdesk", "file_name": "contacten.csv", "file_hash": "9f86d081884c7d65",
    "imported_at": "2026-11-02T08:15:00+00:00", "rows": {"interactions": 4120}, "rejected": 3, "status": "loaded",
}  # fmt: skip

EXAMPLES: dict[str, Any] = {
    "getMe": {
        "name": "Mina Jansen", "email": "mina@example.nl", "role": "team_lead", "language": "nl", "teams": ["Zwolle"],
        "actions": ["see_figures", "see_rows"], "scopes": ["read_figures"], "organisation": "Kadewijk Energie",
        "time_zone": "Europe/Amsterdam", "today": "2026-11-02", "version": "0.1.0",
    },
    "listKpis": {"items": [_DEFINITION]},
    "listFacts": {
        "items": [
            {
                "fact": "interactions", "meaning": "one contact", "key": "interaction_id",
                "first_day": "2025-05-01", "last_day": "2026-10-31", "rows": 41200,
                "columns": [
                    {
                        "name": "wait_seconds", "type": "number", "role": "measure", "unit": "seconds",
                        "meaning": "waiting in line, until answered or hung up", "low": 0, "high": None,
                    }
                ],
            }
        ]
    },
    "getKpi": {**_PERIOD, "items": [_FIGURE]},
    "listFigures": {**_PERIOD, "items": [_FIGURE]},
    "getComparison": {**_PERIOD, "items": [_CHANGE]},
    "listComparisons": {**_PERIOD, "items": [_CHANGE]},
    "getExplanation": _DEFINITION,
    "listRows": {
        **_PERIOD, "kpi": "csat", "fact": "answers", "columns": ["source", "answer_id", "day", "score"],
        "items": [{"source": "survey", "answer_id": "a-1", "day": "2026-10-31", "score": 4.0}], "next": None,
    },
    "listImports": {"items": [_IMPORT], "next": None},
    "getImport": _IMPORT,
    "deleteImport": {**_IMPORT, "status": "undone"},
    "listRejected": {
        "items": [
            {
                "fact": "interactions", "row": 12, "column": "opened", "value": "31-02-2026",
                "reason": "not a date", "remedy": "Mend it in the file.",
            }
        ],
        "next": None,
    },
    "createImport": {
        "import_id": "i0007", "source": "helpdesk", "file_name": "contacten.csv", "rows": {"interactions": 4120},
        "rejected": 3, "copies": 0, "already": False, "dry_run": False, "notes": [],
    },
    "tellEvent": {
        "items": [
            {
                "survey": "after_contact", "request_id": "5f0c1f6e-5a5e-4f0e-9a55-0d6a3a2c7b11", "new": True,
                "held_back": None, "due_at": "2026-11-25T08:00:00+00:00",
            }
        ]
    },
    "putContacts": {"count": 2},
    "putHold": {"count": 1},
    "tellMailReport": {"count": 1},
}  # fmt: skip
