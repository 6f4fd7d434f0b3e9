"""The page on mapping files knows every entry there is, and its examples are mappings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from peil.facts.entries import FileOptions
from peil.facts.mapping import _ENTRY_WORDS, COMBINE, IDENTITIES, UNITS, parse_mapping
from peil.facts.questions import _MADE_AT_LOAD, _WORDS, ANSWER_WORDS
from peil.facts.schema import FACTS, KINDS

PAGE = (Path(__file__).resolve().parents[2] / "docs/mapping.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", PAGE, flags=re.DOTALL)


@pytest.mark.parametrize(
    "words",
    [
        tuple(FileOptions.__dataclass_fields__), _ENTRY_WORDS, _WORDS, ("extra", "only", *(set(ANSWER_WORDS) - {"questions"})),
        tuple(set(KINDS) - _MADE_AT_LOAD),
    ],
    ids=["file", "entries", "questions", "blocks", "kinds"],
)  # fmt: skip
def test_every_word_is_on_the_page(words: tuple[str, ...]) -> None:
    assert [w for w in words if f"`{w}`" not in PAGE and f"`{w} =" not in PAGE and f"\n{w} =" not in PAGE] == []


def test_every_choice_is_on_the_page() -> None:
    assert [w for w in (*UNITS, *COMBINE, *IDENTITIES) if f'"{w}"' not in PAGE] == []
    assert [f for f in FACTS if f"`[{f}]`" not in PAGE] == []


@pytest.mark.parametrize("example", EXAMPLES)
def test_example_is_a_mapping(example: str) -> None:
    assert parse_mapping(example).facts
