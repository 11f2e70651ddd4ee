"""A web address that rules may call: set by an administrator, released to managers."""

import base64
import json
import uuid
from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.orm.models import NO_ACCESS

from ..tools import webhook_policy
from .guards import not_from_typed_code, without_defaults
from .res_company import ADMIN_GROUP, is_web_address

SECRET = "webhook-secret"  # noqa: S105 - the purpose under the master key, not a secret
SECRET_SHOWN = "••••••••"  # noqa: S105 - what is shown instead of one
# Changes of these go into the company's chain: who changes them could read along.
TRUSTED = ("name", "url", "is_released", "allow_private", "active", "company_id")
TOLD_OF_NEW = ("url", "is_released", "allow_private")


class EsignEndpoint(models.Model):
    """Where calls go. Managers choose among the released ones by name; the secret is shown to nobody.

    Many receivers hand out addresses that are secrets themselves, so only administrators read the address.
    """

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
        string="Address",
        required=True,
        groups=ADMIN_GROUP,
        help="https://… or http://…; redirects are not followed.",
    )
    is_released = fields.Boolean(
        string="Released to rules", default=True, help="Managers may choose it in their rules."
    )
    allow_private = fields.Boolean(
        string="In a private network",
        groups=ADMIN_GROUP,
        help="Allow an address that leads into this server's own network.",
    )
    secret = fields.Char(
        compute="_compute_secret",
        inverse="_inverse_secret",
        groups=ADMIN_GROUP,
        help="Shared with the receiver, who checks the signature of each call by it. Shown to nobody again.",
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
                endpoint.sudo().secret_wrapped = endpoint._wrap_sudo(secret)

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
            url = endpoint.url or ""
            if not is_web_address(url) or urlsplit(url).username is not None:
                raise ValidationError(
                    self.env._(
                        "“%(url)s” is not an address to call: write it like https://erp.example.com/esign.",
                        url=url,
                    )
                )

    # --- CRUD ------------------------------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Note the new endpoint in its company's trail."""
        endpoints = super().create(vals_list)
        for endpoint in endpoints:
            told = endpoint._trusted()
            known = {name: ("", told[name]) for name in TOLD_OF_NEW if told[name]}
            endpoint._record_sudo(endpoint.company_id, known)
        endpoints.invalidate_recordset(["secret"])
        return endpoints

    def write(self, vals):
        """Note in the company's trail what changed; of the secret only that it did."""
        before = {
            endpoint: (endpoint._trusted(), endpoint.sudo().url, endpoint.company_id)
            for endpoint in self
        }
        result = super().write(vals)
        for endpoint, known in before.items():
            changes = endpoint._changes(*known[:2], vals)
            for company in known[2] | endpoint.company_id:
                endpoint._record_sudo(company, changes)
        self.invalidate_recordset(["secret"])
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_called(self):
        """Keep what was called: its calls are evidence. Archive it instead."""
        if self.sudo().call_ids:
            raise UserError(self.env._("This endpoint was called: archive it instead."))
        for endpoint in self:
            endpoint._record_sudo(endpoint.company_id, {"url": (endpoint._trusted()["url"], "")})

    # --- the company's trail ---------------------------------------------------------------------------------------

    def _trusted(self):
        """Return what the trail tells of the endpoint: name → text; not every reader may see all of it: sudo."""
        endpoint_sudo = self.sudo()
        values = {name: endpoint_sudo[name] for name in TRUSTED}
        values["company_id"] = endpoint_sudo.company_id.name
        values["url"] = webhook_policy.shown(endpoint_sudo.url)
        return {name: str(value or "") for name, value in values.items()}

    def _changes(self, before, url, vals):
        """Return name → (old, new) of what a write changed."""
        after = self._trusted()
        changes = {
            name: (before[name], after[name]) for name in TRUSTED if before[name] != after[name]
        }
        if url != self.sudo().url:  # also on the same machine: who answers there may be another
            changes["url"] = (before["url"], after["url"])
        if vals.get("secret", SECRET_SHOWN) != SECRET_SHOWN:
            changes["secret"] = ("", "")
        return changes

    def _record_sudo(self, company, changes):
        """Write into a company's trail, to which nobody has write access, hence the sudo."""
        events_sudo = self.env["esign.event"].sudo()
        for name, (old, new) in changes.items():
            details = {"by": self.env.user.name, "setting": f"endpoint {self.name}: {name}"}
            events_sudo._append_company(
                company, "gateway_changed", details | {"old": old, "new": new}
            )
        if changes:
            self._tell_managers_sudo(company, list(changes))

    def _tell_managers_sudo(self, company, names):
        """Tell every manager which settings of which endpoint were changed and by whom; values stand in the trail."""
        by, endpoint = self.env.user.name, self.name

        def lines(env):
            labels = [self._fields[name]._description_string(env) for name in names]
            return [
                env._("%(by)s changed the webhook “%(endpoint)s”: %(settings)s.",
                      by=by, endpoint=endpoint, settings=", ".join(labels))
            ]  # fmt: skip

        self.env["esign.rights"]._tell_managers_sudo(company, lines)

    # --- secret ----------------------------------------------------------------------------------------------------

    def _wrap_sudo(self, secret):
        """Encrypt a secret for this very row; whoever sets it has no business with the master key, hence the sudo."""
        if not secret:
            return False
        master_key_sudo = self.env["esign.master.key"].sudo()
        return base64.b64encode(
            master_key_sudo._encrypt(SECRET, secret.encode(), self._context_bytes())
        )

    @not_from_typed_code
    def _secret_sudo(self):
        """Return the secret, empty for none; no group reads its column, hence the sudo."""
        self.ensure_one()
        wrapped = self.sudo().with_context(bin_size=False).secret_wrapped
        if not wrapped:
            return ""
        master_key_sudo = self.env["esign.master.key"].sudo()
        blob = base64.b64decode(wrapped)
        return master_key_sudo._decrypt(SECRET, blob, self._context_bytes()).decode()

    def _context_bytes(self):
        """Bind the ciphertext to its row: moved to another endpoint it opens nothing."""
        return f"esign.endpoint:{self.id}".encode()

    # --- calls -----------------------------------------------------------------------------------------------------

    def action_test(self):
        """Queue a call that says it is a test. For administrators.

        :raises UserError: the endpoint is archived, or has no secret to sign with
        """
        self.ensure_one()
        self.check_access("write")
        if not self.active or not self.sudo().secret_wrapped:
            raise UserError(
                self.env._(
                    "“%(name)s” cannot be called: it needs a secret, and must not be archived.",
                    name=self.name,
                )
            )
        self._queue_sudo({"event": "test"})
        return self.action_open_calls()

    def action_open_calls(self):
        """Open the calls of this endpoint. For whoever may read it."""
        self.ensure_one()
        self.check_access("read")
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
        request.check_access("read")
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
