"""A survey as its tool exports it: one CSV, one row a response, and the mapping that reads it."""

from __future__ import annotations

import pyarrow as pa

from peil.demo.files.layout import DUTCH_CHANNELS, Cell, extras, head, labelled, quoted, translated, written
from peil.demo.surveys.sheet import YES_NO, Question, Sheet

GIVEN = (
    Cell(heading="Respons", column="response_id"),
    Cell(heading="Ingevuld op", column="answered_at"),
    Cell(heading="Klantnummer", column="customer_id"),
    Cell(heading="Zaaknummer", column="interaction_id"),
    Cell(heading="Bezoek", column="visit_id"),
    Cell(heading="Onderwerp", column="touchpoint"),
    Cell(heading="Kanaal", column="channel", words=DUTCH_CHANNELS),
    Cell(heading="Medewerker", column="employee_id"),
    Cell(heading="Team", column="team"),
    Cell(heading="Taal", column="language"),
    Cell(heading="Regio", column="x_regio"),
    Cell(heading="Soort adres", column="x_soort_adres"),
)
_CHANNEL_KINDS = ("preferred_channel", "considered_channel")


def exported_sheet(sheet: Sheet) -> pa.Table:
    """The columns of the export: first what is known of the response, then the questions in their order."""
    columns: dict[str, pa.Array] = {}
    for cell in GIVEN:
        if cell.column in sheet.given:
            values = sheet.given[cell.column]
            columns[cell.heading] = written(translated(values, cell.words) if cell.words else values)
    for q in sheet.questions:
        if q.scale is None:
            choice = sheet.texts[q.heading]
            columns[q.heading] = translated(choice, DUTCH_CHANNELS) if q.kind in _CHANNEL_KINDS else choice
            continue
        for heading in (q.expected, q.heading):
            if heading is not None:
                scores = pa.array(sheet.scores[heading], from_pandas=True)
                columns[heading] = written(scores.cast(pa.int8()) if q.kind in YES_NO else scores)
        if q.comment is not None:
            columns[q.comment] = sheet.texts[q.comment]
    return pa.table(columns)


def sheet_mapping(sheet: Sheet) -> str:
    """The mapping of that export."""
    cells = [c for c in GIVEN if c.column in sheet.given]
    lines = [*head(sheet.source, text=True), "[answers]", f"survey = {{ value = {quoted(sheet.survey)} }}"]
    for cell in cells:
        if not cell.column.startswith("x_"):
            what = labelled(cell.heading, cell.words) if cell.words else quoted(cell.heading)
            lines.append(f"{cell.column} = {what}")
    lines += extras(cells)
    for q in sheet.questions:
        lines += ["", *_question(q)]
    return "\n".join(lines) + "\n"


def _question(q: Question) -> list[str]:
    lines = [
        "[[answers.questions]]",
        f"question = {quoted(q.key)}",
        f"kind = {quoted(q.kind)}",
        f"column = {quoted(q.heading)}",
    ]
    if q.scale is not None and q.kind not in YES_NO:
        lines.append(f"scale = [{q.scale[0]}, {q.scale[1]}]")
    if q.kind in _CHANNEL_KINDS:
        labels = ", ".join(f"{quoted(there)} = {quoted(ours)}" for ours, there in DUTCH_CHANNELS.items())
        lines.append(f"labels = {{ {labels} }}")
    named = {"expected": q.expected, "comment": q.comment, "dimension": q.dimension}
    lines += [f"{word} = {quoted(value)}" for word, value in named.items() if value is not None]
    return [*lines, "relationship = true"] if q.relationship else lines
