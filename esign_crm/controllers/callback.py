"""Delivery reports of providers."""

from odoo import http
from odoo.http import request

from ..tools.gateways import callback

MAX_KEY = 64


class CallbackController(http.Controller):
    """A provider's only proof is its signature; whatever is wrong, the answer is the same."""

    @http.route(
        "/esign/callback/<string:channel>/<string:key>",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        save_session=False,
    )
    def esign_callback(self, channel, key, **_ignored):
        """Take one delivery report (design section 5). The same report again changes nothing."""
        message_sudo = self._find_sudo(channel, key)
        body = request.httprequest.get_data(cache=True)
        secret = message_sudo.company_id._esign_sms_secret_sudo() if message_sudo else ""
        header = request.httprequest.headers.get(callback.HEADER, "")
        report = callback.read(secret, body, header)
        if not message_sudo or not report:
            raise request.not_found()
        message_sudo._take_report(report.state, report.words)
        return request.make_json_response({"ok": True})

    @staticmethod
    def _find_sudo(channel, key):
        """Return the message of this key; the provider has no account here, hence the sudo."""
        domain = [("key", "=", key[:MAX_KEY]), ("channel", "=", channel)]
        return request.env["esign.message"].sudo().search(domain, limit=1)
