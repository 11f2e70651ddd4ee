"""From an act to its request, and to the next version of both."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .esign_request import STATES
from .form_action import form_action

ENDED = ("done", "declined", "cancelled")


class EsignAct(models.Model):
    """An act and the requests that were made from it."""

    _inherit = "esign.act"

    request_ids = fields.One2many("esign.request", "act_id", string="Requests")
    request_id = fields.Many2one(
        "esign.request", compute="_compute_request", store=True, index="btree_not_null"
    )  # fmt: skip
    request_state = fields.Selection(STATES, string="Signing", related="request_id.state")
    is_signed = fields.Boolean(compute="_compute_is_signed")
    is_locked = fields.Boolean(compute="_compute_is_locked", compute_sudo=True)

    @api.depends("request_ids")
    def _compute_request(self):
        for act in self:
            act.request_id = act.request_ids.sorted("id")[-1:]

    @api.depends("request_id.state", "request_id.withdrawn_at")
    def _compute_is_signed(self):
        """Tell whether a signed document stands that a newer version does not undo."""
        for act in self:
            request = act.request_id
            act.is_signed = request.state == "done" and not request.withdrawn_at

    @api.depends("request_id", "next_ids")
    def _compute_is_locked(self):
        for act in self:
            act.is_locked = bool(act.request_id or act.next_ids)

    # --- sending ---------------------------------------------------------------------------------------------------

    def action_send_for_signature(self):
        """Open the sending wizard with the printed act as its document."""
        self.ensure_one()
        self.check_access("write")
        self._check_open()
        if not self._prepare_paper():
            return self._printing_notice()
        upload = self.env["ir.attachment"].create(
            {
                "name": self._file_name(),
                "raw": self._pdf_bytes(),
                "mimetype": "application/pdf",
                "res_model": "esign.send.wizard",
                "res_id": 0,
            }
        )
        # A deal may have no company: what is made from an act belongs to the act's.
        act = self.with_company(self.company_id)
        action = act.lead_id.action_send_for_signature()
        action["context"] |= {
            "allowed_company_ids": act.env.context["allowed_company_ids"],
            "default_act_id": self.id,
            "default_act_paper_id": upload.id,
            "default_document_ids": [(6, 0, upload.ids)],
            "default_client_lang": self.lang,
            "default_title": self.with_context(lang=self.lang).display_name,
            **self._people_of_previous(),
        }
        return action

    def action_open_request(self):
        """Open the request that was made from this act."""
        self.ensure_one()
        return form_action(self.request_id.sudo(False))

    def _people_of_previous(self):
        """Return who signs a corrected act, as defaults of the wizard: whoever signed its last version."""
        # whoever may change the act sends it to the same people, whoever sent it before
        before_sudo = self.previous_id.sudo().request_id
        found = {}
        for side in ("own", "client"):
            signer_sudo = self._signers(before_sudo, side)[:1]
            if signer_sudo and (side == "client" or not self._refusal_of(signer_sudo)):
                names = ("name", "email", "phone", "channel")
                found |= {f"default_{side}_{name}": signer_sudo[name] for name in names}
                found[f"default_{side}_partner_id"] = signer_sudo.partner_id.id
        return found

    @api.model
    def _refusal_of(self, signer_sudo):
        """Return why our own signer of the last version must not be asked again, or nothing."""
        return self.env["esign.party"]._problem_of(signer_sudo._person())

    # --- the request -----------------------------------------------------------------------------------------------

    def _check_is_paper(self, content):
        """Refuse to send a paper that is not that of the act as it is now; nobody changes the act meanwhile.

        :raises UserError: the act was changed or sent since ``content`` was printed
        """
        self.ensure_one()
        self.lock_for_update()
        self._check_open()
        if not self._has_current_paper() or content != self._pdf_bytes():
            raise UserError(
                self.env._(
                    "%(act)s was changed after this form was opened: close the form and press “Send for signature” on the"
                    " act again.",
                    act=self.display_name,
                )
            )

    def _join_request(self, request):
        """Make a new draft this act's own: its signatures go where the paper has places for them.

        Called by the wizard right after it made the draft. The boxes of an earlier version are kept. Those of a template
        stay where the template has them.

        :raises UserError: the act was made into a request already, or is another company's
        """
        self.ensure_one()
        self._check_open()
        if request.company_id != self.company_id:
            raise UserError(
                self.env._(
                    "%(act)s is one of %(company)s: it cannot be sent for %(other)s.",
                    act=self.display_name,
                    company=self.company_id.name,
                    other=request.company_id.name,
                )
            )
        request._set_system_sudo(act_id=self.id)
        if request.template_id:
            return
        before_sudo = self.previous_id.sudo().request_id  # whoever sent it
        if before_sudo.field_ids:
            self._keep_boxes(before_sudo, request)
        for box in request.field_ids.filtered(lambda each: each.type == "signature"):
            side = box.signer_id.side
            place = self._new_place(side, box, is_corrected=bool(before_sudo.field_ids))
            if place and len(self._signers(request, side)) == 1:
                box.write(place)

    def _new_place(self, side, box, *, is_corrected):
        """Return where the paper has a place for the signature of ``side``; nothing: the box stays where it is.

        :param box: a field, or a mapping with its place
        :param is_corrected: whether the box is that of an earlier version, which somebody may have moved
        """
        place = (self.sudo().places or {}).get(side)
        is_there = not is_corrected or _is_at(box, self._old_places().get(side))
        return place if place and is_there else {}

    def _keep_boxes(self, before_sudo, request):
        """Give the draft the boxes of the last version's request; those on a page that is gone go to the last one."""
        last_page = request.uploaded_document_id.page_count
        request.field_ids.unlink()
        request._copy_fields(
            before_sudo.field_ids,
            lambda box: self._successor(request, box.signer_id),
            lambda box: min(box.page, last_page),
        )
        request._add_fields([])  # a signature for whoever has none yet

    def _old_places(self):
        return self.previous_id.sudo().places or {}

    def _signers(self, request, side):
        return request.signer_ids.filtered(lambda each: each.side == side and each.kind == "signer")

    @api.model
    def _successor(self, request, old):
        """Return who takes the part of an earlier version's signer: the one of the same side and role, or the only one."""
        signers = self._signers(request, old.side)
        return signers.filtered(lambda each: each.role == old.role) or (
            signers if len(signers) == 1 else signers.browse()
        )

    # --- correcting ------------------------------------------------------------------------------------------------

    def action_correct(self):
        """Open the next version of an act that was made into a request; whoever was asked to sign it is told.

        A draft is deleted, and a request on its way is cancelled, so that nobody signs what is wrong.

        :raises UserError: the request is just being sealed
        """
        self.ensure_one()
        self.check_access("write")
        if not self.next_ids:
            self._end_requests()
        if not self.is_locked:
            return form_action(self)
        return form_action(self.next_ids[:1] or self._new_version())

    def _end_requests(self):
        """Delete the drafts of this act and cancel what is on its way, with the caller's own rights."""
        requests = self._all_requests()
        requests.check_access("write")
        if "sealing" in requests.mapped("state"):
            raise UserError(
                self.env._(
                    "Everybody has signed %(act)s; it is being sealed at this moment.",
                    act=self.display_name,
                )
            )
        requests.filtered(lambda each: each.state == "draft").unlink()
        requests.exists().filtered(lambda each: each.state not in ENDED).action_cancel(
            self.env._(
                "Corrected: version %(version)s of the act %(number)s takes its place.",
                number=self.number,
                version=self.version + 1,
            )
        )

    def _all_requests(self):
        """Return every request of this act, those included that the caller may not see: his rights are checked on each."""
        return self.sudo().request_ids.sudo(False)

    def _new_version(self):
        self._take_number()
        values = self.copy_data({"user_id": self.user_id.id or self.env.uid})[0]
        act = self.create(values)
        act._set_system_sudo(number=self.number, version=self.version + 1, previous_id=self.id)
        return act


def _is_at(box, place):
    """Tell whether a box lies where a place was, on whatever page."""
    names = ("x", "y", "width", "height")
    return bool(place) and all(abs(box[name] - place[name]) < 1e-3 for name in names)
