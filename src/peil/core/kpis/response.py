"""How long customers wait for us: first answers, waiting in line, the answers after, and who got none.

Unanswered contacts count: as late once past the target, and as still waiting in the medians.
Waiting times of different channels are never put in one median.
"""

from __future__ import annotations

from dataclasses import replace

from peil.core.intervals import woodruff
from peil.core.kpi import Kpi, Words
from peil.core.kpis.shapes import INBOUND, MEAN, SHARE, flag, mean, mean_of, percent
from peil.core.moments import Is, LogHistogram

_KAPLAN = (
    "Kaplan and Meier 1958, JASA 53 (contacts still open); no automatic replies: Userlike, De 6 klantenservice KPI's"
)
_CALLS = "Call Centre Helper, Service Level Threshold Calculations (offered, answered, abandoned)"

FIRST_RESPONSE_IN_TARGET = Kpi(
    key="first_response_in_target",
    document="K8",
    name=Words("Eerste reactie op tijd", "First response within target"),
    formula=Words(
        "eerste reacties binnen het doel van het eigen kanaal / "
        "(beantwoorde contacten + contacten die het doel al voorbij zijn) × 100",
        "first responses within their channel's own target / (answered contacts + contacts already past it) × 100",
    ),
    tells=Words(
        "Hoe vaak klanten op tijd een inhoudelijk antwoord van een mens krijgen. Een automatische bevestiging telt niet.",
        "How often customers get a substantive answer from a person in time. An automatic acknowledgement does not count.",
    ),
    fact="interactions",
    rows=INBOUND,
    unit="percent",
    better="higher",
    moments=flag("in_target"),
    value=percent,
    method=SHARE,
    source="Userlike, De 6 klantenservice KPI's die je bij moet houden (expectations differ by channel)",
)

FIRST_RESPONSE_MEDIAN = Kpi(
    key="first_response_median",
    document="K8",
    name=Words("Eerste reactietijd, mediaan", "First response time, median"),
    formula=Words(
        "tijd waarbinnen de helft van de contacten een eerste inhoudelijk antwoord van een mens heeft",
        "time within which half of the contacts have a first substantive answer from a person",
    ),
    tells=Words(
        "De gebruikelijke wachttijd op een eerste antwoord, per kanaal. Contacten zonder antwoord tellen mee als nog wachtend.",
        "The usual wait for a first answer, by channel. Contacts without an answer count as still waiting.",
    ),
    fact="interactions",
    rows=INBOUND,
    unit="seconds",
    better="lower",
    spread=LogHistogram("first_response_seconds", still_open="first_response_open_bucket"),
    within="channel",
    method=woodruff(0.5),
    source=_KAPLAN,
)

FIRST_RESPONSE_P90 = replace(
    FIRST_RESPONSE_MEDIAN,
    key="first_response_p90",
    name=Words("Eerste reactietijd, 90e percentiel", "First response time, 90th percentile"),
    formula=Words(
        "tijd waarbinnen 90% van de contacten een eerste inhoudelijk antwoord van een mens heeft",
        "time within which 90% of the contacts have a first substantive answer from a person",
    ),
    tells=Words(
        "Bij één op de tien contacten duurt het langer dan dit; per kanaal.",
        "One in ten contacts takes longer than this; by channel.",
    ),
    method=woodruff(0.9),
)

FIRST_RESPONSE_BUSINESS_MEDIAN = replace(
    FIRST_RESPONSE_MEDIAN,
    key="first_response_business_median",
    name=Words("Eerste reactietijd binnen openingstijden, mediaan", "First response time in business hours, median"),
    formula=Words(
        "als de mediaan, maar alleen openingstijden tellen mee, feestdagen niet",
        "as the median, but counting opening hours only, holidays left out",
    ),
    tells=Words(
        "Hoe lang wij erover deden in de uren dat we open waren. De klant wacht de hele tijd; lees beide naast elkaar.",
        "How long it took us while we were open. The customer waits all the time; read the two side by side.",
    ),
    spread=LogHistogram("first_response_business_seconds", still_open="first_response_business_open_bucket"),
)

AUTO_REPLY_MEDIAN = replace(
    FIRST_RESPONSE_MEDIAN,
    key="auto_reply_median",
    name=Words("Automatische bevestiging, mediaan", "Automatic reply time, median"),
    formula=Words(
        "tijd waarbinnen de helft van de verstuurde automatische bevestigingen er was",
        "time within which half of the automatic replies sent were there",
    ),
    tells=Words(
        "Hoe snel ‘we zijn ermee bezig’ verschijnt. Dit geldt nooit als eerste reactie.",
        "How soon ‘we are on it’ appears. It never counts as the first response.",
    ),
    spread=LogHistogram("auto_reply_seconds"),
    source="Userlike, De 6 klantenservice KPI's die je bij moet houden",
)

UNANSWERED = Kpi(
    key="unanswered",
    document="K8",
    name=Words("Onbeantwoorde contacten", "Unanswered contacts"),
    formula=Words(
        "contacten zonder antwoord van een mens / alle binnenkomende contacten × 100",
        "contacts without an answer from a person / all incoming contacts × 100",
    ),
    tells=Words(
        "Welk deel geen antwoord van een mens kreeg. Lees dit naast elke reactietijd.",
        "Which share got no answer from a person. Read it beside any response time.",
    ),
    fact="interactions",
    rows=INBOUND,
    unit="percent",
    better="lower",
    moments=flag("answered", 0),
    value=percent,
    method=SHARE,
    source=_CALLS,
)

REACHABILITY = replace(
    UNANSWERED,
    key="reachability",
    name=Words("Bereikbaarheid", "Reachability"),
    formula=Words("beantwoorde contacten / aangeboden contacten × 100", "answered contacts / offered contacts × 100"),
    tells=Words(
        "Bij welk deel van de aangeboden contacten de klant een mens bereikte.",
        "In which share of the contacts offered the customer reached a person.",
    ),
    better="higher",
    moments=flag("answered", 1),
)

ABANDONED = replace(
    UNANSWERED,
    key="abandoned",
    name=Words("Opgehangen tijdens wachten", "Abandoned while waiting"),
    formula=Words(
        "opgehangen tijdens wachten / aangeboden contacten × 100",
        "hung up while waiting / offered contacts × 100",
    ),
    tells=Words(
        "Bij welk deel de klant ophing voordat iemand opnam.",
        "In which share the customer hung up before anybody answered.",
    ),
    moments=flag("abandoned", 1),
)

SERVICE_LEVEL = replace(
    UNANSWERED,
    key="service_level",
    name=Words("Servicelevel", "Service level"),
    formula=Words(
        "beantwoord binnen X seconden / (aangeboden − opgehangen binnen 5 seconden) × 100; X is een instelling, standaard 20",
        "answered within X seconds / (offered − hung up within 5 seconds) × 100; X is a setting, 20 by default",
    ),
    tells=Words(
        "Hoe vaak op tijd wordt opgenomen. Er zijn minstens vijf formules in omloop; vergelijk alleen dezelfde.",
        "How often the call is taken in time. At least five formulas circulate; compare only like with like.",
    ),
    better="higher",
    moments=flag("in_service_level"),
)

SPEED_OF_ANSWER = Kpi(
    key="speed_of_answer",
    document="K8",
    name=Words("Gemiddelde wachttijd (ASA)", "Average speed of answer (ASA)"),
    formula=Words(
        "som van de wachttijden van beantwoorde contacten / beantwoorde contacten",
        "sum of the waits of answered contacts / answered contacts",
    ),
    tells=Words(
        "Hoe lang beantwoorde bellers gemiddeld wachtten. Wie ophing, telt niet mee.",
        "How long answered callers waited on average. Those who hung up are left out.",
    ),
    fact="interactions",
    rows=(*INBOUND, Is("answered", (1,))),
    unit="seconds",
    better="lower",
    moments=mean_of("wait_seconds"),
    value=mean,
    method=MEAN,
    source="Trade usage (average speed of answer)",
)

WAIT_MEDIAN = replace(
    FIRST_RESPONSE_MEDIAN,
    key="wait_median",
    name=Words("Tijd in de wachtrij, mediaan", "Waiting time in line, median"),
    formula=Words(
        "tijd waarbinnen bij de helft van de contacten het wachten voorbij was, door antwoord of ophangen",
        "time within which half of the waits were over, by an answer or by hanging up",
    ),
    tells=Words(
        "De gebruikelijke tijd in de wachtrij, per kanaal; wie ophing, telt mee.",
        "The usual time in line, by channel; those who hung up count too.",
    ),
    spread=LogHistogram("wait_seconds"),
    source="Trade usage; median instead of mean because waits are skewed",
)

NEXT_REPLY_MEDIAN = replace(
    WAIT_MEDIAN,
    key="next_reply_median",
    document="K29",
    name=Words("Reactietijd op vervolgberichten, mediaan", "Next-reply time, median"),
    formula=Words(
        "mediaan over contacten van de gemiddelde tijd tot elk volgend antwoord",
        "median over contacts of the mean time to each following answer",
    ),
    tells=Words(
        "Of klanten na een snel eerste antwoord niet alsnog moeten wachten.",
        "Whether customers are kept waiting after a quick first answer.",
    ),
    spread=LogHistogram("next_reply_seconds"),
    source="Salesforce, State of Service (long waits as customer effort)",
)

TOTAL_WAIT_MEDIAN = replace(
    WAIT_MEDIAN,
    key="total_wait_median",
    document="K29",
    name=Words("Totale wachttijd van de klant, mediaan", "Customer's total waiting time, median"),
    formula=Words(
        "mediaan over contacten van de totale tijd dat de klant op ons wachtte",
        "median over contacts of all the time that the customer waited for us",
    ),
    tells=Words(
        "Hoe lang de klant bij één contact in totaal op ons wacht, per kanaal.",
        "How long the customer waits for us in one contact altogether, by channel.",
    ),
    spread=LogHistogram("total_wait_seconds"),
    source="Salesforce, State of Service (long waits as customer effort)",
)

TOTAL_WAIT_MEAN = Kpi(
    key="total_wait_mean",
    document="K29",
    name=Words("Totale wachttijd van de klant, gemiddeld", "Customer's total waiting time, mean"),
    formula=Words(
        "som van alle tijd dat klanten op ons wachtten / contacten",
        "sum of all the time that customers waited for us / contacts",
    ),
    tells=Words(
        "In het gemiddelde wegen lange wachttijden zwaar; de mediaan ernaast zegt wat gebruikelijk is.",
        "The mean counts long waits heavily; the median beside it says what is usual.",
    ),
    fact="interactions",
    rows=INBOUND,
    unit="seconds",
    better="lower",
    moments=mean_of("total_wait_seconds"),
    value=mean,
    method=MEAN,
    source="Salesforce, State of Service (long waits as customer effort)",
)

KPIS = (
    FIRST_RESPONSE_IN_TARGET,
    FIRST_RESPONSE_MEDIAN,
    FIRST_RESPONSE_P90,
    FIRST_RESPONSE_BUSINESS_MEDIAN,
    AUTO_REPLY_MEDIAN,
    UNANSWERED,
    REACHABILITY,
    ABANDONED,
    SERVICE_LEVEL,
    SPEED_OF_ANSWER,
    WAIT_MEDIAN,
    NEXT_REPLY_MEDIAN,
    TOTAL_WAIT_MEDIAN,
    TOTAL_WAIT_MEAN,
)
