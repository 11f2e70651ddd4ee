"""A client who signs the agreement on e-signature before anybody has entered him."""

from odoo import SUPERUSER_ID, api, models

from ..tools import languages
from .esign_party import MAX_TEXT
from .guards import without_defaults
from .person_country import country_of


class EsignParty(models.Model):
    """He is entered as he signed: with the names and addresses that were frozen on the signer."""

    _inherit = "esign.party"

    @api.model
    def _enter_sudo(self, signer):
        """Return the party of ``signer``: who was entered with his address meanwhile, else a new one.

        None where the directory knows him at another address: nobody is entered twice, and nothing is noted at somebody
        who was not reached. Signers may enter nobody, hence the superuser, in the company's language.
        """
        superuser = without_defaults(self).with_user(SUPERUSER_ID)
        parties_sudo = superuser.with_context(lang=signer.request_id._note_lang())
        known_sudo = parties_sudo._known_as(signer._person())
        if known_sudo:
            name = "email" if signer.channel == "email" else "phone"
            is_his = signer[name] and known_sudo[name] == signer[name]
            return known_sudo if is_his else known_sudo.browse()
        quiet_sudo = parties_sudo.with_context(mail_auto_subscribe_no_notify=True)
        party_sudo = quiet_sudo.create(self._entry_values(signer.sudo()))
        party_sudo._mark_typed_sudo(signer)
        party_sudo._message_log(
            body=party_sudo.env._(
                "Entered because the agreement on e-signature was signed by %(number)s.",
                number=signer.request_id.name,
            )
        )
        return party_sudo

    @api.model
    def _entry_values(self, signer_sudo):
        """Return the values of a new party; numbers come from the contact, if there is one."""
        request_sudo, partner_sudo = signer_sudo.request_id, signer_sudo.partner_id
        firm = False if signer_sudo.is_private_person else signer_sudo.company_name
        values = {
            "side": "client",
            "company_id": request_sudo.company_id.id,
            "user_id": request_sudo._responsible_sudo().id,
            "team_id": request_sudo.team_id.id,
            "name": signer_sudo.name[:MAX_TEXT],
            "position": (signer_sudo.position or "")[:MAX_TEXT] or False,
            "partner_id": partner_sudo.commercial_partner_id.id,
            "person_id": False if partner_sudo.is_company else partner_sudo.id,
            "is_private_person": signer_sudo.is_private_person,
            "country_id": country_of(partner_sudo, request_sudo.lead_id).id,
            "email": signer_sudo.email,
            "phone": signer_sudo.phone,
            "channel": signer_sudo.channel,
            "lang": languages.match(signer_sudo._lang_code(), languages.LANGUAGES) or False,
        }
        if firm or signer_sudo.is_private_person:
            values["company_name"] = firm and firm[:MAX_TEXT]
        return values
