"""One document for many deals at once."""

from odoo import models
from odoo.exceptions import UserError

from ..tools.layout_kind import layout_kind
from .transactions import patient

MOST = 500  # deals at once
PATIENCE = "20s"  # a sending on a busy server, which may hold the deal, ends within
OPEN = ("draft", "sent", "sealing")  # states of a request that is under way


class CrmLead(models.Model):
    """What the list of deals offers, and what keeps a deal from it."""

    _inherit = "crm.lead"

    def action_send_many_for_signature(self):
        """Open the page that sends one document to each of these deals. Called from the list's *Actions*.

        :raises AccessError: the caller may not read one of them, or sends nothing
        :raises UserError: too many
        """
        self.check_access("read")
        if len(self) > MOST:
            raise UserError(
                self.env._(
                    "You chose %(count)s deals. At most %(most)s can be sent to at once: choose fewer, for instance with a "
                    "filter of the list.",
                    count=len(self), most=MOST,
                )
            )  # fmt: skip
        wizard = self.env["esign.send.many.wizard"]._for_deals(self)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "esign_crm.esign_send_many_wizard_action"
        )
        return action | {"res_id": wizard.id}

    def _esign_check_is_deal(self):
        """Refuse what has no button *Send for signature*.

        :raises UserError: a lead, or a lost or archived deal
        """
        self.ensure_one()
        if self.type == "lead":
            raise UserError(
                self.env._("This is a lead, not a deal yet: convert it to an opportunity first.")
            )
        if not self.active:
            raise UserError(self.env._("The deal is lost or archived: restore it first."))

    def _esign_newest_open_sudo(self, template, title):
        """Return the newest request for the same document that is under way on this deal, or none.

        Of whom it is does not matter, hence the sudo: the client would get the document twice.

        :param template: what it is made from, empty for none
        """
        self.ensure_one()
        if template:
            same = [("template_id", "=", template.id)]
        else:
            kind = layout_kind(title or "")
            same = [("layout_kind", "=", kind)] if kind else [("title", "=", title)]
        domain = [("lead_id", "=", self.id), ("state", "in", OPEN), *same]
        return self.env["esign.request"].sudo().search(domain, order="id desc", limit=1)

    def _esign_lock(self):
        """Lock the deal for this transaction, so that what is sent from it at once is sent one after the other.

        The row is written, not only locked: a transaction that waited for it, and so cannot see what was sent
        meanwhile, is refused by PostgreSQL and repeated on what is there then.

        :raises UserError: somebody is at it for longer
        """
        self.ensure_one()
        words = self.env._("“%(deal)s” is being changed at this moment: try again.", deal=self.name)
        with patient(self.env.cr, words, PATIENCE) as cr:
            # takes the lock of FOR NO KEY UPDATE: what only refers to the deal is in nobody's way
            cr.execute(
                "UPDATE crm_lead SET write_date = write_date WHERE id = %s",
                [self.id],
                log_exceptions=False,  # told in words, or repeated
            )
