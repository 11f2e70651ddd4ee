"""The same party entered twice: found and merged."""

import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .party_common import PartyCommon, stamp_png


@tagged("post_install", "-at_install")
class TestEsignPartyDuplicates(PartyCommon):
    """Alike by address or number; after the merge nothing points to what is gone."""

    def merge(self, parties, kept, by=None):
        """Merge through the form."""
        wizard = self.env["esign.party.merge.wizard"].with_user(by or self.user)
        return wizard.create({"party_ids": parties.ids, "kept_id": kept.id}).action_merge()

    def test_same_phone_mail_or_number_is_found_however_typed(self):
        namesake = {"name": "NOWAK Jan"}
        for one, other in (
            ({"phone": "601 234 503"}, {"phone": "+48601234503", "name": "Somebody"}),
            ({"email": "A <a@b.example.com>"}, {"email": "A@B.example.com", "name": "Somebody"}),
            ({"nip": "856-734-62-15"}, {"nip": "8567346215"} | namesake),
            ({"regon": "192598184"}, {"regon": "192598184"} | namesake),
        ):
            first, second = self.party(**one), self.party(**other)
            self.assertIn(second, first.duplicate_ids)
            found = self.env["esign.party"].search([("has_duplicates", "=", True)])
            self.assertLessEqual(first | second, found)
            (first | second).unlink()

    def test_shared_tax_office_empty_fields_and_other_sides_are_no_likeness(self):
        first = self.party(kpp="770701001", email="boss@vendor.example.com")
        self.party(kpp="770701001")
        self.party(side="own", email="boss@vendor.example.com", by=self.manager)
        self.assertFalse(first.duplicate_ids)
        self.assertFalse(self.party().duplicate_ids)

    def test_two_who_sign_for_one_firm_are_no_duplicates(self):
        numbers = {"nip": "8567346215", "regon": "192598184", "vat": "PL8567346215"}
        both = self.party(**numbers) | self.party(**numbers, name="Ewa Lis")
        self.assertFalse(both.duplicate_ids)
        found = self.env["esign.party"].search([("has_duplicates", "=", True)])
        self.assertFalse(both & found)

    def test_merge_mixes_no_two_authorities(self):
        kept = self.party(authority_kind="charter")
        other = self.party(
            authority_kind="attorney", authority_number="7", authority_until="2026-01-31"
        )
        self.merge(kept | other, kept)
        self.assertFalse(kept.authority_until)

    def test_end_of_one_authority_is_put_to_no_other(self):
        kept = self.party(authority_until="2026-01-31")
        other = self.party(
            authority_kind="attorney",
            authority_number="7",
            authority_issued_on="2026-02-01",
            authority_until="2027-01-31",
        )
        self.merge(kept | other, kept)
        self.assertFalse(kept.authority_kind or kept.authority_number)
        self.assertEqual(str(kept.authority_until), "2026-01-31")
        self.assertIn("power of attorney no. 7", self.notes(kept))

    def test_authority_is_taken_whole_from_the_first_who_has_one(self):
        kept = self.party()
        first = self.party(authority_kind="charter")
        second = self.party(
            authority_kind="attorney", authority_number="7", authority_until="2027-01-31"
        )
        self.merge(kept | first | second, kept)
        self.assertEqual((kept.authority_kind, kept.authority_until), ("charter", False))
        self.assertIn("power of attorney no. 7", self.notes(kept))

    def notes(self, party):
        """Return all that the chatter says."""
        return " ".join(str(body) for body in party.message_ids.mapped("body"))

    def agreed(self, content, name="agreement.pdf", **values):
        """Return a party that agreed on paper."""
        paper = {"agreement": "paper", "agreement_on": "2026-01-31"}
        return self.party(
            agreement_file=base64.b64encode(content), agreement_file_name=name, **(paper | values)
        )

    def kept_files(self, party):
        """Return the files beside a party as its user finds them: (name, content)."""
        domain = [("res_model", "=", "esign.party"), ("res_id", "=", party.id)]
        files = self.env["ir.attachment"].with_user(self.user).search(domain)
        return [(file.name, file.raw) for file in files.sorted("name")]

    def test_file_of_a_second_agreement_is_kept_and_told(self):
        kept, other = self.agreed(b"%PDF-1.7 one"), self.agreed(b"%PDF-1.7 two", "second.pdf")
        self.merge(kept | other, kept)
        self.assertEqual(base64.b64decode(kept.agreement_file), b"%PDF-1.7 one")
        self.assertEqual(self.kept_files(kept), [("second.pdf", b"%PDF-1.7 two")])
        self.assertIn("Its file is kept here: second.pdf", self.notes(kept))

    def test_the_same_file_is_kept_once(self):
        kept, other = self.agreed(b"%PDF-1.7 one"), self.agreed(b"%PDF-1.7 one", "second.pdf")
        self.merge(kept | other, kept)
        self.assertEqual(self.kept_files(kept), [])

    def test_file_without_agreement_gives_way_and_is_kept(self):
        kept = self.agreed(b"%PDF-1.7 old", False, agreement="none", agreement_on=False)
        other = self.agreed(b"%PDF-1.7 two")
        self.merge(kept | other, kept)
        self.assertEqual(kept.agreement, "paper")
        self.assertEqual(base64.b64decode(kept.agreement_file), b"%PDF-1.7 two")
        self.assertEqual(self.kept_files(kept), [("Agreement of Jan Nowak", b"%PDF-1.7 old")])

    def test_merge_keeps_signers_ids_notes_files_and_fills_gaps(self):
        kept = self.party(email="jan@mosty.example.com")
        other = self.party(phone=self.CLIENT, nip="8567346215", stamp_image=stamp_png())
        other.write(
            {"agreement": "paper", "agreement_on": "2026-01-31", "agreement_file": "JVBERg=="}
        )
        request = self.make_request()
        other.message_post(body="Met at the fair")
        self.env["ir.model.data"].create(
            {"module": "__import__", "name": "jan", "model": "esign.party", "res_id": other.id}
        )
        self.merge(kept | other, kept)
        self.assertFalse(other.exists())
        self.assertEqual(request.signer_ids[1].party_id, kept)
        self.assertEqual(self.env.ref("__import__.jan"), kept)
        self.assertEqual((kept.nip, kept.phone), ("8567346215", self.CLIENT))
        self.assertTrue(kept.has_stamp and kept.agreement_file)
        self.assertEqual(kept.agreement, "paper")
        bodies = " ".join(str(body) for body in kept.message_ids.mapped("body"))
        self.assertIn("Met at the fair", bodies)
        self.assertIn("Merged", bodies)

    def test_what_stands_is_not_overwritten(self):
        kept, other = self.party(position="Director"), self.party(position="Clerk")
        self.merge(kept | other, kept)
        self.assertEqual(kept.position, "Director")

    def test_rights_on_all_are_needed(self):
        mine, theirs = self.party(), self.party(by=self.manager)
        with self.assertRaises(AccessError):
            self.merge(mine | theirs, mine)
        self.assertTrue(theirs.exists())
        self.merge(mine | theirs, mine, by=self.manager)

    def test_sides_are_not_mixed(self):
        client, own = self.party(), self.party(side="own", by=self.manager)
        with self.assertRaisesRegex(UserError, "one side"):
            self.merge(client | own, client, by=self.manager)
        with self.assertRaisesRegex(UserError, "at least two"):
            self.merge(client, client)

    def test_form_opens_with_those_alike(self):
        first, second = self.party(phone=self.CLIENT), self.party(phone=self.CLIENT, name="Janek")
        self.make_request()
        action = first.action_open_merge()
        wizard = self.env["esign.party.merge.wizard"].with_context(**action["context"]).new({})
        self.assertEqual(wizard.party_ids._origin, first | second)
        self.assertEqual(wizard.kept_id._origin, first)
