"""A private PostgreSQL cluster: our own folder, a unix socket only, never run as root."""

import contextlib
import getpass
import os
import pwd
import shutil
import subprocess
from pathlib import Path

from dev.lib import archive, paths
from dev.lib.process import output_of, run_logged
from dev.lib.steps import remove, write_whole
from dev.lib.trouble import Trouble, progress

ROLE = "esign"
OLDEST = 13
SETTINGS = """
# throw-away cluster for development and tests
listen_addresses = ''
max_connections = 200
shared_buffers = 256MB
work_mem = 16MB
fsync = off
synchronous_commit = off
full_page_writes = off
max_wal_size = 2GB
jit = off
"""
INITDB = ["-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--auth=peer", "--no-sync"]
DROPS_RIGHTS = ("postgres", "nobody")


def ensure():
    """Return a running cluster, made or started as needed."""
    cluster = Cluster(_programs() or _install_programs())
    cluster.start()
    return cluster


def existing():
    """Return the cluster as it is, running or not."""
    return Cluster(_programs() or _no_programs())


def _programs():
    """Return the folder of PostgreSQL's newest programs, or None."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    on_path = shutil.which("initdb")
    candidates = [*installed, *([Path(on_path).parent] if on_path else [])]
    for folder in candidates:
        if (folder / "initdb").exists() and _version_of(folder) >= OLDEST:
            return folder
    return None


def _version(folder):
    return int(folder.parent.name) if folder.parent.name.isdigit() else 0


def _version_of(folder):
    words = (output_of([folder / "postgres", "--version"]) or "0").split()
    numbers = [word for word in words if word[0].isdigit()]
    return int(numbers[0].split(".")[0]) if numbers else 0


def _install_programs():
    archive.install(["postgresql"], "PostgreSQL")
    return _programs() or _no_programs()


def _no_programs():
    raise Trouble(f"no PostgreSQL {OLDEST} or newer is here, nor in the package archive.")


class Cluster:
    """One cluster: where it is, who runs it, how to reach it."""

    def __init__(self, programs):
        """Take the folder of PostgreSQL's programs."""
        self.programs = programs
        self.folder = self._choose_folder()
        self.socket = paths.socket_folder()
        self.account = self._choose_account()

    def _choose_folder(self):
        """Return `.dev/postgres`, or a place that the unprivileged account can reach."""
        reachable = os.geteuid() != 0 or all(
            parent.stat().st_mode & 0o001 for parent in paths.CLUSTER.parents if parent.exists()
        )
        return paths.CLUSTER if reachable else paths.FALLBACK

    def _choose_account(self):
        """Return who runs the cluster: its owner, or us, or an unprivileged account for root."""
        if self.folder.exists() and self.folder.stat().st_uid != 0:
            return pwd.getpwuid(self.folder.stat().st_uid).pw_name
        if os.geteuid() != 0:
            return getpass.getuser()
        for name in DROPS_RIGHTS:
            with contextlib.suppress(KeyError):
                return pwd.getpwnam(name).pw_name
        raise Trouble("PostgreSQL does not run as root, and there is no other account here.")

    def _as_account(self):
        """Return the options that run a program as the cluster's account."""
        if os.geteuid() != 0:
            return {"cwd": self.socket}
        entry = pwd.getpwnam(self.account)
        return {
            "user": entry.pw_uid,
            "group": entry.pw_gid,
            "extra_groups": [],
            "cwd": self.socket,
            "env": {**os.environ, "HOME": str(self.socket)},
        }

    def start(self):
        """Start the cluster unless it answers; make it first when there is none."""
        self._make_socket_folder()
        if self.answers():
            return
        if not (self.folder / "esign-ready").exists():
            self._make()
        with progress("starting PostgreSQL"):
            self._control("start", "-w", "-t", "60", "-o", f"-k {self.socket}")
        self._make_role()

    def stop(self):
        """Stop the cluster; its databases stay."""
        if self.answers():
            self._control("stop", "-m", "fast", "-w")

    def answers(self):
        """Tell whether the cluster takes connections of our role."""
        return self.query("SELECT 1") == "1"

    def _make_socket_folder(self):
        entry = pwd.getpwnam(self.account)
        try:
            self.socket.mkdir(mode=0o700, exist_ok=True)
            if os.geteuid() == 0:
                os.chown(self.socket, entry.pw_uid, entry.pw_gid)
        except OSError as error:
            raise Trouble(f"cannot make {self.socket}: {error.strerror}.") from error
        if self.socket.stat().st_uid != entry.pw_uid:
            raise Trouble(f"{self.socket} belongs to somebody else; set ESIGN_DEV_HOME.")

    def _make(self):
        """Make the cluster in a folder beside, then give it its name."""
        making = self.folder.with_name(f"{self.folder.name}.making")
        remove(making)
        remove(self.folder)
        making.mkdir(mode=0o700)
        if os.geteuid() == 0:
            entry = pwd.getpwnam(self.account)
            os.chown(making, entry.pw_uid, entry.pw_gid)
        with progress("making a private PostgreSQL cluster"):
            self._run("initdb", "-D", making, *INITDB, log="initdb")
        self._configure(making)
        making.rename(self.folder)

    def _configure(self, folder):
        """Let root and the cluster's account, and nobody else, connect as our two roles."""
        people = {"root", self.account, getpass.getuser()}
        mapped = [
            f"dev {person} {role}\n" for person in sorted(people) for role in ("postgres", ROLE)
        ]
        with (folder / "postgresql.conf").open("a") as settings:
            settings.write(SETTINGS)
        (folder / "pg_ident.conf").write_text("".join(mapped))
        (folder / "pg_hba.conf").write_text("local all all peer map=dev\n")
        write_whole(folder / "esign-ready", "")

    def _make_role(self):
        """Make the role that Odoo connects as; it may make databases and no more."""
        known = self.query(f"SELECT 1 FROM pg_roles WHERE rolname = '{ROLE}'", role="postgres")
        if known != "1":
            self.query(f"CREATE ROLE {ROLE} LOGIN CREATEDB", role="postgres")

    def _control(self, verb, *arguments):
        log = self.folder / "server.log"
        self._run("pg_ctl", verb, "-D", self.folder, "-l", log, *arguments, log=f"pg-{verb}")

    def _run(self, program, *arguments, log):
        run_logged(
            [self.programs / program, *arguments],
            log,
            f"PostgreSQL's {program} failed",
            **self._as_account(),
        )

    def environment(self):
        """Return the variables that make PostgreSQL's own programs find the cluster."""
        return {**os.environ, "PGHOST": str(self.socket), "PGUSER": ROLE, "PGDATABASE": "postgres"}

    def query(self, sql, database="postgres", role=ROLE):
        """Run one statement and return what it prints, stripped; None when it fails."""
        printed = output_of(
            [self.programs / "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-c", sql, database],
            env={**self.environment(), "PGUSER": role},
        )
        return None if printed is None else printed.strip()

    def program(self, name, *arguments):
        """Run one of PostgreSQL's client programs; raise Trouble when it refuses."""
        done = subprocess.run(
            [self.programs / name, *arguments],
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise Trouble(f"PostgreSQL's {name} says: {done.stderr.strip()}")
        return done.stdout
