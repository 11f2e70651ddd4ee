"""Template databases made once, and clones of them in seconds.

Two layers: a base with the modules we depend on (made once for each Odoo), and on top of it the
product (made again when the addon's files change). Nobody connects to either; all work on clones.
"""

import os
import re
import secrets
import shutil
import tempfile
import uuid
from pathlib import Path

from dev.lib import paths
from dev.lib.process import run_logged
from dev.lib.steps import fingerprint, only_one, remove
from dev.lib.trouble import Trouble, progress

DEPENDS = ("crm", "portal", "sms", "phone_validation", "mail")
BESIDE = ("base_automation",)  # works beside these: the database with demo data has them
STRIPPED = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"
FILL_GAP = f"""
    INSERT INTO ir_attachment (name, type, url, mimetype, public, db_datas, create_uid, write_uid,
                               create_date, write_date)
    VALUES ('{STRIPPED}', 'binary', '{STRIPPED}', 'application/javascript', true, '', 1, 1,
            now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC')"""
"""The packaged Odoo lacks this script, and pages say so in the browser: let it be an empty one."""
TOLERATED = ("selfie_segmentation",)  # the same script: Odoo says that it lacks it
DROP_TRIES = 4
IGNORED = ("__pycache__", "node_modules")


def addons_in(folder):
    """Return the names of the addons in a folder."""
    return sorted(manifest.parent.name for manifest in folder.glob("*/__manifest__.py"))


def errors_in(log):
    """Return the entries of Odoo's log that are errors, but for what the packaged Odoo lacks."""
    entries = [
        line for line in log.splitlines() if re.search(r"^\S+ \S+ \d+ (ERROR|CRITICAL) ", line)
    ]
    return [line for line in entries if not any(word in line for word in TOLERATED)]


def _files_of(addon):
    """Return an addon's files, without what tools leave behind and without its tests."""
    found = [path for path in addon.rglob("*") if path.is_file()]
    left_out = {*IGNORED, "tests"}
    return sorted(path for path in found if not left_out & set(path.relative_to(addon).parts))


class Databases:
    """Makes and removes databases of one cluster with their filestores."""

    def __init__(self, odoo, cluster, extra=None):
        """Take an Odoo, a cluster and perhaps a folder of further addons."""
        self.odoo = odoo
        self.cluster = cluster
        self.extra = extra

    def modules(self):
        """Return our addon and the further ones."""
        return ["esign_crm", *(addons_in(self.extra) if self.extra else [])]

    def addons_path(self):
        """Return the value of `--addons-path`: ours, the further ones', Odoo's."""
        folders = [paths.ROOT, *([self.extra] if self.extra else []), *self.odoo.addons]
        return ",".join(str(folder) for folder in folders if folder.is_dir())

    def base(self, demo=True):
        """Return the name of the template without our addon; make it first when it is new."""
        wanted = (*DEPENDS, *BESIDE) if demo else DEPENDS
        kind = "demo" if demo else "bare"
        print_of = fingerprint(self.odoo.fingerprint(), ",".join(wanted), FILL_GAP)
        return self._made(f"esign_base_{kind}_{print_of}", None, wanted, demo)

    def product(self, demo=True):
        """Return the name of the template with our addon; make it first when our files are new."""
        base = self.base(demo)
        addons = [paths.ROOT / "esign_crm"]
        addons += [self.extra / name for name in self.modules()[1:]]
        files = [path for addon in addons for path in _files_of(addon)]
        files.append(paths.ROOT / "dev/requirements.txt")
        names = [str(path) for path in files]
        kind = ("demo" if demo else "bare") + ("_extra" if self.extra else "")
        name = f"esign_product_{kind}_{fingerprint(base, *names, *files)}"
        return self._made(name, base, self.modules(), demo)

    def _made(self, name, source, modules, demo):
        """Make a template under another name and rename it when it is whole."""
        with only_one("databases"):
            self._sweep()
        kind = name.rsplit("_", 1)[0]
        with only_one(f"databases-{kind}"):
            if not self.exists(name):
                self._drop_older(name)
                making = f"{name}_making"
                self.drop(making)
                with progress(f"making the template database {name}"):
                    self._install(making, source, modules, demo)
                self._rename(making, name)
        return name

    def _sweep(self):
        """Drop the clones of runs that were killed before they could do it."""
        for name in self.names():
            owner = re.search(r"^esign_(?:run|test_[a-z]+)_(\d+)", name)
            if owner and not Path(f"/proc/{owner[1]}").exists():
                self.drop(name)

    def _drop_older(self, name):
        """Drop templates of the same kind that an older state of the files left behind."""
        kind = name.rsplit("_", 1)[0]
        for other in self.names():
            if re.fullmatch(rf"{kind}_[0-9a-f]{{12}}(_making)?", other):
                self.drop(other)

    def _install(self, name, source, modules, demo):
        if source:
            self._copy(source, name)
        flags = ["--with-demo"] if demo else []
        said = self.run_odoo(name, "-i", ",".join(modules), *flags)
        if source:
            if faults := errors_in(said):
                raise Trouble(f"installing {', '.join(modules)} logged an error: {faults[0]}")
            self._make_assets(name)
        if not source and not any((each / STRIPPED).exists() for each in self.odoo.addons):
            self._sql(FILL_GAP, name)

    def _make_assets(self, name):
        """Make scripts and styles once, not at the first page of each clone."""
        with tempfile.TemporaryFile() as script:
            script.write(b"env['ir.qweb']._pregenerate_assets_bundles(); env.cr.commit()")
            script.seek(0)
            run_logged(
                self.odoo.command("shell", "-c", paths.CONFIG, "-d", name, "--no-http",
                                  f"--addons-path={self.addons_path()}"),
                f"odoo-{name}-assets",
                "Odoo could not make its scripts and styles",
                env=self.odoo.environment(),
                stdin=script,
            )  # fmt: skip

    def _rename(self, making, name):
        """Give filestore and database their final name; the database's name is the stamp."""
        store = paths.FILESTORE / making
        remove(paths.FILESTORE / name)
        if store.exists():
            store.rename(paths.FILESTORE / name)
        self._sql(f'ALTER DATABASE "{making}" RENAME TO "{name}"')

    def run_odoo(self, name, *arguments):
        """Run Odoo on one database until it has loaded; return its log, which is in a file too."""
        command = self.odoo.command("-c", paths.CONFIG, f"--addons-path={self.addons_path()}")
        return run_logged(
            [*command, "-d", name, "--stop-after-init", "--no-http", *arguments],
            f"odoo-{name}",
            "Odoo could not load the modules",
            explain=_explain,
            env=self.odoo.environment(),
        )

    def clone(self, template, name):
        """Make `name` a copy of a template with an identity of its own; return the name."""
        self.drop(name)
        self._copy(template, name)
        for key, value in (("uuid", uuid.uuid4()), ("secret", secrets.token_hex(24))):
            self._sql(
                f"UPDATE ir_config_parameter SET value = '{value}' WHERE key = 'database.{key}'",
                name,
            )
        return name

    def _copy(self, source, name):
        """Copy a database, and its filestore by hard links: its files never change."""
        self.cluster.program("createdb", "-T", source, name)
        store = paths.FILESTORE / source
        if store.is_dir():
            remove(paths.FILESTORE / name)
            shutil.copytree(store, paths.FILESTORE / name, copy_function=os.link)

    def names(self):
        """Return the names of all databases of the cluster."""
        listed = self.cluster.query("SELECT datname FROM pg_database WHERE NOT datistemplate")
        return (listed or "").splitlines()

    def exists(self, name):
        """Tell whether there is such a database."""
        return name in self.names()

    def drop(self, name):
        """Drop a database, whoever is connected, and its filestore."""
        for tries_left in range(DROP_TRIES, 0, -1):
            if not self.exists(name):
                break
            self._end_connections(name)
            try:
                self.cluster.program("dropdb", name)
            except Trouble:  # somebody came back in between
                if tries_left == 1:
                    raise
        remove(paths.FILESTORE / name)

    def _end_connections(self, name):
        """End our own connections; dropdb's --force stumbles over autovacuum, which plain dropdb ends by itself."""
        self._sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            f" WHERE datname = '{name}' AND usename = current_user AND pid <> pg_backend_pid()"
        )

    def _sql(self, statement, name="postgres"):
        if self.cluster.query(statement, name) is None:
            raise Trouble(f"PostgreSQL refused: {statement}")


def _explain(text):
    """Return Odoo's own last complaint, if it has one."""
    lines = [line for line in text.splitlines() if " CRITICAL " in line or " ERROR " in line]
    blame = re.findall(r"^\w[\w.]*(?:Error|Exception|Warning)\b.*", text, re.MULTILINE)
    words = (blame or lines or [None])[-1]
    return words and f"Odoo could not load the modules: {words} (details in {paths.LOGS})."
