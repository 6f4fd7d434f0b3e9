"""Django's settings. What differs between installs comes from six variables of the environment:

PEIL_HOME       folder of the database and the secret (that of the warehouse, when left out)
PEIL_WAREHOUSE  where the facts are
DATABASE_URL    postgresql://user:password@host/name instead of SQLite in that folder
PEIL_URL        the address that people use, such as https://kpi.example.nl
EMAIL_URL       the mail server, as smtps://user:password@host?from=sender; without it mails are kept as files
PEIL_LOG        "quiet" logs what goes wrong alone
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from peil.web.serving.home import home, secret_key
from peil.web.serving.logs import logging_settings
from peil.web.serving.mailing import mail_settings
from peil.web.serving.sso import allauth_providers, read_providers
from peil.web.serving.static_files import keep_for_ever
from peil.web.serving.stores import cache, database

HOME = home()
HERE = Path(__file__).parent
ADDRESS = urlsplit(os.environ.get("PEIL_URL") or "http://127.0.0.1:8000")
ENCRYPTED = ADDRESS.scheme == "https"
PEIL_ADDRESS = f"{ADDRESS.scheme}://{ADDRESS.netloc}"
LOCAL = ADDRESS.hostname in ("127.0.0.1", "localhost", "::1")

SECRET_KEY = secret_key(HOME)
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"] if LOCAL else [str(ADDRESS.hostname)]
CSRF_TRUSTED_ORIGINS = [f"{ADDRESS.scheme}://{ADDRESS.netloc}"]
ROOT_URLCONF = "peil.web.urls"
WSGI_APPLICATION = "peil.web.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "peil.accounts",
    "peil.board",
    "peil.ops",
    "peil.surveys",
    "peil.web.api",
    "peil.web.pages.asking",
    "peil.web.pages.board",
    "peil.web.pages.settings",
    "peil.web.pages.erasing",
]
MIDDLEWARE = [
    "peil.web.serving.logs.RequestMiddleware",
    "peil.web.pages.running.health.HealthMiddleware",
    "peil.web.api.middleware.ApiMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "peil.web.languages.LanguageMiddleware",
    "peil.web.pages.start.gate.StartMiddleware",
    "peil.web.errors.ErrorMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [HERE / "templates", HERE.parent / "report" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "peil.web.templating.environment",
            "context_processors": ["peil.web.templating.shared"],
        },
    },
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True},
]

DATABASES = {"default": database(os.environ.get("DATABASE_URL"), HOME)}
CACHES = {"default": cache(os.environ.get("DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.Person"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "overview"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # people come by invitation
ACCOUNT_ADAPTER = "peil.accounts.signing_in.adapter.AccountAdapter"
ACCOUNT_SESSION_REMEMBER = True
SESSION_COOKIE_AGE = 7 * 24 * 3600
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody has Peil mail strangers
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # this session goes on; all others end
ACCOUNT_DEFAULT_HTTP_PROTOCOL = ADDRESS.scheme
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ENCRYPTED else 0  # whoever ends the TLS says who asks
SSO = read_providers(HOME)
SOCIALACCOUNT_PROVIDERS = allauth_providers(SSO)
SOCIALACCOUNT_ADAPTER = "peil.accounts.outside.OutsideAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10
MAIL_CARRIER = "peil.ops.outbox.mail.put_mail"
WORK_CARRIER = "peil.ops.outbox.queue.put"
MFA_ADAPTER = "peil.accounts.signing_in.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL
MFA_TOTP_ISSUER = "Peil"

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENCRYPTED
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if ENCRYPTED else 0
SECURE_SSL_REDIRECT = ENCRYPTED
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENCRYPTED else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *(provider.origin for provider in SSO)],  # browsers hold redirects to it too
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATICFILES_DIRS = [HERE / "static", ("report", HERE.parent / "report" / "style")]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ADD_HEADERS_FUNCTION = keep_for_ever
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": HOME / "files"}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MAIL = mail_settings(os.environ.get("EMAIL_URL"), HOME)
EMAIL_BACKEND, EMAIL_FILE_PATH, DEFAULT_FROM_EMAIL = MAIL.backend, MAIL.folder, MAIL.sender
EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.host, MAIL.port, MAIL.user, MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL, EMAIL_TIMEOUT = MAIL.starttls, MAIL.tls, 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # a file of 200 columns, mapped
API_LIMIT_KEY, API_LIMIT_PERSON = (120, 120), (240, 240)  # requests at once, and a minute in the long run
API_MOST_BYTES = 2_000_000_000
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # whether subdomains are encrypted too is for the owner of the domain to say
    "security.W021",
]
LOGGING = logging_settings()
