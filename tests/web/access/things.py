"""What stands in the addresses of the table: things that somebody made, by their kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from allauth.mfa.models import Authenticator
from tests.surveys.answering.doors import form_at, open_code, personal_token
from tests.web.channels.making import MAKERS as CHANNEL_MAKERS

from peil.accounts.audit import record
from peil.accounts.joining import Place, invite
from peil.accounts.keys import make_key
from peil.accounts.models import Person
from peil.accounts.rules import Role, sight_of
from peil.board.journeys.keeping import StopChange, add_journey, add_stop, remove_journey, remove_stop
from peil.board.models import Annotation, Benchmark, SavedView, Snapshot, Subscription, Target
from peil.board.reported.snapshots import _digest
from peil.board.reported.subscriptions import unsubscribe_token
from peil.board.tiles import filters_as_json
from peil.ops.models import OutboxRow
from peil.surveys.hooks.keeping import make_hook
from peil.surveys.keeping import add_survey, draft_from_published, get_survey, publish_draft, save_draft
from peil.surveys.links import make_link
from peil.surveys.models import Request, Survey
from peil.surveys.questionnaires.templates import draft_from
from peil.surveys.tokens import digest_of, stop_token
from peil.surveys.trials import NewTrial, begin_trial
from peil.surveys.whom.rules import How, add_rule, start_rule
from peil.web.facts import the_peil
from peil.web.pages.data.upload.folder import Wrong, new_upload

Make = Callable[[Person], int | str]
NOW = datetime(2026, 10, 1, tzinfo=UTC)
CSV = "day;customer;score\n" + "".join(f"2026-02-{1 + i:02d};K{i};{i % 11}\n" for i in range(20))
MAPPING = """source = "access"
[file]
dates = "iso"
[answers]
answered_at = "day"
customer_id = "customer"
[[answers.questions]]
question = "nps"
kind = "nps"
column = "score"
"""


def _view(by: Person, **more: Any) -> int:
    return SavedView.objects.create(owner=by, name="A view", path="/comparison/", **more).pk


def _subscription(by: Person, **more: Any) -> int:
    return Subscription.objects.create(person=by, every="month", **more).pk


def _note(by: Person, **more: Any) -> int:
    return Annotation.objects.create(author=by, day=date(2026, 10, 1), text="Strike", **more).pk


def _snapshot(by: Person) -> int:
    since, until, where = date(2026, 9, 1), date(2026, 10, 1), filters_as_json(sight_of(by).where)
    made = Snapshot(
        kind="recorded", since=since, until=until, where=where, figures=[], made_by=by,
        digest=_digest("recorded", since, until, where, []),
    )  # fmt: skip
    made.save()
    return made.pk


def _target(by: Person, **more: Any) -> int:
    told = {"kpi": "csat", "value": 80.0, "months": 3, "starts": date(2026, 9, 1), "due": date(2026, 12, 1)}
    return Target.objects.create(set_by=by, **(told | more)).pk


def _benchmark(by: Person, **more: Any) -> int:
    told = {"kpi": "csat", "name": "Others", "source": "A book", "year": 2025, "value": 70.0}
    return Benchmark.objects.create(made_by=by, **(told | more)).pk


def _journey(_: Person) -> int:
    return add_journey("A journey")


def _gone_journey(by: Person) -> int:
    number = _journey(by)
    remove_journey(number)
    return number


def _stop(by: Person) -> int:
    return add_stop(_journey(by), StopChange("A stop")) or 0


def _gone_stop(by: Person) -> int:
    number = _stop(by)
    remove_stop(number)
    return number


def _key(by: Person) -> int:
    return make_key(by, "k", ["read_figures"])[0].id


def _passkey(by: Person) -> int:
    return Authenticator.objects.create(user=by, type="webauthn", data={"name": "key", "credential": {}}).pk


def _invitation(by: Person) -> int:
    return invite(by, f"tom{by.pk}@example.nl", Place(role=Role.AGENT))[0].id


def _join(by: Person) -> str:
    return invite(by, f"tom{by.pk}@example.nl", Place(role=Role.AGENT))[1]


def _work(_: Person) -> int:
    row = OutboxRow.objects.create(kind="mail", lane="quick", payload={}, state="dead", created_at=NOW, not_before=NOW)
    return row.pk


def _upload(by: Person) -> str:
    made = new_upload(by.pk, str(by))
    made.file.write_text("no table", encoding="utf-8")
    made.change(name="a.csv", size=8, stage="reading", wrong=Wrong("It is no table.", "Take another."))
    return made.token


def _import(_: Person) -> str:
    """The organisation's: one that holds and that nothing else is held to, made when there is none."""
    peil = the_peil()
    there = [e for e in peil.imports() if e.status != "undone" and e.file_name == "access.csv"]
    if there:
        return there[0].import_id
    folder = Path(peil.warehouse.folder)
    for name, text in (("access.csv", CSV), ("access.toml", MAPPING)):
        (folder / name).write_text(text, encoding="utf-8")
    return peil.import_file(folder / "access.csv", folder / "access.toml").import_id


def _gone(make: Callable[..., int], **more: Any) -> Make:
    return lambda by: make(by, **more)


def _certificate(by: Person) -> str:
    record(by, "erased", f"certificate-of-{by.pk}")
    return f"certificate-of-{by.pk}"


def _survey(_: Person) -> str:
    """A draft of three questions on two pages, the second page with conditions."""
    return add_survey(replace(draft_from("recommend"), key=f"recommend_{Survey.objects.count()}")).key


def _live_survey(by: Person) -> str:
    key = _survey(by)
    publish_draft(key, 0)
    return key


def _changed_survey(by: Person) -> str:
    return draft_from_published(_live_survey(by)).key


def _stepped_survey(by: Person) -> str:
    key = _survey(by)
    draft = get_survey(key).shown
    return save_draft(key, replace(draft, retention_months=6), 0).key


def _survey_link(by: Person) -> str:
    key = _live_survey(by)
    return f"{key}/links/{make_link(key, 'link', 'A link').id}"


def _rule(by: Person) -> int:
    return add_rule(_live_survey(by), "A rule", "after_contact", How()).id


def _going_rule(by: Person) -> int:
    number = _rule(by)
    start_rule(number)
    return number


def _trial(by: Person) -> int:
    return begin_trial(NewTrial(survey=_live_survey(by), what="moment", values=(2, 48))).id


MAKERS: Mapping[str, Make] = {
    **CHANNEL_MAKERS,
    "rule": _rule,
    "going_rule": _going_rule,
    "trial": _trial,
    "hook": lambda _: make_hook("A helpdesk").id,
    "hook_code": lambda _: make_hook("A helpdesk").code,
    "stop_asking": lambda _: stop_token(Request.objects.get(digest=digest_of(personal_token())).uid),
    "open_code": lambda _: open_code(),
    "open_form": lambda _: form_at("s", open_code()),
    "token": lambda _: personal_token(),
    "token_form": lambda _: form_at("a", personal_token()),
    "survey": _survey,
    "live_survey": _live_survey,
    "changed_survey": _changed_survey,
    "stepped_survey": _stepped_survey,
    "survey_page": lambda by: f"{_survey(by)}/pages/2",
    "survey_question": lambda by: f"{_survey(by)}/questions/recommend_comment",
    "survey_condition": lambda by: f"{_survey(by)}/questions/reason_low/only-if/1",
    "survey_link": _survey_link,
    "view": _view,
    "gone_view": _gone(_view, removed_at=NOW),
    "shared_view": _gone(_view, shared_with="everyone"),
    "subscription": _subscription,
    "gone_subscription": _gone(_subscription, ended_at=NOW),
    "note": _note,
    "gone_note": _gone(_note, removed_at=NOW),
    "snapshot": _snapshot,
    "target": _target,
    "gone_target": _gone(_target, ended_at=NOW),
    "benchmark": _benchmark,
    "gone_benchmark": _gone(_benchmark, removed_at=NOW),
    "journey": _journey,
    "gone_journey": _gone_journey,
    "stop": _stop,
    "gone_stop": _gone_stop,
    "key": _key,
    "passkey": _passkey,
    "person": lambda by: by.pk,
    "invitation": _invitation,
    "join": _join,
    "work": _work,
    "certificate": _certificate,
    "upload": _upload,
    "import": _import,
    "unsubscribe": lambda by: unsubscribe_token(_subscription(by)),
}
