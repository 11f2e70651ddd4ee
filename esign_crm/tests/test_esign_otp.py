"""One-time codes: how long, how often, for what."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from ..tools.errors import GatewayError
from .common import EsignHttpCommon


@tagged("post_install", "-at_install")
class TestEsignOtp(EsignHttpCommon):
    """A director at the code step."""

    def setUp(self):
        """Send a request and open the director's link."""
        super().setUp()
        self.request = self.make_request()
        self.deliver()
        self.director = self.request.signer_ids.filtered(lambda signer: signer.side == "own")
        self.token = self.wires.last_token(self.DIRECTOR)
        self.visitor = self.browser()

    def _age_code(self, seconds):
        """Let the latest code have been handed over so many seconds ago."""
        otp = self.env["esign.otp"].search([("signer_ref", "=", self.director.id)], limit=1)
        moment = fields.Datetime.now() - timedelta(seconds=seconds)
        otp.write({"sent_at": moment, "reserved_at": moment})

    def _ask(self):
        return self.step(self.visitor, self.token, "code")

    def _confirm(self, code):
        return self.step(self.visitor, self.token, "confirm", code=code)

    def test_code_is_masked_and_lasts_five_minutes(self):
        answer = self._ask()
        self.assertEqual((answer["expires_in"], answer["retry_after"]), (300, 60))
        self.assertNotIn(self.DIRECTOR, str(answer))
        self.director.invalidate_recordset()
        self.assertEqual(
            self.director.state, "opened", "who asks for a code has been shown the page"
        )

    @freeze_time("2026-11-22 10:00:00")
    def test_code_of_299_seconds_is_good(self):
        self._ask()
        self._age_code(299)
        self.assertEqual(self._confirm(self.wires.last_code(self.DIRECTOR)), {"confirmed": True})

    @freeze_time("2026-11-22 10:00:00")
    def test_code_of_301_seconds_has_expired(self):
        self._ask()
        self._age_code(301)
        self.assertEqual(
            self._confirm(self.wires.last_code(self.DIRECTOR))["error"], "code_expired"
        )

    def test_second_code_voids_the_first(self):
        self._ask()
        first = self.wires.last_code(self.DIRECTOR)
        self._age_code(61)
        self._ask()
        second = self.wires.last_code(self.DIRECTOR)
        if first != second:
            self.assertEqual(self._confirm(first)["error"], "code_wrong")
        self.assertEqual(self._confirm(second), {"confirmed": True})

    def test_code_is_used_once(self):
        self._ask()
        code = self.wires.last_code(self.DIRECTOR)
        self.assertEqual(self._confirm(code), {"confirmed": True})
        self.assertEqual(self._confirm(code)["error"], "code_void")

    def test_five_wrong_tries_void_the_code(self):
        self._ask()
        code = self.wires.last_code(self.DIRECTOR)
        wrong = f"{(int(code) + 1) % 10**6:06d}"
        self.assertEqual(
            [self._confirm(wrong).get("tries_left") for _ in range(5)], [4, 3, 2, 1, 0]
        )
        self.assertEqual(self._confirm(code)["error"], "code_void")

    def test_next_code_within_a_minute_must_wait(self):
        self._ask()
        answer = self._ask()
        self.assertEqual(answer["error"], "code_wait")
        self.assertTrue(0 < answer["retry_after"] <= 60)

    def test_sixth_code_within_an_hour_is_refused(self):
        for _ in range(5):
            self._ask()
            self._age_code(70)
        answer = self._ask()
        self.assertEqual(answer["error"], "code_limit")
        self.assertTrue(answer["retry_after"] > 3000)
        self.assertIn("min", answer["message"])

    def test_eleventh_code_of_a_day_locks_until_a_manager_unlocks(self):
        for _ in range(10):
            self.assertNotIn("error", self._ask())
            self._age_code(2 * 3600)
        self.assertEqual(self._ask()["error"], "locked")
        self.director.invalidate_recordset()
        self.assertTrue(self.director.is_locked)
        self.assertEqual(self.page(self.visitor, self.token)["situation"], "locked")
        self.director.action_unlock()
        self.assertNotIn("error", self._ask())

    def test_gateway_down_confirms_nothing(self):
        self.walk(self.DIRECTOR, "Dora Director")
        self.deliver()
        token, visitor = self.wires.last_token(self.CLIENT), self.browser()
        self.wires.refuse_sms = GatewayError(
            "unreachable", words="", is_permanent=False, is_outcome_unknown=False
        )
        self.assertEqual(self.step(visitor, token, "code")["error"], "code_undeliverable")
        self.assertEqual(self.step(visitor, token, "confirm", code="000000")["error"], "code_void")
        self.assertEqual(self.sign(visitor, token)["error"], "not_confirmed")

    def test_code_is_stored_as_hash_only(self):
        self._ask()
        code = self.wires.last_code(self.DIRECTOR)
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT code_mac FROM esign_otp WHERE signer_ref = %s", (self.director.id,)
        )
        self.assertNotIn(code, str(self.env.cr.fetchall()))

    def test_confirmation_lapses_after_thirty_idle_minutes(self):
        self.confirm(self.visitor, self.token, self.DIRECTOR)
        otp = self.env["esign.otp"].search([("signer_ref", "=", self.director.id)], limit=1)
        otp.last_seen_at = fields.Datetime.now() - timedelta(minutes=31)
        self.assertEqual(self.sign(self.visitor, self.token)["error"], "not_confirmed")

    def test_signer_whose_confirmation_lapsed_is_opened_again(self):
        self.confirm(self.visitor, self.token, self.DIRECTOR)
        self.env["esign.signer"]._cron_lapse()
        self.assertEqual(self.director.state, "confirmed")
        otp = self.env["esign.otp"].search([("signer_ref", "=", self.director.id)], limit=1)
        otp.last_seen_at = fields.Datetime.now() - timedelta(minutes=31)
        self.env["esign.signer"]._cron_lapse()
        self.director.invalidate_recordset()
        self.assertEqual(self.director.state, "opened")

    def test_confirmation_of_one_browser_is_not_good_in_another(self):
        self.confirm(self.visitor, self.token, self.DIRECTOR)
        self.assertEqual(self.sign(self.browser(), self.token)["error"], "not_confirmed")

    def test_value_changed_behind_the_code_voids_it(self):
        request = self.make_request(fields=[
            {"role": "Our director", "type": "text", "name": "Remark", "page": 1, "x": 0.1, "y": 0.3, "width": 0.3,
             "height": 0.04, "required": False},
        ])  # fmt: skip
        self.deliver()
        remark = request.field_ids.filtered(lambda field: field.type == "text")
        token, visitor = self.wires.last_token(self.DIRECTOR), self.browser()
        self.confirm(visitor, token, self.DIRECTOR)
        self.assertEqual(
            self.sign(visitor, token, values={str(remark.id): "as agreed"})["state"], "signed"
        )
        self.deliver()
        client_token, client = self.wires.last_token(self.CLIENT), self.browser()
        self.confirm(client, client_token, self.CLIENT)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE esign_field SET value = 'as never agreed' WHERE id = %s", (remark.id,)
        )
        self.env.invalidate_all()
        self.assertEqual(self.sign(client, client_token)["error"], "code_void")
