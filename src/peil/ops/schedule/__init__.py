"""Named jobs at local times: each due time once, however many processes there are.

A job that is due becomes a row of the outbox in the same transaction that moves its next time, so it is done once,
tried again when it fails, and shown when it is given up. Times that passed while nothing ran are made up for once.
"""

from peil.ops.schedule.jobs import JobState, add_job, job_states
from peil.ops.schedule.plan import Plan

__all__ = ["JobState", "Plan", "add_job", "job_states"]
