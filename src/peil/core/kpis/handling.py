"""How contacts are handled: the work they take, passing on, calling again, and promises kept."""

from __future__ import annotations

from dataclasses import replace

from peil.core.intervals import woodruff
from peil.core.kpi import Kpi, Words
from peil.core.kpis.shapes import INBOUND, MEAN, SHARE, flag, kind, mean, mean_of, percent
from peil.core.moments import Is, LogHistogram

_SALESFORCE = "Salesforce, State of Service (contact-centre figures beside the customer effort score)"

TALK_TIME = Kpi(
    key="talk_time",
    document="K9",
    name=Words("Gesprekstijd, gemiddeld", "Talk time, mean"),
    formula=Words("som van de gesprekstijden / gesprekken", "sum of the talk times / conversations"),
    tells=Words(
        "Hoe lang een gesprek duurt, zonder wachtstand en nawerk.",
        "How long a conversation lasts, without hold and after-call work.",
    ),
    fact="interactions",
    rows=INBOUND,
    unit="seconds",
    better="neither",
    moments=mean_of("talk_seconds"),
    value=mean,
    method=MEAN,
    source="Trade usage",
)

HANDLE_TIME = replace(
    TALK_TIME,
    key="handle_time",
    name=Words("Gemiddelde afhandeltijd (AHT)", "Average handle time (AHT)"),
    formula=Words(
        "som van gesprek + wachtstand + nawerk (tickets: geboekte werktijd) / contacten waarvan dat bekend is",
        "sum of talk + hold + wrap-up (tickets: logged work time) / contacts of which it is known",
    ),
    tells=Words(
        "Hoeveel werk een contact kost. Korter is niet vanzelf beter: lees het naast ‘in één keer goed’.",
        "How much work a contact takes. Shorter is not better by itself: read it beside first-contact resolution.",
    ),
    moments=mean_of("handle_seconds"),
    source=f"Trade usage (average handle time); {_SALESFORCE}",
)

HANDLE_TIME_MEDIAN = Kpi(
    key="handle_time_median",
    document="K9",
    name=Words("Afhandeltijd, mediaan", "Handle time, median"),
    formula=Words(
        "tijd waarbinnen de helft van de contacten is afgehandeld, in werktijd",
        "work time within which half of the contacts are handled",
    ),
    tells=Words(
        "De gebruikelijke hoeveelheid werk per contact; enkele zeer lange contacten wegen hier niet zwaar.",
        "The usual work a contact takes; a few very long ones weigh little.",
    ),
    fact="interactions",
    rows=INBOUND,
    unit="seconds",
    better="neither",
    spread=LogHistogram("handle_seconds"),
    method=woodruff(0.5),
    source="Trade usage; median because work times are skewed",
)

TRANSFERRED = Kpi(
    key="transferred",
    document="K10",
    name=Words("Doorverbonden of doorgezet", "Transferred contacts"),
    formula=Words(
        "contacten die na de eerste medewerker minstens één keer zijn doorgegeven / contacten × 100",
        "contacts passed on at least once after the first person / contacts × 100",
    ),
    tells=Words(
        "Hoe vaak een klant bij iemand anders terechtkomt. Keuzemenu's en wachtrijen tellen niet mee.",
        "How often a customer ends up with somebody else. Menus and queues do not count.",
    ),
    fact="interactions",
    rows=INBOUND,
    unit="percent",
    better="lower",
    moments=flag("transferred"),
    value=percent,
    method=SHARE,
    source=_SALESFORCE,
)

TRANSFERS_MEAN = replace(
    TALK_TIME,
    key="transfers_mean",
    document="K10",
    name=Words("Aantal keren doorgegeven, gemiddeld", "Transfers per contact"),
    formula=Words("som van het aantal keren doorgegeven / contacten", "sum of the number of transfers / contacts"),
    tells=Words(
        "Hoe vaak een contact gemiddeld van hand tot hand gaat.",
        "How often a contact goes from hand to hand on average.",
    ),
    unit="count",
    better="lower",
    moments=mean_of("transfers"),
    source=_SALESFORCE,
)

HISTORY_LOST = replace(
    TRANSFERRED,
    key="history_lost",
    document="K29",
    name=Words("Doorgegeven zonder voorgeschiedenis", "Transferred without history"),
    formula=Words(
        "doorgegeven contacten zonder voorgeschiedenis / doorgegeven contacten waarvan dat bekend is × 100",
        "transferred contacts passed on without their history / transferred contacts where it is known × 100",
    ),
    tells=Words(
        "Hoe vaak de klant het verhaal vermoedelijk opnieuw moet vertellen, volgens onze eigen systemen.",
        "How often the customer presumably has to tell the story again, by our own systems.",
    ),
    rows=(*INBOUND, Is("transferred", (1,))),
    moments=flag("warm_transfer", 0),
)

TOLD_AGAIN = replace(
    TRANSFERRED,
    key="told_again",
    document="K29",
    name=Words("Verhaal opnieuw verteld", "Story told again"),
    formula=Words(
        "antwoorden ‘ja, ik moest mijn verhaal opnieuw vertellen’ / alle antwoorden × 100",
        "answers ‘yes, I had to tell my story again’ / all answers × 100",
    ),
    tells=Words(
        "Hoe vaak klanten zeggen dat ze hun verhaal opnieuw moesten vertellen.",
        "How often customers say that they had to tell their story again.",
    ),
    fact="answers",
    rows=(kind("told_again"),),
    moments=flag("score"),
)

REPEAT_CONTACT = replace(
    TRANSFERRED,
    key="repeat_contact",
    document="K10",
    name=Words("Opnieuw contact binnen 7 dagen", "Repeat contact within 7 days"),
    formula=Words(
        "contacten waarna dezelfde klant binnen 7 dagen over hetzelfde onderwerp terugkwam / contacten van bekende "
        "klanten × 100",
        "contacts after which the same customer came back on the same subject within 7 days / contacts of known "
        "customers × 100",
    ),
    tells=Words(
        "Hoe vaak één keer niet genoeg was, over alle kanalen. Contacten jonger dan 7 dagen lopen nog.",
        "How often once was not enough, over all channels. Contacts younger than 7 days do not count yet.",
    ),
    moments=flag("repeated"),
    ripe_days=7,
)

CALLBACKS_KEPT = replace(
    TRANSFERRED,
    key="callbacks_kept",
    document="K29",
    name=Words("Terugbelafspraken nagekomen", "Promised call-backs kept"),
    formula=Words(
        "binnen de afgesproken tijd teruggebeld / toegezegde terugbelafspraken × 100",
        "called back within the agreed slot / call-backs promised × 100",
    ),
    tells=Words("Of we bellen wanneer we dat hebben toegezegd.", "Whether we call when we said we would."),
    better="higher",
    moments=flag("callback_kept"),
)

KPIS = (
    TALK_TIME,
    HANDLE_TIME,
    HANDLE_TIME_MEDIAN,
    TRANSFERRED,
    TRANSFERS_MEAN,
    REPEAT_CONTACT,
    CALLBACKS_KEPT,
    HISTORY_LOST,
    TOLD_AGAIN,
)
