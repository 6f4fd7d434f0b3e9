"""Ready questionnaires, for every KPI that is asked, in Dutch and English of our own, with advice on when to use them."""

from __future__ import annotations

from collections.abc import Mapping

from peil.core.errors import BadQuery, did_you_mean
from peil.surveys.questionnaires.questionnaire import Questionnaire
from peil.surveys.questionnaires.templates import contact, employees, relationship, service_quality, website
from peil.surveys.questionnaires.templates.building import Template

TEMPLATES: Mapping[str, Template] = {
    t.key: t for module in (contact, relationship, service_quality, website, employees) for t in module.TEMPLATES
}


def draft_from(template: str) -> Questionnaire:
    """A draft with everything that the template has; its key is the template's, to be changed where it is taken."""
    if template not in TEMPLATES:
        raise BadQuery(f"There is no template '{template}'.", did_you_mean(template, TEMPLATES))
    return TEMPLATES[template].make()
