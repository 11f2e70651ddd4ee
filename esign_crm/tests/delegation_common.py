"""A client who asks that somebody else sign, and who may decide about it."""

from odoo.service.model import call_kw

from .contact_common import ContactCommon

BERTA = "berta@client.example.com"


class DelegationCommon(ContactCommon):
    """The request of ``ContactCommon``, signed by our side; the client's browser has confirmed a code."""

    def setUp(self):
        super().setUp()
        self.token = self.director_signs()
        self.visitor = self.browser()

    def confirmed(self):
        """Let the client confirm a code; return his browser."""
        self.confirm(self.visitor, self.token, self.CLIENT)
        return self.visitor

    def name_somebody(self, address=BERTA, *, name="Berta Boss", reason="She decides", browser=None):  # fmt: skip
        """Propose somebody as the client's page does; return the answer."""
        person = {"name": name, "address": address, "reason": reason}
        return self.step(browser or self.visitor, self.token, "delegate", **person)

    def proposed(self, **person):
        """Return the open proposal of a client who has confirmed a code."""
        self.confirmed()
        self.assertEqual(self.name_somebody(**person), {"state": "proposed"})
        self.env.invalidate_all()
        return self.request.open_delegation_ids

    def decide(self, delegation, action="action_accept", user=None):
        """Decide as the web client does."""
        records = self.env["esign.delegation"].with_user(user or self.rep)
        call_kw(records, action, [delegation.ids], {})
        self.env.invalidate_all()

    def accepted(self, **person):
        """Return the new signer in the client's place."""
        delegation = self.proposed(**person)
        self.decide(delegation)
        return self.request.signer_ids.filtered("delegated_from_id")
