"""A template with several roles of one side is sent from the form: a person for each role."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .send_common import SendCommon
from .template_common import TemplateCommon


@tagged("post_install", "-at_install")
class TestEsignSendWizardPerson(SendCommon, TemplateCommon):
    """Our director and our accountant, the customer and a witness."""

    ACCOUNTANT = "anna@vendor.example.com"
    WITNESS = "wanda@client.example.org"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for name, side, sequence, y in (
            ("Accountant", "own", 1, 0.2),
            ("Witness", "client", 3, 0.3),
        ):
            role = cls.template.role_ids.create(
                {"template_id": cls.template.id, "name": name, "side": side, "sequence": sequence}
            )
            cls.env["esign.field"].create(
                cls.box(cls.template, role, f"{name} signs", type="signature", y=y)
            )

    def chosen(self):
        """Return the form with the template, our director and the customer filled in."""
        form = self.open()
        form.template_id = self.template
        form.own_partner_id = self.env["res.partner"].create(
            {"name": "Dora Director", "email": self.DIRECTOR}
        )
        return form

    def enter(self, form, number, **values):
        with form.person_ids.edit(number) as row:
            for name, value in values.items():
                row[name] = value

    def all_filled(self):
        form = self.chosen()
        self.enter(form, 0, name="Anna Accountant", email=self.ACCOUNTANT)
        self.enter(form, 1, name="Wanda Witness", email=self.WITNESS)
        return form

    def rows(self, form):
        names = ("role_words", "name", "remark", "problem")
        found = []
        for number in range(len(form.person_ids)):
            with form.person_ids.edit(number) as row:
                found.append([row[name] for name in names])
        return found

    def test_each_further_role_asks_for_a_person(self):
        form = self.chosen()
        self.assertEqual((form.own_role, form.client_role), ("1. Our director", "2. Customer"))
        self.assertEqual(
            [row[:3] for row in self.rows(form)],
            [["1. Accountant", False, "Who signs?"], ["3. Witness", False, "Who signs?"]],
        )
        self.assertFalse(form.template_problem)
        form.template_id = self.env["esign.template"]
        self.assertFalse(len(form.person_ids) or form.own_role or form.client_role)

    def test_people_go_into_their_roles_in_the_templates_order(self):
        form = self.all_filled()
        shown = {(box["role"], box["page"], round(box["y"], 4)) for box in form.preview["boxes"]}
        wizard = form.save()
        action = wizard.action_send()
        self.assertIn("Dora Director, Anna Accountant", action["params"]["message"])
        request = self.lead.esign_request_ids
        self.assertEqual(request.state, "sent")
        people = request.signer_ids.sorted(lambda each: (each.sequence, each.id))
        self.assertEqual(
            people.mapped(lambda each: (each.role, each.side, each.sequence, each.name)),
            [
                ("Our director", "own", 1, "Dora Director"), ("Accountant", "own", 1, "Anna Accountant"),
                ("Customer", "client", 2, "Claude Client"), ("Witness", "client", 3, "Wanda Witness"),
            ],
        )  # fmt: skip
        self.assertEqual(people.filtered("invited_at").mapped("side"), ["own", "own"])
        self.assertEqual(self.plain(request.field_ids), self.plain(self.template.field_ids))
        made = {(box.signer_id.role, box.page, round(box.y, 4)) for box in request.field_ids}
        self.assertEqual(shown, made)

    def test_values_of_a_role_are_judged_in_its_own_persons_language(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.env["res.lang"]._activate_lang("fr_FR")
        value = self.env["esign.crm.value"].search([], limit=1)
        for role in self.template.role_ids.filtered(lambda role: role.side == "client"):
            self.env["esign.field"].create(
                self.box(self.template, role, f"For {role.name}", type="crm_value", y=0.5)
                | {"crm_value_id": value.id}
            )
        form = self.all_filled()
        form.client_lang = "fr_FR"
        self.enter(form, 1, lang="de_DE")
        langs = []

        def text_of(_value, lead):
            langs.append(lead.env.lang)
            return "12"

        with patch.object(self.registry["esign.crm.value"], "_text_of", text_of):
            form.save()._check_sendable()
        self.assertEqual(sorted(langs), ["de_DE", "fr_FR"])

    def test_missing_person_is_refused_by_the_role(self):
        form = self.all_filled()
        self.enter(form, 1, name=False)
        with self.assertRaisesRegex(UserError, "Witness: who signs"):
            form.save().action_send()

    def test_what_is_wrong_with_an_address_is_said_in_its_row_and_refused(self):
        for values, words in (
            ({"email": "wanda at home"}, "not an e-mail address"),
            ({"email": False}, "has no e-mail address"),
            ({"phone": "12"}, "not a phone number"),
            ({"channel": "sms", "phone": "+33 899 12 34 56"}, "a service that costs extra"),
            ({"email": self.DIRECTOR}, "our own signer's address"),
            ({"email": self.ACCOUNTANT}, "our own signer's address"),
            ({"email": self.rep.email}, "belongs to our own side"),
        ):
            with self.subTest(**values):
                form = self.all_filled()
                self.enter(form, 1, **values)
                _role, _name, remark, problem = self.rows(form)[1]
                self.assertIn(words, problem)
                self.assertEqual(remark, problem)
                with self.assertRaisesRegex(UserError, f"Witness: .*{words}"):
                    form.save().action_send()

    def test_own_rows_address_is_none_of_the_customers(self):
        form = self.all_filled()
        form.client_channel, form.client_email = "email", self.ACCOUNTANT
        self.assertIn("our own signer's address", form.client_problem)

    def test_expired_authority_in_a_row(self):
        self.env["esign.party"].create(
            {
                "company_id": self.company.id, "side": "own", "name": "Anna Accountant", "email": self.ACCOUNTANT,
                "authority_until": fields.Date.today() - timedelta(days=2),
            }
        )  # fmt: skip
        form = self.all_filled()
        self.assertIn("may not sign any more", self.rows(form)[0][3])
        with self.assertRaisesRegex(UserError, "Accountant: .*may not sign any more"):
            form.save().action_send()

    def test_contact_fills_its_row_and_the_origin_is_said(self):
        form = self.chosen()
        wanda = self.env["res.partner"].create({"name": "Wanda Witness", "email": self.WITNESS})
        self.enter(form, 1, partner_id=wanda)
        _role, name, remark, problem = self.rows(form)[1]
        self.assertEqual((name, problem), ("Wanda Witness", False))
        self.assertIn(self.WITNESS, remark)
        self.assertIn("From the contact", remark)

    def test_who_signed_in_a_role_last_is_proposed(self):
        self.sent(self.all_filled())
        form = self.chosen()
        self.assertEqual([row[1] for row in self.rows(form)], ["Anna Accountant", "Wanda Witness"])
        self.assertEqual(self.sent(form).state, "sent")
        stranger = self.env["res.partner"].create({"name": "Other", "email": "o@c.example.org"})
        self.lead = self.env["crm.lead"].create(
            {"name": "Other", "partner_id": stranger.id, "user_id": self.rep.id}
        )
        self.assertEqual([row[1] for row in self.rows(self.chosen())], ["Anna Accountant", False])

    def test_client_role_before_ours_is_told(self):
        self.template.role_ids.filtered(lambda role: role.name == "Accountant").sequence = 2
        form = self.all_filled()
        self.assertIn("Customer would sign before our side", form.template_problem)
        with self.assertRaisesRegex(UserError, "Customer would sign before"):
            form.save().action_send()

    def test_form_made_without_a_screen_asks_for_the_same_people(self):
        wizard = self.env["esign.send.wizard"].with_user(self.rep).create(
            {"lead_id": self.lead.id, "template_id": self.template.id}
        )  # fmt: skip
        self.assertEqual(wizard.person_ids.role_id.mapped("name"), ["Accountant", "Witness"])
