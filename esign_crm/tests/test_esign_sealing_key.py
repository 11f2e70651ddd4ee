"""Sealing keys: made when needed, replaced on the record, readable by nobody."""

import base64
from datetime import timedelta
from unittest.mock import patch

import psycopg2

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..tools.sealing import key as sealing_key


@tagged("post_install", "-at_install")
class TestEsignSealingKey(TransactionCase):
    """One active key a company, and what becomes of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Key = cls.env["esign.sealing.key"]
        cls.company = cls.env["res.company"].create({"name": "Żółw & Sons"})
        cls.admin = new_test_user(
            cls.env,
            "esign_key_admin",
            groups="base.group_user,esign_crm.group_admin",
            company_ids=[(6, 0, [cls.env.company.id, cls.company.id])],
        )
        cls.key = cls.Key._get_for(cls.company)

    def test_every_company_has_a_key_after_installation(self):
        self.assertTrue(
            self.Key.sudo().search([("company_id", "=", self.env.ref("base.main_company").id)])
        )

    def test_key_is_made_once(self):
        self.assertEqual(self.Key._get_for(self.company), self.key)
        self.assertEqual(self.key.state, "active")
        self.assertGreater(self.key.valid_until, fields.Datetime.now() + timedelta(days=1000))

    def test_identity_opens_and_fits(self):
        identity = self.key._identity()
        self.assertEqual(sealing_key.fingerprint(identity.certificate_der), self.key.fingerprint)
        sealing_key.load_private_key(identity)

    def test_private_key_is_stored_wrapped(self):
        wrapped = base64.b64decode(self.key.private_key_wrapped)
        self.assertNotIn(self.key._identity().private_key_der, wrapped)

    def test_wrapped_key_of_another_company_does_not_open(self):
        other = self.Key._get_for(self.env.company)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE esign_sealing_key SET private_key_wrapped = "
            "(SELECT private_key_wrapped FROM esign_sealing_key WHERE id = %s) WHERE id = %s",
            (other.id, self.key.id),
        )
        self.key.invalidate_recordset()
        with self.assertRaises(UserError):
            self.key._identity()

    def test_nobody_reads_or_searches_the_private_key(self):
        key = self.key.with_user(self.admin)
        self.assertTrue(key.x509_certificate)
        with self.assertRaises(AccessError):
            key.read(["private_key_wrapped"])
        with self.assertRaises(AccessError):
            key.search([("private_key_wrapped", "!=", False)])
        self.assertNotIn("private_key_wrapped", key.read()[0])
        self.assertNotIn("private_key_wrapped", key.fields_get())
        attachments = self.env["ir.attachment"].sudo().search([("res_model", "=", self.Key._name)])
        self.assertFalse(attachments)

    def test_nobody_writes_or_deletes_a_key(self):
        for refused in (
            lambda: self.key.sudo().write({"name": "x"}),
            lambda: self.key.sudo().unlink(),
            lambda: self.key.sudo().copy(),
            lambda: self.Key.sudo().create({"name": "x"}),
        ):
            with self.assertRaises(AccessError):
                refused()

    def test_server_action_opens_no_key(self):
        action = self.env["ir.actions.server"].create(
            {
                "name": "thief",
                "state": "code",
                "model_id": self.env["ir.model"]._get_id("esign.sealing.key"),
            }
        )
        for code in (
            "record.sudo()._identity()",
            "[k._identity() for k in record.sudo()]",
            "record.sudo().filtered(lambda k: k._identity())",
            "record.sudo().filtered(env['esign.sealing.key']._identity)",
            "record.sudo().mapped(lambda k: k._identity())",
            "env['esign.master.key']._get()",
            "env['esign.master.key']._load('12345678')",
            "env['esign.master.key']._mac('code', b'1')",
            "env['esign.master.key']._decrypt('sealing_key', b64decode(record.sudo().private_key_wrapped))",
        ):
            action.code = code
            with (
                mute_logger("odoo.addons.base.models.ir_actions"),
                self.assertRaises(Exception) as caught,
            ):
                action.with_context(active_model=self.Key._name, active_id=self.key.id).run()
            self.assertRegex(
                str(caught.exception), "not for server actions|positional argument", code
            )

    def test_administrator_replaces_the_key(self):
        self.key.with_user(self.admin).with_company(self.company).action_replace()
        new = self.Key._get_for(self.company)
        self.assertNotEqual(new, self.key)
        self.assertEqual((self.key.state, new.state), ("retired", "active"))
        self.assertTrue(self.key.retired_at)
        sealing_key.load_private_key(self.key._identity())
        event = (
            self.env["esign.event"]
            .sudo()
            .search([("company", "=", self.company.id)], order="id desc", limit=1)
        )
        self.assertEqual(event.kind, "sealing_key_replaced")
        self.assertEqual(event._details()["fingerprint"], new.fingerprint)
        self.assertEqual(event._details()["replaces"], self.key.fingerprint)
        self.assertEqual(event._details()["by"], self.admin.name)

    def test_retired_key_is_not_replaced_again(self):
        key = self.key.with_user(self.admin)
        key.action_replace()
        with self.assertRaises(UserError):
            key.action_replace()

    def test_others_do_not_replace_it(self):
        manager = new_test_user(
            self.env, "esign_key_manager", groups="base.group_user,esign_crm.group_manager"
        )
        with self.assertRaises(AccessError):
            self.key.with_user(manager).action_replace()

    def test_key_that_has_run_out_is_replaced_by_itself(self):
        late = self.key.valid_until + timedelta(seconds=1)
        with patch.object(fields.Datetime, "now", return_value=late):
            new = self.Key._get_for(self.company)
        self.assertNotEqual(new, self.key)
        self.assertEqual(self.key.state, "retired")

    def test_postgresql_refuses_a_second_active_key(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.IntegrityError),
            self.env.cr.savepoint(),
        ):
            self.Key.sudo()._make(self.company, fields.Datetime.now())
            self.env.flush_all()
