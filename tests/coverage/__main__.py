"""Print the coverage of every case: python -m tests.coverage [samples [customers ...]]."""

from __future__ import annotations

import sys

from tests.coverage.cases import SIZES, cases


def main(samples: int, sizes: tuple[int, ...]) -> None:
    print(f"{samples:,} samples a case\n\n| case | covers | band |\n|---|---|---|")
    for seed, case in enumerate(cases(sizes or SIZES), start=1):
        covered = case.coverage(seed, samples)
        mark = "" if case.low <= covered <= case.high else " **outside**"
        print(f"| {case} | {covered:.1%}{mark} | {case.low:.1%}-{case.high:.1%} |", flush=True)


if __name__ == "__main__":
    given = [int(a) for a in sys.argv[1:]] or [4_000]
    main(given[0], tuple(given[1:]))
