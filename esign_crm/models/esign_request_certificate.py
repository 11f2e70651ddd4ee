"""What the certificate pages at the end of the finished PDF say."""

from odoo import fields, models

from ..tools.pdf import fonts
from ..tools.pdf.certificate_page import Block, CertificatePage, Row, draw
from .esign_event_kinds import (
    INTERNAL,
    INTERNAL_OF_DELEGATION,
    INTERNAL_OF_VAIN_DELEGATION,
    summary_of,
)
from .esign_moments import paper_moment


class EsignRequest(models.Model):
    """The certificate of authenticity of the signatures: facts from the audit trail, in the client's language."""

    _inherit = "esign.request"

    def _draw_certificate_pages(self, key_sudo):
        """Return the certificate pages as a PDF of their own.

        :param key_sudo: the sealing key that will seal them
        """
        self.ensure_one()
        lang = self._paper_lang()
        request = self.sudo().with_context(lang=lang, esign_paper_lang=lang, tz=self._timezone())
        return draw(request._certificate_page(key_sudo.with_context(lang=lang)))

    def _paper_lang(self):
        """Return the language in which the document writes what is not anybody's own text: the first client's."""
        signers = self.signer_ids.sorted("sequence")
        clients = signers.filtered(lambda signer: signer.side == "client")
        return (clients or signers)[:1]._lang_code()

    def _lang_for(self, wanted):
        """Return the installed language that somebody of this request is written to who prefers ``wanted``."""
        installed = dict(self.env["res.lang"].get_installed())
        preferred = (wanted, self.company_id.partner_id.lang, "en_US")
        return next((code for code in preferred if code in installed), next(iter(installed)))

    def _certificate_page(self, key_sudo):
        signing = self.signer_ids._acting().sorted("sequence")
        return CertificatePage(
            title=self.env._("Certificate of authenticity of the signatures"),
            company=fonts.printable(self.company_id.name),
            lead=self._certificate_lead(signing),
            parties=tuple(self._certificate_party(signer) for signer in signing),
            technical=Block(self.env._("Technical facts"), self._certificate_technical(key_sudo)),
            audit=self._certificate_audit(),
            audit_heading=self.env._("Audit trail"),
            check_heading=self.env._("How to check this document"),
            check_text=self.env._(
                "Scan the code or open the address below it. The page shows the facts of the document that was signed: "
                "compare them with this one. To be certain, upload the file there: only the unchanged file is "
                "confirmed as genuine."
            ),
            qr_url=self._verification_url(),
            legal_line=self._legal_basis(),
            footer=f"{self.name} · {self.verification_code}",
        )

    def _certificate_lead(self, signing):
        until = self._words_for_moment(self.download_until)
        signed_by = "\n".join(
            self.env._(
                "%(name)s (%(role)s), %(when)s",
                name=each.name,
                role=each.role,
                when=self._words_for_moment(each.signed_at),
            )
            for each in signing
        )
        return (
            Row(self.env._("Document"), f"{self.title} ({self.name})"),
            Row(self.env._("Signed by"), signed_by),
            Row(self.env._("Pages"), str(self.frozen_document_id.page_count)),
            Row(self.env._("Completed"), self._words_for_moment(self.completed_at)),
            Row(self.env._("Download by link until"), until),
        )

    def _certificate_party(self, signer):
        """Return the block of one signer: who, on what authority, reached how, what happened when."""
        events = {
            event.kind: event
            for event in self.event_ids.sorted("sequence")
            if event._details().get("signer") == signer.id
        }
        signed = events["signed"]._details()
        who = ", ".join(filter(None, (signer.name, signer.position, signer.company_name)))
        rows = [
            Row(self.env._("Name"), who),
            Row(self.env._("Acting on the basis of"), signer.authority or self.env._("not stated")),
            *self._certificate_clause(events),
            Row(self.env._("Reached at"), f"{signer._masked_address()} ({self._channel_words(signer)})"),
            Row(self.env._("Address"), self._provenance_words(signer)),
            *self._certificate_delegation(signer),
            *self._certificate_contact_changes(signer),
            Row(self.env._("Invited"), self._words_for_moment(signer.invited_at)),
            Row(self.env._("Page shown"), self._words_for_moment(signer.opened_at)),
            Row(self.env._("Code confirmed"), self.env._(
                "%(when)s, code sent by %(channel)s to the address of the link",
                when=self._words_for_event(events.get("code_confirmed")), channel=self._way_words(signer),
            )),
            Row(self.env._("Signed"), f"{self._words_for_moment(signer.signed_at)}, {self._method_words(signed)}"),
            Row(self.env._("Network address"), signed.get("ip") or "–"),
            Row(self.env._("Device"), signed.get("device") or "–"),
        ]  # fmt: skip
        side = dict(signer._fields["side"]._description_selection(self.env))[signer.side]
        return Block(signer.role if signer.role == side else f"{signer.role} – {side}", tuple(rows))

    def _certificate_clause(self, events):
        """Return the row of a clause that was accepted with the signature, if there was one."""
        digest = events["consent"]._details().get("clause_sha256") if "consent" in events else ""
        words = self.env._(
            "by accession: clause accepted with the signature, SHA-256 %(digest)s", digest=digest
        )
        return [Row(self.env._("Agreement on e-signature"), words)] if digest else []

    def _certificate_delegation(self, signer):
        """Return the row of who was asked first and named this signer, and by whom that was accepted, if it was so."""
        former = signer.delegated_from_id
        if not former:
            return []
        event = next(
            each
            for each in self.event_ids
            if each.kind == "delegation_accepted" and each._details().get("new_signer") == signer.id
        )
        told = event._details()
        proposed_at = fields.Datetime.to_datetime(told["proposed_at"])
        words = self.env._(
            "%(name)s, who proposed it with a confirmed code on %(when)s; accepted by %(by)s on %(accepted)s",
            name=told["name"], when=self._words_for_moment(proposed_at), by=told["by"],
            accepted=self._words_for_moment(event.moment),
        )  # fmt: skip
        return [
            *self._certificate_delegation(former),
            Row(self.env._("Signs in place of"), fonts.printable(words)),
        ]

    def _certificate_contact_changes(self, signer):
        """Return one row for each change of this signer's address after sending."""
        changes = [
            (event, event._details())
            for event in self.event_ids.sorted("sequence")
            if event.kind == "contact_changed" and event._details().get("signer") == signer.id
        ]
        return [
            Row(self.env._("Address changed"), fonts.printable(self.env._(
                "%(when)s, from %(old)s to %(new)s, by %(by)s, approved by %(approved)s",
                when=self._words_for_moment(event.moment), old=told["old"], new=told["new"], by=told["by"],
                approved=told["approved_by"],
            )))
            for event, told in changes
        ]  # fmt: skip

    def _certificate_technical(self, key_sudo):
        consents = [each._details() for each in self.event_ids if each.kind == "consent"]
        versions = ", ".join(sorted({f"{each['consent']} ({each['lang']})" for each in consents}))
        last_signed = self.event_ids.filtered(lambda event: event.kind == "signed").sorted(
            "sequence"
        )[-1:]
        return (
            Row(self.env._("SHA-256 of the file as uploaded"), self.uploaded_document_id.sha256),
            Row(self.env._("SHA-256 of the file as signed"), self.frozen_document_id.sha256),
            Row(self.env._("SHA-256 of the signed content"), last_signed._details().get("content_hash", "")),
            Row(self.env._("Head of the audit trail"), self.chain_head),
            Row(self.env._("Version of the consent text"), versions),
            Row(self.env._("Fingerprint of the sealing key (SHA-256)"), key_sudo.fingerprint),
            Row(self.env._("Code of this certificate"), self.verification_code),
            Row(self.env._("Time"), self.env._("Clock of the company's server; times are given in %(zone)s.", zone=self._timezone())),
        )  # fmt: skip

    def _certificate_audit(self):
        """Return one row for each entry of the audit trail before the seal."""
        events = self.event_ids.sorted("sequence")
        accepted = events.filtered(lambda event: event.kind == "delegation_accepted")
        taken = {event._details().get("delegation") for event in accepted}
        return tuple(
            Row(self._words_for_moment(event.moment), fonts.printable(_outside_words(event, taken)))
            for event in events
        )

    # --- words -----------------------------------------------------------------------------------------------------

    def _words_for_moment(self, moment):
        """Return a moment (naive UTC) to the second, with its zone, or a dash."""
        lang = self.env.context.get("esign_paper_lang") or self._paper_lang()
        return paper_moment(moment, self._timezone(), lang, is_exact=True) or "–"

    def _words_for_event(self, event):
        return self._words_for_moment(event.moment) if event else "–"

    def _channel_words(self, signer):
        return dict(signer._fields["channel"]._description_selection(self.env))[signer.channel]

    def _way_words(self, signer):
        """Return the channel as it stands inside a sentence."""
        words = {
            "email": self.env._("e-mail"),
            "sms": self.env._("SMS"),
            "whatsapp": self.env._("WhatsApp"),
        }
        return words[signer.channel]

    def _provenance_words(self, signer):
        """Return where the address comes from, since when, and who entered it."""
        source = dict(signer._fields["address_source"]._description_selection(self.env)).get(
            signer.address_source, "–"
        )
        return fonts.printable(self.env._(
            "%(origin)s, on file since %(since)s, entered by %(by)s",
            origin=source, since=self._words_for_moment(signer.address_since), by=signer.address_by or "–",
        ))  # fmt: skip

    def _method_words(self, signed):
        words = {
            "typed": self.env._(
                "signature written from the name “%(name)s”", name=signed.get("typed_name", "")
            ),
            "drawn": self.env._("signature drawn by hand"),
            "image": self.env._("signature uploaded as an image"),
        }
        return words.get(signed.get("method"), "–")

    def _legal_basis(self):
        """Return what these signatures are in the company's country; neutral where we do not know the law."""
        country = self.company_id.country_id
        code = country.code
        if code == "RU":
            return self.env._(
                "Simple electronic signatures under the parties' agreement (Federal Law No. 63-FZ, articles 5, 6 and 9); "
                "the electronic seal of the sending company protects the file against changes."
            )
        if code == "BY":
            return self.env._(
                "Electronic signatures as an analogue of the handwritten signature under the parties' agreement; the "
                "electronic seal of the sending company protects the file against changes."
            )
        europe = self.env["ir.model.data"]._xmlid_to_res_id("base.europe")
        if europe in country.sudo().country_group_ids.ids:
            return self.env._(
                "Simple electronic signatures (Regulation (EU) No 910/2014, article 25(1)); the electronic seal of the "
                "sending company protects the file against changes."
            )
        return self.env._(
            "Electronic signatures with recorded evidence; the electronic seal of the sending company protects the file "
            "against changes. Their legal effect follows the law that applies to the parties."
        )


def _outside_words(event, taken):
    """Return what an entry of the trail tells whoever gets the file.

    :param set taken: ids of the delegations that were accepted
    """
    details = event._details()
    hidden = INTERNAL
    if event.kind.startswith("delegation_"):
        is_taken = details.get("delegation") in taken
        hidden = INTERNAL_OF_DELEGATION if is_taken else INTERNAL_OF_VAIN_DELEGATION
    told = {name: value for name, value in details.items() if name not in hidden}
    return summary_of(event, told) or event.kind
