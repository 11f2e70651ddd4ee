"""What the sealed PDF of an act says, in each language."""

import re

from odoo.tests import tagged

from ..tools.languages import LANGUAGES
from .act_common import EsignActCommon
from .common import EsignHttpCommon


@tagged("post_install", "-at_install")
class TestEsignActSealed(EsignHttpCommon, EsignActCommon):
    """From the act's form to the seal, over real HTTP."""

    def test_sealed_act_says_everything_in_each_language(self):
        self.company.partner_id.write({"vat": "FR23334175221", "street": "Rue d'Été 5"})
        for lang in LANGUAGES:
            self.env["esign.otp"].sudo().search(
                []
            ).unlink()  # more codes than one machine gets in an hour
            self.partner.write({"lang": lang, "street": "Łąkowa 7", "company_registry": "HRB 77"})
            lines = [("Монтаж – Öfen", 2, 1000, 20), ("Été à Łódź", 1.5, 38.5, 20)]
            lines += [(f"Line {number}", 1, number, 0) for number in range(3, 41)]
            act = self.make_act(lines, date="2031-05-12")
            text = re.sub(r"\s", "", self.text(self._sealed(act, lang)))
            for piece in (
                act.number, self.company.partner_id.name, "FR23334175221", "Rue d'Été 5", self.partner.name,
                "Łąkowa 7", "HRB 77", "Монтаж – Öfen", "Été à Łódź", act.amount_words,
            ):  # fmt: skip
                self.assertIn(re.sub(r"\s", "", piece), text, f"{lang}: {piece}")
            self.assertRegex(text, r"3[.,\u202f\xa0]?286[.,]30", lang)
            self.assertRegex(text, {"en_US": "05/12/2031"}.get(lang, r"12[./]05[./]2031"), lang)
            for number, line in enumerate(act.line_ids, 1):
                row = (str(number), line.name, act._format_number(line.quantity), act._format_number(line.price, 2),
                       act._format_number(line.tax_percent), act._format_number(line.amount, 2))  # fmt: skip
                self.assertIn(re.sub(r"\s", "", "".join(row)), text, lang)
            self.assertEqual(act.request_id.title, act.with_context(lang=lang).display_name)

    def _sealed(self, act, lang):
        """Send the act, let both sides sign, and return the sealed PDF."""
        action = act.action_send_for_signature()
        own, client = f"own-{lang}@vendor.example.com", f"client-{lang}@client.example.com".lower()
        people = {
            "own_name": "Dora Director", "own_email": own.lower(), "own_channel": "email",
            "client_name": "Claude Client", "client_email": client, "client_channel": "email",
        }  # fmt: skip
        wizards = self.env[action["res_model"]].with_user(self.rep)
        wizards.with_context(**action["context"]).create(people).action_send()
        for address in (own.lower(), client):
            self.walk(address)
        request = act.request_id
        self.env.invalidate_all()
        self.assertEqual(request.state, "done")
        return request.sudo()._sealed_bytes()
