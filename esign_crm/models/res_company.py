"""What a company's administrator sets for e-signatures."""

import base64
from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.orm.models import NO_ACCESS

from .guards import not_from_typed_code

ADMIN_GROUP = "esign_crm.group_admin"
SECRET = "sms-secret"  # noqa: S105 - the purpose under the master key, not a secret
SECRET_SHOWN = "••••••••"  # noqa: S105 - what is shown instead of one
# Changes of these go into the company's chain: who changes them could read along or mislead.
TRUSTED = {
    "esign_public_url": "public_address_changed",
    "esign_sms_provider": "gateway_changed",
    "esign_sms_url": "gateway_changed",
    "esign_sms_secret": "gateway_changed",
    "esign_sms_sender": "gateway_changed",
    "esign_sms_country_ids": "gateway_changed",
    "esign_allow_private_gateway": "gateway_changed",
    "esign_link_days": "settings_changed",
    "esign_kinds_by": "settings_changed",
    "esign_client_first": "settings_changed",
    "esign_approval_by": "settings_changed",
    "esign_approver_ids": "settings_changed",
    "esign_approval_amount": "settings_changed",
    "esign_accession_clause": "settings_changed",
}


class ResCompany(models.Model):
    """Public address, gateway, clocks. Only e-signature administrators write these."""

    _inherit = "res.company"

    esign_public_url = fields.Char(
        string="Public address",
        help="Where signers reach this server, e.g. https://sign.example.com. Links, QR codes and "
        "redirects are made of it and of nothing else.",
    )
    esign_link_days = fields.Integer(
        string="Days a link lives", default=14, help="How long a link to sign works, 1 to 90 days."
    )
    esign_own_partner_id = fields.Many2one(
        "res.partner",
        string="Signs for us",
        ondelete="set null",
        help="Proposed as the signer of our side until somebody else has signed for the company.",
    )
    esign_strip = fields.Boolean(
        string="Number at the foot of each page",
        default=True,
        help="A thin line with the document's number, on pages whose lower margin is free.",
    )
    esign_sms_provider = fields.Selection(
        [("odoo", "Odoo's SMS provider"), ("http", "Own SMS gateway (HTTP)")],
        string="SMS provider",
        default="odoo",
        required=True,
        groups=ADMIN_GROUP,
    )
    esign_sms_url = fields.Char(string="Gateway's address", groups=ADMIN_GROUP)
    esign_sms_sender = fields.Char(
        string="Sender shown", groups=ADMIN_GROUP, help="Name or number, if the gateway takes one."
    )
    esign_sms_country_ids = fields.Many2many(
        "res.country",
        "esign_sms_country_rel",
        string="Countries for SMS",
        groups=ADMIN_GROUP,
        help="Messages go to the company's own country and these; left empty, to all. Costly numbers never.",
    )
    esign_allow_private_gateway = fields.Boolean(
        string="Gateway in a private network",
        groups=ADMIN_GROUP,
        help="Allow an address that leads into this server's own network.",
    )
    esign_sms_secret = fields.Char(
        string="Gateway's secret",
        compute="_compute_esign_sms_secret",
        inverse="_inverse_esign_sms_secret",
        groups=ADMIN_GROUP,
    )
    esign_sms_secret_wrapped = fields.Binary(attachment=False, groups=NO_ACCESS, copy=False)

    _esign_link_days_range = models.Constraint(
        "CHECK (esign_link_days BETWEEN 1 AND 90)", "A link lives 1 to 90 days."
    )

    @api.depends("esign_sms_secret_wrapped")
    def _compute_esign_sms_secret(self):
        """Show whether a secret is set, never which one."""
        for company in self:
            wrapped = company.sudo().with_context(bin_size=False).esign_sms_secret_wrapped
            company.esign_sms_secret = SECRET_SHOWN if wrapped else False

    def _inverse_esign_sms_secret(self):
        """Wrap a new secret under the master key; the dots that stand for the old one keep it."""
        for company in self:
            secret = (company.esign_sms_secret or "").strip()
            if secret == SECRET_SHOWN:
                continue
            company.sudo().esign_sms_secret_wrapped = company._wrap_secret(secret)

    @api.constrains("esign_sms_url")
    def _check_esign_sms_url(self):
        for company in self.sudo():
            if company.esign_sms_url and not is_web_address(company.esign_sms_url):
                raise ValidationError(
                    self.env._("The gateway's address must start with https:// or http://.")
                )

    # --- CRUD -------------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Normalise the public address."""
        for vals in vals_list:
            self._normalise_public_url(vals)
        rights = self.env["esign.rights"]
        is_staffed = any("user_ids" in vals for vals in vals_list)
        holders = rights._holders_sudo() if is_staffed else {}
        companies = super().create(vals_list)
        if is_staffed:
            rights._record_sudo(holders)
        companies._forget_typed_secret()
        return companies

    def write(self, vals):
        """Let e-signature administrators alone change these settings, and record who did."""
        changed = [name for name in TRUSTED if name in vals]
        if any(name.startswith("esign_") for name in vals):
            self._check_is_esign_admin()
            vals = dict(vals)
            self._normalise_public_url(vals)
        before = {company: company._esign_trusted_values_sudo(changed) for company in self}
        rights = self.env["esign.rights"]
        holders = rights._holders_sudo() if "user_ids" in vals else {}
        result = super().write(vals)
        if "user_ids" in vals:  # who may work here, from the company's side
            rights._record_sudo(holders)
        for company in self if changed else ():
            company._record_esign_change_sudo(before[company], vals)
        self._forget_typed_secret()
        return result

    def _forget_typed_secret(self):
        """Have even the answer to the change itself show dots."""
        self.invalidate_recordset(["esign_sms_secret"])

    def _check_is_esign_admin(self):
        if not self.env.su and not self.env.user.has_group(ADMIN_GROUP):
            raise AccessError(
                self.env._("Only e-signature administrators change the settings of e-signatures.")
            )

    def _normalise_public_url(self, vals):
        """Write the address in one form: scheme and host, no slash at the end."""
        url = (vals.get("esign_public_url") or "").strip()
        if not url:
            return
        parts = urlsplit(url)
        is_plain = parts.path in ("", "/") and not (parts.query or parts.fragment or parts.username)
        if not is_web_address(url) or not is_plain:
            raise ValidationError(
                self.env._(
                    "“%(url)s” is not a public address: write it like https://sign.example.com, "
                    "without a path.",
                    url=url,
                )
            )
        vals["esign_public_url"] = f"{parts.scheme}://{parts.netloc.lower()}"

    # --- trust ------------------------------------------------------------------------------------

    def _esign_trusted_values_sudo(self, names):
        """Return the values of some settings as plain text; a writer may not be allowed to read: sudo."""
        company_sudo = self.sudo()
        return {
            name: str(
                company_sudo._fields[name].convert_to_export(company_sudo[name], company_sudo)
            )
            for name in names
        }

    def _record_esign_change_sudo(self, before, vals):
        """Put changed settings into the company's chain; of secrets only that they changed."""
        after = self._esign_trusted_values_sudo(before)
        changes = {name: (old, after[name]) for name, old in before.items() if old != after[name]}
        if vals.get("esign_sms_secret", SECRET_SHOWN) != SECRET_SHOWN:
            changes["esign_sms_secret"] = ("", "")
        for name, (old, new) in changes.items():
            details = {"by": self.env.user.name, "setting": name, "old": old, "new": new}
            if self._fields[name].translate:
                details["lang"] = self.env.lang or "en_US"
            self.env["esign.event"].sudo()._append_company(self, TRUSTED[name], details)
        if changes:
            self._tell_managers_of_settings_sudo(list(changes))

    def _tell_managers_of_settings_sudo(self, names):
        """Tell the managers which settings were changed and by whom; their values stand in the trail."""
        by = self.env.user.name

        def lines(env):
            labels = [self._fields[name]._description_string(env) for name in names]
            return [
                env._("%(by)s changed the setting “%(setting)s”.", by=by, setting=label)
                for label in labels
            ]

        self.env["esign.rights"]._tell_managers_sudo(self, lines)

    # --- for the rest of the addon ----------------------------------------------------------------

    def _esign_public_url(self):
        """Return the address that links are made of, without a slash at the end.

        :raises UserError: it is not set; says where to set it
        """
        self.ensure_one()
        url = self.sudo().esign_public_url
        if not url:
            raise UserError(
                self.env._(
                    "%(company)s has no public address for signing links yet. An administrator "
                    "sets it under Settings → E-signature → Public address.",
                    company=self.sudo().name,
                )
            )
        return url

    def _esign_host(self):
        """Return the host (and port) of the public address, in lower case; empty when unset."""
        self.ensure_one()
        return urlsplit(self.sudo().esign_public_url or "").netloc

    def _wrap_secret(self, secret):
        if not secret:
            return False
        blob = self.env["esign.master.key"].sudo()._encrypt(SECRET, secret.encode())
        return base64.b64encode(blob)

    @not_from_typed_code
    def _esign_sms_secret_sudo(self):
        """Return the gateway's secret; no group reads its column, hence the sudo."""
        self.ensure_one()
        wrapped = self.sudo().with_context(bin_size=False).esign_sms_secret_wrapped
        if not wrapped:
            return ""
        return (
            self.env["esign.master.key"].sudo()._decrypt(SECRET, base64.b64decode(wrapped)).decode()
        )


def is_web_address(url):
    """Tell whether ``url`` is a complete http or https address."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
