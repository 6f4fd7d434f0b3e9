"""A KPI's definition as text."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any

from peil.cli.speech.tables import subject_of
from peil.report.words import Language, say

if TYPE_CHECKING:
    from peil.library import Explanation


def told(explanation: Explanation) -> str:
    """Definition in both languages, what is summed over which rows, and the statements."""
    d = explanation.to_dict()
    better = "" if d["better"] == "neither" else f", {d['better']} is better"
    lines = [
        f"{d['kpi']}, definition {d['definition']}",
        *(f"  {language}: {d['name'][language]}. {d['formula'][language]}" for language in ("nl", "en")),
        *(f"  {language}: {text}" for language, text in d["tells"].items() if text),
        f"  unit: {d['unit']}{better}",
        f"  interval: {d['method']}",
        f"  source: {d['source']}",
        *_counted(d),
        *(f"  second fact: {line.strip()}" for line in (_counted(d["second"]) if d.get("second") else ())),
    ]
    if d["ripe_days"]:
        lines.append(f"  only rows at least {d['ripe_days']} days old count")
    lines += [f"  assumes {name}" + ("" if v is None else f" = {v}") for name, v in d["assumes"].items()]
    return "\n".join([*lines, *(f"\n{statement};" for statement in d["statements"])])


def list_kpis(language: Language, *, as_json: bool) -> str:
    """Every KPI by subject: key, name, unit."""
    from peil.core.kpis import ALL

    if as_json:
        listed = [{"kpi": k.key, "name": k.name._asdict(), "unit": k.unit, "subject": subject_of(k)} for k in ALL]
        return json.dumps(listed, ensure_ascii=False, indent=2)
    width = max(len(k.key) for k in ALL)
    lines = []
    for subject, kpis in groupby(ALL, subject_of):
        lines += ["", say(subject, language)]
        lines += [f"  {k.key:<{width}}  {k.name.nl if language == 'nl' else k.name.en}" for k in kpis]
    return "\n".join(lines[1:])


def _counted(d: dict[str, Any]) -> list[str]:
    where = f" where {' and '.join(d['rows'])}" if d["rows"] else ""
    lines = [f"  rows: {d['fact']}{where}"]
    lines += [f"    {name} = {moment}" for name, moment in d["moments"].items()]
    return [*lines, f"    {d['spread']}"] if d.get("spread") else lines
