"""The master key: kept outside the database, used by those who keep secrets inside it."""

import os
import re
import secrets
import uuid
from pathlib import Path

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import config

from ..tools import key_file, master_key
from ..tools.errors import MasterKeyError
from .guards import not_from_typed_code

VARIABLE = "ESIGN_MASTER_KEY"
ID_PARAMETER = "esign_crm.master_key_id"
CHECK_PARAMETER = "esign_crm.master_key_check"

_WELL_FORMED_ID = re.compile(r"[0-9A-Za-z-]{8,64}")


class EsignMasterKey(models.AbstractModel):
    """Encrypts, decrypts and authenticates for the other models; private methods only.

    The key is the environment's ESIGN_MASTER_KEY, else a file of mode 0600 in the data directory. The
    database holds the file's name (an id) and a check value that tells a wrong key from the right one.
    """

    _name = "esign.master.key"
    _description = "Master key of the secrets of e-signing"

    @api.model
    @not_from_typed_code
    def _encrypt(self, purpose, plaintext, context=b""):
        """Return ``plaintext`` (bytes) encrypted for ``purpose``; ``context`` must come again to decrypt.

        :raises UserError: the key is missing or wrong
        """
        nonce = secrets.token_bytes(master_key.NONCE_BYTES)
        return self._get().encrypt(purpose, plaintext, nonce=nonce, context=context)

    @api.model
    @not_from_typed_code
    def _decrypt(self, purpose, blob, context=b""):
        """Return what :meth:`_encrypt` was given.

        :raises UserError: the key is missing or wrong, or the secret was altered
        """
        try:
            return self._get().decrypt(purpose, blob, context=context)
        except MasterKeyError as error:
            raise self._as_user_error(error) from error

    @api.model
    @not_from_typed_code
    def _mac(self, purpose, data):
        """Return the keyed hash (hex) of ``data`` (bytes) for ``purpose``.

        :raises UserError: the key is missing or wrong
        """
        return self._get().mac(purpose, data)

    @api.model
    @not_from_typed_code
    def _get(self):
        """Return the :class:`tools.master_key.MasterKey` of this database. Never makes one.

        :raises UserError: it is missing or is not the one that this database was set up with
        """
        try:
            return self._checked(self._load(self._key_id()))
        except MasterKeyError as error:
            raise self._as_user_error(error) from error

    @api.model
    def _provision(self):
        """Give this database its master key, unless it has one. Called at installation.

        Two processes at once end with the same key: the id follows from the database, and of two who make
        its file one wins and both read it.

        :raises UserError: the database knows a key that is missing now: a new one would open nothing
        """
        key_id = self._key_id() or self._database_id()
        try:
            if not self._is_known() and not os.environ.get(VARIABLE):
                key_file.create(self._path(key_id), secrets.token_hex(master_key.KEY_BYTES) + "\n")
            key = self._checked(self._load(key_id))
        except MasterKeyError as error:
            raise self._as_user_error(error) from error
        parameters_sudo = self.env["ir.config_parameter"].sudo()  # the installer may be anybody
        parameters_sudo.set_param(ID_PARAMETER, key_id)
        parameters_sudo.set_param(CHECK_PARAMETER, key.fingerprint())

    # --- where it is ---

    @api.model
    def _key_id(self):
        """Return the id of this database's key; it names a file, so it must look like one of ours."""
        key_id = self.env["ir.config_parameter"].sudo().get_param(ID_PARAMETER) or ""
        return key_id if _WELL_FORMED_ID.fullmatch(key_id) else ""

    @api.model
    def _is_known(self):
        """Tell whether this database was set up with a key before."""
        parameters_sudo = self.env["ir.config_parameter"].sudo()
        return bool(
            parameters_sudo.get_param(ID_PARAMETER) or parameters_sudo.get_param(CHECK_PARAMETER)
        )

    @api.model
    def _database_id(self):
        known = self.env["ir.config_parameter"].sudo().get_param("database.uuid") or ""
        return known if _WELL_FORMED_ID.fullmatch(known) else str(uuid.uuid4())

    @api.model
    def _path(self, key_id):
        return Path(config["data_dir"]) / "esign_crm" / f"{key_id}.key"

    @api.model
    @not_from_typed_code
    def _load(self, key_id):
        """Return the key from the environment, else from the file of ``key_id``."""
        written = os.environ.get(VARIABLE)
        if written:
            return master_key.parse(written)
        if not key_id:
            raise MasterKeyError("missing", path=str(self._path("*")))
        return master_key.parse(key_file.read(self._path(key_id)))

    @api.model
    def _checked(self, key):
        """Return ``key``, or raise when this database was set up with another one."""
        check = self.env["ir.config_parameter"].sudo().get_param(CHECK_PARAMETER)
        if check and check != key.fingerprint():
            raise MasterKeyError("other_key")
        return key

    @api.model
    def _as_user_error(self, error):
        """Return the ``UserError`` that says what to do about a ``MasterKeyError``."""
        path = error.params.get("path", "")
        sentences = {
            "malformed": self.env._(
                "The master key must be 32 bytes, written as 64 hexadecimal digits or as base64. Check ESIGN_MASTER_KEY"
                " or the key file in the data directory."
            ),
            "missing": self.env._(
                "The master key of e-signing is missing. Restore %(path)s from your backup of the server, or set"
                " ESIGN_MASTER_KEY. A new key could not open what the old one locked, so none is made.",
                path=path,
            ),
            "other_key": self.env._(
                "The server's master key is not the one that this database was set up with. Restore the right one:"
                " check ESIGN_MASTER_KEY or the key file in the data directory."
            ),
            "open_to_others": self.env._(
                "The master key %(path)s can be read by other users of the server. Set its mode to 0600.",
                path=path,
            ),
            "unreadable": self.env._(
                "The master key %(path)s cannot be read by the user who runs Odoo.", path=path
            ),
            "wrong_key": self.env._(
                "This secret cannot be opened: it was locked with another master key, or it was altered."
            ),
            "unknown_version": self.env._(
                "This secret was locked by a newer version of the addon."
            ),
        }
        return UserError(sentences.get(error.code) or str(error))
