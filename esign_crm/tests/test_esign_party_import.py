"""A thousand parties from a file with errors: good rows come in, bad rows are named."""

from odoo.tests import tagged

from .party_common import PartyCommon

COLUMNS = ["id", "name", "company_name", "country_id", "email", "phone", "nip", "lang", "channel"]
HEADS = ",".join(COLUMNS)
BAD = {  # row → what is wrong there, and what its message has to say
    7: ({"phone": "12"}, "“12” is not a phone number"),
    133: ({"email": "no mail"}, "“no mail” is not one e-mail address"),
    134: ({"nip": "8567346216"}, "“8567346216” is mistyped"),
    500: ({"name": ""}, "needs the name"),
    611: ({"country_id": "XX"}, "XX"),
    777: ({"lang": "Klingon"}, "Klingon"),
    778: ({"channel": "pigeon"}, "pigeon"),
    999: ({"phone": "abc"}, "“abc” is not a phone number"),
}


@tagged("post_install", "-at_install")
class TestEsignPartyImport(PartyCommon):
    """By Odoo's own import, as somebody without CRM rights."""

    def rows(self, count=1000):
        """Return ``count`` rows, those of ``BAD`` spoiled."""
        rows = []
        for number in range(count):
            values = {
                "id": f"party_{number}", "name": f"Person {number}", "company_name": f"Firm {number}",
                "country_id": "PL", "email": f"p{number}@firm.example.com", "phone": f"601 23{number:04}",
                "nip": "", "lang": "Polski", "channel": "SMS",
            }  # fmt: skip
            values |= BAD.get(number, ({}, ""))[0]
            rows.append([values[name] for name in COLUMNS])
        return rows

    def load(self, columns, rows):
        """Load rows as the user."""
        parties = self.env["esign.party"].with_user(self.user)
        return parties.with_context(import_file=True).load(columns, rows)

    def imported(self):
        """Return what the user entered."""
        return self.env["esign.party"].search([("create_uid", "=", self.user.id)])

    def test_thousand_rows_with_errors(self):
        csv = "\n".join([HEADS, *(",".join(row) for row in self.rows())])
        wizard = self.env["base_import.import"].with_user(self.user).create(
            {"res_model": "esign.party", "file": csv.encode(), "file_type": "text/csv", "file_name": "p.csv"}
        )  # fmt: skip
        options = {"quoting": '"', "separator": ",", "has_headers": True, "limit": 2000}
        result = wizard.execute_import(COLUMNS, COLUMNS, options)
        self.assertEqual(len(result["ids"]), 1000 - len(BAD))
        self.assertEqual(len(self.imported()), 1000 - len(BAD))
        messages = {each["record"]: each["message"] for each in result["messages"] if each["type"] == "error"}  # fmt: skip
        self.assertEqual(set(messages), set(BAD))
        for number, (_values, words) in BAD.items():
            self.assertIn(words, messages[number], number)
        self.assertIn("992 parties were taken, 8 rows were not", result["messages"][0]["message"])
        first = self.env.ref("__import__.party_0")
        self.assertEqual((first.phone, first.lang, first.channel), ("+48601230000", "pl_PL", "sms"))
        self.assertEqual(first.country_id, self.env.ref("base.pl"))

    def test_trial_leaves_nothing_behind(self):
        csv = "\n".join([HEADS, *(",".join(row) for row in self.rows(10))])
        wizard = self.env["base_import.import"].with_user(self.user).create(
            {"res_model": "esign.party", "file": csv.encode(), "file_type": "text/csv", "file_name": "p.csv"}
        )  # fmt: skip
        options = {"quoting": '"', "separator": ",", "has_headers": True}
        result = wizard.execute_import(COLUMNS, COLUMNS, options, dryrun=True)
        self.assertEqual([each["record"] for each in result["messages"]], [False, 7])
        self.assertFalse(self.imported())

    def test_corrected_file_changes_known_rows_and_adds_the_rest(self):
        self.load(COLUMNS, self.rows(10))
        rows = self.rows(10)
        rows[7][COLUMNS.index("phone")] = "601 239 999"
        rows[3][COLUMNS.index("name")] = "Another name"
        result = self.load(COLUMNS, rows)
        self.assertFalse(result["messages"])
        self.assertEqual(len(self.imported()), 10)
        self.assertEqual(self.env.ref("__import__.party_3").name, "Another name")

    def test_same_rows_without_ids_are_not_entered_twice(self):
        columns, rows = COLUMNS[1:], [row[1:] for row in self.rows(10)]
        self.assertEqual(len(self.load(columns, rows)["ids"]), 9)
        again = self.load(columns, rows)
        self.assertFalse(again["ids"])
        self.assertIn("is already in the directory", again["messages"][1]["message"])
        self.assertEqual(len(self.imported()), 9)

    def test_row_cannot_take_what_its_reader_may_not(self):
        theirs = self.party(by=self.manager)
        result = self.load([".id", "name"], [[str(theirs.id), "Mine now"], [False, "New"]])
        self.assertEqual(len(result["ids"]), 1)
        self.assertEqual(theirs.name, "Jan Nowak")
        self.assertFalse(self.load(["name", "side"], [["Boss", "own"]])["ids"])

    def test_export_can_be_imported_again(self):
        self.load(COLUMNS, self.rows(5))
        parties = self.imported()
        columns = ["id", "name", "email", "phone", "country_id", "lang", "agreement"]
        data = parties.export_data(columns)["datas"]
        result = self.load(columns, [[str(value or "") for value in row] for row in data])
        self.assertEqual(sorted(result["ids"]), sorted(parties.ids))
