"""The hostile company in Chromium, on a phone: nothing runs, nothing asks elsewhere, nothing scrolls sideways."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from playwright.sync_api import Browser, Dialog
from pytest_django.live_server_helper import LiveServer
from tests.pages.browser import watch
from tests.web.conftest import SignIn
from tests.web.hostile.planting import plant
from tests.web.hostile.test_hostile_company import pages

from peil.accounts.models import Person
from peil.board.models import SavedView, Subscription
from peil.library import Peil

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.full]
WIDEST = """() => [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth)
    .slice(-3).map(e => e.tagName + '.' + e.className)"""
IN_A_FRAME = "/sample/mail/"


@pytest.mark.parametrize("role", ["manager", "administrator"])
def test_nothing_runs_and_nothing_scrolls_sideways(
    role: str, chromium: Browser, live_server: LiveServer, sign_in: SignIn, people: Mapping[str, Person], company: Peil
) -> None:
    assert plant(sign_in, people, company) == []
    view = SavedView.objects.filter(owner=people[role]).first()
    Subscription.objects.create(person=people[role], every="month", view=view)
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    context.set_default_timeout(60_000)
    cookie = sign_in(role).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page = context.new_page()
    seen, dialogs, wide = watch(page), [], []

    def close(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", close)
    client = sign_in(role)
    for path in dict.fromkeys(p for p in pages() if not p.endswith(IN_A_FRAME)):
        answer = client.get(path)
        # takes a POST, is not for this role, or is a file: a stylesheet opened by itself has no mark for its tab
        if answer.status_code >= 400 or not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        page.goto(f"{live_server.url}{path}")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(f"{path}: {page.evaluate(WIDEST)}")
    context.close()
    assert dialogs == []
    # hints of the browser are no harm, nor is a mark of the tab that the next page overtook
    told = [c for c in seen.complaints if not c.startswith(("verbose: ", f"failed: {live_server.url}/static/"))]
    assert told == []
    assert [url for url in seen.requests if not url.startswith((live_server.url, "data:"))] == []
    assert wide == [], "\n".join(wide)
