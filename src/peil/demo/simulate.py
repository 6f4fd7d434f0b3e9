"""Kadewijk Energie, a company made up: its customers, what they asked, clicked and answered, as facts.

The truth is known: what moves a score, what changes on which day, and that nothing else does. Customers are
independent of each other and no rate depends on their number, so a small company is a sample of a large one. What
hits many at once (an outage, a Monday) lies on the same days in every company.
"""

from __future__ import annotations

import pyarrow as pa

from peil.demo.facts import facts_of
from peil.demo.files.write import DemoFile, write_company
from peil.demo.world import Company, company_of, draw_world

__all__ = ["Company", "DemoFile", "company_of", "simulate", "write_company"]


def simulate(company: Company) -> dict[str, pa.Table]:
    """The facts of a company, raw columns and extra ones (`x_`), times in UTC.

    The same seed and size give the same rows.
    """
    return facts_of(draw_world(company))
