"""What a party takes from those that are merged into it."""

from odoo import models
from odoo.tools import format_date

from ..tools import requisites
from .guards import through_door

FILLED = (
    "position", "company_name", "partner_id", "person_id", "country_id", "lang", "email", "phone", *requisites.KINDS,
)  # fmt: skip
# What entitles to sign is one thing, and so is an agreement: nothing of one is put to another.
AUTHORITY = ("authority_kind", "authority_number", "authority_issued_on", "authority_until")
AGREEMENT = ("agreement", "agreement_on", "agreement_file", "agreement_file_name")


class EsignParty(models.Model):
    """Gaps are filled; what stands stays, and what it stands in the way of is told."""

    _inherit = "esign.party"

    def _take_from(self, others):
        """Fill what is empty from the others, the first of them first; called with the right to change all of them."""
        for other in others.with_context(bin_size=False):
            self.write({name: other[name] for name in FILLED if other[name] and not self[name]})
            self._take_authority_from(other)
            self._take_agreement_from(other)
            if other.has_stamp and not (self.has_stamp or self.is_private_person):
                self.sudo().stamp = other.sudo().stamp  # unreadable to groups

    def _take_authority_from(self, other):
        """Take kind, number and days together, where nothing of an authority is known here."""
        theirs, ours = ([party[name] for name in AUTHORITY] for party in (other, self))
        if not any(theirs) or theirs == ours:
            return
        if not any(ours):
            self.write(dict(zip(AUTHORITY, theirs, strict=True)))
            return
        words = other._authority_words(self.env.lang) or format_date(
            self.env, other.authority_until
        )
        self._message_log(
            body=self.env._(
                "%(name)s had another authority, which was not taken over: %(words)s.",
                name=other.display_name,
                words=words,
            )
        )

    def _take_agreement_from(self, other):
        """Take the agreement with day and file, where there is none here; the file of the one passed over is kept too."""
        is_taken = self.agreement == "none" and other.agreement != "none"
        passed_over, counting = (self, other) if is_taken else (other, self)
        self._keep_agreement_file(passed_over, counting)
        if is_taken:
            values = {name: other[name] for name in AGREEMENT}
            request = {"agreement_request_id": other.agreement_request_id.id}
            through_door(self).write(values | request)

    def _keep_agreement_file(self, passed_over, counting):
        """Keep the file of an agreement as an attachment, unless it is that of the one which counts."""
        content = passed_over.with_context(bin_size=False).agreement_file
        if not content or content == counting.with_context(bin_size=False).agreement_file:
            return
        name = passed_over.agreement_file_name or self.env._(
            "Agreement of %(name)s", name=passed_over.name
        )
        file = self.env["ir.attachment"].create(
            {"name": name, "datas": content, "res_model": self._name, "res_id": self.id}
        )
        kinds = dict(self._fields["agreement"]._description_selection(self.env))
        day = format_date(self.env, passed_over.agreement_on)
        self._message_log(
            body=self.env._(
                "%(name)s had another agreement on e-signature (%(words)s). Its file is kept here: %(file)s.",
                name=passed_over.display_name,
                words=", ".join(filter(None, (kinds[passed_over.agreement], day))),
                file=name,
            ),
            attachment_ids=file.ids,
        )
