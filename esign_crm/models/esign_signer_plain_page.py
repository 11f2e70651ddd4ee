"""The public page without its scripts: who asks for what, and how to go on."""

from odoo import models

from .esign_page_trouble_texts import plain_texts

NEEDS_SCRIPTS = ("sign", "lapsed")


class EsignSigner(models.Model):
    """What stands in the page's document itself; the scripts put the page's own views in its place."""

    _inherit = "esign.signer"

    def _plain_page(self, values):
        """Return the page as plain words.

        :param dict values: as :meth:`_page_values` returns them; nothing else is told here
        :return: ``heading``, ``lead``, ``title``, ``facts`` (of label and words), ``texts``, ``links`` (of words and
            address), ``how`` (ways to go on, where scripts are needed), ``ask`` and ``sender``
        """
        texts, situation = values["texts"], values["situation"]
        company = values["company"]["name"]
        is_open = situation == "sign"
        title = values["request"].get("title", "")
        words = plain_texts(self.env)
        return {
            "lead": texts["read_lead"].format(company=company) if is_open else "",
            "heading": title if is_open else texts[f"{situation}_title"],
            "title": "" if is_open else title,
            "facts": self._plain_facts(values) if is_open else [],
            "texts": [words["why"]] if is_open else [texts[f"{situation}_text"].format(company=company)],
            "links": self._plain_links(values, words),
            "how": self._plain_ways(words) if situation in NEEDS_SCRIPTS else None,
            **self._plain_contact(values, words),
        }  # fmt: skip

    def _plain_facts(self, values):
        texts, request, signer = values["texts"], values["request"], values["signer"]
        as_whom = texts["name_and_role"].format(name=signer["name"], role=signer["role"])
        rows = [
            (texts["sent_by"], values["sender"]["name"]),
            (texts["deadline"], request["deadline"]),
            (texts["you_sign_as"], as_whom),
        ]
        signed = [texts["signed_row"].format(**each) for each in values["signed_by"]]
        rows += [(texts["already_signed"], each) for each in signed]
        return [row for row in rows if row[1]]

    def _plain_links(self, values, words):
        """Return what works without scripts: the unsigned PDF while one may read it, the sealed one when it is there."""
        download = values.get("download")
        if download:
            return [(values["texts"]["download"], download["url"])]
        is_read = values["situation"] in ("sign", "signed")
        return [(words["read_pdf"], f"{values['base']}/document")] if is_read else []

    def _plain_ways(self, words):
        return {"title": words["how"], "steps": [words["how_reload"], words["how_browser"]]}

    def _plain_contact(self, values, words):
        """Return whom to ask: the sender where the page names him, else the company."""
        sender = values.get("sender") or {}
        needs_scripts = values["situation"] in NEEDS_SCRIPTS
        if not sender.get("name"):
            ask = words["how_ask_company"].format(name=values["company"]["name"])
            return {"ask": ask if needs_scripts else "", "sender": {}}
        key = words["how_ask"] if needs_scripts else values["texts"]["ask_sender"]
        return {"ask": key.format(name=sender["name"]), "sender": sender}
