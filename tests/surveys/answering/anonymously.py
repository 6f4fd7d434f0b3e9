"""Employees who answer by links of their own: `python -m tests.surveys.answering.anonymously`. A line in is a step on."""

from __future__ import annotations

import json
import random
import sys

ASKED, SEED = 15, 5


def main() -> None:
    from peil.web.serving.running import set_up

    set_up()
    from django.utils import timezone
    from tests.surveys.answering.doors import at_token, personal_token

    from peil.surveys.answering.doors import door_of_token
    from peil.surveys.answering.spent import LEAST, mark_together
    from peil.surveys.answering.writer import stop_writer
    from peil.surveys.questionnaires.templates import draft_from

    tokens = [personal_token("engagement", address=f"e{n}@example.nl") for n in range(ASKED)]
    pages = draft_from("engagement").pages
    order = random.Random(SEED).sample(range(ASKED), ASKED - 2)

    def tell(**what: object) -> None:
        print(json.dumps(what), flush=True)
        sys.stdin.readline()

    def answer(number: int) -> None:
        somebody = at_token(tokens[number])
        for page, questions in enumerate(pages, start=1):
            score = str(1 + number % 5)  # by which the test knows whose it is; nobody else does
            told = somebody.send(page, **{q.key: score for q in questions.questions if q.scores})
        assert told.outcome == "kept"
        assert door_of_token(tokens[number]).state == "used"

    tell(order=order)
    for number in order[: LEAST - 1]:
        answer(number)
    tell(marked=mark_together(timezone.now()))
    for number in order[LEAST - 1 :]:
        answer(number)
    tell(answered=len(order))
    tell(marked=mark_together(timezone.now()))
    stop_writer()


if __name__ == "__main__":
    main()
