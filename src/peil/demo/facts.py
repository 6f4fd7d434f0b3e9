"""What happened, as facts: raw columns and extra ones."""

from __future__ import annotations

import pyarrow as pa

from peil.demo.contact.facts import interactions, touches
from peil.demo.register import customer_events, memberships
from peil.demo.surveys.asking import invitations
from peil.demo.web.facts import solution_views, visits_table, web_events
from peil.demo.web.journeys import journey_runs
from peil.demo.workforce import work_weeks
from peil.demo.world import World, sheets


def facts_of(world: World) -> dict[str, pa.Table]:
    """Every fact of a company by name."""
    seed, prefix = world.company.seed, world.company.prefix
    answers = [sheet.answers() for sheet in sheets(world).values()]
    return {
        "answers": pa.concat_tables(answers, promote_options="default"),
        "invitations": invitations(prefix, world.asked, world.contacts),
        "interactions": interactions(seed, world.desk),
        "touches": touches(seed, world.desk, world.staff),
        "visits": visits_table(prefix, world.visits),
        "solution_views": solution_views(prefix, world.visits),
        "web_events": web_events(seed, prefix, world.visits),
        "journey_runs": journey_runs(seed, prefix, world.visits),
        "memberships": memberships(seed, prefix, world.customers, world.asked),
        "customer_events": customer_events(seed, prefix, world.customers),
        "work_weeks": work_weeks(seed, prefix, world.staff),
    }
