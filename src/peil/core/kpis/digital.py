"""The website: who comes for what, whether it helps them, and how usable it is.

The groups of visits overlap and need not add up to 100: each is set against all visits.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from peil.core.intervals import wilson
from peil.core.kpi import Array, Kpi, Part, Sums, Words
from peil.core.kpis.shapes import MEAN, SHARE, flag, kind, mean, mean_of, over, percent
from peil.core.moments import Count, CountBetween, Histogram, Is

_DIGITAL = "Deze digital service KPI's verlagen je contactkosten (Dutch trade article)"


def _share_of_all(m: Sums) -> Array:
    """NaN where no visit at all can be told: then 0 % new would be made up."""
    return np.where(m.told > 0, percent(m), np.nan)


def _untold(m: Sums) -> Array:
    return 100 * (1 - over(m.told, m.n))


VISITS_NEW = Kpi(
    key="visits_new",
    document="K15",
    name=Words("Nieuwe bezoekers", "Visits by new visitors"),
    formula=Words("bezoeken van nieuwe bezoekers / alle bezoeken × 100", "visits by new visitors / all visits × 100"),
    tells=Words(
        "Welk deel van de bezoeken van iemand is die hier niet eerder was. Alleen te zien bij wie inlogt of toestemming "
        "gaf; de rest staat onder ‘niet te zeggen’.",
        "Which share of visits is by somebody not seen before. It shows only for those who sign in or consented; the "
        "rest stands under ‘can't be told’.",
    ),
    fact="visits",
    unit="percent",
    better="neither",
    moments={"n": Count("visit_id"), "told": Count("returning"), "yes": CountBetween("returning", 0, 0)},
    value=_share_of_all,
    method=SHARE,
    source=_DIGITAL,
)

VISITS_RETURNING = replace(
    VISITS_NEW,
    key="visits_returning",
    name=Words("Terugkerende bezoekers", "Visits by returning visitors"),
    formula=Words(
        "bezoeken van terugkerende bezoekers / alle bezoeken × 100",
        "visits by returning visitors / all visits × 100",
    ),
    tells=Words(
        "Welk deel van de bezoeken van iemand is die hier eerder was, voor zover dat te zien is.",
        "Which share of visits is by somebody seen before, as far as that shows.",
    ),
    moments={"n": Count("visit_id"), "told": Count("returning"), "yes": CountBetween("returning", 1, 1)},
)

VISITS_UNKNOWN = replace(
    VISITS_NEW,
    key="visits_unknown",
    name=Words("Nieuw of terugkerend niet te zeggen", "New or returning can't be told"),
    formula=Words(
        "bezoeken zonder inlog of toestemming / alle bezoeken × 100",
        "visits without sign-in or consent / all visits × 100",
    ),
    tells=Words(
        "Van welk deel van de bezoeken niet te zeggen is of iemand eerder kwam.",
        "For which share of visits it can't be told whether the visitor came before.",
    ),
    moments={"n": Count("visit_id"), "told": Count("returning")},
    value=_untold,
    method=wilson("told", then=lambda share, _: 100 * (1 - share)),
)


def _group(column: str, document: str, name: Words, what: Words) -> Kpi:
    """One group of visits against all visits."""
    return Kpi(
        key=f"visits_{column}",
        document=document,
        name=name,
        formula=Words(f"bezoeken {what.nl} / alle bezoeken × 100", f"visits {what.en} / all visits × 100"),
        tells=Words(
            f"Het aandeel bezoeken {what.nl} in alle bezoeken. Groepen overlappen en hoeven niet op te tellen tot 100%.",
            f"The share of visits {what.en} among all visits. Groups overlap and need not add up to 100%.",
        ),
        fact="visits",
        unit="percent",
        better="neither",
        moments={"n": Count("visit_id"), "told": Count(column), "yes": CountBetween(column, 1, 1)},
        value=_share_of_all,
        method=SHARE,
        source=_DIGITAL,
    )


SOLUTIONS_SHOWN = Kpi(
    key="solutions_shown",
    document="K18",
    name=Words("Meest getoonde oplossingen", "Most shown solutions"),
    formula=Words(
        "keer dat de oplossing werd getoond, één keer per bezoek / alle bezoeken × 100",
        "times the solution was shown, once a visit / all visits × 100",
    ),
    tells=Words(
        "Welke antwoorden op de hulppagina's het meest worden bekeken, op volgorde. Een antwoord met 0% bestaat "
        "wel, maar niemand bekeek het; wat nog nooit bekeken is, staat niet in de gegevens.",
        "Which answers on the help pages are viewed most, in order. One at 0% exists, but nobody viewed it; "
        "one that was never viewed at all is not in the data.",
    ),
    fact="solution_views",
    unit="percent",
    better="neither",
    spread=Histogram("solution"),
    second=Part("visits", {"n_second": Count("visit_id")}),
    method=SHARE,
    source=_DIGITAL,
)

SERVICE_BOUNCE = Kpi(
    key="service_bounce",
    document="K19",
    name=Words("Bounce op servicepagina's", "Bounce on service pages"),
    formula=Words(
        "bezoeken die op een servicepagina beginnen en zonder stem, zoekvraag of hulpmiddel na één pagina weggaan / "
        "bezoeken die op een servicepagina beginnen × 100",
        "visits that begin on a service page and leave after one page without vote, search or tool / visits that "
        "begin on a service page × 100",
    ),
    tells=Words(
        "Hoe vaak iemand op een servicepagina begint en meteen weggaat. Wie ‘ja, dit hielp’ stemt, is geen bounce. "
        "Cijfers uit andere pakketten volgen een andere regel.",
        "How often somebody begins on a service page and leaves at once. A visitor who votes ‘yes, this helped’ is no bounce. "
        "Figures of other packages follow another rule.",
    ),
    fact="visits",
    rows=(Is("landed_on_service", (1,)),),
    unit="percent",
    better="lower",
    moments=flag("bounced"),
    value=percent,
    method=SHARE,
    source=_DIGITAL,
)

HELPFUL = replace(
    SERVICE_BOUNCE,
    key="helpful",
    document="K20",
    name=Words("Heeft dit antwoord geholpen?", "Did this answer help?"),
    formula=Words("ja / (ja + nee) × 100", "yes / (yes + no) × 100"),
    tells=Words(
        "Welk deel van de stemmen ja is; één stem per bezoek en antwoord. Lees het naast het deel dat stemt.",
        "Which share of the votes is yes; one vote per visit and answer. Read it beside the share that votes.",
    ),
    fact="solution_views",
    rows=(),
    better="higher",
    moments=flag("helpful"),
)

VOTE_RATE = replace(
    HELPFUL,
    key="vote_rate",
    name=Words("Deel dat stemt", "Vote rate"),
    formula=Words(
        "getoonde antwoorden met een stem / getoonde antwoorden × 100",
        "answers shown with a vote / answers shown × 100",
    ),
    tells=Words(
        "Hoeveel van de lezers laten weten of het hielp. Is het laag, dan zegt ‘heeft geholpen’ weinig.",
        "How many readers say whether it helped. Where it is low, ‘helped’ says little.",
    ),
    better="neither",
    moments={"n": Count("view_id"), "yes": Count("helpful")},
)

TO_CONTACT_AFTER_SELF_SERVICE = replace(
    SERVICE_BOUNCE,
    key="to_contact_after_self_service",
    document="K21",
    name=Words("Naar contact na zelfservice", "To contact after self-service"),
    formula=Words(
        "bezoeken die na een zelfservicepagina of hulpmiddel de contactpagina openen / bezoeken met zelfservice × 100",
        "visits that open the contact page after a self-service page or tool / visits with self-service × 100",
    ),
    tells=Words(
        "Hoe vaak zelfservice niet genoeg was, binnen hetzelfde bezoek.",
        "How often self-service was not enough, within the same visit.",
    ),
    rows=(Is("self_service", (1,)),),
    moments=flag("contact_after_self_service"),
)

JOURNEY_COMPLETED = replace(
    SERVICE_BOUNCE,
    key="journey_completed",
    document="K22",
    name=Words("Klantreizen afgerond", "Journeys completed"),
    formula=Words(
        "binnen de termijn afgeronde klantreizen, via welk kanaal ook / begonnen klantreizen × 100",
        "journeys finished within their window, by any channel / journeys begun × 100",
    ),
    tells=Words(
        "Hoe vaak klanten krijgen waarvoor ze kwamen. Telefonisch afgerond telt als afgerond.",
        "How often customers get what they came for. Finished by phone counts as finished.",
    ),
    fact="journey_runs",
    rows=(),
    better="higher",
    moments=flag("completed"),
)

JOURNEY_COMPLETED_ELSEWHERE = replace(
    JOURNEY_COMPLETED,
    key="journey_completed_elsewhere",
    name=Words("Klantreizen elders afgerond", "Journeys completed elsewhere"),
    formula=Words(
        "klantreizen die buiten het web zijn afgerond / begonnen klantreizen × 100",
        "journeys finished outside the web / journeys begun × 100",
    ),
    tells=Words(
        "Welk deel online begint en bijvoorbeeld telefonisch eindigt: geen afhaker, wel een contact.",
        "Which share begins online and ends by phone, for instance: not given up, but a contact all the same.",
    ),
    better="lower",
    moments={"n": Count("completed_in")},
    second=Part("journey_runs", {"yes": Count("completed_in")}, (Is("completed_in", ("elsewhere",)),)),
)

CONVERSION = replace(
    SERVICE_BOUNCE,
    key="conversion",
    document="K22",
    name=Words("Conversie", "Conversion"),
    formula=Words(
        "bezoeken met een aankoop of aanvraag / alle bezoeken × 100",
        "visits with a purchase or a request / all visits × 100",
    ),
    tells=Words(
        "Welk deel van de bezoeken tot een aankoop of aanvraag leidt.",
        "Which share of visits leads to a purchase or a request.",
    ),
    rows=(),
    better="higher",
    moments=flag("converted"),
    source="Trade usage",
)

PAGES_PER_VISIT = Kpi(
    key="pages_per_visit",
    document="K16",
    name=Words("Pagina's per bezoek", "Pages per visit"),
    formula=Words("bekeken pagina's / bezoeken", "pages seen / visits"),
    tells=Words(
        "Hoeveel een bezoeker bekijkt. Meer kan verdieping zijn, of zoeken zonder vinden.",
        "How much a visitor looks at. More may be interest, or searching without finding.",
    ),
    fact="visits",
    unit="count",
    better="neither",
    moments=mean_of("pages"),
    value=mean,
    method=MEAN,
    source="Trade usage",
)

SEARCH_UNANSWERED = replace(
    SERVICE_BOUNCE,
    key="search_unanswered",
    document="K28",
    name=Words("Gezocht en niets gevonden", "Searches without an answer"),
    formula=Words(
        "zoekvragen zonder resultaat / alle zoekvragen × 100", "searches without result / all searches × 100"
    ),
    tells=Words(
        "Wat klanten vragen en de site niet beantwoordt.",
        "What customers ask and the site does not answer.",
    ),
    fact="web_events",
    rows=(kind("search"),),
    moments=flag("found", 0),
)

SUS = Kpi(
    key="sus",
    document="K23",
    name=Words("Gebruiksgemak (SUS)", "Usability (SUS)"),
    formula=Words(
        "per persoon 2,5 × som van (score − 1) bij oneven en (5 − score) bij even stellingen; daarvan het gemiddelde",
        "per person 2.5 × sum of (score − 1) for odd and (5 − score) for even statements; of these the mean",
    ),
    tells=Words(
        "Hoe bruikbaar mensen de site of app vinden, 0–100. Het is geen percentage; alleen wie alle tien stellingen "
        "beantwoordt, telt mee.",
        "How usable people find the site or app, 0–100. It is not a percentage; only those who answer all ten statements "
        "count.",
    ),
    fact="answers",
    rows=(kind("sus"),),
    unit="score",
    better="higher",
    moments=mean_of("score"),
    value=mean,
    method=MEAN,
    bounds=(0, 100),
    source="Brooke 1996, SUS: a 'quick and dirty' usability scale, in Usability Evaluation in Industry",
)

TASK_SUCCESS = Kpi(
    key="task_success",
    document="K23",
    name=Words("Taak gelukt", "Task success"),
    formula=Words("gelukte taken / begonnen taken × 100", "tasks done / tasks begun × 100"),
    tells=Words(
        "Of het bezoekers lukt wat ze kwamen doen. Taak, begin, criterium, tijd en wie oordeelt, liggen vast in de vraag.",
        "Whether visitors manage to do what they came for. Task, start, criterion, time and who judges belong in the question.",
    ),
    fact="answers",
    rows=(kind("task_success"),),
    unit="percent",
    better="higher",
    moments=flag("score"),
    value=percent,
    method=SHARE,
    source="ISO 9241-11:2018 (effectiveness)",
)

KPIS = (
    VISITS_NEW,
    VISITS_RETURNING,
    VISITS_UNKNOWN,
    _group("orientation", "K16", Words("Oriëntatie", "Orientation visits"), Words("ter oriëntatie", "for orientation")),
    _group("sales", "K16", Words("Verkoop", "Sales visits"), Words("om te kopen", "to buy")),
    _group("service", "K16", Words("Service", "Service visits"), Words("voor service", "for service")),
    _group(
        "self_care", "K16", Words("Hulppagina's", "Self-care visits"), Words("aan de hulppagina's", "to the help pages")
    ),
    _group(
        "self_provisioning",
        "K16",
        Words("Mijn-omgeving", "Self-provisioning visits"),
        Words("aan de Mijn-omgeving", "to the account pages"),
    ),
    _group(
        "contact_page",
        "K17",
        Words("Contactpagina", "Contact page visits"),
        Words("aan de contactpagina", "to the contact page"),
    ),
    SOLUTIONS_SHOWN,
    SERVICE_BOUNCE,
    HELPFUL,
    VOTE_RATE,
    TO_CONTACT_AFTER_SELF_SERVICE,
    JOURNEY_COMPLETED,
    JOURNEY_COMPLETED_ELSEWHERE,
    CONVERSION,
    PAGES_PER_VISIT,
    SEARCH_UNANSWERED,
    SUS,
    TASK_SUCCESS,
)
