"""The sending wizard, as a sales rep meets it."""

import base64
from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .pdf_samples import plain_pdf
from .send_common import SendCommon


@tagged("post_install", "-at_install")
class TestEsignSendWizard(SendCommon):
    """From the button on the deal to a request that was sent."""

    # --- what the form starts with ---------------------------------------------------------------------------------

    def test_client_comes_from_the_deal(self):
        form = self.open()
        self.assertEqual(form.client_partner_id, self.partner)
        self.assertEqual((form.client_name, form.client_phone), ("Claude Client", self.CLIENT))
        self.assertEqual(form.client_channel, "sms")
        self.assertIn(self.CLIENT, form.client_hint)

    def test_deal_without_contact_fills_what_it_knows(self):
        self.lead.write(
            {
                "partner_id": False,
                "contact_name": "Nina New",
                "email_from": "nina@client.example.org",
            }
        )
        form = self.open()
        self.assertEqual(
            (form.client_name, form.client_email), ("Nina New", "nina@client.example.org")
        )
        self.assertEqual(form.client_channel, "email")

    def test_company_as_contact_leaves_the_person_to_the_deal(self):
        company = self.env["res.partner"].create(
            {"name": "Mill plc", "is_company": True, "email": "hi@mill.example.org"}
        )
        self.lead.write({"partner_id": company.id, "contact_name": "Nina New"})
        self.assertEqual(self.open().client_name, "Nina New")

    def test_sender_signs_for_us_the_first_time(self):
        company = self.env["res.company"].create({"name": "Nobody has signed here yet"})
        self.rep.company_ids |= company
        self.lead.company_id = company
        self.assertEqual(self.open().own_partner_id, self.rep.partner_id)

    def test_last_own_signer_is_proposed_to_a_colleague(self):
        self.make_request()
        self.rep = self.rep.copy({"login": "nick@vendor.example.com", "name": "Nick New"})
        self.lead.user_id = self.rep
        form = self.open()
        self.assertEqual((form.own_name, form.own_email), ("Dora Director", self.DIRECTOR))

    def test_director_who_left_is_not_proposed_again(self):
        self.env["esign.party"].search([("side", "=", "own")]).is_default = False
        self.env["esign.party"].search([("email", "=", self.DIRECTOR)]).email = False
        self.make_request()
        ours = {"side": "own", "name": "Dora Director", "email": self.DIRECTOR}
        party = self.env["esign.party"].create(ours | {"company_id": self.company.id})
        self.assertEqual(self.open().own_email, self.DIRECTOR)
        party.authority_until = "2020-01-31"
        self.assertNotEqual(self.open().own_email, self.DIRECTOR)
        party.write({"authority_until": False, "active": False})
        self.assertNotEqual(self.open().own_email, self.DIRECTOR)
        party.write({"active": True, "team_ids": self.env["crm.team"].create({"name": "Roads"})})
        self.assertNotEqual(self.open().own_email, self.DIRECTOR)

    def test_contact_fills_the_fields_and_may_be_typed_over(self):
        form = self.filled()
        self.assertEqual((form.own_name, form.own_email), ("Dora Director", self.DIRECTOR))
        form.own_name = "Dora D. Director"
        self.assertEqual(form.save().own_name, "Dora D. Director")

    # --- what is said at once --------------------------------------------------------------------------------------

    def test_good_pdf_shows_its_pages_and_names_the_request(self):
        form = self.open()
        self.upload(form)
        self.assertIn("1 page", form.document_facts)
        self.assertFalse(form.document_problem)
        self.assertEqual(form.title, "Act no 7")

    def test_pdf_stays_good_when_the_browser_saves_with_sizes_for_bytes(self):
        form = self.filled()
        wizard = form.save()
        self.env.add_to_compute(wizard._fields["document_problem"], wizard)
        self.assertFalse(wizard.with_context(bin_size=True).document_problem)

    def test_file_that_is_no_pdf_is_refused_in_the_form(self):
        form = self.open()
        self.upload(form, b"GIF89a", "picture.pdf")
        self.assertIn("picture.pdf", form.document_problem)
        self.assertFalse(form.document_facts)

    def test_phone_is_shown_in_international_form(self):
        form = self.open()
        form.client_phone = "06 12 34 56 79"
        self.assertIn("+33612345679", form.client_hint)
        self.assertFalse(form.client_problem)

    def test_wrong_phone_is_told_beside_it(self):
        form = self.open()
        form.client_phone = "12"
        self.assertIn("not a phone number", form.client_problem)
        self.assertFalse(form.client_hint)

    def test_wrong_email_is_told_beside_it(self):
        form = self.open()
        form.client_channel = "email"
        form.client_email = "claude at home"
        self.assertIn("not an e-mail address", form.client_problem)

    def test_our_own_address_is_refused_for_the_client(self):
        form = self.filled()
        form.client_channel = "email"
        form.client_email = self.DIRECTOR.upper()
        self.assertIn("our own signer", form.client_problem)
        form.client_email = self.rep.email
        self.assertIn("our own side", form.client_problem)

    # --- sending ---------------------------------------------------------------------------------------------------

    def test_send_makes_a_sent_request_with_a_box_each(self):
        wizard = self.filled().save()
        action = wizard.action_send()
        request = self.lead.esign_request_ids
        self.assertEqual(
            (request.state, request.title, request.user_id), ("sent", "Act no 7", self.rep)
        )
        self.assertEqual(request.signer_ids.mapped("side"), ["own", "client"])
        self.assertEqual(request.signer_ids[1].phone, self.CLIENT)
        self.assertEqual(request.field_ids.mapped("type"), ["signature", "signature"])
        self.assertIn(request.name, action["params"]["title"])
        self.assertEqual(action["params"]["next"]["type"], "ir.actions.act_window_close")

    def test_save_as_draft_sends_nothing_and_opens_it(self):
        action = self.filled().save().action_save_draft()
        request = self.env["esign.request"].browse(action["res_id"])
        self.assertEqual(request.state, "draft")
        self.assertFalse(request.message_out_ids)

    def test_upload_is_gone_after_sending(self):
        form = self.open()
        upload = self.upload(form)
        form.own_name, form.own_email = "Dora Director", self.DIRECTOR
        form.save().action_send()
        self.assertFalse(upload.exists())

    def test_deadline_is_the_end_of_that_day(self):
        form = self.filled()
        day = fields.Date.today() + timedelta(days=10)
        form.deadline_on = day
        self.rep.tz = "Europe/Paris"
        form.save().action_send()
        deadline = fields.Datetime.context_timestamp(
            self.rep.with_user(self.rep), self.lead.esign_request_ids.deadline_at
        )
        self.assertEqual((deadline.date(), deadline.hour), (day, 23))

    def test_past_deadline_is_refused(self):
        form = self.filled()
        form.deadline_on = fields.Date.today() - timedelta(days=2)
        with self.assertRaisesRegex(UserError, "already passed"):
            form.save().action_send()

    def test_missing_pdf_is_said(self):
        form = self.open()
        with self.assertRaisesRegex(UserError, "Choose one PDF"):
            form.save().action_send()

    def test_refusal_keeps_the_wizard_and_its_upload(self):
        form = self.open()
        upload = self.upload(form, b"not a pdf", "notes.pdf")
        wizard = form.save()
        with self.assertRaisesRegex(UserError, "notes.pdf"), self.env.cr.savepoint():
            wizard.action_send()
        self.assertTrue(wizard.exists() and upload.exists())
        self.assertFalse(self.lead.esign_request_ids)

    def test_missing_client_name_is_said(self):
        form = self.filled()
        form.client_name = False
        with self.assertRaisesRegex(UserError, "Client: who signs"):
            form.save().action_send()

    def test_another_users_upload_is_not_read(self):
        foreign = self.env["ir.attachment"].create({
            "name": "salaries.pdf", "datas": base64.b64encode(plain_pdf()), "res_model": "res.company",
            "res_id": self.env["res.company"].create({"name": "Elsewhere"}).id,
        })  # fmt: skip
        wizards = self.env["esign.send.wizard"].with_user(self.rep)
        with self.assertRaises(UserError):
            wizards.create(
                {"lead_id": self.lead.id, "document_ids": [(6, 0, foreign.ids)]}
            ).action_send()

    # --- housekeeping ----------------------------------------------------------------------------------------------

    def test_abandoned_uploads_are_deleted_after_a_day(self):
        upload = self.upload(self.open())
        self.env["esign.send.wizard"]._gc_uploads()
        self.assertTrue(upload.exists())
        self.env.cr.execute(
            "UPDATE ir_attachment SET create_date = create_date - interval '2 days' WHERE id = %s",
            (upload.id,),
        )
        upload.invalidate_recordset()
        self.env["esign.send.wizard"]._gc_uploads()
        self.assertFalse(upload.exists())

    def test_directory_proposes_who_signs_for_us(self):
        self.env["esign.party"].search([("side", "=", "own")]).is_default = False
        self.env["esign.party"].create(
            {
                "side": "own", "name": "Dora Director", "email": self.DIRECTOR, "is_default": True,
                "company_id": self.company.id,
            }
        )  # fmt: skip
        form = self.open()
        self.assertEqual((form.own_name, form.own_email), ("Dora Director", self.DIRECTOR))

    def test_what_was_sent_while_the_form_was_open_is_told_and_not_sent_twice(self):
        first, second = self.filled(), self.filled()
        request = self.sent(first)
        with self.assertRaisesRegex(UserError, f"Meanwhile {request.name} was made"):
            second.save().action_send()
        self.assertEqual(len(self.sent(self.filled())), 1, "opened anew: he knows of it")

    def test_another_document_sent_meanwhile_is_in_nobodys_way(self):
        names = ("Offer.pdf", "Act no 7.pdf", "Act no 8.pdf")
        forms = [self.filled(name=name) for name in names]
        self.assertEqual([len(self.sent(form)) for form in forms], [1, 1, 1])

    def test_title_that_was_typed_in_both_forms_is_that_of_one_document(self):
        forms = [self.filled(name=name) for name in ("Offer.pdf", "Act no 7.pdf")]
        for form in forms:
            form.title = "What we agreed on"
        self.sent(forms[0])
        with self.assertRaisesRegex(UserError, "Meanwhile"):
            forms[1].save().action_send()

    def test_request_of_a_colleague_is_told_without_its_number(self):
        form = self.filled()
        request = self.sent(self.filled())
        request._set_system_sudo(user_id=self.env.ref("base.user_admin").id, team_id=False)
        with self.assertRaisesRegex(UserError, "Meanwhile a colleague has made a request"):
            form.save().action_send()
