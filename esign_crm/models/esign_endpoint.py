"""A web address that rules may call: set by an administrator, released to managers."""

import base64
import json
import uuid
from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.orm.models import NO_ACCESS

from .guards import not_from_typed_code, without_defaults

SECRET = "webhook-secret"  # noqa: S105 - the purpose under the master key, not a secret
SECRET_SHOWN = "••••••••"  # noqa: S105 - what is shown instead of one
# Changes of these go into the company's chain: who changes them could read along.
TRUSTED = ("name", "url", "is_released", "allow_private", "active", "company_id")


class EsignEndpoint(models.Model):
    """Where calls go. Managers choose among the released ones; the secret is shown to nobody."""

    _name = "esign.endpoint"
    _description = "Webhook endpoint"
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    url = fields.Char(
        string="Address", required=True, help="https://… or http://…; redirects are not followed."
    )
    is_released = fields.Boolean(
        string="Released to rules", default=True, help="Managers may choose it in their rules."
    )
    allow_private = fields.Boolean(
        string="In a private network",
        help="Allow an address that leads into this server's own network.",
    )
    secret = fields.Char(
        compute="_compute_secret",
        inverse="_inverse_secret",
        groups="esign_crm.group_admin",
        help="Shared with the receiver, who checks the signature of each call by it.",
    )
    secret_wrapped = fields.Binary(attachment=False, groups=NO_ACCESS, copy=False)
    call_ids = fields.One2many("esign.webhook.call", "endpoint_id", string="Calls")
    call_count = fields.Integer(compute="_compute_call_count")

    @api.depends("secret_wrapped")
    def _compute_secret(self):
        """Show whether a secret is set, never which one."""
        for endpoint in self:
            wrapped = endpoint.sudo().with_context(bin_size=False).secret_wrapped
            endpoint.secret = SECRET_SHOWN if wrapped else False

    def _inverse_secret(self):
        """Wrap a new secret under the master key; the dots that stand for the old one keep it."""
        for endpoint in self:
            secret = (endpoint.secret or "").strip()
            if secret != SECRET_SHOWN:
                endpoint.sudo().secret_wrapped = endpoint._wrapped(secret)

    def _compute_call_count(self):
        grouped = self.env["esign.webhook.call"]._read_group(
            [("endpoint_id", "in", self.ids)], ["endpoint_id"], ["__count"]
        )
        counts = {endpoint.id: count for endpoint, count in grouped}
        for endpoint in self:
            endpoint.call_count = counts.get(endpoint.id, 0)

    @api.constrains("url")
    def _check_url(self):
        for endpoint in self:
            parts = urlsplit(endpoint.url or "")
            if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
                raise ValidationError(
                    self.env._(
                        "“%(url)s” is not an address to call: write it like https://erp.example.com/esign.",
                        url=endpoint.url,
                    )
                )

    # --- CRUD ------------------------------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Note the new endpoint in its company's trail."""
        endpoints = super().create(vals_list)
        for endpoint in endpoints:
            endpoint._record_sudo("", endpoint.url)
        endpoints.invalidate_recordset(["secret"])
        return endpoints

    def write(self, vals):
        """Note what changed in the company's trail; of the secret only that it did."""
        before = {endpoint: endpoint._trusted() for endpoint in self}
        result = super().write(vals)
        for endpoint in self:
            is_new_secret = vals.get("secret", SECRET_SHOWN) != SECRET_SHOWN
            if endpoint._trusted() != before[endpoint] or is_new_secret:
                endpoint._record_sudo(before[endpoint], endpoint._trusted())
        self.invalidate_recordset(["secret"])
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_called(self):
        """Keep what was called: its calls are evidence. Archive it instead."""
        if self.sudo().call_ids:
            raise UserError(self.env._("This endpoint was called: archive it instead."))

    def _trusted(self):
        return ", ".join(str(self[name] and self[name]) for name in TRUSTED)

    def _record_sudo(self, old, new):
        """Write into the company's trail, to which nobody has write access, hence the sudo."""
        details = {
            "by": self.env.user.name, "setting": f"endpoint {self.name}", "old": old, "new": new,
        }  # fmt: skip
        self.env["esign.event"].sudo()._append_company(self.company_id, "gateway_changed", details)

    # --- secret ----------------------------------------------------------------------------------------------------

    def _wrapped(self, secret):
        if not secret:
            return False
        return base64.b64encode(
            self.env["esign.master.key"].sudo()._encrypt(SECRET, secret.encode())
        )

    @not_from_typed_code
    def _secret_sudo(self):
        """Return the secret, empty for none; no group reads its column, hence the sudo."""
        self.ensure_one()
        wrapped = self.sudo().with_context(bin_size=False).secret_wrapped
        if not wrapped:
            return ""
        opened = self.env["esign.master.key"].sudo()._decrypt(SECRET, base64.b64decode(wrapped))
        return opened.decode()

    # --- calls -----------------------------------------------------------------------------------------------------

    def action_test(self):
        """Queue a call that says it is a test. For administrators."""
        self.ensure_one()
        self.check_access("write")
        self._queue_sudo({"event": "test"})
        return self.action_open_calls()

    def action_open_calls(self):
        """Open the calls of this endpoint."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "esign_crm.esign_webhook_call_action"
        )
        return action | {"domain": [("endpoint_id", "=", self.id)], "context": {"create": False}}

    def _queue_call(self, request, trigger, run=None):
        """Queue a call about ``request`` in the caller's transaction; it leaves after the commit.

        :param str trigger: what happened, as the receiver reads it in ``event``
        :param run: the rule's run that asks for it, whose owner hears of a failure
        :raises UserError: the endpoint is archived, not released, or of another company
        """
        self.ensure_one()
        if not self.active or not self.is_released:
            raise UserError(self.env._("The endpoint “%(name)s” is not released.", name=self.name))
        if request.company_id != self.company_id:
            raise AccessError(self.env._("The endpoint belongs to another company."))
        owner = run.rule_id.user_id if run else self.env.user
        return self._queue_sudo(request._webhook_facts(trigger), request=request, owner=owner)

    def _queue_sudo(self, facts, request=None, owner=None):
        """Write the row of a call; nobody may write calls by hand, hence the sudo."""
        delivery = uuid.uuid4().hex
        now = fields.Datetime.now()
        body = {"delivery": delivery, "moment": f"{now.isoformat()}Z", **facts}
        call = without_defaults(self.env["esign.webhook.call"].sudo()).create(
            {
                "endpoint_id": self.id,
                "company_id": self.company_id.id,
                "request_id": request.id if request else False,
                "user_id": (owner or self.env.user).id,
                "trigger": facts["event"],
                "delivery": delivery,
                "payload": json.dumps(body, ensure_ascii=False, sort_keys=True),
                "next_try_at": now,
            }
        )
        call._wake()
        return call
