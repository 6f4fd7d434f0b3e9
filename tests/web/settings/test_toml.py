"""Values of a TOML text that people wrote are changed; everything around them stays."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peil.web.pages.settings.toml import with_values

TEXT = """# our own file
name = "a # b = [c]" # why
spread = [
  2026-01-01, # new year ]
  2026-02-01,
]
long = '''
[opening]
'''
[opening]   # times [x]
monday = ["09:00-17:00"]

# about targets
[targets."by channel"]
"my = channel" = 5
phone = 20 # s
"""


def test_only_what_changes_is_touched() -> None:
    wanted = {
        ("name",): 'x "y"',
        ("spread",): [date(2026, 3, 1)],
        ("fresh",): 1.5,
        ("opening", "tuesday"): ["10:00-12:00"],
        ("targets", "by channel", "my = channel"): None,
        ("new", "é"): True,
        ("nowhere", "x"): None,
    }
    found = with_values(TEXT, wanted)
    kept = [line for line in TEXT.splitlines() if line.startswith(("#", "[", "monday", "phone", "long", "'''"))]
    assert all(line in found for line in kept)
    assert 'name = "x \\"y\\"" # why' in found
    said = tomllib.loads(found)
    assert said["opening"] == {"monday": ["09:00-17:00"], "tuesday": ["10:00-12:00"]}
    assert said["targets"] == {"by channel": {"phone": 20}}
    assert (said["fresh"], said["new"], said["long"]) == (1.5, {"é": True}, "[opening]\n")


def test_nothing_asked_changes_nothing() -> None:
    assert with_values(TEXT, {}) == TEXT
    assert with_values("", {("a",): None}) == ""


@pytest.mark.parametrize("text", ["opening.monday = []\n", "opening = {monday = []}\n"])
def test_other_ways_of_writing_are_followed(text: str) -> None:
    found = with_values(text, {("opening", "tuesday"): ["x"]})
    assert tomllib.loads(found) == {"opening": {"monday": [], "tuesday": ["x"]}}


values = st.one_of(st.booleans(), st.integers(-(10**9), 10**9), st.floats(-1e6, 1e6), st.dates(),
                   st.text(st.characters(codec="utf-8"), max_size=20))  # fmt: skip
keys = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8)


@settings(max_examples=150, deadline=None)
@given(keys, values, keys, st.lists(values, max_size=3), st.booleans())
def test_what_is_written_is_read_again(
    table: str, value: object, key: str, several: list[object], windows: bool
) -> None:
    text = TEXT.replace("\n", "\r\n") if windows else TEXT
    meant = {("t", table, key): value, ("t", table, f"{key}2"): several}
    said = tomllib.loads(with_values(with_values(text, meant), {("name",): value}))
    assert said["t"][table] == {key: value, f"{key}2": several}
    assert said["name"] == value
