"""What strangers send and open that no page of ours asks for: refusals as values, never an error, never Odoo's pages."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import mute_logger, tagged

from .common import EsignHttpCommon

HEADERS = (
    "Content-Security-Policy",
    "Referrer-Policy",
    "Cache-Control",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "X-Robots-Tag",
)
SIGNATURE = {"method": "typed", "name": "Dora Director"}


@tagged("post_install", "-at_install")
class TestPortalStrangers(EsignHttpCommon):
    """Raw requests on the public routes."""

    def setUp(self):
        super().setUp()
        self.request = self.make_request()
        self.deliver()
        self.token = self.wires.last_token(self.DIRECTOR)
        self.visitor = self.browser()

    def post(self, step, body, **headers):
        """POST ``body`` as it is."""
        url = f"{self.base_url()}/esign/s/{self.token}/{step}"
        headers = {"Content-Type": "application/json", **headers}
        with self.serving():
            return self.visitor.post(url, data=body, headers=headers, timeout=30)

    def result(self, step, params):
        """POST ``params``, a text, and return the step's answer."""
        return self.post(step, f'{{"params": {params}}}').json()["result"]

    def director_confirms(self):
        """Let the director confirm a code."""
        self.confirm(self.visitor, self.token, self.DIRECTOR)

    # --- bodies ------------------------------------------------------------------------------------------------------

    def test_values_that_no_browser_sends_are_refused_never_failed(self):
        self.director_confirms()
        odd = ("null", "true", "0", "1e400", "NaN", '"\\ud800"', '"\\u0000"', "[]", "[1]", '{"a": NaN}',
               '{"\\ud800": 1}', '{"method": []}', '{"method": "typed", "name": "\\ud800"}')  # fmt: skip
        for value in odd:
            for name in ("values", "signature"):
                params = f'{{"consent": "none", "{name}": {value}}}'
                self.assertNotIn(self.result("sign", params).get("error"), (None, "failed"), params)
            for step, name in (("confirm", "code"), ("draft", "values"), ("draft", "signature")):
                answer = self.result(step, f'{{"{name}": {value}}}')
                self.assertNotEqual(answer.get("error"), "failed", (step, value))
        self.assertEqual(
            self.result("decline", '{"reason": "\\u0000\\ud800"}')["state"], "declined"
        )

    def test_parameter_names_cannot_be_the_controllers_own(self):
        self.assertEqual(self.result("opened", '{"self": 1, "token": "x"}'), {"opened": True})

    @mute_logger("odoo.http")
    def test_what_is_no_call_is_400_with_our_headers(self):
        for body in (
            "",
            "{bad",
            "[]",
            "null",
            "1",
            '{"params": [1]}',
            '{"params": "x"}',
            "[" * 100_000,
        ):
            answer = self.post("opened", body)
            self.assertEqual(answer.status_code, 400, body[:20])
            self.assert_ours(answer)

    @mute_logger("odoo.http")
    def test_endless_body_is_refused_unread(self):
        answer = self.post("draft", '{"params": {"values": "' + "x" * 17_000_000 + '"}}')
        self.assertEqual(answer.json()["result"]["error"], "image_refused")

    # --- answers -----------------------------------------------------------------------------------------------------

    def assert_ours(self, answer):
        """Fail when an answer has not all headers of our pages, or sets a cookie."""
        self.assertFalse([name for name in HEADERS if name not in answer.headers], answer.url)
        self.assertNotIn("Set-Cookie", answer.headers)

    @mute_logger("odoo.http")
    def test_every_404_is_the_same_page(self):
        unknown = self.get(self.visitor, "/esign/s/" + "A" * 43)
        page, evil = f"/esign/s/{self.token}", {"Host": "evil.example.com"}
        answers = [
            self.get(self.visitor, page, headers=evil),
            self.get(self.visitor, "/esign/verify", headers=evil),
            *(self.get(self.visitor, f"{page}/{rest}") for rest in ("page/x", "nosuch", "a/b", "sign", "code")),
            self.get(self.visitor, "/esign/nosuch"),
        ]  # fmt: skip
        for answer in answers:
            self.assertEqual((answer.status_code, answer.text), (404, unknown.text), answer.url)
            self.assert_ours(answer)

    @mute_logger("odoo.http")
    def test_wrong_host_tells_no_link_from_none(self):
        known = self.post("code", "{}", Host="evil.example.com")
        self.token = "A" * 43
        unknown = self.post("code", "{}", Host="evil.example.com")
        self.assertEqual(known.json(), unknown.json())
        self.assertEqual(known.json()["result"], {"error": "not_found"})
        self.assert_ours(known)

    @mute_logger("odoo.addons.esign_crm.controllers.download")
    def test_altered_file_is_no_longer_shown_and_nothing_is_said_of_it(self):
        attachment = self.request.frozen_document_id.attachment_id
        self.env.cr.execute(
            "UPDATE ir_attachment SET store_fname = NULL, db_datas = 'x' WHERE id = %s",
            (attachment.id,),
        )
        self.env.invalidate_all()
        answer = self.get(self.visitor, f"/esign/s/{self.token}/document")
        self.assertEqual(answer.status_code, 404)
        self.assertNotIn(self.request.name, answer.text)
        self.assert_ours(answer)

    def test_draft_gives_way_to_whoever_is_at_the_request(self):
        """PostgreSQL's refusal of a colliding write would put the values, a drawn signature too, into the log."""
        self.director_confirms()
        requests = type(self.env["esign.request"])
        with patch.object(
            requests, "try_lock_for_update", lambda records, **_kwargs: records.browse()
        ):
            answer = self.step(self.visitor, self.token, "draft", values={}, signature=SIGNATURE)
        self.assertEqual(answer["error"], "busy")
        self.assertFalse(any(self.request.sudo().signer_ids.mapped("draft")))

    # --- clocks ------------------------------------------------------------------------------------------------------

    def test_deadline_counts_before_the_cron_comes_by(self):
        self.director_confirms()
        self.request._set_system_sudo(deadline_at=fields.Datetime.now() - timedelta(seconds=1))
        self.assertEqual(self.page(self.visitor, self.token)["situation"], "expired")
        answer = self.step(
            self.visitor, self.token, "sign", values={}, signature=SIGNATURE, consent=True
        )
        self.assertEqual(answer["error"], "closed")

    def test_link_that_lapsed_unsigned_stays_dead_after_completion(self):
        links = self.env["esign.link"].search([("signer_id.request_id", "=", self.request.id)])
        self.walk(self.DIRECTOR, "Dora Director")
        links.write({"expires_at": fields.Datetime.now() - timedelta(seconds=1)})
        self.deliver()
        self.walk(self.CLIENT, "Claude Client")
        self.assertEqual(self.request.state, "done")
        self.assertEqual(self.page(self.visitor, self.token)["situation"], "gone")
        self.assertEqual(self.get(self.visitor, f"/esign/s/{self.token}/download").status_code, 404)
        self.deliver()
        told = self.wires.last_token(self.DIRECTOR)
        self.assertEqual(self.get(self.visitor, f"/esign/s/{told}/download").status_code, 200)
