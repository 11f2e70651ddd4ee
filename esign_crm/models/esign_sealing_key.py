"""The company's sealing key: a certificate to show and a private key that nobody reads."""

import base64
import secrets

from cryptography import x509

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools.sealing import key as sealing_key
from .guards import not_from_typed_code

_PURPOSE = "sealing_key"
_DOOR = object()  # nothing that comes from outside this file is this object


class EsignSealingKey(models.Model):
    """One X.509 identity of a company, of which at most one is active.

    Made at installation, or when a company first needs it; replaced by an administrator, or by itself when
    it has run out; never changed or deleted: old files were sealed with old keys. The private key is stored
    encrypted under the master key, bound to the certificate's fingerprint.
    """

    _name = "esign.sealing.key"
    _description = "Sealing key"
    _order = "id desc"

    name = fields.Char(required=True, readonly=True)
    company_id = fields.Many2one("res.company", readonly=True, index=True, ondelete="set null")
    state = fields.Selection(
        [("active", "In use"), ("retired", "Retired")],
        required=True,
        readonly=True,
        default="active",
    )
    x509_certificate = fields.Binary(
        string="X.509 certificate", attachment=False, readonly=True, groups="esign_crm.group_admin"
    )
    fingerprint = fields.Char(
        string="Fingerprint (SHA-256)", required=True, readonly=True, index=True
    )
    private_key_wrapped = fields.Binary(attachment=False, readonly=True, groups=fields.NO_ACCESS)
    valid_from = fields.Datetime(required=True, readonly=True)
    valid_until = fields.Datetime(required=True, readonly=True)
    retired_at = fields.Datetime(readonly=True)

    _company_active_unique = models.UniqueIndex("(company_id) WHERE state = 'active'")
    _fingerprint_unique = models.UniqueIndex("(fingerprint)")

    # --- CRUD: refused to everybody, superuser included ---

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse: keys are made by :meth:`_get_for` and :meth:`action_replace`."""
        if vals_list and self.env.context.get("esign_door") is not _DOOR:
            raise self._refusal()
        return super().create(vals_list)

    def write(self, vals):
        """Refuse: a key never changes."""
        if vals and self.env.context.get("esign_door") is not _DOOR:
            raise self._refusal()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        """Refuse: files that a retired key sealed are checked against it."""
        raise self._refusal()

    def _refusal(self):
        return AccessError(self.env._("A sealing key cannot be written or deleted, only replaced."))

    # --- actions ---

    def action_replace(self):
        """Retire this key and make a new one for its company. For administrators; noted in the company's trail.

        :raises AccessError: the caller is no administrator of e-signing
        :raises UserError: the key was replaced before
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group("esign_crm.group_admin"):
            raise AccessError(
                self.env._("Only an administrator of e-signing replaces the sealing key.")
            )
        if self.state != "active":
            raise UserError(self.env._("This key is not in use any more."))
        new_sudo = self.sudo()._replace_for(
            self.company_id, self.env.user.name
        )  # nobody has the right to write keys
        return new_sudo.with_env(self.env).get_formview_action()

    # --- business ---

    @api.model
    def _get_for(self, company):
        """Return the key that ``company`` seals with now; make one when there is none or it has run out.

        :return: the record, under sudo: whoever signs has no right to read keys
        :raises UserError: the master key is missing
        """
        company.ensure_one()
        key_sudo = self.sudo()._active_of(company)
        if key_sudo and key_sudo.valid_until > fields.Datetime.now():
            return key_sudo
        return self.sudo()._replace_for(company, by="")

    @not_from_typed_code
    def _identity(self):
        """Return the :class:`SealingIdentity` to seal with, its private key opened.

        :raises UserError: the master key is missing or does not open this key
        """
        self.ensure_one()
        key_sudo = self.sudo().with_context(bin_size=False)  # nobody reads these columns otherwise
        key_sudo.fetch(["private_key_wrapped", "x509_certificate"])
        private_key = self.env["esign.master.key"]._decrypt(
            _PURPOSE,
            base64.b64decode(key_sudo.private_key_wrapped),
            context=key_sudo.fingerprint.encode(),
        )
        return sealing_key.SealingIdentity(base64.b64decode(key_sudo.x509_certificate), private_key)

    @api.model
    def _active_of(self, company):
        return self.search_fetch([("company_id", "=", company.id), ("state", "=", "active")])

    @api.model
    def _replace_for(self, company, by):
        """Retire what ``company`` seals with, if anything, and return a new key. Called under sudo.

        Two at once end with one key: the second waits here, and then either finds the first one's or is told
        by PostgreSQL to repeat its transaction.
        """
        old = self._active_of(company)
        self.env.cr.execute("UPDATE res_company SET active = active WHERE id = %s", (company.id,))
        current = self._active_of(company)
        if current != old:
            return current
        now = fields.Datetime.now()
        if old:
            old.with_context(esign_door=_DOOR).write({"state": "retired", "retired_at": now})
            old.flush_recordset()
        new = self._make(company, now)
        details = {"fingerprint": new.fingerprint, "replaces": old.fingerprint or "", "by": by}
        kind = "sealing_key_replaced" if old else "sealing_key_created"
        self.env["esign.event"]._append_company(company, kind, details)
        if old:
            self._tell_managers_of_new_key(company, by)
        return new

    @api.model
    def _tell_managers_of_new_key(self, company, by):
        def lines(env):
            if by:
                return [env._("%(by)s replaced the sealing key.", by=by)]
            return [env._("The sealing key had run out and was replaced by a new one.")]

        self.env["esign.rights"]._tell_managers_sudo(company, lines)

    @api.model
    def _make(self, company, now):
        """Return a new active key of ``company``."""
        # RFC 5280, 4.1.2.2: a serial number is positive and has at most 20 bytes
        serial = 1 + (int.from_bytes(secrets.token_bytes(20), "big") >> 2)
        identity = sealing_key.generate(company.name, company.name, now, serial)
        certificate = x509.load_der_x509_certificate(identity.certificate_der)
        fingerprint = sealing_key.fingerprint(identity.certificate_der)
        wrapped = self.env["esign.master.key"]._encrypt(
            _PURPOSE, identity.private_key_der, context=fingerprint.encode()
        )
        name = self.env._("Seal of %(company)s, %(date)s", company=company.name, date=now.date())
        values = {
            "name": name,
            "company_id": company.id,
            "x509_certificate": base64.b64encode(identity.certificate_der),
            "fingerprint": fingerprint,
            "private_key_wrapped": base64.b64encode(wrapped),
            "valid_from": certificate.not_valid_before_utc.replace(tzinfo=None),
            "valid_until": certificate.not_valid_after_utc.replace(tzinfo=None),
        }
        return self.browse(self.with_context(esign_door=_DOOR).create([values]).id)

    @api.model
    def _known_fingerprints_sudo(self):
        """Return the fingerprints of all keys that ever sealed here; public facts, asked for by strangers: sudo."""
        return self.sudo().search([], limit=None).mapped("fingerprint")
