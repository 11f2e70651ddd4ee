"""From an act to its request, and to the next version of both."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .esign_request import STATES

KEPT_BOX = ("type", "name", "required")
ENDED = ("done", "declined", "cancelled")


class EsignAct(models.Model):
    """An act and the requests that were made from it."""

    _inherit = "esign.act"

    request_ids = fields.One2many("esign.request", "act_id", string="Requests")
    request_id = fields.Many2one(
        "esign.request", compute="_compute_request", store=True, index="btree_not_null"
    )  # fmt: skip
    request_state = fields.Selection(STATES, string="Signing", related="request_id.state")
    is_locked = fields.Boolean(compute="_compute_is_locked", compute_sudo=True)

    @api.depends("request_ids")
    def _compute_request(self):
        for act in self:
            act.request_id = act.request_ids.sorted("id")[-1:]

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
        action = self.lead_id.action_send_for_signature()
        action["context"] |= {
            "default_act_id": self.id,
            "default_document_ids": [(6, 0, upload.ids)],
            "default_client_lang": self.lang,
            **self._people_of_previous(),
        }
        return action

    def action_open_request(self):
        """Open the request that was made from this act."""
        self.ensure_one()
        return self.request_id.sudo(False)._form_action()

    def _people_of_previous(self):
        """Return who signs a corrected act for the client, as defaults of the wizard: whoever signed its last version."""
        signers = self.previous_id.request_id.sudo(False).signer_ids
        client = signers.filtered(lambda each: each.side == "client" and each.kind == "signer")[:1]
        if not client:
            return {}
        names = ("name", "email", "phone", "channel")
        return {f"default_client_{name}": client[name] for name in names} | {
            "default_client_partner_id": client.partner_id.id
        }

    # --- the request -----------------------------------------------------------------------------------------------

    def _join_request(self, request):
        """Make a new draft this act's own: its boxes go where the paper has places for them.

        Called by the wizard right after it made the draft. The boxes of an earlier version are kept: those on a place
        for a signature move with it, the others stay where they were.

        :raises UserError: the act was made into a request already
        """
        self.ensure_one()
        self._check_open()
        request._set_system_sudo(act_id=self.id)
        boxes = self._boxes_of_previous(request) or self._boxes_on_places(request)
        if boxes:
            request.field_ids.unlink()
            request._add_fields(boxes)

    def _boxes_on_places(self, request):
        """Return a signature box on the paper's place of each side's only signer."""
        places = self.sudo().places or {}
        found = []
        for side in ("own", "client"):
            signers = request.signer_ids.filtered(
                lambda each, side=side: each.side == side and each.kind == "signer"
            )
            if len(signers) == 1 and side in places:
                found.append({"role": signers.role, "type": "signature", **places[side]})
        return found

    def _boxes_of_previous(self, request):
        """Return the boxes of the last version's request, for signers of the same side."""
        before = self.previous_id.request_id.sudo(False)
        old_places, new_places = self.previous_id.sudo().places or {}, self.sudo().places or {}
        found = []
        for box in before.field_ids:
            side = box.signer_id.side
            signer = self._successor(request, box.signer_id)
            if not signer:
                continue
            place = {name: box[name] for name in ("page", "x", "y", "width", "height")}
            if side in new_places and _is_at(place, old_places.get(side)):
                place = new_places[side]
            place = place | {"page": min(place["page"], request.uploaded_document_id.page_count)}
            found.append({"role": signer.role, **{name: box[name] for name in KEPT_BOX}, **place})
        return found

    @api.model
    def _successor(self, request, old):
        """Return who takes the part of an earlier version's signer: the one of the same side and role, or the only one."""
        signers = request.signer_ids.filtered(
            lambda each: each.side == old.side and each.kind == "signer"
        )
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
            return self._form_action()
        return (self.next_ids[:1] or self._new_version())._form_action()

    def _end_requests(self):
        """Delete the drafts of this act and cancel what is on its way, with the caller's own rights."""
        requests = self.request_ids.sudo(False)
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

    def _new_version(self):
        self._take_number()
        values = self.copy_data({"user_id": self.user_id.id or self.env.uid})[0]
        act = self.create(values)
        act._set_system_sudo(number=self.number, version=self.version + 1, previous_id=self.id)
        return act

    def _form_action(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }


def _is_at(box, place):
    """Tell whether a box lies where a place is, but for rounding."""
    names = ("page", "x", "y", "width", "height")
    return bool(place) and all(abs(box[name] - place[name]) < 1e-3 for name in names)
