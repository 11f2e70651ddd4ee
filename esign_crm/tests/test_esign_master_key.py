"""Where the master key comes from, and what happens when it does not."""

import os
import secrets
import tempfile
from pathlib import Path
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.service.model import get_public_method
from odoo.tests import TransactionCase, tagged
from odoo.tools import config

from ..models.esign_master_key import CHECK_PARAMETER, ID_PARAMETER, VARIABLE


@tagged("post_install", "-at_install")
class TestEsignMasterKey(TransactionCase):
    """Made once, read from the environment or a private file, never made anew."""

    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name) / "esign_crm"
        self.startPatcher(patch.dict(config.options, {"data_dir": folder.name}))
        self.startPatcher(patch.dict(os.environ))
        os.environ.pop(VARIABLE, None)
        self.parameters = self.env["ir.config_parameter"].sudo()
        self.parameters.search([("key", "in", [ID_PARAMETER, CHECK_PARAMETER])]).unlink()
        self.MasterKey = self.env["esign.master.key"]

    def test_installation_makes_a_private_file(self):
        self.MasterKey._provision()
        path = self.folder / f"{self.parameters.get_param(ID_PARAMETER)}.key"
        self.assertEqual(path.stat().st_mode & 0o777, 0o600)
        self.assertEqual(self.folder.stat().st_mode & 0o777, 0o700)
        self.assertEqual(len(path.read_text().strip()), 64)
        self.assertEqual(list(self.folder.iterdir()), [path])

    def test_secret_comes_back_for_its_context_only(self):
        self.MasterKey._provision()
        blob = self.MasterKey._encrypt("message", b"hello", b"7")
        self.assertNotEqual(blob, self.MasterKey._encrypt("message", b"hello", b"7"))
        self.assertEqual(self.MasterKey._decrypt("message", blob, b"7"), b"hello")
        with self.assertRaises(UserError):
            self.MasterKey._decrypt("message", blob, b"8")

    def test_second_installation_keeps_the_key(self):
        self.MasterKey._provision()
        before = self.MasterKey._get().fingerprint()
        self.MasterKey._provision()
        self.assertEqual(self.MasterKey._get().fingerprint(), before)

    def test_installation_that_was_rolled_back_finds_its_file(self):
        self.MasterKey._provision()
        before = self.MasterKey._get().fingerprint()
        self.parameters.search([("key", "in", [ID_PARAMETER, CHECK_PARAMETER])]).unlink()
        self.MasterKey._provision()
        self.assertEqual(self.MasterKey._get().fingerprint(), before)

    def test_environment_comes_first(self):
        os.environ[VARIABLE] = secrets.token_hex(32)
        self.MasterKey._provision()
        self.assertFalse(self.folder.exists())
        self.MasterKey._get()

    def test_malformed_environment_is_refused_in_words(self):
        os.environ[VARIABLE] = "swordfish"
        with self.assertRaisesRegex(UserError, "32 bytes") as caught:
            self.MasterKey._provision()
        self.assertNotIn("swordfish", str(caught.exception))

    def test_missing_file_of_a_known_key_is_never_made_anew(self):
        self.MasterKey._provision()
        path = next(self.folder.iterdir())
        path.unlink()
        for call in (self.MasterKey._get, self.MasterKey._provision):
            with self.assertRaisesRegex(UserError, f"Restore {path}"):
                call()
        self.assertFalse(path.exists())

    def test_unknown_key_is_not_made_by_using_it(self):
        with self.assertRaises(UserError):
            self.MasterKey._mac("code", b"1")
        self.assertFalse(self.folder.exists())

    def test_other_key_than_at_installation_is_refused(self):
        self.MasterKey._provision()
        os.environ[VARIABLE] = secrets.token_hex(32)
        with self.assertRaisesRegex(UserError, "not the one"):
            self.MasterKey._get()
        with self.assertRaisesRegex(UserError, "not the one"):
            self.MasterKey._provision()

    def test_file_that_moved_to_the_environment_is_the_same_key(self):
        self.MasterKey._provision()
        os.environ[VARIABLE] = next(self.folder.iterdir()).read_text()
        self.MasterKey._get()

    def test_file_open_to_others_is_refused(self):
        self.MasterKey._provision()
        next(self.folder.iterdir()).chmod(0o644)
        with self.assertRaisesRegex(UserError, "0600"):
            self.MasterKey._get()

    def test_id_that_leaves_the_folder_is_ignored(self):
        self.parameters.set_param(ID_PARAMETER, "../../etc/passwd")
        with self.assertRaises(UserError):
            self.MasterKey._get()

    def test_no_method_is_reachable_by_rpc(self):
        for name in ("_get", "_encrypt", "_decrypt", "_mac", "_provision"):
            with self.assertRaises(AccessError):
                get_public_method(self.MasterKey, name)
