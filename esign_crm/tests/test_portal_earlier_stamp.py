"""The stamp that a signer used last, offered to him again, and to nobody else."""

from odoo.tests import tagged

from .portal_fields_common import PortalFieldsCommon


@tagged("post_install", "-at_install")
class TestPortalEarlierStamp(PortalFieldsCommon):
    """Claude Client has stamped a document once; now comes the next one."""

    NONE = {"image": "", "when": ""}

    def setUp(self):
        super().setUp()
        self.boxes = [box for box in self.boxes if box["type"] == "stamp"]
        self.good = {"stamp": self.good["stamp"]}

    def _party(self, **values):
        defaults = {"name": "Claude Client", "phone": self.CLIENT, "company_name": "Mill"}
        return self.env["esign.party"].create(defaults | values)

    def _stamped(self, **client):
        """Let the client sign with a stamp; return his signer."""
        request, browser, token = self._send(signers=self.signers(**client))
        answer = self.sign(browser, token, values=self._values(request))
        self.assertEqual(answer["state"], "signed", answer)
        return self._client(request)

    def _client(self, request):
        return request.signer_ids.filtered(lambda each: each.side == "client")

    def _offered(self, **client):
        """Return (what the next document offers, its signer, browser and token)."""
        request, browser, token = self._send(signers=self.signers(**client))
        answer = self.step(browser, token, "stamp", field=self._id(request, "stamp"))
        return answer, request, browser, token

    def test_party_s_own_stamp_is_offered_and_signed_with(self):
        party = self._party()
        earlier = self._stamped()
        self.assertEqual(earlier.party_id, party)
        answer, request, browser, token = self._offered()
        self.assertRegex(answer["image"], "^data:image/png;base64,")
        self.assertRegex(answer["when"], r"\d{4}")
        key = str(self._id(request, "stamp"))
        kept = self.step(browser, token, "draft", pictures={key: answer["image"]}, values={})
        self.assertEqual(kept["refused"], [])
        chosen = {key: kept["pictures"][key]}
        self.assertEqual(self.sign(browser, token, values=chosen)["state"], "signed")

    def test_day_of_the_earlier_stamp_is_that_of_the_company(self):
        self._party()
        self.company.partner_id.tz = "Pacific/Kiritimati"
        self._stamped()._set_system_sudo(signed_at="2026-03-02 12:00:00")
        self.assertIn("March 3,", self._offered()[0]["when"])

    def test_nothing_is_given_before_the_code_is_confirmed_in_this_browser(self):
        self._party()
        self._stamped()
        _answer, request, browser, token = self._offered()
        key = self._id(request, "stamp")
        other = self.browser()
        self.assertEqual(self.step(other, token, "stamp", field=key)["error"], "not_confirmed")
        self.assertNotIn("base64", str(self.page(other, token)["fields"]))
        for wrong in (None, "x", [key], {}, 0, True):
            answer = self.step(browser, token, "stamp", field=wrong)
            self.assertEqual(answer["error"], "field_invalid", wrong)
        text = self.step(browser, token, "stamp", field=str(key))
        self.assertTrue(text["image"])

    def test_stamp_of_another_party_is_never_offered(self):
        self._party()
        self._stamped()
        self._party(name="Other", phone="+33612349999", company_name="Other")
        self.CLIENT = "+33612349999"
        answer, request, *_rest = self._offered(name="Other")
        self.assertEqual(self._client(request).party_id.name, "Other")
        self.assertEqual(answer, self.NONE)

    def test_address_that_a_sender_typed_lends_no_stamp(self):
        party = self._party()
        self._stamped()
        self.CLIENT = "+33612349999"
        answer, request, *_rest = self._offered(party_id=party.id)
        signer = self._client(request)
        self.assertEqual((signer.party_id, signer.address_source), (party, "typed"))
        self.assertEqual(answer, self.NONE)

    def test_stamp_used_at_an_address_that_a_sender_typed_is_not_the_party_s(self):
        party = self._party()
        number, self.CLIENT = self.CLIENT, "+33612349999"
        self.assertEqual(self._stamped(party_id=party.id).address_source, "typed")
        self.CLIENT = number
        self.assertEqual(self._offered()[0], self.NONE)

    def test_who_is_in_no_directory_is_known_by_contact_and_address(self):
        firm = self.env["res.partner"].create({"name": "Mill", "is_company": True})
        person = {"name": "Claude Client", "phone": self.CLIENT, "parent_id": firm.id}
        partner = {"partner_id": self.env["res.partner"].create(person).id}
        self.assertFalse(self._stamped(**partner).party_id)
        self.assertTrue(self._offered(**partner)[0]["image"])
        other = self.env["res.partner"].create(person | {"name": "Other"})
        self.assertEqual(self._offered(partner_id=other.id)[0], self.NONE, "another contact")
        self.CLIENT = "+33612349999"
        self.assertEqual(self._offered(**partner)[0], self.NONE, "another address")

    def test_stamp_of_an_unsigned_document_is_not_offered(self):
        self._party()
        request, browser, token = self._send()
        key = str(self._id(request, "stamp"))
        self.step(browser, token, "draft", pictures={key: self.good["stamp"]}, values={})
        self.assertEqual(self._offered()[0], self.NONE)
