"""Whether questions get solved: contacts and time to a solution, in one go, automatically, in which channel.

An episode is one question of one customer over all channels: contacts on one subject with no
gap over 7 days. Its figures stand on its first contact, so each episode counts once.
"""

from __future__ import annotations

from dataclasses import replace

from peil.core.intervals import woodruff
from peil.core.kpi import Kpi, Words
from peil.core.kpis.shapes import INBOUND, MEAN, SHARE, flag, kind, mean, mean_of, percent
from peil.core.moments import Histogram, LogHistogram

_FCR = "Cleveland 2019, Call Center Management on Fast Forward, 4th ed.; window of 7 days: decision of Peil"

EPISODE_CONTACTS = Kpi(
    key="episode_contacts",
    document="K11",
    name=Words("Contacten per vraag", "Contacts per question"),
    formula=Words("binnenkomende contacten / vragen (episodes)", "incoming contacts / questions (episodes)"),
    tells=Words(
        "Hoe vaak een klant voor één vraag contact moet zoeken, over alle kanalen.",
        "How often a customer has to seek contact for one question, over all channels.",
    ),
    fact="interactions",
    rows=INBOUND,
    unit="count",
    better="lower",
    moments=mean_of("episode_contacts"),
    value=mean,
    method=MEAN,
    ripe_days=7,
    source="Trade usage; episode: decision of Peil",
)

FCR = Kpi(
    key="fcr",
    document="K11",
    name=Words("In één keer goed (FCR)", "First-contact resolution (FCR)"),
    formula=Words(
        "vragen zonder nieuw contact over het onderwerp binnen 7 dagen en niet heropend / vragen van bekende klanten × 100",
        "questions with no further contact on the subject within 7 days and not reopened / questions of known "
        "customers × 100",
    ),
    tells=Words(
        "Bij welk deel van de vragen de klant niet terugkwam en er niets werd heropend. Ook vragen die nooit als "
        "opgelost zijn gemarkeerd, tellen mee. Warm doorverbinden mag. Dit meet gedrag; wat klanten zelf zeggen, staat "
        "ernaast en is meestal lager.",
        "In which share of questions the customer did not come back and nothing was reopened. Questions never marked "
        "as solved count as well. A warm transfer is allowed. It measures behaviour; what customers say themselves "
        "stands beside it and is usually lower.",
    ),
    fact="interactions",
    rows=INBOUND,
    unit="percent",
    better="higher",
    moments=flag("episode_fcr"),
    value=percent,
    method=SHARE,
    ripe_days=7,
    source=_FCR,
)

FCR_STRICT = replace(
    FCR,
    key="fcr_strict",
    name=Words("In één keer goed, streng", "First-contact resolution, strict"),
    formula=Words(
        "als ‘in één keer goed’, en bovendien nooit doorgegeven",
        "as first-contact resolution, and never transferred",
    ),
    tells=Words(
        "De strenge lezing: één contact, één medewerker.",
        "The strict reading: one contact, one person.",
    ),
    moments=flag("episode_fcr_strict"),
)

SOLVED_ASKED = Kpi(
    key="solved_asked",
    document="K11",
    name=Words("Vraag opgelost, volgens de klant", "Question solved, according to the customer"),
    formula=Words("antwoorden ‘ja, opgelost’ / alle antwoorden × 100", "answers ‘yes, solved’ / all answers × 100"),
    tells=Words(
        "Of de klant zelf vindt dat de vraag is opgelost.",
        "Whether the customers themselves find their question solved.",
    ),
    fact="answers",
    rows=(kind("solved"),),
    unit="percent",
    better="higher",
    moments=flag("score"),
    value=percent,
    method=SHARE,
    source=_FCR,
)

SOLUTION_TIME_MEDIAN = Kpi(
    key="solution_time_median",
    document="K11",
    name=Words("Tijd tot de oplossing, mediaan", "Time to a solution, median"),
    formula=Words(
        "tijd van het eerste contact tot de laatste oplossing waarbinnen de helft van de vragen is opgelost",
        "time from the first contact to the last solution within which half of the questions are solved",
    ),
    tells=Words(
        "Hoe lang een klant met een vraag rondloopt, over alle contacten heen. Open vragen tellen mee als nog open.",
        "How long a customer is left with a question, over all its contacts. Open questions count as still open.",
    ),
    fact="interactions",
    rows=INBOUND,
    unit="seconds",
    better="lower",
    spread=LogHistogram("episode_seconds", still_open="episode_open_bucket"),
    method=woodruff(0.5),
    source="Kaplan and Meier 1958, JASA 53 (questions still open); episode: decision of Peil",
)

RESOLUTION_TIME_MEDIAN = replace(
    SOLUTION_TIME_MEDIAN,
    key="resolution_time_median",
    name=Words("Oplostijd per contact, mediaan", "Resolution time per contact, median"),
    formula=Words(
        "tijd van opening tot oplossing waarbinnen de helft van de contacten is opgelost",
        "time from opening to solution within which half of the contacts are solved",
    ),
    tells=Words(
        "De oplostijd zoals helpdesks die kennen, per ticket. Open tickets tellen mee als nog open.",
        "The resolution time as helpdesks know it, per ticket. Open tickets count as still open.",
    ),
    spread=LogHistogram("resolution_seconds", still_open="resolution_open_bucket"),
    source="Kaplan and Meier 1958, JASA 53 (contacts still open)",
)

REOPENED = replace(
    FCR,
    key="reopened",
    name=Words("Heropend", "Reopened"),
    formula=Words(
        "minstens één keer heropende contacten / contacten waarvan dat bekend is × 100",
        "contacts reopened at least once / contacts where it is known × 100",
    ),
    tells=Words(
        "Hoe vaak ‘opgelost’ niet opgelost bleek.",
        "How often ‘solved’ turned out not to be.",
    ),
    better="lower",
    moments=flag("reopens", 1, 9999),
    ripe_days=0,
    source="Trade usage",
)

SOLVED_AUTOMATICALLY = replace(
    FCR,
    key="solved_automatically",
    document="K12",
    name=Words("Automatisch opgelost", "Solved automatically"),
    formula=Words(
        "opgelost zonder medewerker en zonder nieuw contact binnen 7 dagen / alle binnenkomende contacten × 100",
        "solved with no person and no further contact within 7 days / all incoming contacts × 100",
    ),
    tells=Words(
        "Welk deel zonder mens werd opgelost en opgelost bleef. Een automatische bevestiging is geen oplossing.",
        "Which share was solved without a person and stayed solved. An automatic acknowledgement is not a solution.",
    ),
    moments=flag("solved_automatically"),
    source="Trade usage; lasting 7 days: decision of Peil",
)

CHANNEL_SWITCHING = replace(
    FCR,
    key="channel_switching",
    document="K30",
    name=Words("Wisselen van kanaal", "Channel switching"),
    formula=Words(
        "vragen die in een ander kanaal verdergaan / vragen van bekende klanten × 100",
        "questions that go on in another channel / questions of known customers × 100",
    ),
    tells=Words(
        "Hoe vaak een klant het in een tweede kanaal moet proberen.",
        "How often a customer has to try a second channel.",
    ),
    better="lower",
    moments=flag("episode_switched"),
    source="Dixon, Freeman and Toman 2010, Harvard Business Review 88(7/8) (switching as effort)",
)

PREFERRED_CHANNEL = Kpi(
    key="preferred_channel",
    document="K30",
    name=Words("Voorkeurskanaal", "Preferred channel"),
    formula=Words("keer gekozen / alle antwoorden × 100", "times chosen / all answers × 100"),
    tells=Words(
        "Via welk kanaal klanten ons het liefst bereiken; samen 100%.",
        "By which channel customers prefer to reach us; together 100%.",
    ),
    fact="answers",
    rows=(kind("preferred_channel"),),
    unit="percent",
    better="neither",
    spread=Histogram("choice"),
    method=SHARE,
    source="Salesforce, State of Service",
)

CONSIDERED_CHANNEL = replace(
    PREFERRED_CHANNEL,
    key="considered_channel",
    name=Words("Overwogen kanalen", "Channels considered"),
    formula=Words("keer genoemd / alle genoemde kanalen × 100", "times named / all channels named × 100"),
    tells=Words(
        "Welke kanalen klanten zouden overwegen. Een klant mag er meer noemen; samen 100%.",
        "Which channels customers would consider. A customer may name several; together 100%.",
    ),
    rows=(kind("considered_channel"),),
)

KPIS = (
    EPISODE_CONTACTS,
    FCR,
    FCR_STRICT,
    SOLVED_ASKED,
    SOLUTION_TIME_MEDIAN,
    RESOLUTION_TIME_MEDIAN,
    REOPENED,
    SOLVED_AUTOMATICALLY,
    CHANNEL_SWITCHING,
    PREFERRED_CHANNEL,
    CONSIDERED_CHANNEL,
)
