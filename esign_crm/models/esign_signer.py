"""One person's turn, or a copy, in a signing request."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.orm.models import NO_ACCESS
from odoo.tools import email_normalize

from ..tools import masking
from ..tools.errors import GatewayError
from ..tools.gateways.phone import e164
from .guards import (
    check_move,
    not_from_typed_code,
    passes_door,
    refuse_system_fields,
    through_door,
    without_defaults,
)

STATES = [
    ("waiting", "Waiting for the others"),
    ("invited", "Invited"),
    ("opened", "Page shown"),
    ("confirmed", "Code confirmed"),
    ("signed", "Signed"),
    ("declined", "Declined"),
    ("delegated", "Delegated"),
    ("expired", "Expired"),
    ("cancelled", "Cancelled"),
]
MOVES = {
    "waiting": {"invited", "expired", "cancelled", "declined"},
    "invited": {"opened", "confirmed", "delegated", "expired", "cancelled"},
    "opened": {"invited", "confirmed", "delegated", "expired", "cancelled"},
    "confirmed": {"invited", "opened", "signed", "declined", "delegated", "expired", "cancelled"},
    "expired": {"waiting", "invited"},
}
IN_TURN = ("invited", "opened", "confirmed")
SYSTEM_FIELDS = {
    "state", "invited_at", "first_invited_at", "last_link_at", "opened_at", "signed_at", "declined_at",
    "decline_reason", "is_locked", "signature",
    "sign_digest", "draft", "draft_picture", "pictures_at", "address_source", "address_since", "address_by", "address_approved_by",
    "address_confirmed_at", "reminders_sent", "reminded_at", "authority_until",
    "accession_clause", "delegated_from_id", "delegations_at", "copy_email", "copies_at",
}  # fmt: skip


class EsignSigner(models.Model):
    """A signer with frozen copies of who he is; ``partner_id`` is a pointer only.

    ``state`` moves through :meth:`_move` only. After sending nothing here is changed by hand.
    """

    _name = "esign.signer"
    _description = "Signer"
    _order = "request_id desc, sequence, id"
    _rec_name = "name"

    request_id = fields.Many2one("esign.request", required=True, ondelete="cascade", index=True)
    side = fields.Selection(
        [("own", "Our side"), ("client", "Client")], required=True, default="client"
    )
    role = fields.Char(
        required=True, help="The signer's place in the document, e.g. “Our director”."
    )
    kind = fields.Selection(
        [("signer", "Signs"), ("copy", "Gets a copy")], required=True, default="signer"
    )
    sequence = fields.Integer(
        default=1, help="Equal numbers sign in parallel; the next start when the former did."
    )
    channel = fields.Selection(
        [("email", "E-mail"), ("sms", "SMS"), ("whatsapp", "WhatsApp")],
        required=True,
        default="email",
    )
    lang = fields.Char(string="Language", help="Language of pages and messages, e.g. fr_FR.")
    partner_id = fields.Many2one(
        "res.partner", string="Contact", ondelete="set null", index="btree_not_null"
    )
    name = fields.Char(required=True)
    position = fields.Char()
    company_name = fields.Char(string="Company")
    authority = fields.Char(
        help="What entitles this person to sign, e.g. the charter or a power of attorney."
    )
    email = fields.Char()
    phone = fields.Char(help="International form (E.164).")

    address_source = fields.Selection(
        [
            ("contact", "From the contact"),
            ("user", "From our user"),
            ("typed", "Typed by the sender"),
        ],
        readonly=True,
        copy=False,
    )
    address_since = fields.Datetime(readonly=True, copy=False)
    address_by = fields.Char(string="Address entered by", readonly=True, copy=False)
    address_approved_by = fields.Char(
        string="Address approved by",
        readonly=True,
        copy=False,
        help="The second person, when the address was changed after sending.",
    )
    address_confirmed_at = fields.Datetime(
        string="Address last confirmed by a code", readonly=True, copy=False
    )

    state = fields.Selection(STATES, required=True, readonly=True, default="waiting", copy=False)
    invited_at = fields.Datetime(readonly=True, copy=False)
    first_invited_at = fields.Datetime(
        string="First invited", readonly=True, copy=False, help="Stays when somebody is asked anew."
    )
    opened_at = fields.Datetime(string="Page shown", readonly=True, copy=False)
    signed_at = fields.Datetime(readonly=True, copy=False)
    declined_at = fields.Datetime(readonly=True, copy=False)
    decline_reason = fields.Char(readonly=True, copy=False)
    is_locked = fields.Boolean(readonly=True, copy=False)
    masked_address = fields.Char(string="Reached at", compute="_compute_masked_address")

    field_ids = fields.One2many("esign.field", "signer_id", string="Fields")
    # Secrets of an unfinished request: no group reads them; one private method each writes and reads them.
    signature = fields.Binary(attachment=False, groups=NO_ACCESS, copy=False)
    sign_digest = fields.Char(groups=NO_ACCESS, copy=False)
    draft = fields.Char(groups=NO_ACCESS, copy=False)

    _turn_idx = models.Index("(invited_at) WHERE state IN ('invited', 'opened', 'confirmed')")
    _locked_idx = models.Index("(request_id) WHERE is_locked")
    _request_role_unique = models.UniqueIndex(
        "(request_id, role) WHERE state <> 'delegated'",
        "Each signer of a request needs a role of its own.",
    )

    @api.depends("channel", "email", "phone")
    def _compute_masked_address(self):
        for signer in self:
            signer.masked_address = signer._masked_address()

    # --- CRUD ------------------------------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Add signers to drafts only."""
        for vals in vals_list:
            refuse_system_fields(self, SYSTEM_FIELDS, vals)
        signers = without_defaults(self, SYSTEM_FIELDS)
        records = super(EsignSigner, signers).create(vals_list).with_env(self.env)
        records._check_is_draft()
        records._record_provenance()
        return records

    def write(self, vals):
        """Refuse the fields that only the system writes, and any change once the request was sent."""
        if passes_door(self):
            return super().write(vals)
        refuse_system_fields(self, SYSTEM_FIELDS, vals)
        self._check_is_draft()
        result = super().write(vals)
        if {"email", "phone", "channel", "partner_id"}.intersection(vals):
            self._record_provenance()
        return result

    def unlink(self):
        """Drop signers of drafts only."""
        self._check_is_draft()
        return super().unlink()

    def _check_is_draft(self):
        self.request_id._touch_drafts(self.env._("The request was sent: its signers are fixed."))

    def _record_provenance(self):
        """Note where each address comes from, since when, and who entered it."""
        for signer in self:
            source, since = signer._address_origin()
            signer._set_system_sudo(
                address_source=source, address_since=since, address_by=signer._address_typist()
            )

    def _address_typist(self):
        """Return whose word it is that this is the address."""
        return self.env.user.name

    def _address_origin(self):
        """Return (source, since) of the address in use."""
        partner_sudo = self.sudo().partner_id
        stored = partner_sudo.email if self.channel == "email" else partner_sudo.phone
        mine = self.email if self.channel == "email" else self.phone
        if stored and self._same_address(stored, mine):
            return ("user" if partner_sudo.user_ids else "contact"), partner_sudo.write_date
        return "typed", fields.Datetime.now()

    def _same_address(self, left, right):
        if self.channel == "email":
            return email_normalize(left or "") == email_normalize(right or "")
        return e164(left or "", self.request_id.company_id.country_id.code or "") == right

    # --- the one door of the state ------------------------------------------------------------------------------------

    def _move(self, state, **values):
        """Move to ``state``; the only writer of it.

        :raises UserError: the move is not one of the state machine's
        """
        check_move(self, state, MOVES)
        self._set_system_sudo(**values, state=state)

    def _set_system_sudo(self, **values):
        """Write what only the signing process writes; signers have no rights of their own."""
        through_door(self.sudo()).write(values)

    def _is_in_turn(self):
        """Tell whether it is this signer's turn now."""
        self.ensure_one()
        return self.kind == "signer" and self.state in IN_TURN

    # --- reaching the person --------------------------------------------------------------------------------------------

    def _address(self):
        """Return the address of the signer's channel, in full."""
        self.ensure_one()
        return (self.email if self.channel == "email" else self.phone) or ""

    def _check_reachable(self):
        """Refuse a signer whom no message of the chosen channel can reach.

        :raises UserError: no address, or a channel that is not set up
        """
        self.ensure_one()
        if not self._address():
            raise UserError(
                self.env._("%(name)s cannot be reached: the address is missing.", name=self.name)
            )
        if self.channel == "whatsapp":
            raise UserError(
                self.env._(
                    "%(name)s: WhatsApp is not set up yet, choose SMS or e-mail.", name=self.name
                )
            )
        if self.channel == "sms":
            self._check_number_allowed()

    def _check_number_allowed(self):
        messages = self.env["esign.message"]
        try:
            messages._sms_number(self.request_id.company_id, self.phone)
        except GatewayError as error:
            words = messages._delivery_words(error)
            raise UserError(
                self.env._("%(name)s: %(words)s", name=self.name, words=words)
            ) from error

    def _masked_address(self):
        """Return the address with all but its ends hidden, as pages, events and certificate pages show it."""
        self.ensure_one()
        address = self._address()
        kind = "email" if self.channel == "email" else "phone"
        return masking.mask_address(kind, address) if address else ""

    def _lang_code(self):
        """Return the installed language that pages and messages to this person are written in."""
        self.ensure_one()
        return self.request_id._lang_for(self.lang)

    @not_from_typed_code
    def _mint_link(self, purpose):
        """Return a new private URL for this signer. It is a secret: hand it to a message, never to a user.

        :param str purpose: one of ``esign.link.purpose``
        :raises UserError: the company has no public address
        """
        self.ensure_one()
        address = self.request_id.company_id._esign_public_url()
        token = self.env["esign.link"]._mint_sudo(self, purpose, self._link_expires_at(purpose))
        return f"{address}/esign/s/{token}"

    def _link_expires_at(self, purpose):
        """Return until when a new link for ``purpose`` works."""
        if purpose == "download":
            return self.request_id.download_until
        days = self.request_id.company_id.sudo().esign_link_days or 14
        return fields.Datetime.now() + timedelta(days=days)

    def _revoke_links_sudo(self):
        """Make every link of these signers useless; links belong to nobody, hence the sudo."""
        links_sudo = (
            self.env["esign.link"]
            .sudo()
            .search(
                [
                    ("signer_id", "in", self.ids),
                    ("revoked_at", "=", False),
                ]
            )
        )
        links_sudo.write({"revoked_at": fields.Datetime.now()})
