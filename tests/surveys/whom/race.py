"""Asks the same people at the same time as others: `python -m tests.surveys.whom.race make|ask SURVEY SEED`."""

from __future__ import annotations

import random
import sys

PEOPLE, EVENTS = 12, 60


def main(what: str, survey: str = "", seed: str = "0") -> None:
    from peil.web.serving.running import set_up

    if what == "make":
        set_up()
        from tests.surveys.asking import published

        print(published("recommend").key)
        return
    import django

    django.setup()
    from tests.surveys.asking import TUESDAY, terms, wanted

    from peil.surveys.whom.asking import ask

    lots = random.Random(int(seed))
    print("ready", flush=True)
    sys.stdin.readline()
    for n in lots.sample(range(EVENTS), EVENTS):
        k = n % PEOPLE
        ask(
            wanted(survey, cause=f"event {n}", customer_id=f"K{k}", address=f"k{k - k % 2}@example.nl"),
            terms(),
            TUESDAY,
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
