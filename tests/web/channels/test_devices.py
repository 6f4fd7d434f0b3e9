"""What devices get and send, without a browser: the script, its pages, what is kept of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from tests.web.channels.making import PIN, link_of

from peil.library import Peil
from peil.surveys.answering.doors import forget_doors
from peil.surveys.channels.pins import proof_of
from peil.surveys.channels.proven import key_of, prove
from peil.surveys.channels.rules import LONGEST_PATH, MOST_PATHS, THEMES, Rules, with_rules
from peil.surveys.facts.rows import rows_of_responses
from peil.surveys.keeping import end_survey
from peil.surveys.links import OpenLink, change_link, close_link
from peil.surveys.models import Link, Response, Survey
from peil.surveys.questionnaires.as_json import answers_from_json
from peil.surveys.questionnaires.templates import TEMPLATES, draft_from
from peil.web.channels.script import MOST
from peil.web.channels.tree import tree_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]
NUMBER = "n" * 24


@pytest.fixture
def client(company: Peil) -> Client:
    return Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=True)


def send(client: Client, link: OpenLink, **fields: str) -> HttpResponse:
    """A page as a device sends it; '__' stands for a dot."""
    told = {"_id": NUMBER, "_do": "send", "_page": "1", "_version": "1", "_language": "nl", "_took": "60000"}
    return client.post(f"/w/{link.code}/", told | {k.replace("__", "."): v for k, v in fields.items()})


def facts() -> list[tuple[str, dict[str, Any]]]:
    return list(rows_of_responses(Response.objects.select_related("version", "link")))


def texts(node: Any) -> Iterator[str]:
    for part in node if isinstance(node, list) else ():
        if isinstance(part, str):
            yield part
        yield from texts(part)


def test_the_script_is_small_for_every_survey_theme_and_rule(client: Client) -> None:
    """15 kB at most, with as many rules as there can be."""
    sizes = {}
    for key in ("leaving_website", "helpful", "after_contact"):
        for theme in THEMES:
            link = link_of("widget", key)
            rules = Rules(
                theme=theme, paths=("/" + "x" * (LONGEST_PATH - 1),) * MOST_PATHS, after=3600, scroll=100, language="nl"
            )
            change_link(link.id, with_rules(link.settings, rules))
            sizes[key, theme] = len(client.get(f"/w/{link.code}.js").content)
    assert max(sizes.values()) <= MOST == 15_000
    assert min(sizes.values()) > 10_000


def test_the_script_is_asked_for_again_by_what_is_in_it(client: Client) -> None:
    link = link_of("widget", "leaving_website")
    first = client.get(f"/w/{link.code}.js")
    assert first.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert first.headers["Cache-Control"].startswith("public, max-age=300")
    tag = first.headers["ETag"]
    same = client.get(f"/w/{link.code}.js", headers={"If-None-Match": tag})
    assert (same.status_code, same.content) == (304, b"")
    change_link(link.id, with_rules(link.settings, Rules(after=3)))
    changed = client.get(f"/w/{link.code}.js", headers={"If-None-Match": tag})
    assert (changed.status_code, changed.headers["ETag"] == tag) == (200, False)
    for code in ("nothing", link_of("link").code, link_of("kiosk").code):
        assert client.get(f"/w/{code}.js").content == b"/* Peil */\n"
    close_link(link.id)
    forget_doors()
    assert client.get(f"/w/{link.code}.js").content == b"/* Peil */\n"
    assert not client.cookies


def test_nothing_in_the_script_asks_the_page_for_what_a_strict_site_forbids(client: Client) -> None:
    code = client.get(f"/w/{link_of('widget', 'leaving_website').code}.js").content.decode()
    for forbidden in (
        "eval(",
        "new Function",
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "cookie",
        "</",
    ):
        assert forbidden not in code
    assert ".style" not in code
    assert "<style" not in code


def test_a_page_is_shown_sent_and_gone_on_from(client: Client) -> None:
    link = link_of("widget", "leaving_website", channel="web")
    shown = client.post(f"/w/{link.code}/", {"_id": NUMBER, "_language": "en"})
    assert shown.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in shown.headers
    assert (shown.json()["page"], shown.json()["version"], shown.json()["language"]) == (1, 1, "en")
    assert "Did you manage to do what you came for on our website?" in list(texts(shown.json()["part"]))
    assert Response.objects.count() == 0  # a page that is only looked at is nobody's answer
    first = send(client, link, task="1", satisfied="4").json()
    assert (first["kept"], first["page"]) == (True, 2)
    last = send(client, link, _page="2", satisfied_comment="Fijn <b>").json()
    assert (last["kept"], last["done"]) == (True, True)
    row = Response.objects.get()
    assert (row.link_id, row.device, row.flags, row.language) == (link.id, "computer", "", "nl")
    assert {a.question: a.score or a.text for a in answers_from_json(row.answers)} == {
        "task": 1, "satisfied": 4, "satisfied_comment": "Fijn <b>",
    }  # fmt: skip
    assert {r["channel"] for fact, r in facts() if fact == "answers"} == {"web"}
    assert not client.cookies


def finished(client: Client) -> tuple[OpenLink, dict[str, Any]]:
    """A link at which all was answered, and what came back."""
    link = link_of("widget", "leaving_website")
    send(client, link, task="1", satisfied="4")
    return link, send(client, link, _page="2", satisfied_comment="Fijn").json()


def test_after_the_thanks_one_may_ask_to_be_called_back(client: Client) -> None:
    link, done = finished(client)
    assert "Mogen we u hierover bellen of mailen?" in list(texts(done["part"]))
    assert Response.objects.get().call_back == ""
    for where in ("", "bel mij", "<b>"):
        wrong = send(client, link, _do="call", call="1", where=where)
        assert (wrong.status_code, wrong.json()["done"]) == (422, True)
        assert "Vul een telefoonnummer of e-mailadres in." in list(texts(wrong.json()["part"]))
    assert Response.objects.get().call_back == ""
    kept = send(client, link, _do="call", call="1", where=" 06 - 12 34 56 78\n").json()
    assert "We nemen contact met u op via 06 - 12 34 56 78." in list(texts(kept["part"]))
    row = Response.objects.get()
    assert (row.call_back, row.finished_at is not None) == ("06 - 12 34 56 78", True)
    assert "Mogen we u hierover bellen of mailen?" not in list(texts(kept["part"]))
    after = send(client, link, _do="call", call="0").json()
    assert "We nemen hierover geen contact met u op." in list(texts(after["part"]))
    assert Response.objects.get().call_back == ""


def test_only_whoever_answered_may_ask_to_be_called_back(client: Client) -> None:
    link = link_of("widget", "leaving_website")
    nothing = send(client, link, _do="call", call="1", where="0612345678")
    assert nothing.status_code == 404
    send(client, link, task="1", satisfied="4")
    half = send(client, link, _do="call", call="1", where="0612345678")
    assert half.status_code == 404
    assert Response.objects.get().call_back == ""
    vote = send(client, link_of("widget", "helpful"), helpful="1").json()
    assert vote["done"]
    assert "Mogen we u hierover bellen of mailen?" not in list(texts(vote["part"]))


def test_the_same_page_sent_again_is_one_answer(client: Client) -> None:
    link = link_of("widget", "helpful")
    for _ in range(3):
        assert send(client, link, helpful="1").json()["done"]
    assert Response.objects.count() == 1
    assert send(client, link, _id="m" * 24, helpful="0").json()["kept"]
    assert Response.objects.count() == 2


def test_a_vote_on_a_help_page_is_a_row_of_solution_views(client: Client) -> None:
    link = link_of("widget", "helpful", channel="web")
    send(client, link, helpful="1", _solution="meterstand", _visit_id="v1", _customer_id="K-7")
    views = [row for fact, row in facts() if fact == "solution_views"]
    assert [(v["solution"], v["visit_id"], v["helpful"], v["customer_id"]) for v in views] == [
        ("meterstand", "v1", 1, None)
    ]


def test_a_contact_counts_only_with_its_proof_and_a_bad_proof_costs_no_answer(client: Client) -> None:
    link = link_of("chat_end", "after_contact", channel="chat")
    proof = prove(key_of(link), {"interaction_id": "C-1", "customer_id": "K-7"})
    good = send(client, link, ease="7", solved="1", _proof=proof).json()
    assert (good["kept"], good.get("refused")) == (True, None)
    row = Response.objects.get()
    assert row.context == {"channel": "chat", "interaction_id": "C-1", "customer_id": "K-7"}
    again = send(client, link, _id="m" * 24, ease="2", solved="0", _proof=proof)
    assert again.json()["kept"]
    assert Response.objects.count() == 1  # about one contact there is one answer
    bad = send(client, link, _id="k" * 24, ease="6", solved="1", _proof=proof[:-1] + "x").json()
    assert (bad["kept"], bad["refused"]) == (True, "proof")
    assert Response.objects.exclude(pk=row.pk).get().context == {"channel": "chat"}


def test_what_is_wrong_comes_back_at_its_field_with_what_was_filled_in(client: Client) -> None:
    draft = draft_from("leaving_website")
    page = replace(draft.pages[0], questions=tuple(replace(q, required=True) for q in draft.pages[0].questions))
    link = link_of("widget", replace(draft, pages=(page, *draft.pages[1:])))
    answer = send(client, link, task="1")
    assert answer.status_code == 422
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    told = json.dumps(answer.json()["part"])
    assert '"aria-invalid": "true"' in told
    assert '"value": "1", "id": "task", "checked": ""' in told
    assert Response.objects.count() == 0


def test_doors_that_are_closed_other_kinds_and_other_methods(client: Client) -> None:
    link = link_of("widget", "helpful")
    for code in ("nothing", link_of("link", "helpful").code, link_of("paper", "helpful").code):
        assert client.post(f"/w/{code}/", {"_id": NUMBER, "_do": "send"}).status_code == 404
    for number in ("", "short", "n" * 65, "spaces in it and more of them", "n" * 23 + "é"):
        assert send(client, link, _id=number, helpful="1").status_code == 400
    for field in ("_version", "_page", "_took", "_ago"):
        assert send(client, link, helpful="1", **{field: "-1"}).status_code == 400
    cut_off = client.post(f"/w/{link.code}/", {})  # nothing of it arrived: a device sends it again
    assert (cut_off.status_code, cut_off.json()) == (400, {"kept": False})
    assert send(client, link, helpful="1", _page="9").status_code == 404
    assert client.get(f"/w/{link.code}/").status_code == 405
    asked = client.options(f"/w/{link.code}/")
    assert (asked.status_code, asked.headers["Allow"]) == (204, "POST, OPTIONS")
    end_survey("helpful")
    forget_doors()
    over = send(client, link, helpful="1")
    assert (over.status_code, over.json()["over"]) == (410, True)
    assert Response.objects.count() == 0


def test_a_kiosk_is_started_with_its_pin_and_ten_wrong_ones_are_enough(client: Client) -> None:
    link = link_of("kiosk", "leaving_website")
    start = f"/kiosk/{link.code}/start/"
    assert client.post(start, {"pin": "1111"}).status_code == 403
    proof = client.post(start, {"pin": PIN}).json()["proof"]
    for _ in range(10):
        assert client.post(start, {"pin": "0000"}).status_code == 403
    assert client.post(start, {"pin": PIN}).status_code == 429
    assert len(proof) == 64
    assert PIN not in proof


def test_a_kiosk_holds_the_whole_survey_and_names_nobody(client: Client) -> None:
    link = link_of("kiosk", "after_contact")
    page = client.get(f"/kiosk/{link.code}/").content.decode()
    assert "manager@example.nl" not in page
    told = client.get(f"/kiosk/{link.code}/survey.json").json()
    assert [one["code"] for one in told["languages"]] == ["nl", "en"]
    assert [len(told["pages"][one]) for one in ("nl", "en")] == [2, 2]
    low = next(q for q in told["questions"] if q["key"] == "reason_low")
    assert low["needs"] == [{"question": "ease", "any": ["1", "2", "3", "4"], "none": [], "answered": True}]
    assert "argon2" not in json.dumps(told)
    worker = client.get(f"/kiosk/{link.code}/worker.js")
    assert worker.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert not client.cookies
    for code in ("nothing", link_of("widget").code):
        assert client.get(f"/kiosk/{code}/").status_code == 404


@pytest.mark.parametrize("what", ["link", "survey"])
def test_what_a_kiosk_was_given_before_its_link_closed_is_taken(client: Client, what: str) -> None:
    link = link_of("kiosk", "leaving_website")
    proof = client.post(f"/kiosk/{link.code}/start/", {"pin": PIN}).json()["proof"]
    closed = timezone.now() - timedelta(hours=2)
    if what == "link":
        Link.objects.filter(pk=link.id).update(closed_at=closed)
    else:
        Survey.objects.update(ended_at=closed)
    forget_doors()
    minutes = {"before": 180, "under way": 117, "after": 114, "now": 0, "far before": 90 * 24 * 60}
    told = {}
    for n, (when, ago) in enumerate(minutes.items()):
        number = f"{n:024}"
        answer = send(client, link, _id=number, _ago=str(ago * 60_000), _kiosk=proof, task="1", satisfied="5")
        told[when] = answer.status_code, answer.json().get("kept")
    kept, late = (200, True), (410, None)
    assert told == {"before": kept, "under way": kept, "after": late, "now": late, "far before": kept}
    row = Response.objects.order_by("saved_at").last()
    assert row is not None
    assert abs(row.saved_at - (timezone.now() - timedelta(minutes=117))) < timedelta(minutes=1)


def test_nobody_else_gets_in_after_a_link_closed(client: Client) -> None:
    """Without the proof of a device that was started, from a widget, or only to look."""
    for kind in ("kiosk", "widget"):
        link = link_of(kind, "leaving_website")  # type: ignore[arg-type]
        Link.objects.filter(pk=link.id).update(closed_at=timezone.now() - timedelta(hours=2))
        proof = proof_of(link.code, str(link.settings.get("pin", "")))
        forget_doors()
        wrong = {"a": "", "b": "x" * 64, "c": proof if kind == "widget" else "", "d": proof}
        for name, shown in wrong.items():
            do = "show" if name == "d" else "send"
            answer = send(client, link, _do=do, _ago="10800000", _kiosk=shown, task="1", satisfied="5")
            assert answer.status_code == 410, (kind, name)
    assert not Response.objects.exists()


def test_what_waited_on_a_kiosk_counts_when_it_was_given_and_many_of_them_are_no_flood(client: Client) -> None:
    link = link_of("kiosk", "leaving_website", channel="in_person")
    proof = client.post(f"/kiosk/{link.code}/start/", {"pin": PIN}).json()["proof"]
    hours = str(5 * 3600 * 1000)
    for n in range(20):
        send(client, link, _id=f"{n:024}", _ago=hours, _took="2000", _kiosk=proof, task="1", satisfied="5")
        send(client, link, _id=f"{n:024}", _ago=hours, _took="2000", _kiosk=proof, _page="2")
    rows = list(Response.objects.all())
    assert len(rows) == 20
    assert {(r.device, r.flags, r.sender) for r in rows} == {("kiosk", "", "")}
    assert all(abs(timezone.now() - timedelta(hours=5) - r.saved_at) < timedelta(minutes=1) for r in rows)
    send(client, link, _id="x" * 24, task="1")  # not from a device that was started: taken, and looked at like any
    assert Response.objects.get(submission__isnull=False, sender__gt="").device == "kiosk"


def test_every_template_can_be_shown_as_data(client: Client) -> None:
    for key in TEMPLATES:
        link = link_of("kiosk", key)
        told = client.get(f"/kiosk/{link.code}/survey.json").json()
        tags = {node[0] for page in told["pages"]["nl"] for node in _nodes(page)}
        assert tags <= {
            "p", "h2", "div", "form", "fieldset", "legend", "span", "label", "input", "textarea", "button", "svg",
            "circle", "path", "ul", "li", "a", "b",
        }  # fmt: skip


def _nodes(found: Any) -> Iterator[list[Any]]:
    for part in found:
        if isinstance(part, list):
            yield part
            yield from _nodes(part[2:])


def test_markup_in_a_text_stays_a_text() -> None:
    tree = tree_of("<p title='&quot;&gt;'>&lt;script&gt;alert(1)&lt;/script&gt; &amp; <b>x</b>\n y</p>")
    assert tree == [["p", {"title": '">'}, "<script>alert(1)</script> & ", ["b", {}, "x"], " y"]]
