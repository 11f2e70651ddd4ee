"""The addon as it landed before: unpacked from the history, installed in a database of its own, and its rows."""

import json
import subprocess
import tarfile
from io import BytesIO

from dev.lib import paths
from dev.lib.database import Databases
from dev.lib.steps import fingerprint

COMMIT = "cfccd50ac09f8f019b467db805f80eead2178824"
VERSION = "19.0.1.4.0"


def unpack(folder):
    """Put the addon of that time into `folder`; tell whether the history has it (a shallow clone does not)."""
    archive = subprocess.run(
        ["git", "archive", COMMIT, "esign_crm"], cwd=paths.ROOT, capture_output=True, check=False
    )
    if archive.returncode:
        return False
    with tarfile.open(fileobj=BytesIO(archive.stdout)) as files:
        files.extractall(folder, filter="data")
    return True


class FormerDatabases(Databases):
    """Databases whose addon is the former one, without demo data of its own."""

    def __init__(self, now, folder):
        """Take the databases of the checkout, and the folder that the former addon is in."""
        super().__init__(now.odoo, now.cluster)
        self.folder = folder

    def addons_path(self):
        """Return the value of `--addons-path`: the former addon's folder, Odoo's."""
        return ",".join(str(folder) for folder in (self.folder, *self.odoo.addons))

    def product(self, demo=True):
        """Return the name of the template with the former addon; make it first when it is new."""
        base = self.base(demo)
        name = f"esign_former_{fingerprint(base, COMMIT)}"
        return self._made(name, base, ["esign_crm"], demo=False)

    def _make_assets(self, name):
        """Make none: nobody opens the web client before the update."""


def rows(stack):
    """Return {table: {key: row}} of all that the addon keeps; a table of pairs has its rows as keys."""
    tables = _lines(stack, "SELECT tablename FROM pg_tables WHERE tablename LIKE 'esign%'")
    found = {table: _keyed(stack, f'SELECT * FROM "{table}"') for table in tables}
    found["res_company"] = _keyed(stack, "SELECT * FROM res_company")
    found["ir_attachment"] = _keyed(
        stack,
        "SELECT id, name, res_model, res_field, res_id, store_fname, checksum, file_size FROM ir_attachment"
        " WHERE res_model LIKE 'esign.%'",
    )
    return found


def _keyed(stack, query):
    found = [json.loads(line) for line in _lines(stack, f"SELECT to_jsonb(r) FROM ({query}) r")]
    return {row.get("id") or json.dumps(row, sort_keys=True): row for row in found}


def _lines(stack, query):
    printed = stack.query(query)
    assert printed is not None, query
    return printed.splitlines()
