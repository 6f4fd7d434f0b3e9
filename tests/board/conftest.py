"""The demo company and its people, for what is kept about its figures."""

from tests.web.conftest import company, people, sign_in

__all__ = ["company", "people", "sign_in"]
