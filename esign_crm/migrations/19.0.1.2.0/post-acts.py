"""Number acts without gaps, and let those that were not sent come to what accounting would make of them."""

from odoo import SUPERUSER_ID, api

AMOUNTS = ("amount_untaxed", "amount_tax", "amount_total")


def migrate(cr, version):
    """Change the sequences as they stand; acts that were sent keep the amounts that they were sent with."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["res.company"]._close_gaps_of_esign_acts()
    acts = env["esign.act"].search([("request_id", "=", False), ("next_ids", "=", False)])
    for name in AMOUNTS:
        env.add_to_compute(acts._fields[name], acts)
    acts.flush_recordset(AMOUNTS)
