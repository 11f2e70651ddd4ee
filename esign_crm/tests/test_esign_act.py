"""Acts of completed works: lines, sums, number, rights."""

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .act_common import EsignActCommon


@tagged("post_install", "-at_install")
class TestEsignAct(EsignActCommon):
    """An act from the deal to the number."""

    def test_new_act_knows_its_deal(self):
        act = self.make_act()
        self.assertEqual(act.partner_id, self.partner)
        self.assertEqual(act.company_id, self.company)
        self.assertEqual(act.currency_id, self.company.currency_id)
        self.assertEqual(act.user_id, self.rep)
        self.assertEqual(act.lang, "pl_PL")
        self.assertFalse(act.number)

    def test_sums_are_exact(self):
        act = self.make_act(
            lines=[("Works", 1, 1.005, 0), ("More", 3, 33.335, 20), ("Rebate", -1, 0.01, 20)]
        )
        self.assertEqual(act.line_ids.mapped("amount"), [1.01, 100.01, -0.01])
        self.assertEqual((act.amount_untaxed, act.amount_tax), (101.0, 20.0))
        self.assertEqual(act.amount_total, 121.0)

    def test_total_stands_in_words_of_the_clients_language(self):
        self.company.currency_id = self.env.ref("base.EUR")
        act = self.make_act(lines=[("Works", 1, 1200.5, 0)])
        self.assertEqual(act.amount_words, "Tysiąc dwieście euro i 50 centów")
        act.lang = "de_DE"
        self.assertEqual(act.amount_words, "Eintausendzweihundert Euro und 50 Cent")

    def test_number_comes_with_the_first_preview_and_stays(self):
        act = self.make_act(date="2031-05-02")
        act.action_preview()
        number = act.number
        self.assertRegex(number, r"^2031/\d{4}$")
        act.action_preview()
        self.assertEqual(act.number, number)

    def test_numbers_go_by_company_and_year(self):
        first, second = self.make_act(date="2031-05-02"), self.make_act(date="2031-05-02")
        next_year = self.make_act(date="2032-01-01")
        (first | second | next_year)._take_number()
        self.assertEqual(
            (first | second | next_year).mapped("number"), ["2031/0001", "2031/0002", "2032/0001"]
        )
        other = self.env["res.company"].create({"name": "Another company"})
        sequence = other._esign_act_sequence_sudo()
        self.assertEqual(sequence.next_by_id(sequence_date=first.date), "2031/0001")

    def test_act_of_another_year_gets_another_number(self):
        act = self.make_act(date="2031-12-30")
        act._take_number()
        act.date = "2031-12-31"
        self.assertEqual(act.number, "2031/0001")
        act.date = "2032-01-02"
        self.assertFalse(act.number)
        act._take_number()
        self.assertEqual(act.number, "2032/0001")
        self.assertEqual(self._numbered("2031-12-30").number, "2031/0001", "it was given back")

    def test_act_of_another_company_gets_another_number(self):
        other = self.env["res.company"].create({"name": "Another company"})
        self.rep.company_ids |= other
        self.lead.company_id = False
        taken = self.make_act(date="2031-05-02", company_id=other.id)
        act = self.make_act(date="2031-05-02")
        (taken | act)._take_number()
        self.assertEqual(taken.number, act.number)
        act.company_id = other
        act._take_number()
        self.assertEqual(act.number, "2031/0002")

    def test_corrected_act_keeps_number_and_company(self):
        other = self.env["res.company"].create({"name": "Another company"})
        self.rep.company_ids |= other
        self.lead.company_id = False
        corrected = self._numbered("2031-12-30")._new_version()
        corrected.date = "2032-01-02"
        self.assertEqual(corrected.number, "2031/0001")
        with self.assertRaisesRegex(UserError, "stays with the company"):
            corrected.company_id = other

    def test_refused_and_deleted_acts_leave_no_gap(self):
        with self.assertRaises(UserError):
            self.make_act([("漢字", 1, 10, 0)], date="2031-05-02").action_preview()
        acts = self._numbered("2031-05-02") | self._numbered("2031-05-02")
        self.assertEqual(acts.mapped("number"), ["2031/0001", "2031/0002"])
        acts.unlink()
        first, second = self._numbered("2031-05-02"), self._numbered("2031-05-02")
        self.assertEqual(first.number, "2031/0001")
        first.unlink()
        self.assertEqual(second.number, "2031/0002")
        self.assertEqual(self._numbered("2031-05-02").number, "2031/0003")

    def test_former_sequences_go_on_where_they_were(self):
        sequence = self.company._esign_act_sequence_sudo()
        sequence.implementation = "standard"
        self._numbered("2031-05-02")
        last = self._numbered("2031-05-02").number
        self.env.invalidate_all()  # an update starts with nothing remembered
        self.env["res.company"]._close_gaps_of_esign_acts()
        self.assertEqual(sequence.implementation, "no_gap")
        following = self._numbered("2031-05-02").number
        self.assertEqual(int(following[-4:]), int(last[-4:]) + 1)

    def _numbered(self, date):
        act = self.make_act(date=date)
        act._take_number()
        return act

    def test_party_of_the_client_decides_on_language_and_name(self):
        firm = self.env["res.partner"].create(
            {"name": "Mosty", "is_company": True, "lang": "pl_PL"}
        )
        values = {"name": "Ewa Most", "partner_id": firm.id, "lang": "de_DE"}
        self.env["esign.party"].create(values | {"company_name": "Mosty Sp. z o.o."})
        act = self.make_act(partner_id=firm.id)
        self.assertEqual(act.lang, "de_DE")
        self.assertEqual(act._paper_parties()[1]["name"], "Mosty Sp. z o.o.")

    def test_file_is_named_in_the_clients_language(self):
        act = self.make_act(lang="pl_PL").with_context(lang="en_US")
        act._take_number()
        name = act.with_context(lang="pl_PL").display_name.replace("/", "-")
        self.assertNotEqual(act.display_name.replace("/", "-"), name)
        self.assertEqual(act._file_name(), f"{name}.pdf")

    def test_act_without_lines_is_not_printed(self):
        act = self.make_act(lines=[])
        with self.assertRaisesRegex(UserError, "no lines"):
            act.action_preview()
        self.assertFalse(act.number)

    def test_what_no_act_can_hold_is_refused(self):
        for line in (
            ("Works", 1, 1e30, 0),
            ("W" * 5000, 1, 1, 0),
        ):
            with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"):
                self.make_act([line])

    def test_act_below_zero_is_not_printed(self):
        act = self.make_act(lines=[("Rebate", -1, 10, 0)])
        with self.assertRaisesRegex(UserError, "less than zero"):
            act.action_preview()

    def test_nobody_writes_what_the_act_itself_writes(self):
        act = self.make_act()
        for name, value in (
            ("number", "1"), ("version", 7), ("previous_id", act.id), ("print_state", "ready"),
            ("places", {}), ("pdf", "AAAA"),
        ):  # fmt: skip
            with self.assertRaises(AccessError, msg=name):
                act.write({name: value})
            with self.assertRaises(AccessError, msg=name):
                act.create({"lead_id": self.lead.id, name: value})
        planted = act.with_context(default_number="77").create({"lead_id": self.lead.id})
        self.assertFalse(planted.number)

    def test_deal_that_the_caller_may_not_change_gets_no_act(self):
        foreign = self.lead.copy({"user_id": self.env.ref("base.user_admin").id})
        with self.assertRaises(AccessError):
            self.env["esign.act"].with_user(self.rep).create({"lead_id": foreign.id})

    def test_lines_of_a_colleague_are_out_of_reach(self):
        act = self.make_act()
        act.sudo().user_id = self.env.ref("base.user_admin")
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            act.line_ids.read(["name"])
        with self.assertRaises(AccessError):
            self.env["esign.act.line"].with_user(self.rep).create(
                {"act_id": act.id, "name": "x", "price": 1}
            )

    # --- where lines come from -------------------------------------------------------------------------------------

    def test_new_act_starts_from_the_clients_last_one(self):
        last = self.make_act(lines=[("Works", 2, 10, 20), ("More", 1, 5, 0)], basis="Contract 17")
        last._take_number()
        values = self.defaults()
        self.assertEqual(
            [
                (line[2]["name"], line[2]["quantity"], line[2]["price"])
                for line in values["line_ids"]
            ],
            [("Works", 2, 10), ("More", 1, 5)],
        )
        self.assertEqual(values["basis"], "Contract 17")
        self.assertEqual(values["origin"], last.display_name)

    def test_colleagues_act_is_not_copied(self):
        self.make_act().sudo().user_id = self.env.ref("base.user_admin")
        self.assertNotIn("line_ids", self.defaults())

    def test_deal_opens_its_unsent_act_else_a_new_one(self):
        lead = self.lead.with_user(self.rep)
        self.assertFalse(lead.action_make_esign_act()["res_id"])
        act = self.make_act()
        self.assertEqual(lead.action_make_esign_act()["res_id"], act.id)
        self.assertEqual(lead.esign_act_count, 1)

    def test_acts_follow_a_merged_deal_and_go_with_a_deleted_one(self):
        act = self.make_act()
        other = self.lead.copy()
        (other | self.lead).merge_opportunity(auto_unlink=True)
        self.assertEqual(act.lead_id, (other | self.lead).exists())
        act.sudo().lead_id.unlink()
        self.assertFalse(act.exists())
