"""Every reason for which a check rejects a value has words in Dutch."""

from __future__ import annotations

import ast
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.facts.mapping_of import mapped
from tests.sources.reading import read_mapped
from tests.traps import contacts, surveys

import peil
from peil.report.words.rejects import REASONS, rejection

SOURCE = Path(peil.__file__).parent
CHECKS = (
    "facts/checks.py",
    "facts/answers.py",
    "facts/reading/convert.py",
    "sources/readers/delimited.py",
    "sources/readers/jsonlines.py",
)
CSAT = '[[answers.questions]]\nquestion = "csat"\nkind = "csat"\ncolumn = "q"\nscale = [1, 5]\n'
CALLS = '[interactions]\nopened_at = "a"\n'
WRONG: dict[str, tuple[str, dict[str, list[str]]]] = {  # reason -> a mapping, and columns of which one value is rejected
    "is outside the scale 1-5 of question 'csat'": ("[answers]\n" + CSAT, {"q": ["5", "6"]}),
    "is not a number": ("[answers]\n" + CSAT, {"q": ["5", "good"]}),
    "is not a number with a decimal comma": (CALLS + 'cost = { column = "c", decimal = "," }\n', {"a": ["2026-01-02"] * 2, "c": ["1,50", "x"]}),
    "is not a number with a decimal point": (CALLS + 'cost = { column = "c", decimal = "." }\n', {"a": ["2026-01-02"] * 2, "c": ["1.50", "x"]}),
    "is not a number and has no label": ("[answers]\n" + CSAT + "labels = { Good = 4 }\n", {"q": ["good", "fine"]}),
    "is neither yes nor no": (CALLS + 'answered = "b"\n', {"a": ["2026-01-02"] * 2, "b": ["ja", "maybe"]}),
    "is neither yes nor no and has no label": (CALLS + 'answered = { column = "b", labels = { Solved = 1 } }\n', {"a": ["2026-01-02"] * 2, "b": ["solved", "maybe"]}),
    "is not a whole number": (CALLS + 'transfers = "t"\n', {"a": ["2026-01-02"] * 2, "t": ["1", "1.5"]}),
    "is no duration as hh:mm:ss": (CALLS + 'talk_seconds = { column = "t", unit = "hh:mm:ss" }\n', {"a": ["2026-01-02"] * 2, "t": ["00:01:00", "soon"]}),
    "is below 0, the least that weight can be": (CALLS + 'weight = "w"\n', {"a": ["2026-01-02"] * 2, "w": ["1", "-1"]}),
    "is not a date": (CALLS, {"a": ["2026-01-02", "soon"]}),
    "is not a date (day-month-year)": ('[interactions]\nopened_at = { column = "a", dates = "day-month" }\n', {"a": ["2-1-2026", "31-2-2026"]}),
    "is not a date (month-day-year)": ('[interactions]\nopened_at = { column = "a", dates = "month-day" }\n', {"a": ["1-2-2026", "13-40-2026"]}),
    "is not a date (%Y/%m/%d)": ('[interactions]\nopened_at = { column = "a", dates = "%Y/%m/%d" }\n', {"a": ["2026/01/02", "x"]}),
    "was skipped by the clock in Europe/Amsterdam": (CALLS, {"a": ["2026-01-02", "2026-03-29 02:30:00"]}),
    "is a date in the future": (CALLS, {"a": ["2026-01-02", "2126-01-02"]}),
    "resolved_at lies before opened_at": (CALLS + 'resolved_at = "b"\n', {"a": ["2026-01-02"] * 2, "b": ["2026-01-03", "2026-01-01"]}),
    "is a row of totals": (CALLS + 'channel = "b"\n', {"a": ["2026-01-02", ""], "b": ["phone", "Totaal"]}),
    "has no key, so a second import could not recognise the row": (CALLS + 'interaction_id = "i"\n', {"a": ["2026-01-02"] * 2, "i": ["1", ""]}),
}  # fmt: skip


def is_dutch(reason: str) -> bool:
    words, remedy = rejection(reason, "MEND", "nl")
    return words != reason and remedy != "MEND" and not re.search(r"\b(?:the|not|date|number|mend|mapping's)\b", words)


@pytest.mark.parametrize("reason", WRONG)
def test_what_a_check_says_has_dutch_words(reason: str) -> None:
    text, columns = WRONG[reason]
    assert {r["reason"] for r in mapped(text, columns).rejects.to_pylist()} == {reason}
    assert is_dutch(reason)


def test_what_the_checks_say_of_files_full_of_traps_has_dutch_words(tmp_path: Path) -> None:
    makers = (surveys.panel, surveys.export, contacts.calls)
    made = [make(tmp_path, random.Random(3)) for make in makers]
    said = {r["reason"] for t in made for r in read_mapped(t.path, t.mapping).rejects.to_pylist()}
    assert len(said) >= 3
    assert [reason for reason in said if not is_dutch(reason)] == []


def test_rows_that_can_not_be_taken_apart_have_dutch_words(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n2026-01-02,1\n2026-01-02,1,2\n2026-01-03,2\n")
    (tmp_path / "b.jsonl").write_bytes(
        b'{"a": "2026-01-02"}\n{"a": 1\n["no"]\n"\xff"\n' + json.dumps({"a": "2026-01-03"}).encode()
    )
    said = {
        r["reason"]
        for name in ("a.csv", "b.jsonl")
        for r in read_mapped(tmp_path / name, 'source = "s"\n' + CALLS).rejects.to_pylist()
    }
    assert "has 3 cells where the heading has 2" in said
    assert len(said) == 4
    assert [reason for reason in said if not is_dutch(reason)] == []


def test_no_sentence_of_a_check_is_without_dutch_words() -> None:
    said = {reason for name in CHECKS for reason in _sentences(ast.parse((SOURCE / name).read_text(encoding="utf-8")))}
    assert len(said) > 14
    assert sorted(reason for reason in said if not is_dutch(reason)) == []


def _sentences(tree: ast.AST) -> Iterator[str]:
    """What looks like a reason: it begins as one, with values filled in; what is a doc or an error does not count."""
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    raised = {id(x) for node in ast.walk(tree) if isinstance(node, ast.Raise) for x in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) in inside or id(node) in raised:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        elif isinstance(node, ast.JoinedStr):
            text = "".join(_filled(part) for part in node.values)
        else:
            continue
        if re.match(r"(?:is|has|was) |\w+ lies before", text):
            yield text


def _filled(part: ast.expr) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    assert isinstance(part, ast.FormattedValue)
    return {"word": "below", "how": "", "shown": "", "why": "is not a number"}.get(
        ast.unparse(part.value), _sample(part)
    )


def _sample(part: ast.FormattedValue) -> str:
    """Of a choice between words the first."""
    return (
        str(part.value.body.value)
        if isinstance(part.value, ast.IfExp) and isinstance(part.value.body, ast.Constant)
        else "10"
    )


def test_no_dutch_words_are_for_a_reason_that_nobody_gives() -> None:
    said = {reason for name in CHECKS for reason in _sentences(ast.parse((SOURCE / name).read_text(encoding="utf-8")))}
    said |= set(WRONG) | {"is above 10, the most that score can be", "is no JSON object: Expecting value"}
    assert [pattern for pattern, _, _ in REASONS if not any(re.fullmatch(pattern, reason) for reason in said)] == []


def test_an_unknown_reason_stays_as_it_is_and_english_is_what_was_kept() -> None:
    assert rejection("is odd", "Mend it.", "nl") == ("is odd", "Mend it.")
    assert rejection("is not a date", "Mend it.", "en") == ("is not a date", "Mend it.")
    assert (
        rejection("is outside the scale 0-10 of question 'q1'", "", "nl")[0]
        == "valt buiten de schaal 0 tot 10 van vraag ‘q1’"
    )
