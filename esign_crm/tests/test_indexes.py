"""Every query of a cron or of the board goes by an index, as PostgreSQL itself says of full tables."""

import re
from contextlib import contextmanager
from unittest.mock import patch

from lxml import etree

from odoo.sql_db import Cursor
from odoo.tests import TransactionCase, tagged

from . import board_rows
from .rows import insert_row
from .view_specification import specification

HISTORY, STILL_OPEN = 20_000, 200
# What grows with the number of requests; a table that only administrators fill may be read as a whole.
GROWING = {
    "esign_request", "esign_signer", "esign_message", "esign_event", "esign_field", "esign_link", "esign_otp",
    "esign_document", "esign_rule_run", "esign_webhook_call", "esign_webhook_attempt", "esign_contact_change",
    "esign_check", "esign_act", "esign_act_line", "esign_approval", "esign_paper", "esign_delegation",
}  # fmt: skip
SMALL = {
    "esign_stage", "esign_rule", "esign_sealing_key", "esign_endpoint", "esign_master_key",
    "esign_party",  # grows with the clients, not with what they sign
    "esign_template", "esign_template_role", "esign_crm_value", "esign_document_kind",
    "esign_act_printing",  # a row goes as soon as it is printed
}  # fmt: skip
COPIED = {  # tables that the board does not fill → what has to differ from row to row
    "esign.link": {"token_hash": "md5(n::text)", "signer_id": "signer"},
    "esign.otp": {"signer_ref": "signer"},
    "esign.rule.run": {"occasion": "n::text", "request_id": "request", "state": "'done'"},
    "esign.webhook.call": {"delivery": "n::text", "request_id": "request", "state": "'delivered'"},
    "esign.event": {"request_id": "request", "sequence": "n"},
    "esign.document": {"request_id": "request"},
    "esign.field": {"request_id": "request", "signer_id": "signer"},
    "esign.contact.change": {"request_id": "request", "signer_id": "signer", "state": "'approved'"},
    "esign.delegation": {"request_id": "request", "signer_id": "signer", "state": "'accepted'"},
    "esign.approval": {"request_id": "request", "state": "'approved'"},
    "esign.webhook.attempt": {},
    "esign.check": {},
    "esign.act": {"print_state": "'ready'"},
    "esign.act.line": {},
    "esign.paper": {"sha256": "md5(n::text)"},
}
SCAN = re.compile(r"Seq Scan on (esign_\w+)")


@tagged("post_install", "-at_install")
class TestIndexes(TransactionCase):
    """A board with a long history, and whatever hangs on its requests."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.lead"].create({"name": "A deal", "type": "opportunity"})
        cls.env.flush_all()
        for statement in board_rows.script(HISTORY, STILL_OPEN):
            cls.env.cr.execute(statement)
        cls.env.cr.execute("SELECT min(id), max(id) FROM esign_request WHERE name LIKE 'BB%'")
        cls.first, cls.last = cls.env.cr.fetchone()
        cls.env.cr.execute("SELECT min(id) FROM esign_signer WHERE request_id = %s", [cls.first])
        cls.first_signer = cls.env.cr.fetchone()[0]
        for model, values in COPIED.items():
            cls._copy(model, values)
        for table in sorted(GROWING):  # other tests leave figures of other rows behind
            cls.env.cr.execute(f"ANALYZE {table}")
        cls.env.cr.execute(
            "SET LOCAL random_page_cost = 1.1"
        )  # as on any disk without a moving head
        cls.env.invalidate_all()

    @classmethod
    def _copy(cls, model, values):
        """Fill the table of ``model`` by copies of one row."""
        row = insert_row(
            cls.env, model, {"esign.request": cls.first, "esign.signer": cls.first_signer}
        )
        table = row._table
        cls.env.cr.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND column_name <> 'id'",
            [table],
        )
        columns = [name for (name,) in cls.env.cr.fetchall()]
        places = {"request": f"{cls.first} + n", "signer": f"{cls.first_signer} + n"}
        chosen = {name: places.get(value, value) for name, value in values.items()}
        selected = ", ".join(chosen.get(name, f'"{name}"') for name in columns)
        names = ", ".join(f'"{name}"' for name in columns)
        cls.env.cr.execute(
            f"INSERT INTO {table} ({names}) SELECT {selected} FROM {table}, generate_series(1, {HISTORY}) n"
            f" WHERE id = {row.id} AND EXISTS (SELECT FROM esign_signer WHERE id = {cls.first_signer} + n)"
        )

    # --- reading plans -----------------------------------------------------------------------------------------------

    @contextmanager
    def explained(self, what):
        """Fail when a query within reads a growing table from end to end."""
        queries, execute = {}, Cursor.execute

        def noting(cursor, query, params=None, *args, **kwargs):
            result = execute(cursor, query, params, *args, **kwargs)
            text = cursor._obj.query.decode()
            if re.match(r"\s*(SELECT|UPDATE|DELETE|WITH)\b", text) and "esign_" in text:
                queries[text] = None
            return result

        self.env.flush_all()
        with patch.object(Cursor, "execute", noting):
            yield
        self.assertTrue(queries, f"{what} asks nothing")
        for query in queries:
            self.env.cr.execute(f"EXPLAIN {query}")
            plan = "\n".join(line for (line,) in self.env.cr.fetchall())
            scanned = set(SCAN.findall(plan)) & GROWING
            self.assertFalse(scanned, f"{what} reads {scanned} from end to end:\n{query}\n{plan}")

    def test_every_table_is_known(self):
        tables = {
            model._table for name, model in self.env.registry.items()
            if name.startswith("esign.") and not model._abstract and not model._transient
        }  # fmt: skip
        self.assertEqual(
            tables - SMALL, GROWING, "a new model: does its table grow with the requests?"
        )

    def test_every_cron_goes_by_an_index(self):
        crons = self.env["ir.cron"].with_context(active_test=False).search([])
        ours = crons.filtered(
            lambda cron: (cron.get_external_id()[cron.id] or "").startswith("esign_crm.")
        )
        self.assertGreaterEqual(len(ours), 4)
        self.enterContext(self.enter_registry_test_mode())  # they work in transactions of their own
        for cron in ours:
            with self.explained(cron.name):
                cron.ir_actions_server_id.run()

    def test_board_and_list_go_by_an_index(self):
        recent = ["|", ("closed_on", "=", False), ("closed_on", ">=", "today -30d")]
        rep = self.env["res.users"].search(
            [("all_group_ids", "in", self.env.ref("esign_crm.group_user").ids)], limit=1
        )
        for user in self.env.ref("base.user_admin"), rep:
            requests = self.env["esign.request"].with_user(user)
            for kind in ("kanban", "list"):
                wanted = self._wanted(requests, kind)
                with self.explained(f"{kind} of {user.name}"):
                    requests.web_search_read(recent, wanted, limit=80)
            with self.explained(f"board of {user.name}"):
                requests.web_read_group(
                    recent, ["stage_id"], [], auto_unfold=True, unfold_read_default_limit=40,
                    unfold_read_specification=self._wanted(requests, "kanban"),
                )  # fmt: skip

    def test_links_and_codes_are_found_by_an_index(self):
        with self.explained("a link"):
            self.env["esign.link"]._find_sudo("A" * 43)
        with self.explained("a verification code"):
            self.env["esign.request"]._find_by_code_sudo("B" * 26)
        with self.explained("the portal"):
            user = self.env.ref("base.user_admin")
            self.env["esign.request"].sudo().search(
                self.env["esign.signer"]._portal_requests_domain(user), limit=20
            )

    # --- counting ----------------------------------------------------------------------------------------------------

    def test_queries_of_the_board_do_not_grow_with_the_cards(self):
        requests = self.env["esign.request"].with_user(self.env.ref("base.user_admin"))
        wanted = self._wanted(requests, "kanban")
        counts = []
        for limit in (5, 40):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            requests.web_search_read([("state", "=", "sent")], wanted, limit=limit)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2, "a query for each card")

    def _wanted(self, requests, kind):
        return specification(
            requests.env,
            requests._name,
            etree.fromstring(requests.get_view(view_type=kind)["arch"]),
        )
