"""Sends one document to many deals: the choices that all have in common, and the report."""

import json

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.guards import passes_door, refuse_system_fields, through_door, without_defaults
from .esign_send_wizard_people import CHANNELS

SYSTEM_FIELDS = {"checked_key"}
CHOICES = ("template_id", "document_ids", "title", "channel", "deadline_on", "signer_note")
DOCUMENT = ("document_problem", "document_warning", "document_pages", "document_hashes")


class EsignSendManyWizard(models.TransientModel):
    """Each deal is judged, and sent from, by a sending form of its own, filled in as its button would fill it.

    What became of a deal stands on its line, so that a reload, a second tab or a killed server loses nothing.
    """

    _name = "esign.send.many.wizard"
    _description = "Send a document for signature to many deals"
    _transient_max_hours = 24.0  # a report may be gone through for a day

    template_id = fields.Many2one("esign.template", domain="[('document_id', '!=', False)]")
    document_ids = fields.Many2many(
        "ir.attachment", "esign_send_many_wizard_document_rel", string="Choose a PDF"
    )
    title = fields.Char(compute="_compute_title", store=True, compute_sudo=False, readonly=False)
    channel = fields.Selection(
        lambda self: [("each", self.env._("as each client prefers")), *CHANNELS],
        string="Clients are reached by",
        required=True,
        default="each",
    )
    deadline_on = fields.Date(string="Sign before", help="Empty: no deadline.")
    signer_note = fields.Text(
        string="Message to the signers",
        help="Stands in the invitation and on the signing page, just as you type it.",
    )
    problem = fields.Char(compute="_compute_problem", compute_sudo=False)
    line_ids = fields.One2many("esign.send.many.wizard.line", "wizard_id", string="Deals")
    checked_key = fields.Char(readonly=True, help="The choices that the lines were judged by.")
    is_checked = fields.Boolean(compute="_compute_is_checked")
    summary = fields.Char(compute="_compute_counts")
    deal_count = fields.Integer(compute="_compute_counts")
    open_count = fields.Integer(
        string="Number of deals not sent", compute="_compute_counts", help="Those to be judged."
    )
    chosen_count = fields.Integer(string="Number of deals to send", compute="_compute_counts")
    request_count = fields.Integer(string="Number of requests", compute="_compute_counts")

    # --- compute -----------------------------------------------------------------------------------------------------

    @api.depends("line_ids")
    def _compute_display_name(self):
        for wizard in self:
            wizard.display_name = self.env._("Send for signature")

    @api.depends("template_id", "document_ids")
    def _compute_title(self):
        for wizard in self:
            name = wizard.document_ids[:1].name or wizard.template_id.name or ""
            wizard.title = name[:-4] if name.lower().endswith(".pdf") else name

    @api.depends("template_id", "document_ids", "deadline_on", "signer_note")
    def _compute_problem(self):
        """Say once, and at once, what is wrong for every deal."""
        for wizard in self:
            form = wizard._form(self.env["crm.lead"], ())
            names = ("document_problem", "template_problem", "deadline_problem", "more_problem")
            wizard.problem = next(filter(None, (form[name] for name in names)), False)

    @api.depends(*CHOICES, "checked_key", "line_ids.state")
    def _compute_is_checked(self):
        for wizard in self:
            is_new = any(line.state == "new" for line in wizard.line_ids)
            wizard.is_checked = not is_new and wizard.checked_key == wizard._key()

    @api.depends("line_ids.state", "line_ids.is_chosen")
    def _compute_counts(self):
        states = self.env["esign.send.many.wizard.line"]._fields["state"]
        labels = states._description_selection(self.env)
        for wizard in self:
            lines = wizard.line_ids
            counts = [
                (label, len(lines.filtered(lambda line, state=state: line.state == state)))
                for state, label in labels
            ]
            wizard.summary = " · ".join(f"{label}: {count}" for label, count in counts if count)
            wizard.deal_count = len(lines)
            wizard.open_count = len(lines - lines._sent())
            wizard.chosen_count = len(lines._to_send())
            wizard.request_count = len(lines.request_id)

    def _key(self):
        """Return the choices as a text, to tell whether they changed since the deals were judged."""
        values = [
            self.template_id.id, self.document_ids._origin.ids, self.title or "", self.channel,
            str(self.deadline_on or ""), self.signer_note or "",
        ]  # fmt: skip
        return json.dumps(values)

    # --- CRUD --------------------------------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse what the system alone writes."""
        for vals in vals_list:
            refuse_system_fields(self, SYSTEM_FIELDS, vals)
        wizards = without_defaults(self, SYSTEM_FIELDS)
        return super(EsignSendManyWizard, wizards).create(vals_list).with_env(self.env)

    def write(self, vals):
        """Refuse what the system alone writes."""
        if not passes_door(self):
            refuse_system_fields(self, SYSTEM_FIELDS, vals)
        return super().write(vals)

    @api.model
    def _for_deals(self, leads):
        """Return a new page with a line for each of ``leads``."""
        wizard = without_defaults(self).create({})
        through_door(wizard.line_ids).create(
            [{"wizard_id": wizard.id, "lead_id": lead_id} for lead_id in leads.ids]
        )
        return wizard

    # --- the single forms --------------------------------------------------------------------------------------------

    def _form(self, lead, facts, *, is_stored=False):
        """Return the sending form of ``lead`` as its button opens it, with the choices made here.

        :param facts: what the form knows of the document by itself, where that is known already
        :param bool is_stored: make a real one, to be sent
        """
        wizards = without_defaults(self.env["esign.send.wizard"])
        filled = wizards.with_context(default_lead_id=lead.id).default_get(
            list(
                wizards._fields.keys() - {"newest_seen"}
            )  # the line itself looks, under the deal's lock
        )
        values = filled | dict(facts) | self._chosen_values() | {"lead_id": lead.id}
        return wizards.create(values) if is_stored else wizards.new(values)

    def _chosen_values(self):
        """Return the choices made here as values of a sending form."""
        values = {
            "template_id": self.template_id.id,
            "document_ids": [fields.Command.set(self.document_ids._origin.ids)],
            "title": self.title,
            "deadline_on": self.deadline_on,
            "signer_note": self.signer_note,
        }
        return values if self.channel == "each" else values | {"client_channel": self.channel}

    def _document_facts(self):
        """Return what each form would find out of the same file, so that it is examined once."""
        form = self._form(self.env["crm.lead"], ())
        return {name: form[name] for name in DOCUMENT}

    # --- actions -----------------------------------------------------------------------------------------------------

    def action_open_requests(self):
        """Open the list of what was sent from here.

        :raises UserError: nothing was yet
        """
        self.ensure_one()
        requests = self.line_ids.request_id
        if not requests:
            raise UserError(self.env._("Nothing was sent from here yet."))
        action = self.env["ir.actions.act_window"]._for_xml_id("esign_crm.esign_request_action")
        return action | {
            "domain": [("id", "in", requests.ids)],
            "context": {"create": False},
            "views": [(False, "list"), (False, "form")],
        }
