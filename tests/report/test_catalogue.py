"""The one catalogue of words: no key stands twice, and both languages ask for the same values."""

from __future__ import annotations

import re
from collections import Counter

from peil.report import words
from peil.report.words import app
from peil.report.words.page import PAGE


def test_no_key_stands_in_two_files() -> None:
    parts = [value for name, value in vars(app).items() if name.isupper() and name != "APP"]
    assert len(parts) > 5
    own = set(words.TEXTS) - set(PAGE) - set(app.APP)
    counted = Counter(key for part in (*parts, PAGE, own) for key in part)
    assert [key for key, times in counted.items() if times > 1] == []


def test_both_languages_take_the_same_values() -> None:
    for key, (dutch, english) in words.TEXTS.items():
        asked = [
            sorted(set(re.findall(r"(?<!\{)\{(\w*)", text))) for text in (dutch, english)
        ]  # {{ is a brace that is shown
        assert asked[0] == asked[1], key
