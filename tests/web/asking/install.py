"""An install of its own with surveys to answer, made in a process of its own: `python -m tests.web.asking.install`.

Prints what was made: addresses of links and of personal requests, and forms handed out at them.
"""

from __future__ import annotations

import json
import subprocess
import sys
import uuid
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.ops.server import environment, url_of
from tests.web.asking.every_kind import every_kind


@dataclass(frozen=True)
class Wish:
    """What is to be there: so many forms at an open link, so many personal requests with so many forms each."""

    survey: str = "recommend"
    open_forms: int = 0
    requests: int = 0
    forms_each: int = 1
    one_page: bool = True


@dataclass(frozen=True)
class Made:
    """Where forms are sent: their addresses, those of one request beside each other."""

    link: str
    open_forms: list[str]
    personal: list[list[str]]
    answer: dict[str, str]  # fields that every form has
    expired: str  # a token that was good once
    comment: str  # the field in which each says something of its own


def make_install(folder: Path, wish: Wish, **more: str) -> Made:
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "tests.web.asking.install", json.dumps(vars(wish))]
    env = environment(PEIL_HOME=str(folder), PEIL_WAREHOUSE=url_of(folder), **more)
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return Made(**json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    from peil.web.serving.running import set_up

    wish = Wish(**json.loads(sys.argv[1]))
    set_up()
    print(json.dumps(_made(wish)))


def _made(wish: Wish) -> dict[str, Any]:
    from django.utils import timezone

    from peil.surveys.answering.doors import door_of_link, door_of_token
    from peil.surveys.answering.forms import hand_out
    from peil.surveys.keeping import add_survey, find_survey, publish_draft
    from peil.surveys.links import make_link
    from peil.surveys.models import Request, Survey, Version
    from peil.surveys.questionnaires.question import Question
    from peil.surveys.questionnaires.questionnaire import Page
    from peil.surveys.questionnaires.templates import TEMPLATES
    from peil.surveys.tokens import digest_of, token_of

    draft = every_kind() if wish.survey == "every_kind" else TEMPLATES[wish.survey].make()
    if wish.one_page and wish.survey != "every_kind":
        questions: tuple[Question, ...] = tuple(replace(q, show_if=()) for q in draft.questions if q.kind != "reason")
        draft = replace(draft, pages=(Page(questions=questions),))
    if find_survey(draft.key) is None:
        publish_draft(draft.key, add_survey(draft).edits)
    survey, now = Survey.objects.get(key=draft.key), timezone.now()
    link = make_link(draft.key, "link", "Load", channel="web")
    door = door_of_link(link.code)
    marks = [hand_out(door.name, door.asked.version, now).mark for _ in range(wish.open_forms)]
    version = Version.objects.get(survey=survey)
    uids = [uuid.uuid4() for _ in range(wish.requests)]
    Request.objects.bulk_create(
        Request(
            uid=u,
            survey=survey,
            version=version,
            digest=digest_of(token_of(u, "answer")),
            via="email",
            made_at=now,
            sent_at=now,
        )
        for u in uids
    )
    over = uuid.uuid4()
    Request.objects.create(
        uid=over, survey=survey, version=version, digest=digest_of(token_of(over, "answer")), via="email", made_at=now,
        sent_at=now, expires_at=now,
    )  # fmt: skip
    personal = []
    for token in (token_of(u, "answer") for u in uids):
        own = door_of_token(token)
        forms = [hand_out(own.name, own.asked.version, now).mark for _ in range(wish.forms_each)]
        personal.append([f"/a/{token}/{mark}/1/" for mark in forms])
    return {
        "link": f"/s/{link.code}/", "open_forms": [f"/s/{link.code}/{m}/1/" for m in marks], "personal": personal,
        "expired": token_of(over, "answer"),
        "answer": {draft.questions[0].key: "9", "language": "nl"},
        "comment": next(q.key for q in draft.questions if q.kind == "comment"),
    }  # fmt: skip


if __name__ == "__main__":
    main()
