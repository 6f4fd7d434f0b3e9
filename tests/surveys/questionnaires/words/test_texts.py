"""What is filled in is text and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peil.surveys.questionnaires.texts import (
    ATTRIBUTES,
    NAMES,
    Text,
    clean_value,
    fill,
    has_stray_brace,
    placeholders,
    text,
)


def test_both_names_mean_the_same() -> None:
    known = {"customer.first_name": "Ria"}
    assert fill("Dag {klant.voornaam|klant}, hello {customer.first_name|customer}", known) == "Dag Ria, hello Ria"
    assert fill("Dag {klant.voornaam|klant}", {}) == "Dag klant"
    assert fill("Dag {klant.voornaam|klant}", {"customer.first_name": " \n "}) == "Dag klant"


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "{klant.achternaam}",
        "{organisatie|x}",
        "{{x}}",
        r"\1 \g<0>",
        "%s {0}",
        "'; DROP TABLE x --",
    ],
)
def test_hostile_values_stay_text(hostile: str) -> None:
    known = {"customer.first_name": hostile, "customer.last_name": "GEHEIM", "organisation": "GEHEIM"}
    assert fill("Dag {klant.voornaam|klant}!", known) == f"Dag {hostile}!"


@pytest.mark.parametrize(
    "value", ["Ria\r\nBcc: x@y.nl", "Ria\x00", "\u202eaiR", "R\u200bia", "Ria\u2028x", "\ud800Ria", "\ufeffRia"]
)
def test_a_value_is_one_visible_line(value: str) -> None:
    line = clean_value(value)
    assert line.isprintable()
    assert line.encode()


def test_a_long_value_is_cut_where_one_sees_it() -> None:
    assert clean_value("a" * 500) == "a" * 199 + "…"


@settings(deadline=None)
@given(st.text(), st.text())
def test_nothing_in_a_value_is_filled_in_again(before: str, value: str) -> None:
    words = before.replace("{", "").replace("}", "")
    assert fill(words + "{product|}", {"product": value, "subject": "GEHEIM"}) == words + clean_value(value)


def test_what_a_text_fills_in() -> None:
    found = placeholders("Over {contact.dag|gisteren} en {klant.schoenmaat}")
    assert [(p.name, p.attribute.key if p.attribute else None, p.otherwise) for p in found] == [
        ("contact.dag", "contact.day", "gisteren"),
        ("klant.schoenmaat", None, None),
    ]
    assert [has_stray_brace(w) for w in ("{organisatie}", "{ organisatie}", "{Klant}", "a } b", "{a|b|c}")] == [
        False,
        True,
        True,
        True,
        True,
    ]


def test_the_list_is_closed_and_each_name_means_one_thing() -> None:
    assert len(NAMES) == len({n for a in ATTRIBUTES.values() for n in (a.key, a.dutch)})
    assert fill("{klant.__class__|nee} {self.x|nee}", {"klant.__class__": "x", "self.x": "y"}) == "nee nee"


def test_equal_texts_are_equal_in_any_order() -> None:
    assert Text((("en", "b"), ("nl", "a"))) == text("a", "b")
    assert hash(Text((("en", "b"), ("nl", "a")))) == hash(text("a", "b"))
    assert text("a").missing(("nl", "en", "de")) == ["en", "de"]
    assert text("a", "b").only(("en",)) == text(en="b")
    assert not Text((("nl", "  "),))
