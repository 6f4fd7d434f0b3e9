"""docs/websites.md says what the page of a link says, and what a strict site of the tests allows."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.docs.pages import ROOT, snippets
from tests.web.channels.making import link_of
from tests.web.channels.site import Site
from tests.web.conftest import SignIn

from peil.accounts.models import Person
from peil.surveys.channels.files import DAY, LANGUAGE, NUMBER
from peil.surveys.channels.proven import PROVABLE, key_of, read_proof
from peil.surveys.channels.rules import MOST_PATHS, Rules
from peil.web.channels.script import MOST

PAGE = "docs/websites.md"
TEXT = (ROOT / PAGE).read_text(encoding="utf-8")
PEIL = "https://peil.example.nl"
pytestmark = pytest.mark.django_db


def test_its_lines_are_those_of_the_page_of_the_link(
    people: Mapping[str, Person], sign_in: SignIn, settings: Any
) -> None:
    settings.PEIL_ADDRESS = PEIL
    link = link_of("widget")
    page = html.unescape(sign_in("manager").get(f"/channels/{link.id}/?language=en").content.decode())
    told = [s.text.strip() for s in snippets(PAGE) if s.language == "html"]
    assert len(told) == 2
    for lines in told:
        assert lines.replace("CODE", link.code) in page
    assert f"name {PEIL} in script-src and connect-src" in page


def test_its_proof_is_taken() -> None:
    (code,) = [s.text for s in snippets(PAGE) if s.language == "python"]
    link, made = link_of("widget"), dict[str, Any]()
    exec(code.replace('"the key of the link"', repr(key_of(link))), made)
    before, after = datetime(2029, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC)
    assert read_proof(link, made["proof"], before) == {"interaction_id": "C-1042", "customer_id": "K-7"}
    assert read_proof(link, made["proof"], after) is None
    assert all(f"`{name}`" in TEXT for name in PROVABLE)


def test_its_policy_is_the_one_under_which_widgets_are_tested() -> None:
    (told,) = re.findall(r"^```text\n(script-src .+)\n```$", TEXT, re.MULTILINE)
    site = Site(PEIL)
    site.server.server_close()
    assert told in site.policy
    assert "style-src" not in site.policy
    assert "require-trusted-types-for 'script'" in site.policy


def test_its_settings_are_as_they_come() -> None:
    rules = Rules()
    for words in (
        f"| seconds on the page | {rules.after} |", f"| share of the visits | {rules.share} % |",
        f"| how much of the page was seen | {rules.scroll} % |", f"| days of rest for a visitor | {rules.rest_days} |",
        f"at most {MOST_PATHS} |", f"At most {MOST // 1000} kB", f"`{NUMBER}` (its number", f"`{DAY}` and `{LANGUAGE}`",
    ):  # fmt: skip
        assert words in " ".join(TEXT.split()), words
