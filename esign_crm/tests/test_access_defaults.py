"""What RPC brings along in the context fills new records too: it opens nothing that the values do not."""

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .template_common import TemplateCommon

BOX = {"name": "Slipped in", "page": 1, "x": 0.5, "y": 0.1, "width": 0.2, "height": 0.05}


@tagged("post_install", "-at_install")
class TestAccessDefaults(TemplateCommon):
    """Rita chooses the context of what she creates."""

    @classmethod
    def setUpClass(cls):
        """Have one of everything that no longer changes, and a colleague's deal."""
        super().setUpClass()
        cls.rep.partner_id.phone = "+33611111111"
        cls.foreign = cls.env["crm.lead"].create(
            {"name": "Not Rita's", "user_id": cls.env.ref("base.user_admin").id}
        )

    def slip(self, model, values, **defaults):
        """Try to create what belongs to something locked; return the error, which there has to be."""
        context = {f"default_{name}": value for name, value in defaults.items()}
        records = self.env[model].with_user(self.rep).with_context(**context)
        try:
            # what has lost its parent is stopped by PostgreSQL, which tells the log
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                records.create(values)
                self.env.flush_all()
        except (UserError, IntegrityError) as error:
            return error
        return None

    def locked_act(self):
        """Return an act of which a request was made."""
        act = self.env["esign.act"].with_user(self.rep).create({"lead_id": self.lead.id})
        self.make_request()._set_system_sudo(act_id=act.id)
        self.assertTrue(act.is_locked)
        return act

    def test_locked_records_take_nothing_in_through_the_context(self):
        sent, template = self.make_request(), self.template
        self.use()
        kept = template.kept_version_id
        act, version = self.locked_act(), template.version
        line = {"name": "Slipped in", "price": 1}
        role, signer = kept.sudo().role_ids[0], sent.signer_ids[0]
        person = {"name": "S", "role": "Slipped in", "email": "s@client.example.org"}
        attempts = (
            ("esign.act.line", line, {"act_id": act.id}),
            ("esign.template.role", {"name": "Slipped in"}, {"template_id": kept.id}),
            ("esign.template.role", {"name": "Slipped in"}, {"template_id": template.id}),
            ("esign.field", BOX, {"template_id": kept.id, "role_id": role.id}),
            ("esign.field", BOX | {"role_id": role.id}, {"template_id": kept.id}),
            ("esign.field", BOX, {"template_id": template.id, "role_id": template.role_ids[0].id}),
            ("esign.field", BOX, {"request_id": sent.id, "signer_id": signer.id}),
            ("esign.signer", person, {"request_id": sent.id}),
            ("esign.act", {"partner_id": self.partner.id}, {"lead_id": self.foreign.id}),
            ("esign.request", {"title": "Slipped in"}, {"lead_id": self.foreign.id}),
        )  # fmt: skip
        for model, values, defaults in attempts:
            with self.subTest(model=model, values=values, defaults=defaults):
                self.assertIsNotNone(self.slip(model, values, **defaults), "it was created")
        self.assertEqual((template.version, template.kept_version_id), (version, kept))

    def test_deal_of_a_colleague_is_refused_as_such(self):
        for model in ("esign.act", "esign.request"):
            values = {"title": "x"} if model == "esign.request" else {"partner_id": self.partner.id}
            error = self.slip(model, values, lead_id=self.foreign.id)
            self.assertIsInstance(error, AccessError, model)

    def test_number_in_the_context_does_not_make_the_rep_the_client(self):
        draft = self.make_request(send=False).with_user(self.rep)
        client = draft.signer_ids.filtered(lambda signer: signer.side == "client")
        client.unlink()
        signers = draft.signer_ids.with_context(
            default_phone="06 11 11 11 11", default_email="R <rita@vendor.example.com>, x@y.example"
        )
        client = signers.create(
            {"request_id": draft.id, "side": "client", "role": "Client", "name": "C", "channel": "sms",
             "sequence": 2}
        )  # fmt: skip
        self.assertEqual((client.phone, client.email), (False, False))

    def test_client_s_number_is_compared_as_the_gateway_reads_it(self):
        """However it came to stand there: by an import, or before numbers had one form."""
        draft = self.make_request(send=False).with_user(self.rep)
        client = draft.signer_ids.filtered(lambda signer: signer.side == "client")
        self.env.cr.execute(
            "UPDATE esign_signer SET phone = '06 11 11 11 11' WHERE id = %s", (client.id,)
        )
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "our own side"):
            draft.action_send()

    def test_party_s_address_from_the_context_is_stored_in_its_one_form(self):
        parties = self.env["esign.party"].with_user(self.rep)
        given = {"default_phone": "06 12 34 56 78", "default_email": "Ann <ANN@client.example.org>"}
        party = parties.with_context(**given).create({"name": "Ann"})
        self.assertEqual((party.phone, party.email), ("+33612345678", "ann@client.example.org"))
