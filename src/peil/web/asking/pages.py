"""What is done at each address of a survey.

A look at a page writes nothing. Its form carries a mark in its address; what is sent is kept under that mark, and the
next page shows what is kept.
"""

from __future__ import annotations

import re

from peil.core.errors import NotNow
from peil.surveys.answering.doors import Door
from peil.surveys.answering.keeping import Steps
from peil.surveys.answering.submitting import LONGEST_CALL_BACK, Sent, ask_back, find_begun, submitting
from peil.surveys.questionnaires.texts import UNKEEPABLE
from peil.web.asking.intake.asked import Asked, Page
from peil.web.asking.showing import FIGURE, show_page, show_thanks, show_words
from peil.web.asking.visitor import device_of, sender_of
from peil.web.asking.visits import Visit, Way, answered_elsewhere, door_at, first_visit, visit_with

_REACHABLE = re.compile(r"\d{6}|@")
LATER = "60"  # seconds after which it is worth trying again


def first_page(came: Asked, way: Way, key: str) -> Page:
    """The first page, with a form that was never sent."""
    if came.method not in ("GET", "HEAD"):
        return _other_method(came, "GET, HEAD, OPTIONS")
    door = door_at(way, key)
    if door.state != "open":
        return show_words(came, door.state)
    chosen = _preselected(door, came.query.get("score", ""), came.query.get("question", ""))
    visit = first_visit(came, way, key, door, preselected=bool(chosen))
    begun = find_begun(door, visit.mark) if door.request_id is not None else None
    page = show_page(visit, visit.first, (begun.form if begun else {}) | chosen, begun)
    if way == "s":  # so that 'back' shows this very form again, and not a new one
        page.headers["Cache-Control"] = "private, max-age=0"
    return page


def one_page(came: Asked, way: Way, key: str, mark: str, page: int) -> Page | Steps[Page]:
    """A page of a submission: shown as it was filled in, or sent: that in steps."""
    visit = visit_with(came, way, key, mark)
    if visit is None or not 1 <= page <= len(visit.door.asked.pages):
        return show_words(came, "unknown")
    if came.method == "POST":
        return _sent(visit, page)
    if came.method not in ("GET", "HEAD"):
        return _other_method(came, "GET, HEAD, POST, OPTIONS")
    begun = find_begun(visit.door, mark)
    if answered_elsewhere(visit.door, begun):
        return show_words(came, "used", visit.language)
    return show_page(visit, page, begun.form if begun else {}, begun)


def thanks_page(came: Asked, way: Way, key: str, mark: str) -> Page:
    """After the last page: thanks, and whether somebody wants to be called back."""
    visit = visit_with(came, way, key, mark)
    if visit is None:
        return show_words(came, "unknown")
    if came.method not in ("GET", "HEAD", "POST"):
        return _other_method(came, "GET, HEAD, POST, OPTIONS")
    begun = find_begun(visit.door, mark)
    if answered_elsewhere(visit.door, begun):
        return show_words(came, "used", visit.language)
    if begun is None or begun.finished_at is None:
        return _to(visit.address(visit.first))
    if came.method == "GET" or came.method == "HEAD":
        return show_thanks(visit, begun)
    wanted, where = came.said("call"), clean_where(came.said("where"))
    if wanted not in ("0", "1"):
        return _to(visit.address("done"))
    if wanted == "1" and not is_reachable(where):
        return show_thanks(visit, begun, wrong=where)
    try:
        ask_back(visit.door, mark, where if wanted == "1" else "", visit.now)
    except NotNow:
        return _later(show_thanks(visit, begun, wrong=where, not_saved=True))
    return _to(visit.address("done") + "&called=1")


def clean_where(told: str) -> str:
    """Where somebody wants to be called back, on one line."""
    return " ".join(UNKEEPABLE.sub("", told).split())[:LONGEST_CALL_BACK]


def is_reachable(where: str) -> bool:
    """Whether it looks like a number or an address."""
    return bool(_REACHABLE.search(re.sub(r"[ ()./-]", "", where)))


def _sent(visit: Visit, page: int) -> Steps[Page]:
    """Keep what was sent of this page, and go on."""
    came = visit.came
    form = came.form or {}
    given = Sent(
        mark=visit.mark, form=form, page=page, language=visit.language, begun=visit.form.handed_out, now=visit.now,
        device=device_of(came.user_agent), preselected=visit.form.preselected,
        sender=sender_of(came.address, visit.now) if visit.way == "s" else "",
    )  # fmt: skip
    try:
        became = yield from submitting(visit.door, given)
    except NotNow:
        return _later(show_page(visit, page, form, find_begun(visit.door, visit.mark), not_saved=True))
    if became.outcome == "used":
        return show_words(came, "used", visit.language)
    if became.outcome == "wrong":
        return show_page(visit, became.page or page, form, find_begun(visit.door, visit.mark), became.errors)
    return _to(visit.address(became.page or "done"))


def _preselected(door: Door, score: str, named: str) -> dict[str, list[str]]:
    """A score that a link in a mail filled in, where the first question has it, or the one of the first page that the
    link names. It counts once somebody sends it."""
    there = door.asked.pages[0].questions if door.asked.pages else ()
    first = next((q for q in there if q.key == named), next(iter(door.asked.questions), None))
    if first is None or first.meaning.form not in ("scale", "yes_no") or not FIGURE.fullmatch(score):
        return {}
    return {first.key: [str(int(score))]} if int(score) in first.scores else {}


def _to(address: str) -> Page:
    return Page(status=303, headers={"Location": address})


def _later(page: Page) -> Page:
    page.status = 503
    page.headers["Retry-After"] = LATER
    return page


def _other_method(came: Asked, ways: str) -> Page:
    return Page(status=204 if came.method == "OPTIONS" else 405, headers={"Allow": ways})
