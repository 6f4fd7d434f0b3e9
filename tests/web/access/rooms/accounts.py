"""Who gets what of signing in, one's own account, people and the audit log."""

from __future__ import annotations

from tests.web.access.cells import NOBODY_OUT, WHO_IS_IN, Line, of_one, of_people

# anonymous, agent, other_lead, team_lead, analyst, digital_owner, manager, administrator
ADMIN = "in 403 403 403 403 403 403 200"
ADMIN_DOES = "in 403 403 403 403 403 403 302"
ADMIN_MISSES = "in 403 403 403 403 403 403 404"
ADMIN_WRONG = "in 403 403 403 403 403 403 400"
KEYS = "in 403 403 403 302 403 302 302"
NOWHERE = "404 404 404 404 404 404 404 404"
HOME = "200 302 302 302 302 302 302 302"  # a door for who is outside; who is in goes to the overview
CONFIRM = "in 302 302 302 302 302 302 302"  # to confirming who one is, first
NO_SUCH = "in 404 404 404 404 404 404 404"
ONLY_POST = "405 405 405 405 405 405 405 405"

LINES = [
    Line("start/", NOWHERE),
    Line("start/", NOWHERE, "POST"),
    Line("join/", NOWHERE),
    Line("join/", NOWHERE, "POST"),
    # the token of the invitation is the right
    *of_one("join/<str:token>/", "join", "302 302 302 302 302 302 302 302", NOWHERE, method="GET"),
    # signing in
    Line("account/login/", HOME),
    Line("account/logout/", "302 200 200 200 200 200 200 200"),
    Line("account/inactive/", NOBODY_OUT),
    Line("account/password/reset/", NOBODY_OUT),
    Line("account/password/reset/done/", NOBODY_OUT),
    Line("account/password/reset/key/done/", NOBODY_OUT),
    Line(
        r"account/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$", NOBODY_OUT,
        whose="missing", at="account/password/reset/key/1-no-such/",
    ),
    Line("account/mfa/passkeys/login/", "302 302 302 302 302 302 302 302"),
    Line("account/mfa/authenticate/", "302 302 302 302 302 302 302 302"),
    Line("account/sso/refused/", "403 403 403 403 403 403 403 403"),
    Line("account/sso/cancelled/", NOBODY_OUT),
    Line("account/sso/error/", "401 401 401 401 401 401 401 401"),
    Line("account/sso/^(?P<provider_id>[^/]+)/login/", NOWHERE, whose="missing", at="account/sso/none/login/"),
    Line(
        "account/sso/^(?P<provider_id>[^/]+)/login/callback/", NOWHERE,
        whose="missing", at="account/sso/none/login/callback/",
    ),
    *(
        Line(f"account/none/{name}/", NOWHERE)
        for name in ("signup", "email", "verification", "code", "social", "connections")
    ),
    # one's own account
    Line("account/", WHO_IS_IN),
    Line("account/", CONFIRM, "POST", said={"name": "Anna", "language_of_person": "nl"}),
    Line("account/keys/", KEYS),
    Line("account/keys/", KEYS, "POST", said={"key_name": "x", "scopes": "read_figures", "days": "30"}),
    *of_people("account/keys/<int:key_id>/end/", "key", "- - - - 302 - 302 302", "in 403 403 403 404 403 404 404"),
    Line("account/sessions/end/", "in 302 302 302 302 302 302 302", "POST"),
    Line("account/password/change/", WHO_IS_IN),
    Line("account/password/set/", CONFIRM),  # who has a password changes it
    Line("account/reauthenticate/", WHO_IS_IN),
    Line("account/mfa/", WHO_IS_IN),
    Line("account/mfa/reauthenticate/", CONFIRM),
    Line("account/mfa/passkeys/reauthenticate/", CONFIRM),
    Line("account/mfa/totp/activate/", CONFIRM),
    Line("account/mfa/totp/deactivate/", NO_SUCH, whose="missing"),
    Line("account/mfa/recovery-codes/", NO_SUCH, whose="missing"),
    Line("account/mfa/recovery-codes/generate/", CONFIRM),
    Line("account/mfa/recovery-codes/download/", NO_SUCH, whose="missing"),
    Line("account/mfa/passkeys/", WHO_IS_IN),
    Line("account/mfa/passkeys/add/", CONFIRM),
    *of_people("account/mfa/passkeys/<int:pk>/remove/", "passkey", CONFIRM, CONFIRM, method="GET"),
    *of_people("account/mfa/passkeys/<int:pk>/edit/", "passkey", CONFIRM, CONFIRM, method="GET"),
    # people
    Line("people/", ADMIN),
    Line("people/invite/", ADMIN),
    Line("people/invite/", ADMIN_WRONG, "POST"),
    *of_one("people/invitations/<int:invitation_id>/again/", "invitation", ADMIN_DOES, ADMIN_MISSES),
    *of_one("people/invitations/<int:invitation_id>/withdraw/", "invitation", ADMIN_DOES, ADMIN_MISSES),
    Line("people/teams/add/", ADMIN_DOES, "POST", said={"team": "Nieuw"}),
    Line("people/teams/remove/", ADMIN_MISSES, "POST", "missing", said={"team": "Nergens"}),
    Line("people/per-person/", ADMIN_WRONG, "POST", said={"per_person": "on"}),
    *of_one("people/<int:person_id>/", "person", ADMIN, ADMIN_MISSES, method="GET"),
    *of_people(  # the last administrator stays one
        "people/<int:person_id>/", "person", ADMIN_WRONG, ADMIN_DOES, missing=ADMIN_MISSES, role="agent", language_of_person="nl"
    ),
    *of_one("people/<int:person_id>/active/", "person", ADMIN_DOES, ADMIN_MISSES, active="no"),
    Line("people/log/", ADMIN),
    Line("people/log.csv", ADMIN),
]  # fmt: skip
