"""Copies, message to the signers, languages, order: what is rarely changed."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .send_common import SendCommon
from .template_common import TemplateCommon


@tagged("post_install", "-at_install")
class TestEsignSendWizardMore(SendCommon, TemplateCommon):
    """The folded part of the form."""

    def test_copies_join_the_request_and_sign_nothing(self):
        form = self.filled()
        accountant = self.env["res.partner"].create(
            {"name": "Anna Accountant", "email": "anna@client.example.org"}
        )
        by_phone = self.env["res.partner"].create({"name": "Paul", "phone": "06 12 34 56 70"})
        for partner in (accountant, by_phone, self.rep.partner_id):
            form.copy_partner_ids.add(partner)
        request = self.sent(form)
        copies = request.signer_ids.filtered(lambda each: each.kind == "copy")
        self.assertEqual(
            copies.mapped(lambda each: (each.name, each.side, each.channel, each._address())),
            [
                ("Anna Accountant", "client", "email", "anna@client.example.org"),
                ("Paul", "client", "sms", "+33612345670"),
                (self.rep.name, "own", "email", self.rep.email),
            ],
        )
        self.assertEqual(request.progress, "0 / 2")
        self.assertFalse(copies.field_ids or copies.filtered("invited_at"))

    def test_copy_without_an_address_is_told(self):
        form = self.filled()
        form.copy_partner_ids.add(self.env["res.partner"].create({"name": "Nobody"}))
        self.assertIn("Nobody can get no copy", form.more_problem)
        with self.assertRaisesRegex(UserError, "Nobody can get no copy"):
            form.save().action_send()

    def test_message_is_kept_with_the_request_and_too_long_a_one_is_told(self):
        form = self.filled()
        form.signer_note = "x" * 1001
        self.assertIn("too long", form.more_problem)
        form.signer_note = "As agreed on Monday."
        self.assertFalse(form.more_problem)
        self.assertEqual(self.sent(form).signer_note, "As agreed on Monday.")

    def test_each_side_is_spoken_to_in_its_language(self):
        form = self.filled()
        form.own_lang, form.client_lang = "pl_PL", "it_IT"
        self.assertEqual(self.sent(form).signer_ids.mapped("lang"), ["pl_PL", "it_IT"])

    # --- templates ---------------------------------------------------------------------------------------------------

    def of_template(self):
        form = self.open()
        form.template_id = self.template
        form.own_partner_id = self.env["res.partner"].create(
            {"name": "Dora Director", "email": self.DIRECTOR}
        )
        return form

    def test_order_is_that_of_the_template_where_both_allow_it(self):
        self.template.is_client_first = True
        for role in self.template.role_ids:
            role.sequence = 1 if role.side == "client" else 2
        self.assertEqual(self.of_template().order, "own")
        self.company.esign_client_first = True
        form = self.of_template()
        self.assertEqual(form.order, "client")
        action = form.save().action_send()
        self.assertIn("Claude Client signs first", action["params"]["message"])
        self.assertEqual(
            self.lead.esign_request_ids.signer_ids.filtered("invited_at").side, "client"
        )

    def test_last_template_of_the_client_is_offered_and_chosen_at_once(self):
        self.assertFalse(self.open().last_template_id)
        self.use(send=True, signers=self.signers(role="Customer"))
        form = self.open()
        self.assertEqual(form.last_template_id, self.template)
        form.takes_last = True
        self.assertEqual((form.template_id, form.title), (self.template, "Act of works"))
        form.takes_last = False
        self.assertFalse(form.template_id)
        form.takes_last = True
        self.assertEqual(self.sent(form).template_id, self.template)

    def test_marked_template_is_told_at_once(self):
        self.template.sudo().not_simple = True
        self.assertIn("not for a simple signature", self.of_template().kind_problem)
