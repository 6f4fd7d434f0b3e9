"""What a trial found, kept with the upload and told from there."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import Any

from peil.core.kpi import Estimate
from peil.library.trial import Trial


def trial_as_dict(trial: Trial, mapping: str) -> dict[str, Any]:
    """As JSON keeps it; a mapping changed since makes it worthless."""
    return {
        "mapping": mapping_mark(mapping),
        "rows": dict(trial.rows),
        "copies": trial.copies,
        "rejected": trial.rejected,
        "kinds": [
            asdict(k.kind) | {"examples": [{"row": r.row, "value": (r.value or "")[:200]} for r in k.examples]}
            for k in trial.kinds[:50]
        ],
        "notes": list(trial.notes),
        "figures": [_figure(e) for e in trial.figures],
        "already": trial.already,
    }


def mapping_mark(text: str) -> str:
    """By which a mapping is recognised, so that nobody takes in by another one than was looked at."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _figure(e: Estimate) -> dict[str, Any]:
    """An estimate as plain values; a list of shares stands for all its parts."""
    return asdict(e) | {"group": {}} if not e.group else {"kpi": e.kpi, "several": True}


def figure_of(told: dict[str, Any]) -> Estimate | None:
    """The estimate again; None for a list of shares."""
    if told.get("several"):
        return None
    return Estimate(**{**told, "notes": tuple(told["notes"])})
