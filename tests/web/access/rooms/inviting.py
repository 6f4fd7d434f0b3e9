"""Who gets what of asking: its rules, requests, manner, trials, and the page on which a customer stops."""

from __future__ import annotations

from tests.web.access.cells import NOBODY_OUT, Line, of_one, of_people

# anonymous, agent, other_lead, team_lead, analyst, digital_owner, manager, administrator
SEES = "in 403 200 200 200 200 200 200"
SEES_NONE = "in 403 404 404 404 404 404 404"
EDITS = "in 403 403 403 403 200 200 200"
EDITS_DONE = "in 403 403 403 403 302 302 302"
EDITS_NONE = "in 403 403 403 403 404 404 404"
EDITS_WRONG = "in 403 403 403 403 400 400 400"
NOWHERE = "404 404 404 404 404 404 404 404"
NOT_SIGNED = "401 401 401 401 401 401 401 401"
ONLY_POST = "405 405 405 405 405 405 405 405"

LINES = [
    Line("invitations/", SEES),
    Line("invitations/rules/new/", EDITS),
    Line("invitations/rules/new/", EDITS_WRONG, "POST"),
    *of_one("invitations/rules/<int:number>/", "rule", EDITS, EDITS_NONE, method="GET"),
    *of_one("invitations/rules/<int:number>/", "rule", EDITS_WRONG, EDITS_NONE),
    *of_one("invitations/rules/<int:number>/start/", "rule", EDITS_DONE, EDITS_NONE),
    *of_one("invitations/rules/<int:number>/pause/", "going_rule", EDITS_DONE, EDITS_NONE),
    *of_one("invitations/rules/<int:number>/remove/", "rule", EDITS_DONE, EDITS_NONE),
    Line("invitations/requests/", SEES),
    Line("invitations/manner/", SEES),
    Line("invitations/manner/", EDITS_WRONG, "POST"),
    *of_one("invitations/mail/<slug:key>/", "live_survey", SEES, SEES_NONE, method="GET"),
    *of_one("invitations/mail/<slug:key>/body/", "live_survey", SEES, SEES_NONE, method="GET"),
    *of_one("invitations/mail/<slug:key>/test/", "live_survey", EDITS_DONE, EDITS_NONE),
    Line("invitations/trials/", SEES),
    Line("invitations/trials/", EDITS_WRONG, "POST"),
    *of_one("invitations/trials/<int:number>/end/", "trial", EDITS_DONE, EDITS_NONE),
    Line("invitations/addresses/", EDITS),
    Line("invitations/addresses/", EDITS_WRONG, "POST"),
    Line("invitations/domain/", EDITS),
    Line("invitations/webhooks/", EDITS),
    Line("invitations/webhooks/", EDITS_WRONG, "POST"),
    *of_one("invitations/webhooks/<int:number>/renew/", "hook", EDITS_DONE, EDITS_NONE),
    *of_one("invitations/webhooks/<int:number>/close/", "hook", EDITS_DONE, EDITS_NONE),
    # the signature is the right: without one nobody gets in, whoever is signed in
    *of_people("hooks/<slug:code>/", "hook_code", NOT_SIGNED, NOT_SIGNED, missing=NOT_SIGNED),
    *of_people("hooks/<slug:code>/", "hook_code", ONLY_POST, ONLY_POST, method="GET", missing=ONLY_POST),
    Line("invitations/told/", SEES),
    Line("invitations/told/", EDITS_WRONG, "POST"),
    # the token of a mail is the right: whoever holds it may stop
    *of_people("stop/<str:token>/", "stop_asking", NOBODY_OUT, NOBODY_OUT, method="GET", missing=NOWHERE),
    *of_people("stop/<str:token>/", "stop_asking", NOBODY_OUT, NOBODY_OUT, missing=NOWHERE),
]
