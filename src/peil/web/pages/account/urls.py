"""Signing in and one's own account. Of allauth only the pages that Peil wants are there: nobody signs up, nobody
changes the address that they were invited by."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from django.urls import include, path, re_path

from peil.web.pages.account.keys import add_key, end_key
from peil.web.pages.account.own import end_other_sessions, own_account
from peil.web.pages.account.refused import no_page, sso_refused

urlpatterns = [
    path("", own_account, name="own_account"),
    path("keys/", add_key, name="own_key_add"),
    path("keys/<int:key_id>/end/", end_key, name="own_key_end"),
    path("sessions/end/", end_other_sessions, name="own_sessions_end"),
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/reset/key/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("mfa/", mfa.index, name="mfa_index"),
    path("mfa/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("mfa/reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("mfa/totp/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path("mfa/totp/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("mfa/recovery-codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("mfa/recovery-codes/generate/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("mfa/recovery-codes/download/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("mfa/passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("mfa/passkeys/add/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("mfa/passkeys/reauthenticate/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("mfa/passkeys/<int:pk>/remove/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("mfa/passkeys/<int:pk>/edit/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("mfa/passkeys/login/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("sso/refused/", sso_refused, name="sso_refused"),
    path("sso/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("sso/error/", social.login_error, name="socialaccount_login_error"),
    path("sso/", include("allauth.socialaccount.providers.openid_connect.urls")),
    # names that allauth asks for, without a page behind them
    path("none/signup/", no_page, name="account_signup"),
    path("none/email/", no_page, name="account_email"),
    path("none/verification/", no_page, name="account_email_verification_sent"),
    path("none/code/", no_page, name="account_confirm_login_code"),
    path("none/social/", no_page, name="socialaccount_signup"),
    path("none/connections/", no_page, name="socialaccount_connections"),
]
