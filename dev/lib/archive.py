"""Debian packages from the archive this machine is configured with: installed, or only unpacked.

Unpacking needs no rights: private lists of the suites we need, `apt-get download`, `dpkg -x`.
"""

import itertools
import os
import shutil

from dev.lib import paths
from dev.lib.process import output_of, run_logged
from dev.lib.steps import remove, write_whole
from dev.lib.trouble import Trouble, progress

OFFLINE = (
    "Could not resolve",
    "Could not connect",
    "Temporary failure",
    "Unable to connect",
    "Network is unreachable",
    "connection timed out",
)

NO_NETWORK = "no network: the package archive cannot be reached."


def looks_offline(text):
    """Tell whether a package client's output means that there is no network."""
    return any(words in text for words in OFFLINE)


class Missing(Trouble):
    """The archive answered, and does not hold what we asked for."""


class PrivateLists:
    """Package lists of some suites in a folder of our own; the system's stay untouched."""

    def __init__(self, suites):
        """Name the suites that packages will be asked from; only the first is indispensable."""
        self.suites = suites
        self.folder = paths.CACHE / "apt"

    def refresh(self):
        """Fetch the lists; raise Missing when no configured archive has the first suite."""
        problem = None
        for suites, address in itertools.product((self.suites, self.suites[:1]), _archives()):
            self._write_sources(address, suites)
            try:
                self._apt("update", "refreshing the package lists failed", "update")
            except Missing as error:
                problem = error
            else:
                return
        raise problem or Missing("this machine has no Debian archive configured.")

    def download(self, package, suite, folder):
        """Put one package's file into `folder` and return its path."""
        before = set(folder.glob("*.deb"))
        wanted = f"{package}/{suite}"
        self._apt("download", f"the package {wanted} could not be fetched", wanted, cwd=folder)
        return (set(folder.glob("*.deb")) - before).pop()

    def discard(self):
        """Remove the lists, which are large and soon old."""
        remove(self.folder)

    def _write_sources(self, address, suites):
        for part in ("lists/partial", "archives/partial"):
            (self.folder / part).mkdir(parents=True, exist_ok=True)
        lines = [f"deb {address} {suite} main\n" for suite in suites]
        write_whole(self.folder / "sources.list", "".join(lines))

    def _apt(self, verb, sentence, *arguments, **options):
        settings = {
            "Dir::Etc::SourceList": self.folder / "sources.list",
            "Dir::Etc::SourceParts": "/dev/null",
            "Dir::State::Lists": self.folder / "lists",
            "Dir::Cache": self.folder,
            "Dir::Cache::Archives": self.folder / "archives",
            "Acquire::Languages": "none",
            "Acquire::Retries": "2",
            "APT::Update::Error-Mode": "any",
            "APT::Sandbox::User": "root",
        }
        flags = [word for key, value in settings.items() for word in ("-o", f"{key}={value}")]
        rest = [] if verb == "update" else arguments
        command = ["apt-get", *flags, "-q", verb, *rest]
        return run_logged(command, f"apt-{verb}", sentence, explain=_explain(sentence), **options)


def _explain(sentence):
    def explain(text):
        if looks_offline(text):
            return NO_NETWORK
        raise Missing(f"{sentence}: the archive does not have it.")

    return explain


def _archives():
    """Return the addresses of the configured archives, the main one first."""
    listed = output_of(["apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE)"]) or ""
    rows = [line.split() for line in listed.splitlines()]
    plain = [row[0] for row in rows if len(row) == 2 and "security" not in row[1]]
    return list(dict.fromkeys(plain))


def unpack(package_file, folder):
    """Unpack one package file into `folder`."""
    run_logged(
        ["dpkg", "-x", package_file, folder],
        "dpkg",
        f"the package file {package_file} is damaged",
    )


def install(packages, purpose):
    """Install system packages as root; else say what to ask an administrator for."""
    names = " ".join(packages)
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Trouble(
            f"{purpose} needs the Debian packages {names}; ask an administrator to install them."
        )
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    sentence = f"the packages {names} could not be installed"
    with progress(f"installing {names}"):
        for verb in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
            run_logged(
                ["apt-get", "-q", *verb],
                f"apt-system-{verb[0]}",
                sentence,
                explain=_explain_install,
                env=environment,
            )


def _explain_install(text):
    """Tell a lack of network, of which `apt-get update` only warns, from other failures."""
    update = paths.LOGS / "apt-system-update.log"
    if looks_offline(text + update.read_text(errors="replace")):
        return NO_NETWORK
    return None
