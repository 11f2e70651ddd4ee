"""Values of deals for documents: only what administrators allowed, only what the sender may read."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import EsignCommon

BOX = {"type": "crm_value", "role": "Client", "page": 1, "x": 0.1, "y": 0.1, "width": 0.4, "height": 0.04}  # fmt: skip


@tagged("post_install", "-at_install")
class TestEsignCrmValue(EsignCommon):
    """The list, its paths, and the reading of them."""

    def setUp(self):
        super().setUp()
        self.values = self.env["esign.crm.value"]
        self.city = self.values.search([("path", "=", "partner_id.city")])
        self.partner.city = "Łódź"

    def test_paths_that_lead_nowhere_deep_or_to_secrets_are_refused(self):
        for path in (
            "nothing", "partner_id.nothing", "name.name", "user_id.password.x", "partner_id.image_1920", "order",
            "partner_id.country_id.currency_id.name", "tag_ids.name", "partner_id..name", "user_id.api_key_ids",
            "partner_id.signup_type",
        ):  # fmt: skip
            with self.subTest(path=path), self.assertRaises(UserError):
                self.values.create({"name": "x", "path": path})

    def test_manager_reads_the_list_but_does_not_write_it(self):
        boss = new_test_user(self.env, "crm_value_boss", groups="esign_crm.group_manager")
        self.assertTrue(self.values.with_user(boss).search([]))
        with self.assertRaises(AccessError):
            self.values.with_user(boss).create({"name": "x", "path": "partner_id.phone"})

    def test_value_is_read_at_sending_and_stored_then(self):
        request = self.make_request(fields=[BOX | {"name": "City", "value": "partner_id.city"}])
        self.partner.city = "Kraków"
        field = request.field_ids.filtered(lambda each: each.type == "crm_value")
        self.assertEqual((field.filled_by, field.sudo().value), ("system", "Łódź"))

    def test_path_outside_the_list_is_refused(self):
        for path in ("partner_id.street", "name; drop", None, 3, ["name"]):
            with self.assertRaisesRegex(UserError, "allowed"):
                self.make_request(fields=[BOX | {"value": path}])

    def test_empty_value_of_a_required_field_keeps_from_sending(self):
        self.partner.city = False
        with self.assertRaisesRegex(UserError, "City"):
            self.make_request(fields=[BOX | {"name": "City", "value": "partner_id.city"}])
        optional = BOX | {"name": "City", "value": "partner_id.city", "required": False}
        self.assertEqual(self.make_request(fields=[optional]).state, "sent")

    def test_what_the_sender_may_not_read_is_not_sent(self):
        """The value lies in the cache already, read by somebody with all rights."""
        self.env["ir.rule"].create(
            {
                "name": "Only other people's contacts",
                "model_id": self.env.ref("base.model_res_partner").id,
                "domain_force": f"[('id', '!=', {self.partner.id})]",
                "groups": [(4, self.env.ref("sales_team.group_sale_salesman").id)],
            }
        )
        draft = self.make_request(send=False, fields=[BOX | {"value": "partner_id.city"}])
        self.assertEqual(draft.lead_id.partner_id.city, "Łódź")
        with self.assertRaisesRegex(UserError, "may not read"):
            draft.with_user(self.rep).action_send()
        with self.assertRaisesRegex(UserError, "may not read"):
            draft.with_user(self.rep).sudo().with_user(self.env.ref("base.user_root")).action_send()
        self.assertEqual(draft.state, "draft")

    def test_kinds_of_values_are_printed_in_words(self):
        self.lead.write({"expected_revenue": 1234.5, "date_deadline": "2026-12-31"})
        made = {
            path: self.values.search([("path", "=", path)])
            or self.values.create({"name": path, "path": path})
            for path in ("expected_revenue", "date_deadline", "user_id", "type", "priority", "create_date")
        }  # fmt: skip
        texts = {path: value._text_of(self.lead) for path, value in made.items()}
        self.assertIn("234.5", texts["expected_revenue"])
        self.assertIn("2026", texts["date_deadline"])
        self.assertEqual(texts["user_id"], "Rita Rep")
        self.assertEqual(texts["type"], "Opportunity")
