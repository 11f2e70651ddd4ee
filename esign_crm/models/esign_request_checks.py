"""What is refused before anything is sent: what could not be signed, or must not be."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.mail import email_normalize_all

from ..tools import turn_order
from ..tools.errors import TextError
from ..tools.gateways.phone import e164
from ..tools.pdf import fonts
from .esign_errors import as_user_error


class EsignRequest(models.Model):
    """The checks of ``action_send``."""

    _inherit = "esign.request"

    def _check_ready(self):
        """Refuse, before anything is sent, what could not be signed or must not be."""
        self.ensure_one()
        if self.state != "draft":
            raise UserError(self.env._("%(number)s was sent before.", number=self.name))
        if not self.uploaded_document_id:
            raise UserError(self.env._("%(number)s has no document to sign.", number=self.name))
        signing = self.signer_ids.filtered(lambda signer: signer.kind == "signer")
        if not signing.filtered(lambda signer: signer.side == "own"):
            raise UserError(
                self.env._(
                    "%(number)s has no signer of our side, who signs first.", number=self.name
                )
            )
        if not signing.filtered(lambda signer: signer.side == "client"):
            raise UserError(
                self.env._("%(number)s has no signer of the client's side.", number=self.name)
            )
        if self.deadline_at and self.deadline_at <= fields.Datetime.now():
            raise UserError(
                self.env._("The deadline of %(number)s lies in the past.", number=self.name)
            )
        self._check_order(signing)
        for signer in self.signer_ids:
            signer._check_reachable()
        self._check_each_has_signature(signing)
        self._check_client_is_not_us()
        self._check_printable()
        self.company_id._esign_public_url()

    def _check_order(self, signing):
        early = turn_order.clients_before_own(signing._turns())
        if early:
            names = ", ".join(signing.browse(early).mapped("name"))
            raise UserError(
                self.env._(
                    "%(names)s would sign before our side: our side always signs first.",
                    names=names,
                )
            )

    def _check_each_has_signature(self, signing):
        with_box = self.field_ids.filtered(lambda field: field.type == "signature").signer_id
        for signer in signing - with_box:
            raise UserError(
                self.env._("There is no signature box for “%(role)s”.", role=signer.role)
            )

    def _check_printable(self):
        """Refuse what could not be printed in the end: letters that no font has."""
        names = ("name", "role", "position", "company_name", "authority", "address_by")
        texts = [
            self.title,
            self.company_id.name,
            *(signer[name] for signer in self.signer_ids for name in names),
        ]
        try:
            for text in filter(None, texts):
                fonts.split_runs(text)
        except TextError as error:
            raise as_user_error(self.env, error, name=self.title) from error

    def _check_client_is_not_us(self, signers=None):
        """Refuse addresses on the client's side behind which one of us sits: a rep could sign as the client.

        :param signers: whom to look at in place of the signers as stored
        """
        signers = self.signer_ids if signers is None else signers
        own_signers = signers.filtered(lambda signer: signer.side == "own")
        ours = self._own_addresses_sudo(own_signers)
        home = self.company_id.country_id.code or ""
        for signer in signers - own_signers:
            phone = e164(signer.phone or "", home)  # as the gateway will read it
            if is_among(ours, signer.email, phone):
                raise UserError(self.env._(
                    "%(name)s: this e-mail address or phone number belongs to our own side. The client must be reached "
                    "at an address of their own.",
                    name=signer.name,
                ))  # fmt: skip

    def _own_addresses_sudo(self, own_signers):
        """Return the mailboxes and numbers behind which one of us sits, for :func:`is_among`; hidden from nobody: sudo."""
        return self._own_emails_sudo(own_signers) | self._own_phones_sudo(own_signers)

    def _own_people_sudo(self):
        """Return the contacts of our users, employees and company; nobody's rights may hide one, hence the sudo."""
        users_sudo = (
            self.env["res.users"]
            .sudo()
            .with_context(active_test=False)
            .search([("share", "=", False)])
        )
        return (
            users_sudo.partner_id | self.env["res.company"].sudo().search([], limit=None).partner_id
        )

    def _own_emails_sudo(self, own_signers):
        users_sudo = (
            self.env["res.users"]
            .sudo()
            .with_context(active_test=False)
            .search([("share", "=", False)])
        )
        emails = [
            *self._own_people_sudo().mapped("email"), *own_signers.mapped("email"), *users_sudo.mapped("login"),
            *self._employee_values_sudo("work_email", "private_email"), *self._incoming_addresses_sudo(),
        ]  # fmt: skip
        return mailboxes(emails)

    def _incoming_addresses_sudo(self):
        """Return the addresses whose mail this database takes in: a code sent there stands in a chatter."""
        domains_sudo = self.env["mail.alias.domain"].sudo().search([], limit=None)
        aliases_sudo = (
            self.env["mail.alias"].sudo().search([("alias_full_name", "!=", False)], limit=None)
        )
        return [
            *aliases_sudo.mapped("alias_full_name"), *domains_sudo.mapped("catchall_email"),
            *domains_sudo.mapped("bounce_email"), *domains_sudo.mapped("default_from_email"),
        ]  # fmt: skip

    def _own_phones_sudo(self, own_signers):
        phones = [
            *self._own_people_sudo().mapped("phone"), *own_signers.mapped("phone"),
            *self._employee_values_sudo("work_phone", "mobile_phone", "private_phone"),
        ]  # fmt: skip
        home = self.company_id.country_id.code or ""
        return {e164(phone, home) for phone in filter(None, phones)} - {""}

    def _employee_values_sudo(self, *names, user=None):
        """Return what employees' ``names`` fields hold (those of ``user``), where the HR application is installed."""
        if "hr.employee" not in self.env:
            return []
        domain = [("user_id", "=", user.id)] if user else []
        everybody_sudo = self.env["hr.employee"].sudo().with_context(active_test=False)
        employees_sudo = everybody_sudo.search(domain, limit=None)
        return [
            value
            for name in names
            if name in employees_sudo._fields
            for value in employees_sudo.mapped(name)
        ]


def is_among(ours, email, phone):
    """Tell whether one of a person's addresses is among ``ours``.

    :param phone: in E.164
    """
    return bool(mailboxes([email]) & ours) or phone in ours


def mailboxes(emails):
    """Return the mailboxes behind ``emails``: normal forms, without what follows a plus (RFC 5233)."""
    parts = [
        normal.partition("@")
        for email in filter(None, emails)
        for normal in email_normalize_all(email)
    ]
    return {f"{local.partition('+')[0]}@{domain}" for local, _at, domain in parts}
