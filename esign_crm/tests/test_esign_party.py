"""The party directory: what an entry takes, keeps, shows and refuses."""

import base64

from lxml import etree

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ..tools.requisites import KINDS, kinds_of
from .party_common import PartyCommon, stamp_png


@tagged("post_install", "-at_install")
class TestEsignParty(PartyCommon):
    """One form of each address and number; contacts fill what is not given."""

    def test_form_shows_the_numbers_that_the_country_knows(self):
        form = Form(self.env["esign.party"].with_user(self.user))
        for code in ("RU", "BY", "PL", "IT", "FR", "DE", "GB", ""):
            form.country_id = self.env["res.country"].search([("code", "=", code)])
            shown = [kind for kind in KINDS if not form._get_modifier(kind, "invisible")]
            self.assertEqual(tuple(shown), kinds_of(code), code)
        form.country_id = self.env.ref("base.pl")
        form.nip = "8567346215"
        form.country_id = self.env.ref("base.de")
        self.assertFalse(form._get_modifier("nip", "invisible"), "what is entered stays in sight")

    def test_mistyped_number_is_told_while_one_types(self):
        form = Form(self.env["esign.party"].with_user(self.user))
        form.name = "Jan"
        form.country_id = self.env.ref("base.pl")
        form.nip = "856-734-62-16"
        self.assertIn("Jan: “856-734-62-16” is mistyped, no NIP has", form.requisite_words)
        form.nip = "856-734-62-15"
        self.assertFalse(form.requisite_words)
        form.vat = "FR40303265045"
        self.assertFalse(form.requisite_words)

    def test_addresses_and_numbers_are_stored_in_one_form(self):
        party = self.party(
            name="  Jan \u202e Nowak ",
            email="Jan <JAN@Mosty.example.com>",
            phone="601 234 503",
            nip="856-734-62-15",
            vat="856-734-62-15",
        )
        self.assertEqual(party.name, "Jan Nowak")
        self.assertEqual(party.email, "jan@mosty.example.com")
        self.assertEqual(party.phone, "+48601234503")
        self.assertEqual((party.nip, party.vat), ("8567346215", "PL8567346215"))
        party.write({"phone": "0048 601 234 504", "email": "J@Mosty.example.com"})
        self.assertEqual((party.phone, party.email), ("+48601234504", "j@mosty.example.com"))

    def test_each_partys_own_country_reads_a_number(self):
        parties = self.party() | self.party(country_id=self.env.ref("base.fr").id)
        parties.write({"phone": "601234503"})
        self.assertEqual(parties.mapped("phone"), ["+48601234503", "+33601234503"])

    def test_wrong_values_are_refused_with_name_and_value(self):
        for values, words in (
            ({"email": "anna@"}, "Jan Nowak: “anna@” is not one e-mail"),
            ({"phone": "12"}, "Jan Nowak: “12” is not a phone number"),
            ({"nip": "8567346216"}, "Jan Nowak: “8567346216” is mistyped, no NIP"),
            ({"siret": "12"}, "Jan Nowak: “12” does not have the form of a SIRET"),
            ({"name": "x" * 201}, "too long"),
            ({"authority_kind": "attorney"}, "a power of attorney has a number"),
            ({"agreement": "paper"}, "an agreement signed on paper has a date"),
        ):
            with self.assertRaisesRegex(ValidationError, words), self.env.cr.savepoint():
                self.party(**values)

    def test_contacts_fill_what_is_not_given(self):
        party = self.party(name=False, partner_id=self.firm.id, person_id=self.person.id)
        self.assertEqual(party.name, "Anna Kowalska")
        self.assertEqual(party.company_name, "Mosty Wisła")
        self.assertEqual((party.email, party.phone), ("anna@mosty.example.com", "+48601234503"))
        self.assertEqual((party.lang, party.position), ("pl_PL", "Prezes"))
        self.assertEqual(party.nip, "8567346215")
        self.assertEqual(party.display_name, "Anna Kowalska, Mosty Wisła")

    def test_what_is_given_wins_over_the_contact(self):
        party = self.party(person_id=self.person.id, email="other@mosty.example.com", phone=False)
        self.assertEqual(party.email, "other@mosty.example.com")
        self.assertFalse(party.phone)

    def test_unusable_numbers_of_contacts_are_left_out(self):
        self.person.phone = "ask at the desk"
        self.firm.vat = "PL1"
        party = self.party(partner_id=self.firm.id, person_id=self.person.id)
        self.assertFalse(party.phone or party.nip or party.vat)

    def test_requisites_are_listed_with_labels(self):
        party = self.party(nip="8567346215", regon="192598184", lang="pl_PL")
        self.assertEqual(
            [value for _label, value in party._requisites_lines()], ["8567346215", "192598184"]
        )
        self.assertEqual(party._requisites_lines("en_US")[0], ("NIP", "8567346215"))

    # --- rights ----------------------------------------------------------------------------------------------------

    def test_user_uses_all_and_changes_his_own(self):
        theirs = self.party(by=self.manager)
        mine = self.party()
        mine.position = "Director"
        self.assertEqual(theirs.with_user(self.user).name, "Jan Nowak")
        for attempt in (lambda: theirs.with_user(self.user).write({"email": "x@y.example.com"}),
                        theirs.with_user(self.user).unlink):  # fmt: skip
            with self.assertRaises(AccessError):
                attempt()

    def test_own_side_is_the_managers(self):
        with self.assertRaises(AccessError):
            self.party(side="own")
        with self.assertRaises(AccessError):
            self.party().side = "own"
        self.assertTrue(self.party(side="own", by=self.manager))

    def test_used_party_is_archived_not_deleted(self):
        party = self.party(email="claude@client.example.com")
        request = self.make_request(send=False, signers=self.signers(email=party.email))
        self.assertEqual(request.signer_ids[1].party_id, party)
        with self.assertRaisesRegex(UserError, "archive"):
            party.unlink()
        self.party().unlink()

    # --- stamp -----------------------------------------------------------------------------------------------------

    def test_stamp_is_redrawn_and_kept_where_no_group_reads(self):
        party = self.party(stamp_image=stamp_png())
        self.assertTrue(party.has_stamp)
        self.assertTrue(party._stamp_sudo().startswith(b"\x89PNG"))
        self.assertNotEqual(base64.b64encode(party._stamp_sudo()), stamp_png())
        with self.assertRaises(AccessError):
            party.with_user(self.manager).read(["stamp"])
        with self.assertRaises(AccessError):
            party.with_user(self.env.ref("base.user_admin")).read(["stamp"])
        stored = self.env["ir.attachment"].search(
            [
                ("res_model", "=", "esign.party"),
                ("res_id", "=", party.id),
                ("res_field", "!=", False),
            ]
        )
        self.assertFalse(stored)

    def test_stamp_is_shown_to_whoever_may_replace_it(self):
        party = self.party(stamp_image=stamp_png(), by=self.manager)
        self.assertTrue(party.with_user(self.manager).stamp_image)
        self.assertFalse(party.with_user(self.user).stamp_image)
        self.assertTrue(party.with_user(self.user).has_stamp)

    def test_private_person_has_no_stamp(self):
        with self.assertRaisesRegex(ValidationError, "private person"):
            self.party(is_private_person=True, stamp_image=stamp_png())
        party = self.party(stamp_image=stamp_png())
        party.is_private_person = True
        self.assertEqual((party._stamp_sudo(), party.authority_kind), (b"", "self"))
        party.is_private_person = False
        self.assertFalse(party.has_stamp)

    def test_rubbish_is_no_stamp(self):
        for content in (b"GIF89a not an image", b"<svg onload='alert(1)'/>"):
            with self.assertRaisesRegex(ValidationError, "The stamp of Jan Nowak"):
                self.party(stamp_image=base64.b64encode(content))

    # --- agreement -------------------------------------------------------------------------------------------------

    def test_agreement_is_demanded_in_russia_and_belarus(self):
        self.assertEqual(self.party()._agreement_problem(), "")
        for country in ("base.ru", "base.by"):
            party = self.party(country_id=self.env.ref(country).id)
            self.assertEqual(party._agreement_problem(), "agreement_missing")
            self.assertIn("demands", party.agreement_words)
            party.write({"agreement": "paper", "agreement_on": "2026-01-31"})
            self.assertEqual(party._agreement_problem(), "")

    def test_companys_setting_decides_for_other_countries(self):
        party = self.party()
        self.company.esign_agreement_policy = "demand"
        self.assertEqual(party._agreement_problem(), "agreement_missing")
        self.company.esign_agreement_warn_country_ids = self.env.ref("base.pl")
        self.assertEqual(party._agreement_problem(), "agreement_advised")

    def test_party_without_country_is_judged_by_the_companys(self):
        self.company.country_id = self.env.ref("base.by")
        self.assertEqual(self.party(country_id=False)._agreement_problem(), "agreement_missing")

    def test_own_side_needs_no_agreement(self):
        ours = self.party(side="own", by=self.manager, country_id=self.env.ref("base.ru").id)
        self.assertEqual(ours._agreement_problem(), "")


@tagged("post_install", "-at_install")
class TestEsignPartyAsSigner(PartyCommon):
    """From the directory into a request, and back to the history."""

    def test_party_gives_all_that_a_signer_needs(self):
        party = self.party(
            email="jan@mosty.example.com",
            position="Prezes",
            company_name="Mosty Wisła",
            lang="pl_PL",
            authority_kind="attorney",
            authority_number="7/26",
        )
        client = party._signer_values()
        request = self.make_request(send=False, signers=[self.signers()[0], client])
        signer = request.signer_ids.filtered(lambda each: each.side == "client")
        self.assertEqual(signer.party_id, party)
        self.assertEqual(
            (signer.name, signer.position, signer.lang), ("Jan Nowak", "Prezes", "pl_PL")
        )
        self.assertIn("7/26", signer.authority)

    def test_signer_finds_the_party_of_his_address(self):
        first = self.party(phone=self.CLIENT)
        self.party(email="jan@mosty.example.com")
        request = self.make_request()
        self.assertEqual(request.signer_ids[1].party_id, first)
        self.assertNotEqual(request.signer_ids[0].party_id.side, "client")

    def test_own_side_is_not_taken_for_the_client(self):
        self.party(side="own", phone=self.CLIENT, by=self.manager)
        self.assertFalse(self.make_request(send=False).signer_ids[1].party_id)

    def test_drafts_signer_follows_his_new_address(self):
        first, second = self.party(phone=self.CLIENT), self.party(phone="+33612345679")
        signer = self.make_request(send=False).signer_ids[1]
        self.assertEqual(signer.party_id, first)
        signer.phone = "+33612345679"
        self.assertEqual(signer.party_id, second)

    def test_party_of_another_company_or_side_is_refused(self):
        other = self.env["res.company"].create({"name": "Other company"})
        foreign = self.env["esign.party"].create({"name": "Foreign", "company_id": other.id})
        ours = self.party(side="own", by=self.manager)
        for party in (foreign, ours):
            with self.assertRaisesRegex(UserError, "another company or side"):
                self.make_request(send=False, signers=self.signers(party_id=party.id))

    def test_firm_alone_names_its_only_party(self):
        find = self.env["esign.party"]._find_for
        only = self.party(partner_id=self.firm.id)
        self.assertEqual(find(self.firm), only)
        self.assertFalse(find(self.firm, email="somebody@mosty.example.com"))
        self.party(partner_id=self.firm.id, name="Ewa")
        self.assertFalse(find(self.firm))
        self.assertFalse(find())

    def test_shared_address_goes_to_the_one_of_the_contact(self):
        self.party(email="office@mosty.example.com")
        hers = self.party(email="office@mosty.example.com", person_id=self.person.id)
        found = self.env["esign.party"]._find_for(self.person, email="office@mosty.example.com")
        self.assertEqual(found, hers)

    def test_history_and_figures_count_what_the_reader_sees(self):
        party = self.party(phone=self.CLIENT)
        request = self.make_request()
        signer = request.signer_ids[1]
        signer._set_system_sudo(invited_at="2026-01-31 09:00:00", signed_at="2026-01-31 12:00:00")
        self.env.invalidate_all()
        figures = party.with_user(self.rep)
        self.assertEqual((figures.request_count, figures.median_hours), (1, 3.0))
        self.assertEqual(party.with_user(self.user).request_count, 0)
        found = self.env["esign.request"].search(
            party.with_user(self.rep).action_open_requests()["domain"]
        )
        self.assertEqual(found, request)

    def test_who_may_not_change_an_entry_is_told_who_may(self):
        mine = self.party()
        own = self.party(by=self.manager, side="own")
        other = self.party(by=self.manager)
        other.with_user(self.manager).user_id = self.manager
        seen = (mine | own | other).with_user(self.user)
        self.assertEqual(seen.mapped("is_editable"), [True, False, False])
        self.assertFalse(mine.with_user(self.user).keeper_words)
        self.assertIn("managers of e-signature only", own.with_user(self.user).keeper_words)
        self.assertIn(self.manager.name, other.with_user(self.user).keeper_words)
        self.assertEqual((own | other).with_user(self.manager).mapped("is_editable"), [True, True])

    def test_form_closes_each_field_to_who_may_not_change_it(self):
        arch = self.env["esign.party"].get_view(view_type="form")["arch"]
        fields = self.env["esign.party"]._fields
        open_to_all = [
            node.get("name")
            for node in etree.fromstring(arch).xpath("//sheet//field[not(ancestor::field)]")
            if not fields[node.get("name")].readonly
            and node.get("invisible") not in ("1", "True")
            and node.get("readonly") != "not is_editable"
        ]
        self.assertEqual(open_to_all, [])
