"""A request on its way without any PDF, for the tests of what is sent about it."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields

from ..models.esign_message_mail import EsignMessage as MailPart
from ..tools.errors import GatewayError
from ..tools.gateways.base import Receipt
from .common import EsignCommon

WITH_LINK = (  # purposes of messages to signers
    "invitation",
    "reminder",
    "fresh_link",
    "extended_notice",
    "completed",
    "copy_completed",
)
LOST = GatewayError("hung_up", is_outcome_unknown=True)
BUSY = GatewayError("refused", words="come back later (451)")
FULL = GatewayError("bad_recipient", words="mailbox full (552)", is_permanent=True)


class MessageCase(EsignCommon):
    """One request in state *sent*: a director by e-mail, a client by SMS."""

    @classmethod
    def setUpClass(cls):
        """Make the request by hand: intake and freezing are tested elsewhere."""
        super().setUpClass()
        people = cls.signers(cls)
        people[1]["partner_id"] = cls.partner.id
        cls.request = (
            cls.env["esign.request"]
            .with_user(cls.rep)
            .create(
                {
                    "title": "Act of works <b>17</b>",
                    "lead_id": cls.lead.id,
                    "user_id": cls.rep.id,
                    "company_id": cls.company.id,
                    "signer_ids": [(0, 0, person) for person in people],
                }
            )
            .with_user(cls.env.user)
        )
        cls.request._move("sent", sent_at=fields.Datetime.now(), verification_code="V" * 26)
        cls.env["esign.event"]._append(cls.request, "sent", {})
        cls.director, cls.client = cls.request.signer_ids.sorted("sequence")
        for signer in cls.director, cls.client:
            signer._move("invited", invited_at=fields.Datetime.now())

    def setUp(self):
        """Let the outbox's own transactions see the test's."""
        super().setUp()
        self.Message = self.env["esign.message"]
        if not self._registry_patched:
            self.enterContext(self.enter_registry_test_mode())

    def invite(self, signer, **kwargs):
        """Queue an invitation; return it."""
        url = signer._mint_link("sign")
        message = self.Message._queue(
            self.request, "invitation", signer=signer, link_url=url, **kwargs
        )
        self.env.flush_all()
        return message

    def run_crons(self):
        """Send what is due."""
        self.env.flush_all()
        self.Message._cron_send(1)
        self.env.invalidate_all()

    def assert_repeated_once(self, message):
        """Send twice; whoever is asked never says what became of it."""
        self.run_crons()
        self.assertEqual(message.state, "queued")
        self.assertTrue(message.is_perhaps_twice)
        self.age(message, next_try_at=0)
        self.run_crons()
        self.assertEqual(message.state, "failed")

    def failing(self, *errors):
        """Make the mail server raise these errors, one a try, then accept."""
        pending = list(errors)

        def send(message, payload):
            if pending:
                raise pending.pop(0)
            return Receipt("accepted")

        return patch.object(MailPart, "_send_mail", send)

    def age(self, message, **columns):
        """Set columns in the past: minutes ago, by name."""
        self.env.flush_all()
        for name, minutes in columns.items():
            moment = fields.Datetime.now() - timedelta(minutes=minutes)
            query = f"UPDATE esign_message SET {name} = %s WHERE id = %s"
            self.env.cr.execute(query, [moment, message.id])
        self.env.invalidate_all()
