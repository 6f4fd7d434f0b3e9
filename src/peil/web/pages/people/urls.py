"""Addresses of the pages on which an administrator keeps people."""

from __future__ import annotations

from django.urls import path

from peil.web.pages.people.log import audit_csv, audit_log
from peil.web.pages.people.page import invite_person, people
from peil.web.pages.people.per_person import set_per_person
from peil.web.pages.people.person import activate, person
from peil.web.pages.people.teams import add, remove
from peil.web.pages.people.waiting import again, end

urlpatterns = [
    path("", people, name="people"),
    path("invite/", invite_person, name="people_invite"),
    path("invitations/<int:invitation_id>/again/", again, name="invitation_again"),
    path("invitations/<int:invitation_id>/withdraw/", end, name="invitation_withdraw"),
    path("teams/add/", add, name="team_add"),
    path("teams/remove/", remove, name="team_remove"),
    path("per-person/", set_per_person, name="per_person"),
    path("log/", audit_log, name="audit_log"),
    path("log.csv", audit_csv, name="audit_csv"),
    path("<int:person_id>/", person, name="person"),
    path("<int:person_id>/active/", activate, name="person_active"),
]
