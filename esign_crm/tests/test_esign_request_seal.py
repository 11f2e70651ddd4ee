"""Sealing that fails: it is seen, tried again in its turn, and ends well."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import mute_logger, tagged

from .common import EsignHttpCommon

SEAL_LOGGER = "odoo.addons.esign_crm.models.esign_request_seal"


@tagged("post_install", "-at_install")
class TestEsignRequestSeal(EsignHttpCommon):
    """From the last signature to the finished file."""

    def test_words_of_others_that_no_font_has_do_not_stop_the_seal(self):
        """A returned mail or a renamed company may hold any letters, when nothing can be refused any more."""
        request = self.make_request()
        self.walk(self.DIRECTOR, "Dora Director")
        self.env["esign.event"]._append(
            request, "message_bounced", {"words": "邮箱不存在 🖋 \u202e"}
        )
        self.company.name = "公司 Vendor"
        answer, _token, _browser = self.walk(self.CLIENT, "Claude Client")
        self.assertEqual(answer, {"state": "signed", "sealed": True})

    def test_key_made_while_the_company_had_a_name_that_no_certificate_may_hold_seals(self):
        self.company.name = "🏗 חברה 5"
        self.env["esign.sealing.key"]._get_for(self.company).action_replace()
        self.company.name = "Vendor"  # with the other one nothing is sent
        self.make_request()
        self.walk(self.DIRECTOR, "Dora Director")
        answer, _token, _browser = self.walk(self.CLIENT, "Claude Client")
        self.assertEqual(answer, {"state": "signed", "sealed": True})

    def test_request_that_somebody_holds_for_long_is_left_to_the_job_and_nobody_is_told(self):
        request = self.make_request()
        self.walk(self.DIRECTOR, "Dora Director")
        refuse = patch.object(type(request), "_lock_or_refuse", side_effect=UserError("at it"))
        with refuse:
            answer, _token, _browser = self.walk(self.CLIENT, "Claude Client")
        self.assertEqual(answer, {"state": "signed", "sealed": False})
        self.assertEqual((request.state, request.seal_error), ("sealing", False))
        self.assertFalse(request.activity_ids)
        request._set_system_sudo(sealing_at=fields.Datetime.now() - timedelta(minutes=2))
        self.env["esign.request"]._cron_seal()
        self.env.invalidate_all()
        self.assertEqual(request.state, "done")

    def test_failed_seal_is_shown_and_made_up_for(self):
        request = self.make_request()
        self.walk(self.DIRECTOR, "Dora Director")
        key = self.env["esign.sealing.key"].search(
            [("company_id", "=", self.company.id), ("state", "=", "active")]
        )
        stored = key.sudo().with_context(bin_size=False).private_key_wrapped
        self.env.cr.execute(
            "UPDATE esign_sealing_key SET private_key_wrapped = 'AAAA' WHERE id = %s", (key.id,)
        )
        self.env.invalidate_all()
        with mute_logger(SEAL_LOGGER):
            answer, _token, _browser = self.walk(self.CLIENT, "Claude Client")
        self.assertEqual(answer, {"state": "signed", "sealed": False})
        self.assertEqual((request.state, request.seal_attempts), ("sealing", 1))
        self.assertTrue(request.seal_error)
        self.assertEqual(len(request.activity_ids), 1)
        self.env.cr.execute(
            "UPDATE esign_sealing_key SET private_key_wrapped = %s WHERE id = %s", (stored, key.id)
        )
        self.env.invalidate_all()
        self.env["esign.request"]._cron_seal()
        self.env.invalidate_all()  # it sealed, or not, in a transaction of its own
        self.assertEqual(request.state, "sealing", "its pause is not over yet")
        request._set_system_sudo(sealing_at=fields.Datetime.now() - timedelta(minutes=2))
        self.env["esign.request"]._cron_seal()
        self.env.invalidate_all()  # it sealed, or not, in a transaction of its own
        self.assertEqual((request.state, request.seal_error), ("done", False))

    def test_those_that_pause_do_not_stand_in_the_way_of_others(self):
        now = fields.Datetime.now()
        requests = self.env["esign.request"].create([{"title": "x"}] * 6)
        ages = ((0, 59), (0, 61), (1, 61), (2, 61), (4, 3000), (9, 3601))
        for request, (failed, seconds) in zip(requests, ages, strict=True):
            request._set_system_sudo(
                state="sealing", seal_attempts=failed, sealing_at=now - timedelta(seconds=seconds)
            )
        due = requests.filtered_domain(requests._due_to_seal(now))
        self.assertEqual(due.mapped("seal_attempts"), [0, 1, 9])
        self.assertNotIn(requests[0], due)

    def test_retry_by_hand_is_due_at_once_whatever_the_pause(self):
        request = self.env["esign.request"].create({"title": "x"})
        now = fields.Datetime.now()
        request._set_system_sudo(state="sealing", seal_attempts=3, sealing_at=now, seal_error="x")
        self.assertFalse(request.filtered_domain(request._due_to_seal(now)))
        request.action_retry_seal()
        self.assertTrue(request.filtered_domain(request._due_to_seal(fields.Datetime.now())))
        self.assertFalse(request.seal_error)

    def test_two_sign_side_by_side_with_the_codes_they_have(self):
        """One of two parallel signers does not void what the other one has confirmed."""
        first, client = self.signers()
        second = first | {
            "role": "Our accountant",
            "name": "Anna Accountant",
            "email": "anna@vendor.example.com",
        }
        request = self.make_request(signers=[first, second, client])
        self.deliver()
        people = []
        for address, name in (
            (self.DIRECTOR, "Dora Director"),
            ("anna@vendor.example.com", "Anna Accountant"),
        ):
            token, browser = self.wires.last_token(address), self.browser()
            self.confirm(browser, token, address)
            people.append((browser, token, name))
        self.assertFalse(self.wires.sms)
        for person in people:
            self.assertEqual(self.sign(*person).get("state"), "signed")
        self.assertEqual(
            self.walk(self.CLIENT, "Claude Client")[0], {"state": "signed", "sealed": True}
        )
        self.assertEqual(self.event_kinds(request).count("sealed"), 1)
