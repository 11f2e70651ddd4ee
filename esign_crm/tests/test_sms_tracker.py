"""SMS by whatever provider Odoo is set up with."""

from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.sms.tools.sms_api import SmsApi

from .message_common import MessageCase


@tagged("post_install", "-at_install")
class TestOdooProvider(MessageCase):
    """Odoo's API class, faked where it would call the outside."""

    def setUp(self):
        """Switch the company to Odoo's provider."""
        super().setUp()
        self.company.esign_sms_provider = "odoo"
        self.env.flush_all()
        self.calls, self.answer = [], {"state": "success"}

        def contact(api, endpoint, params, timeout=15):
            self.calls.append((api.company, params))
            if isinstance(self.answer, Exception):
                raise self.answer
            numbers = [number for each in params["messages"] for number in each["numbers"]]
            return [self.answer | {"uuid": number["uuid"]} for number in numbers]

        self.startPatcher(patch.object(SmsApi, "_contact_iap", contact))

    def test_message_goes_out_and_its_report_comes_back(self):
        message = self.invite(self.client)
        self.run_crons()
        self.assertEqual(message.state, "sent")
        company, params = self.calls[0]
        self.assertEqual(company, self.company)
        self.assertEqual(params["webhook_url"], "https://sign.vendor.example.com/sms/status")
        self.assertEqual(params["messages"][0]["numbers"][0]["number"], self.CLIENT)
        tracker = self.env["sms.tracker"].search([("sms_uuid", "=", message.sudo().key)])
        tracker._action_update_from_sms_state("pending")
        self.assertEqual(message.state, "sent")
        tracker._action_update_from_sms_state("sent")
        self.assertEqual(message.state, "delivered")

    def test_report_of_failure_is_taken(self):
        message = self.invite(self.client)
        self.run_crons()
        tracker = self.env["sms.tracker"].search([("sms_uuid", "=", message.sudo().key)])
        tracker._action_update_from_provider_error("invalid_destination")
        self.assertEqual(message.state, "failed")
        self.assertTrue(message.error)

    def test_final_refusal_is_not_repeated(self):
        self.answer = {"state": "wrong_number_format"}
        message = self.invite(self.client)
        self.run_crons()
        self.assertEqual(message.state, "failed")
        self.assertIn("not correctly formatted", message.error)

    def test_missing_credit_is_tried_again(self):
        self.answer = {"state": "insufficient_credit"}
        message = self.invite(self.client)
        self.run_crons()
        self.assertEqual(message.state, "queued")
        self.assertIn("credits", message.error)
        self.assertNotIn("<a", message.error)
        self.assertFalse(message.is_perhaps_twice)

    def test_no_answer_is_repeated_once(self):
        self.answer = ConnectionError("lost")
        self.assert_repeated_once(self.invite(self.client))
        self.assertEqual(len(self.calls), 2)

    def test_code_goes_the_same_way(self):
        self.assertTrue(self.Message._send_code(self.client, "048213")[0])
        self.assertIn("048213", self.calls[0][1]["messages"][0]["content"])
