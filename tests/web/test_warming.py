"""The usual overview is worked out before anybody asks for it."""

from __future__ import annotations

import pytest
from tests.web.conftest import SignIn

from peil.library import Peil
from peil.web.serving.warming import warm


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/", "/contact/", "/customers/", "/servqual/"])
def test_a_warmed_page_asks_next_to_nothing_new(path: str, company: Peil, sign_in: SignIn) -> None:
    company.warehouse.remembered.facts_changed()
    client, before = sign_in("manager"), len(company.warehouse.remembered)
    warm(company.warehouse)
    asked = len(company.warehouse.remembered) - before
    assert client.get(path).status_code == 200
    more = len(company.warehouse.remembered) - before - asked
    assert asked >= 20
    assert more <= 3, "the page asks other questions than those that were worked out ahead"
