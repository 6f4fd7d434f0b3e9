"""The facts: what happened, one row each. Columns, types, ranges, and what null means.

A column is `raw` (given by a mapping and kept in the archive), `computed` (made at load from
the same row) or `derived` (made at load from the customer's other rows). Times are kept raw in
UTC; everything a query groups or filters by is a column, so no query does arithmetic on time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import pyarrow as pa

from peil.core.errors import BadQuery, did_you_mean

Stage: TypeAlias = Literal["raw", "computed", "derived"]
Role: TypeAlias = Literal["key", "dimension", "measure", "time", "text"]

TEXT, REAL, WHOLE, FLAG = pa.string(), pa.float64(), pa.int64(), pa.int8()
TIME, DAY = pa.timestamp("us", tz="UTC"), pa.date32()
MAX_EXTRA = 50
OWN = "peil"  # the source of what Peil asked itself; no file can be of it


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a fact. `low` and `high` bound its values (inclusive); `unit` names what a number counts."""

    name: str
    type: pa.DataType
    role: Role
    meaning: str  # in English, for the docs; what null means included where it is not just 'unknown'
    stage: Stage = "raw"
    low: float | None = None
    high: float | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One table. `clock` is the raw time whose local day the row belongs to."""

    name: str
    meaning: str
    key: str  # with `source`, the primary key
    clock: str | None
    clusters: tuple[str, ...]  # whose row it is: the first known of these; rows of one cluster are not independent
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        for c in self.columns:
            if c.name == name:
                return c
        raise BadQuery(f"{self.name} has no column '{name}'.", did_you_mean(name, [c.name for c in self.columns]))

    def has(self, name: str) -> bool:
        return any(c.name == name for c in self.columns)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """What one can group and filter by, extra columns (`x_...`) apart."""
        return tuple(c.name for c in self.columns if c.role == "dimension")

    def arrow(self, *stages: Stage) -> pa.Schema:
        """The Arrow schema of the columns of `stages` (all when none is named)."""
        return pa.schema([(c.name, c.type) for c in self.columns if not stages or c.stage in stages])


def _dim(name: str, meaning: str, stage: Stage = "raw", type: pa.DataType = TEXT) -> Column:
    return Column(name, type, "dimension", meaning, stage)


def _flag(name: str, meaning: str, stage: Stage = "raw") -> Column:
    return Column(name, FLAG, "dimension", meaning + " (1 yes, 0 no, null can't be told)", stage, 0, 1)


def _time(name: str, meaning: str) -> Column:
    return Column(name, TIME, "time", meaning)


def _seconds(name: str, meaning: str, stage: Stage = "raw") -> Column:
    return Column(name, REAL, "measure", meaning, stage, low=0, unit="seconds")


def _bucket(duration: str) -> Column:
    return Column(f"{duration}_bucket", pa.int32(), "measure", f"logarithmic bucket of {duration}", "computed")


def _weeks_known(measure: str, known: str = "") -> Column:
    meaning = f"employee_weeks where {known or measure + ' is'} known, else null: its denominator"
    return Column(f"{measure}_weeks", REAL, "measure", meaning, "computed", 0, unit="weeks")


_CALENDAR = (
    Column("day", DAY, "dimension", "local day of the row's clock; null when its time is not known", "computed"),
    _dim("week", "ISO year * 100 + ISO week", "computed", pa.int32()),
    _dim("month", "year * 100 + month", "computed", pa.int32()),
    _dim("quarter", "year * 10 + quarter", "computed", pa.int32()),
    _dim("year", "year", "computed", pa.int32()),
    _dim("weekday", "1 Monday to 7 Sunday", "computed", pa.int32()),
    _dim("hour", "local hour, 0 to 23; null when only the day is known", "computed", pa.int32()),
)


def _fact(name: str, meaning: str, key: str, clock: str | None, clusters: tuple[str, ...], *columns: Column) -> Fact:
    first = (
        _dim("source", "the system or file set that the row comes from; part of the key"),
        Column(key, TEXT, "key", "the key given by the source, or file hash and row number"),
        Column("import_id", TEXT, "key", "the import that wrote the row last"),
        Column("weight", REAL, "measure", "what the row counts for in weighted figures; 1 when not given", low=0),
    )
    last = (
        *(_CALENDAR if clock else ()),
        Column("person", WHOLE, "key", "salted hash of the cluster", "computed"),
        _flag("known", "the cluster is a person known across rows, not the row itself", "computed"),
        Column("block", pa.int32(), "key", "person modulo 100, for the jackknife", "computed", 0, 99),
    )
    return Fact(name, meaning, key, clock, clusters, (*first, *columns, *last))


_CUSTOMER = _dim("customer_id", "the customer; null when not known")
_EMPLOYEE = _dim("employee_id", "the employee who handled it")
_TEAM = _dim("team", "the employee's team at the time")
_CHANNEL = _dim("channel", "phone, email, chat, social, web, app, messaging, post, in_person")

RESPONSES = _fact(
    "responses", "one submission of a survey", "response_id", "finished_at", ("customer_id", "response_id"),
    _dim("survey", "which survey"), _dim("version", "its version"),
    _time("started_at", "when it was opened"), _time("finished_at", "when it was submitted"),
    _dim("last_question", "the last question seen"),
    _dim("device", "phone, tablet, computer, kiosk, paper"), _dim("language", "language it was answered in"),
    _dim("touchpoint", "what it was about"), _CHANNEL,
    _dim("flags", "doubts about the submission: speeder, straight_line, duplicate"),
    _CUSTOMER,
)  # fmt: skip

ANSWERS = _fact(
    "answers", "one answered question", "answer_id", "answered_at", ("customer_id", "response_id"),
    Column("response_id", TEXT, "key", "the submission it belongs to"),
    _dim("survey", "which survey"), _dim("question", "the question's key"),
    _dim("kind", "what is asked: nps, csat, ces_agree, ... (KINDS in facts/schema.py)"),
    _dim("dimension", "SERVQUAL dimension, or the subject of an item"),
    Column("relationship", FLAG, "dimension", "1 when asked about the brand as a whole, 0 about a contact", low=0, high=1),
    _time("answered_at", "when it was answered"),
    Column("score", REAL, "measure", "the score on its own scale; null for a choice or a comment"),
    Column("expected", REAL, "measure", "what was expected, for pairs"),
    Column("scale_min", REAL, "measure", "lowest score of the scale"),
    Column("scale_max", REAL, "measure", "highest score of the scale"),
    Column("box", FLAG, "dimension", "1 favourable, 0 neutral, -1 unfavourable, by the question's own boxes", low=-1, high=1),
    _dim("choice", "the option chosen, or the label of the score"),
    Column("comment", TEXT, "text", "the open answer"),
    _dim("language", "language it was answered in"), _dim("touchpoint", "what it was about"),
    _dim("journey", "the customer journey"), _CHANNEL, _CUSTOMER,
    Column("interaction_id", TEXT, "key", "the contact it is about"), Column("visit_id", TEXT, "key", "the visit it is about"),
    _EMPLOYEE, _TEAM,
    Column("scale_code", WHOLE, "measure", "scale_min + 1000 * scale_max: one number for the scale", "computed"),
    Column("score_100", REAL, "measure", "the score stretched to 0-100", "computed", 0, 100),
    Column("gap", REAL, "measure", "score - expected, where both are known", "computed"),
)  # fmt: skip

INVITATIONS = _fact(
    "invitations", "one request to answer", "invitation_id", "sent_at", ("customer_id", "invitation_id"),
    _dim("survey", "which survey"), _dim("touchpoint", "what it is about"), _CHANNEL, _CUSTOMER,
    _time("sent_at", "when it was sent"), _time("bounced_at", "when it came back"),
    _time("opened_at", "when it was first opened"), _time("started_at", "when the first answer was given"),
    _time("answered_at", "when it was submitted"), _time("expired_at", "when it stopped being valid"),
    _dim("held_back_reason", "why it was not sent; null when it was"),
    _flag("delivered", "sent and not bounced; null for a link, QR code or kiosk, which reaches nobody in particular", "computed"),
    _flag("answered", "first answer confirmed within 14 days of a delivered request", "computed"),
    _flag("finished", "submitted within 14 days of a delivered request", "computed"),
)  # fmt: skip

INTERACTIONS = _fact(
    "interactions", "one contact", "interaction_id", "opened_at", ("customer_id", "interaction_id"),
    _CUSTOMER, _dim("direction", "in or out; null counts as in"), _CHANNEL, _dim("queue", "waiting line"),
    _dim("reason", "what it is about: the leaf of the reason tree"),
    _dim("reason_type", "product or process"), _dim("controllable", "within or outside our control"),
    _dim("tier", "product tier of the customer, as it was"), _dim("stage", "life-cycle stage of the customer, as it was"),
    _time("opened_at", "the customer's first message"), _time("resolved_at", "when it was solved; null while open"),
    _flag("answered", "a person answered"), _flag("abandoned", "the customer hung up while waiting"),
    _seconds("auto_reply_seconds", "to the automatic reply"),
    _seconds("first_response_seconds", "to the first substantive answer of a person; null while there is none"),
    _seconds("first_response_target_seconds", "the channel's own target"),
    _seconds("wait_seconds", "waiting in line, until answered or hung up"),
    _seconds("next_reply_seconds", "mean time to the following answers"),
    _seconds("total_wait_seconds", "total time that the customer waited for us"),
    _seconds("talk_seconds", "talking"), _seconds("hold_seconds", "on hold"), _seconds("wrap_up_seconds", "wrapping up"),
    _seconds("handle_seconds", "talk + hold + wrap-up, or logged work time; null when not known"),
    Column("transfers", WHOLE, "measure", "moves between people or teams after the first person", low=0, unit="moves"),
    _flag("warm_transfer", "the transfer passed on the history"),
    _time("callback_promised_at", "end of the agreed call-back slot"), _time("callback_kept_at", "when the call-back was made"),
    Column("reopens", WHOLE, "measure", "times opened again", low=0, unit="times"),
    _dim("resolved_by", "person, automatic, nobody"), _EMPLOYEE, _TEAM,
    Column("cost", REAL, "measure", "cost of the contact", low=0, unit="euro"),
    _seconds("first_response_business_seconds", "first response within business hours", "computed"),
    _seconds("resolution_seconds", "from opening to solution", "computed"),
    _flag("in_target", "first response within its target; 0 also when unanswered and past it", "computed"),
    _flag("in_service_level", "answered within the service level's seconds; null when hung up within 5 seconds", "computed"),
    _flag("callback_kept", "called within the agreed slot; null when nothing was promised", "computed"),
    _flag("transferred", "moved at least once", "computed"),
    _bucket("first_response_seconds"), _bucket("first_response_business_seconds"), _bucket("auto_reply_seconds"), _bucket("wait_seconds"), _bucket("next_reply_seconds"),
    _bucket("total_wait_seconds"), _bucket("handle_seconds"), _bucket("resolution_seconds"),
    Column("first_response_open_bucket", pa.int32(), "measure", "bucket of the age of a contact without an answer yet", "derived"),
    Column("first_response_business_open_bucket", pa.int32(), "measure", "the same age within business hours", "derived"),
    Column("resolution_open_bucket", pa.int32(), "measure", "bucket of the age of a contact not solved yet", "derived"),
    Column("episode_id", TEXT, "key", "one question of one customer over all channels: first contact's key", "derived"),
    _flag("episode_first", "the first contact of its episode", "derived"),
    Column("episode_contacts", WHOLE, "measure", "contacts of the episode, on its first contact", "derived", 1),
    _seconds("episode_seconds", "from the first contact to the last solution, on the episode's first contact", "derived"),
    _bucket("episode_seconds"),
    Column("episode_open_bucket", pa.int32(), "measure", "bucket of the age of an episode not solved yet, on its first contact", "derived"),
    _flag("repeated", "the same customer came back on the subject within 7 days, any channel", "derived"),
    _flag("episode_fcr", "solved at first contact, on the episode's first contact: no repeat, not reopened", "derived"),
    _flag("episode_fcr_strict", "the same without any transfer", "derived"),
    _flag("episode_switched", "went on in another channel, on the episode's first contact", "derived"),
    _flag("solved_automatically", "solved with no person and no repeat within 7 days; 0 for other incoming contacts", "derived"),
)  # fmt: skip

TOUCHES = _fact(
    "touches", "one employee or team on one contact", "touch_id", "started_at", ("customer_id", "interaction_id"),
    Column("interaction_id", TEXT, "key", "the contact"), _CUSTOMER, _EMPLOYEE, _TEAM,
    _time("started_at", "from"), _time("ended_at", "to"), _seconds("handle_seconds", "work on it"),
)  # fmt: skip

VISITS = _fact(
    "visits", "one web visit", "visit_id", "started_at", ("customer_id", "visitor_id", "visit_id"),
    Column("visitor_id", TEXT, "key", "first-party id of who consented or signed in"), _CUSTOMER,
    _time("started_at", "when it began"),
    _flag("returning", "seen before"), _flag("orientation", "looked at the offer"), _flag("sales", "was buying"),
    _flag("service", "came for service"), _flag("self_care", "read help pages"),
    _flag("self_provisioning", "used the 'my' pages"), _flag("contact_page", "opened the contact page"),
    _flag("contact_after_self_service", "opened it after a self-service page or tool"),
    _flag("landed_on_service", "began on a service page"), _flag("bounced", "landed on a service page, one page, no vote, search or tool"),
    _flag("used_tool", "used a self-service tool"), _flag("converted", "ended in what it came for: a purchase, a request"),
    Column("pages", WHOLE, "measure", "pages seen", low=0, unit="pages"),
    _dim("device", "phone, tablet, computer"), _dim("traffic_source", "where it came from"),
    _flag("self_service", "read help pages, used the 'my' pages or a tool", "computed"),
)  # fmt: skip

WEB_EVENTS = _fact(
    "web_events", "one event of a visit", "event_id", "at", ("customer_id", "visit_id"),
    Column("visit_id", TEXT, "key", "the visit"), _CUSTOMER, _time("at", "when"),
    _dim("kind", "page, search, solution, vote, tool, step"), _dim("path", "page"),
    Column("searched", TEXT, "text", "what was searched"), _flag("found", "the search found something"),
)  # fmt: skip

JOURNEY_RUNS = _fact(
    "journey_runs", "one customer on one journey", "run_id", "started_at", ("customer_id", "visit_id", "run_id"),
    _CUSTOMER, Column("visit_id", TEXT, "key", "the visit it began in"), _dim("journey", "which journey"),
    _time("started_at", "when it began"), Column("steps_done", WHOLE, "measure", "steps done", low=0, unit="steps"),
    _flag("completed", "finished within the journey's window, on any channel"), _dim("completed_in", "web, elsewhere, no"),
    _seconds("seconds", "from start to finish"),
)  # fmt: skip

SOLUTION_VIEWS = _fact(
    "solution_views", "one answer of the help pages shown in a visit", "view_id", "at", ("customer_id", "visit_id"),
    Column("visit_id", TEXT, "key", "the visit"), _CUSTOMER, _dim("solution", "which answer"), _time("at", "when"),
    _flag("helpful", "the vote on 'did this answer help you?'; null when there was none"),
)  # fmt: skip

MEMBERSHIPS = _fact(
    "memberships", "one spell as a customer", "membership_id", None, ("customer_id", "membership_id"),
    _CUSTOMER, Column("since", DAY, "time", "first day as a customer"), Column("until", DAY, "time", "first day no longer one; null while it lasts"),
    Column("value", REAL, "measure", "yearly value", unit="euro"), _dim("tier", "product tier"), _dim("segment", "segment"),
    _dim("leave_reason", "why the customer left"),
    Column("since_day", WHOLE, "measure", "`since` in days since 1970-01-01", "computed"),
    Column("until_day", WHOLE, "measure", "`until` in days since 1970-01-01; 1000000 while it lasts", "computed"),
)  # fmt: skip

CUSTOMER_EVENTS = _fact(
    "customer_events", "one thing that happened to a customer", "event_id", "at", ("customer_id", "event_id"),
    _CUSTOMER, _dim("kind", "purchase, delivery, invoice, outage, campaign, note, ..."), _time("at", "when"),
    Column("amount", REAL, "measure", "amount", unit="euro"), Column("text", TEXT, "text", "in words"),
)  # fmt: skip

WORK_WEEKS = _fact(
    "work_weeks", "one employee's week, or a group's total", "work_week_id", "week_start", ("employee_id", "work_week_id"),
    _EMPLOYEE, _TEAM, Column("week_start", DAY, "time", "first day"),
    Column("employees", REAL, "measure", "people it is about; 1 for one employee", low=0, unit="people"),
    Column("weeks", REAL, "measure", "weeks it is about; 1 when not given, 52.1775 for a year", low=0, unit="weeks"),
    Column("manager_minutes", REAL, "measure", "time with the manager", low=0, unit="minutes"),
    Column("group_minutes", REAL, "measure", "time with the own group", low=0, unit="minutes"),
    Column("network", REAL, "measure", "colleagues worked with outside the group", low=0, unit="people"),
    Column("overtime_minutes", REAL, "measure", "worked outside the schedule", low=0, unit="minutes"),
    Column("joined", REAL, "measure", "people who joined", low=0, unit="people"),
    Column("left", REAL, "measure", "people who left", low=0, unit="people"),
    Column("tenure_years", REAL, "measure", "years in service", low=0, unit="years"),
    Column("monthly_salary", REAL, "measure", "salary a month", low=0, unit="euro"),
    Column("employee_weeks", REAL, "measure", "employees * weeks", "computed", 0, unit="weeks"),
    _weeks_known("manager_minutes"), _weeks_known("group_minutes"), _weeks_known("network"), _weeks_known("overtime_minutes"),
    _weeks_known("left"), _weeks_known("tenure_years"), _weeks_known("monthly_salary", "monthly_salary and left are"),
)  # fmt: skip

CUSTOMER_KEYS = _fact(
    "customer_keys", "one identity of a customer", "key_id", None, ("customer_id",),
    _dim("kind", "email, phone, login, register"), Column("hashed", TEXT, "key", "keyed hash of the value"), _CUSTOMER,
)  # fmt: skip

FACTS: dict[str, Fact] = {
    f.name: f
    for f in (
        RESPONSES, ANSWERS, INVITATIONS, INTERACTIONS, TOUCHES, VISITS, WEB_EVENTS, JOURNEY_RUNS,
        SOLUTION_VIEWS, MEMBERSHIPS, CUSTOMER_EVENTS, WORK_WEEKS, CUSTOMER_KEYS,
    )
}  # fmt: skip

KINDS: dict[str, str] = {
    "nps": "how likely to recommend, 0-10",
    "nps_1_10": "how likely to recommend, asked on 1-10",
    "csat": "how satisfied, any scale",
    "rapportcijfer": "a mark from 1 to 10",
    "ces_agree": "agree that it was easy, 1-7, high is easy",
    "ces_effort": "how much effort it took, 1-5, low is easy",
    "ces_ease": "very hard to very easy, 1-5, high is easy",
    "gap": "one expectation beside its experience",
    "servqual": "one of the SERVQUAL statements, expected and perceived",
    "servqual_points": "points shared over the SERVQUAL dimensions, 100 in all",
    "servqual_dimension": "made at load: a person's mean of one SERVQUAL dimension, when complete",
    "servqual_overall": "made at load: a person's mean over the five dimensions",
    "servqual_weighted": "made at load: the same weighted by the person's points",
    "servperf": "a service quality statement, experience alone",
    "sus_item": "one of the ten SUS statements, 1-5",
    "sus": "a SUS score, 0-100; made at load from ten items",
    "task_success": "task done: 1 yes, 0 no",
    "engagement": "one engagement statement, about the work",
    "solved": "is your question solved: 1 yes, 0 no",
    "told_again": "did you have to tell your story again: 1 yes, 0 no",
    "preferred_channel": "which channel the customer prefers",
    "considered_channel": "a channel the customer would consider; one row each",
    "reason": "why this score; one row each",
    "comment": "an open answer",
    "other": "anything else, kept as it is",
}
