"""The same party entered twice: found and merged."""

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
