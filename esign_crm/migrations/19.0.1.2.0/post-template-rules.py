"""Let the rules by company know of templates: they are not updated by themselves, because people may change them."""

from odoo import SUPERUSER_ID, api

BEFORE = "[('request_id.company_id', 'in', company_ids)]"
AFTER = (
    "['|', ('request_id.company_id', 'in', company_ids), '&', ('template_id', '!=', False), "
    "('template_id.company_id', 'in', company_ids + [False])]"
)


def migrate(cr, version):
    """Change the rules that are still as they were shipped."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    for model in ("field", "document"):
        rule = env.ref(f"esign_crm.esign_{model}_rule_company", raise_if_not_found=False)
        if rule and rule.domain_force == BEFORE:
            rule.domain_force = AFTER
