"""Naming somebody else on the signing page, and what becomes of the page."""

import io

import pypdf

from odoo.tests import mute_logger, tagged

from ..tools.delegation_policy import ASKED_PER_DAY
from .delegation_common import BERTA, DelegationCommon


@tagged("post_install", "-at_install")
class TestEsignSignerDelegation(DelegationCommon):
    """The public step, and the new signer's way to the seal."""

    def sealed_text(self):
        """Return what can be read in the sealed file, its certificate pages included."""
        pages = pypdf.PdfReader(io.BytesIO(self.request._sealed_bytes())).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())

    # --- proposing ---------------------------------------------------------------------------------------------------

    def test_naming_needs_a_confirmed_code(self):
        self.assertEqual(self.name_somebody()["error"], "not_confirmed")
        self.confirmed()
        self.assertEqual(self.name_somebody(browser=self.browser())["error"], "not_confirmed")
        back = self.step(self.browser(), self.token, "delegate", take_back=True)
        self.assertEqual(back["error"], "not_confirmed")
        self.assertFalse(self.request.delegation_ids)

    def test_client_cannot_name_anybody_in_a_browser_of_our_staff(self):
        self.confirmed()
        self.authenticate(self.rep.login, self.rep.login)
        self.visitor.cookies.set("session_id", self.session.sid)
        self.assertEqual(self.name_somebody()["error"], "internal_session")

    def test_whose_authority_has_ended_can_still_name_somebody(self):
        self.client._set_system_sudo(authority_until="2020-01-01")
        self.step(self.visitor, self.token, "code", purpose="delegate")
        self.step(self.visitor, self.token, "confirm", code=self.wires.last_code(self.CLIENT))
        self.assertEqual(self.name_somebody(), {"state": "proposed"})

    def test_proposal_changes_nothing_and_the_page_says_so(self):
        self.proposed()
        page = self.page(self.visitor, self.token)
        self.assertEqual((page["situation"], page["delegation"]), ("sign", {"name": "Berta Boss"}))
        self.assertFalse(self.wires.mails_to(BERTA))
        self.assertEqual(self.sign(self.visitor, self.token)["state"], "signed")
        self.assertEqual(self.request.delegation_ids.state, "withdrawn")

    def test_replaced_proposal_stands_in_the_trail_as_taken_back(self):
        self.proposed()
        self.assertEqual(self.name_somebody(name="Berta B. Boss"), {"state": "proposed"})
        self.env.invalidate_all()
        self.assertEqual(
            self.event_kinds(self.request)[-3:],
            ["delegation_proposed", "delegation_withdrawn", "delegation_proposed"],
        )

    def test_proposal_is_taken_back(self):
        delegation = self.proposed()
        for _time in range(2):
            answer = self.step(self.visitor, self.token, "delegate", take_back=True)
            self.assertEqual(answer, {"state": "withdrawn"})
        self.assertEqual(delegation.state, "withdrawn")
        self.assertEqual(self.event_kinds(self.request).count("delegation_withdrawn"), 1)
        self.assertFalse(self.request.activity_ids)

    def test_second_proposal_takes_the_place_of_the_first(self):
        first = self.proposed()
        self.assertEqual(self.name_somebody("carla@client.example.com")["state"], "proposed")
        self.env.invalidate_all()
        self.assertEqual(first.state, "withdrawn")
        self.assertEqual(len(self.request.open_delegation_ids), 1)

    def test_few_proposals_a_day(self):
        self.confirmed()
        for number in range(ASKED_PER_DAY):
            self.assertEqual(
                self.name_somebody(f"b{number}@client.example.com")["state"], "proposed"
            )
        answer = self.name_somebody()
        self.assertEqual(answer["reason"], "too_many_people")
        self.assertAlmostEqual(answer["retry_after"], 86_400, delta=600)
        self.assertEqual(len(self.request.delegation_ids), ASKED_PER_DAY)

    # --- refusals ----------------------------------------------------------------------------------------------------

    def test_addresses_of_ours_are_refused_in_the_same_words(self):
        self.leader.partner_id.phone = "+33698765432"
        self.confirmed()
        self.company.esign_sms_country_ids = self.env.ref("base.fr")
        answers = []
        for address in (self.rep.email, self.DIRECTOR, "06 98 76 54 32", self.CLIENT, "+48601234567"):  # fmt: skip
            self.client._set_system_sudo(delegations_at=False)
            answer = self.name_somebody(address)
            self.assertEqual((answer["error"], answer["field"]), ("field_invalid", "address"))
            answers.append(answer)
        self.assertEqual(len({str(answer) for answer in answers}), 1)
        self.assertFalse(self.request.delegation_ids)

    def test_guessing_whose_addresses_are_ours_is_counted(self):
        self.confirmed()
        for _time in range(ASKED_PER_DAY):
            self.assertEqual(self.name_somebody(self.rep.email)["reason"], "address_refused")
        self.assertEqual(self.name_somebody(self.rep.email)["reason"], "too_many_people")

    def test_bad_entries_are_told_at_their_line(self):
        self.confirmed()
        for person, error, field in (
            ({"name": " "}, "field_required", "name"),
            ({"name": None}, "field_required", "name"),
            ({"name": "x" * 101}, "field_invalid", "name"),
            ({"name": "山田"}, "field_invalid", "name"),
            ({"address": ""}, "field_required", "address"),
            ({"address": {"a": 1}}, "field_required", "address"),
            ({"address": "nonsense"}, "field_invalid", "address"),
            ({"address": "a@b.example.com, c@d.example.com"}, "field_invalid", "address"),
            ({"reason": ""}, "field_required", "reason"),
        ):  # fmt: skip
            with self.subTest(person=person):
                answer = self.name_somebody(**person)
                self.assertEqual((answer["error"], answer["field"]), (error, field))
                self.assertTrue(answer["message"])
        self.assertFalse(self.request.delegation_ids)

    # --- afterwards --------------------------------------------------------------------------------------------------

    def test_former_link_opens_a_page_without_document(self):
        self.accepted()
        self.deliver()
        page = self.page(self.visitor, self.token)
        self.assertEqual(page["situation"], "delegated")
        self.assertEqual(page["request"], {"number": self.request.name})
        self.assertFalse({"pages", "sender", "signer", "signed_by"} & set(page))
        for path in ("/document", "/page/1", "/download"):
            self.assertEqual(
                self.get(self.visitor, f"/esign/s/{self.token}{path}").status_code, 404
            )
        for step in ("code", "draft", "sign", "decline", "delegate"):
            self.assertEqual(self.step(self.visitor, self.token, step)["error"], "closed")
        self.assertEqual(self.step(self.visitor, self.token, "fresh")["error"], "closed")
        self.assertIn("in your place", self.wires.texts_to(self.CLIENT)[-1])

    def test_acceptance_unlocks_and_lost_messages_of_the_former_are_not_looked_for(self):
        delegation = self.proposed()
        self.client._set_system_sudo(is_locked=True)
        self.decide(delegation)
        self.assertFalse(self.client.is_locked)
        notice = self.request.message_out_ids.filtered(
            lambda each: each.purpose == "delegated_notice"
        )
        notice._set_state("failed")
        lost = [("delivery_state", "in", ("failed", "bounced"))]
        self.assertNotIn(self.request, self.env["esign.request"].search(lost))

    def test_code_of_the_former_signer_is_void(self):
        delegation = self.proposed()
        self.decide(delegation)
        otps = self.env["esign.otp"].search([("signer_ref", "=", self.client.id)])
        self.assertTrue(all(otps.mapped("voided_at")))

    def test_new_signer_signs_and_the_certificate_tells_who_named_whom(self):
        new = self.accepted()
        self.deliver()
        self.assertIn("Claude Client has named you", self.wires.texts_to(BERTA)[0])
        self.assertEqual(
            self.page(self.browser(), self.wires.last_token(BERTA))["signer"]["in_place_of"],
            "Claude Client",
        )
        with mute_logger("odoo.http"):
            self.walk(BERTA, "Berta Boss")
        self.env.invalidate_all()
        self.assertEqual((self.request.state, new.state), ("done", "signed"))
        told = self.sealed_text()
        self.assertIn("Signs in place of", told)
        self.assertIn("Claude Client, who proposed it with a confirmed code on", told)
        self.assertIn("accepted by Rita Rep on", told)
        self.assertIn("Named by the signer who was asked first", told)
        facts = self.request._public_facts()
        self.assertEqual(len(facts["parties"]), 2)
        self.assertNotIn("C\u2026", str(self.request._fact_rows(facts)))
        self.deliver()
        told = self.request.message_out_ids.filtered(lambda each: each.purpose == "completed")
        self.assertEqual(
            set(told.filtered(lambda each: not each.user_id).signer_id.mapped("name")),
            {"Dora Director", "Berta Boss"},
        )
        self.assertEqual(self.page(self.visitor, self.token)["situation"], "delegated")

    def test_sealed_file_tells_neither_why_nor_of_whom_in_vain(self):
        vain = "vain@example.net"
        self.decide(self.proposed(address=vain, name="Vera Vain", reason="My operation"), "action_refuse")  # fmt: skip
        self.proposed(address=vain, name="Zoe Other", reason="My operation")
        self.accepted(reason="My operation")
        self.walk(BERTA, "Berta Boss")
        self.env.invalidate_all()
        told = self.sealed_text()
        self.assertIn("Another signer proposed · Claude Client (Client) · Berta Boss", told)
        for private in ("My operation", "Vera Vain", "Zoe Other", "example.net"):
            self.assertNotIn(private, told)
        self.assertIn("My operation", "".join(self.request.event_ids.mapped("details")))

    def test_withdrawal_is_told_to_who_signed_only(self):
        self.accepted()
        self.walk(BERTA, "Berta Boss")
        self.env.invalidate_all()
        self.request.action_withdraw("Wrong period")
        told = self.request.message_out_ids.filtered(
            lambda each: each.purpose == "withdrawn_notice"
        )
        self.assertEqual(set(told.signer_id.mapped("name")), {"Dora Director", "Berta Boss"})

    def test_portal_says_that_it_was_handed_over(self):
        self.accepted()
        self.assertEqual(self.client._portal_status(), "delegated")
        self.walk(BERTA, "Berta Boss")
        self.env.invalidate_all()
        self.assertEqual(self.client._portal_status(), "delegated")
        self.request.action_withdraw("Wrong period")
        self.assertEqual(self.client._portal_status(), "delegated")

    def test_the_new_signer_may_name_another_one_again(self):
        self.accepted()
        self.deliver()
        self.token, self.visitor = self.wires.last_token(BERTA), self.browser()
        self.confirm(self.visitor, self.token, BERTA)
        self.assertEqual(
            self.name_somebody("carla@client.example.com", name="Carla"), {"state": "proposed"}
        )
        self.decide(self.request.open_delegation_ids)
        self.walk("carla@client.example.com", "Carla")
        self.env.invalidate_all()
        self.assertEqual(self.request.state, "done")
        self.assertEqual(self.sealed_text().count("Signs in place of"), 2)
