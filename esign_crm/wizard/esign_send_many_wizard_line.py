"""One of many deals: who would sign, what is lacking, what became of it."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..models.form_action import form_action
from ..models.guards import passes_door, refuse_system_fields, through_door

STATES = [
    ("new", "Not checked yet"),
    ("failed", "Not sent"),
    ("lacking", "Lacking"),
    ("open", "Under way"),
    ("ready", "Ready"),
    ("waits", "Waits"),
    ("sent", "Sent"),
]
PLACES = {"failed": 1, "lacking": 2, "open": 3}  # what somebody has to look at stands first
SENT = ("sent", "waits")


class EsignSendManyWizardLine(models.TransientModel):
    """Only the tick is the user's; a line that was sent stays sent."""

    _name = "esign.send.many.wizard.line"
    _description = "Deal among many that a document is sent to"
    _order = "place, id"
    _transient_max_hours = 24.0

    wizard_id = fields.Many2one(
        "esign.send.many.wizard", required=True, readonly=True, ondelete="cascade", index=True
    )
    lead_id = fields.Many2one(
        "crm.lead", string="Deal", required=True, readonly=True, ondelete="cascade"
    )
    is_chosen = fields.Boolean(string="Send", default=True)
    place = fields.Integer(readonly=True, default=9)
    state = fields.Selection(STATES, readonly=True, required=True, default="new")
    problem = fields.Char(string="What to know", readonly=True)
    client_name = fields.Char(string="Client's signer", readonly=True)
    client_address = fields.Char(string="Reached at", readonly=True)
    own_name = fields.Char(string="Our signer", readonly=True)
    newest_open = fields.Integer(
        readonly=True, help="The newest request under way that the sender was told of."
    )
    request_id = fields.Many2one("esign.request", readonly=True, ondelete="set null")

    _one_line_per_deal = models.Constraint(
        "UNIQUE(wizard_id, lead_id)", "Each deal stands here once."
    )

    # --- CRUD --------------------------------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse lines that somebody makes by hand: which deals they are for was checked when the page was opened."""
        if not passes_door(self):
            raise AccessError(self.env._("Choose the deals in the list of deals."))
        return super().create(vals_list)

    def write(self, vals):
        """Refuse everything but the tick."""
        if not passes_door(self):
            refuse_system_fields(self, self._fields.keys() - {"is_chosen"}, vals)
        return super().write(vals)

    def _set(self, **values):
        """Write what the system alone writes."""
        if self:
            through_door(self).write(values)

    # --- which ---------------------------------------------------------------------------------------------------------

    def _sent(self):
        """Return the lines of which there is a request."""
        return self.filtered(lambda line: line.state in SENT)

    def _to_send(self):
        """Return the lines that *Send* sends."""
        return self.filtered(lambda line: line.is_chosen and line.state in ("ready", "open"))

    # --- judging -------------------------------------------------------------------------------------------------------

    def _judge(self, facts):
        """Note whether the document could be sent from this deal, and whom it would reach.

        :param dict facts: of the document, see ``esign.send.many.wizard._document_facts``
        """
        self.ensure_one()
        self._set(**self._judgement(facts))

    def _judgement(self, facts):
        """Return the line's values."""
        values = {"client_name": False, "client_address": False, "own_name": False}
        try:
            form = self.wizard_id._form(self.lead_id, facts)
            values |= self._people_values(form)
            self.lead_id._esign_check_is_deal()
            form._check_sendable()
        except AccessError:
            words = self.env._("You may not change this deal: ask whoever it belongs to.")
            return values | self._held("lacking", words)
        except UserError as error:
            return values | self._held("lacking", str(error))
        newest_sudo = self._newest_open_sudo()
        if newest_sudo:
            return values | self._held("open", self._open_words(newest_sudo), newest_sudo.id)
        # not by the field, which would judge all people once more
        warning = form._agreement_warning(form._asked("client"))
        return values | {"state": "ready", "problem": warning, "place": 9, "newest_open": 0}

    def _held(self, state, words, newest_open=0):
        return {
            "state": state,
            "problem": words,
            "place": PLACES[state],
            "is_chosen": False,
            "newest_open": newest_open,
        }

    def _people_values(self, form):
        """Return whom the form would ask, and where."""
        address = form._address(form._asked("client")) or form.client_email or form.client_phone
        labels = dict(form._fields["client_channel"]._description_selection(self.env))
        channel = labels.get(form.client_channel)
        return {
            "client_name": form.client_name,
            "client_address": f"{channel}: {address}" if address else False,
            "own_name": form.own_name,
        }

    # --- what is under way ---------------------------------------------------------------------------------------------

    def _newest_open_sudo(self):
        """Return the newest request for this document that is under way on this deal, or none: see the deal."""
        wizard = self.wizard_id
        return self.lead_id._esign_newest_open_sudo(wizard.template_id, wizard.title)

    def _open_words(self, newest_sudo):
        request = newest_sudo.sudo(False)
        if not request.has_access("read"):
            return self.env._("A colleague's request for this document is under way.")
        return self.env._(
            "%(number)s for this document is under way: %(stage)s.",
            number=request.name, stage=request.stage_id.name,
        )  # fmt: skip

    # --- sending -------------------------------------------------------------------------------------------------------

    def _send(self, facts):
        """Send from this deal. In a transaction of its own: request and line are written together.

        What is refused stands on the line.
        """
        self.ensure_one()
        if not self._to_send():
            return  # in another tab
        try:
            with self.env.cr.savepoint():
                self.lead_id._esign_lock()
                values = self._send_locked(facts)
        except UserError as error:
            self._fail(str(error))
        else:
            self._set(**values)

    def _send_locked(self, facts):
        """Judge once more, and send; return the line's values.

        :raises UserError: what is refused only now; nothing was made then
        """
        seen, values = self.newest_open, self._judgement(facts)
        if values["state"] == "lacking" or values["newest_open"] != seen:
            return values  # changed since the sender looked at it
        form = self.wizard_id._form(self.lead_id, facts, is_stored=True)
        request = form._create_locked()
        request.action_send()
        is_sent = request.state != "draft"
        return values | {
            "state": "sent" if is_sent else "waits",
            "problem": request.name if is_sent else self._waiting_words(form, request),
            "is_chosen": False,
            "request_id": request.id,
            "place": 9,
        }

    def _waiting_words(self, form, request):
        """Return what the form would say of a request that is not sent yet."""
        notice = form._closing_notice(request)
        return f"{notice['title']}. {notice['message']}"

    def _fail(self, words):
        """Note why nothing was sent."""
        if not self._sent():
            self._set(state="failed", problem=words, is_chosen=False, place=PLACES["failed"])

    # --- actions -------------------------------------------------------------------------------------------------------

    def action_open_deal(self):
        """Open the deal, to enter what is lacking."""
        self.ensure_one()
        return form_action(self.lead_id)

    def action_open_form(self):
        """Open the sending form of this deal alone."""
        self.ensure_one()
        return self.lead_id.action_send_for_signature()
