"""Finds Odoo 19, or brings it from the Debian archive without touching the system."""

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from dev.lib import archive, paths
from dev.lib.steps import whole_folder
from dev.lib.trouble import Trouble, progress, say

PACKAGE = "odoo-19"
LINKED = (  # what the package's relative links to scripts and fonts point at
    ("libjs-jquery", "sid"),
    ("libjs-jquery-form", "sid"),
    ("libjs-underscore", "sid"),
    ("fonts-roboto-unhinted", "sid"),
    ("fonts-montserrat", "sid"),
    ("fonts-inconsolata", "sid"),
    ("fonts-ocr-b", "sid"),
    ("fonts-glyphicons-halflings", "sid"),
    ("fonts-font-awesome", "bookworm"),  # the 4.7 line: later ones have other file names
)
IN_PACKAGE = Path("usr/lib/python3/dist-packages")
NOT_FOR_ODOO = {"PYTHONDONTWRITEBYTECODE", "ODOO_RC"}


@dataclass(frozen=True)
class Odoo:
    """An Odoo installation: what to run and what to import."""

    script: Path
    libraries: Path
    addons: tuple

    def command(self, *arguments):
        """Return the command line that runs Odoo in our virtual environment."""
        return [paths.VENV / "bin/python", self.script, *arguments]

    def environment(self):
        """Return the environment variables that Odoo runs with."""
        inherited = os.environ.get("PYTHONPATH", "").split(":")
        kept = [part for part in inherited if part and Path(part) != paths.ROOT]
        ours = {key: value for key, value in os.environ.items() if key not in NOT_FOR_ODOO}
        return {
            **ours,
            "PYTHONPATH": ":".join([str(self.libraries), *kept]),
            "PATH": f"{paths.VENV / 'bin'}:{os.environ.get('PATH', '')}",
            "ESIGN_MASTER_KEY": paths.MASTER_KEY.read_text().strip(),
            "PYTHONPYCACHEPREFIX": str(paths.CACHE / "pycache"),
        }

    def fingerprint(self):
        """Return what tells one Odoo from another: its release file and its place."""
        return (self.libraries / "odoo/release.py").read_text()


def find():
    """Return Odoo from ODOO_HOME, or the one unpacked here; None when there is neither."""
    chosen = os.environ.get("ODOO_HOME")
    if chosen:
        return _at(Path(chosen).expanduser().resolve()) or _refuse(
            f"ODOO_HOME is {chosen}, and no Odoo is there"
        )
    return _at(paths.ODOO)


def ensure():
    """Return Odoo; bring it first when it is not here yet."""
    found = find()
    if found is None:
        _bring()
        found = find()
    return found


def _at(folder):
    """Return the Odoo in a source checkout or an unpacked package, if one is there."""
    if (folder / "odoo-bin").is_file():
        layout = Odoo(folder / "odoo-bin", folder, (folder / "addons", folder / "odoo/addons"))
    elif (folder / IN_PACKAGE / "odoo/release.py").is_file():
        libraries = folder / IN_PACKAGE
        layout = Odoo(folder / "usr/bin/odoo", libraries, (libraries / "odoo/addons",))
    else:
        return None
    version = re.search(r"version_info = \((\d+)", layout.fingerprint())
    if not version or version.group(1) != "19":
        _refuse(f"{folder} holds another Odoo than 19")
    return layout


def _refuse(sentence):
    raise Trouble(f"{sentence}.")


def _bring():
    """Unpack Odoo and what it links to; the archive first, the file named by ODOO_DEB next."""
    lists = archive.PrivateLists(("sid", "bookworm"))
    with progress("fetching and unpacking Odoo 19 (130 MB)"), whole_folder(paths.ODOO) as folder:
        try:
            listed = _refresh(lists)
            package = _package_file(lists, listed)
            archive.unpack(package, folder)
            _unpack_linked(lists, listed, folder)
            _mend_links(folder)
        finally:
            lists.discard()


def _refresh(lists):
    """Fetch the package lists; with a package file at hand their lack is no failure."""
    try:
        lists.refresh()
    except Trouble as trouble:
        if not os.environ.get("ODOO_DEB"):
            raise
        say(f"  {str(trouble).rstrip('.')}; taking the file named by ODOO_DEB")
        return False
    return True


def _package_file(lists, listed):
    """Return the path of Odoo's package file, downloaded or named by ODOO_DEB."""
    given = os.environ.get("ODOO_DEB")
    downloads = paths.CACHE / "packages"
    downloads.mkdir(parents=True, exist_ok=True)
    for old in downloads.glob("*.deb"):
        old.unlink()
    try:
        if listed:
            return lists.download(PACKAGE, "sid", downloads)
    except Trouble as trouble:
        if not given:
            raise
        say(f"  {str(trouble).rstrip('.')}; taking the file named by ODOO_DEB")
    if not Path(given).is_file():
        _refuse(f"ODOO_DEB is {given}, and no file is there")
    return Path(given).resolve()


def _mend_links(folder):
    """Put the system's own file, else an empty one, where a link leads nowhere.

    One dangling script is enough to break the pages of the whole product.
    """
    for link in (folder / IN_PACKAGE).rglob("*"):
        if link.is_symlink() and not link.exists():
            target = Path(os.path.normpath(link.parent / link.readlink()))
            elsewhere = Path("/") / target.relative_to(folder) if folder in target.parents else None
            link.unlink()
            if elsewhere and elsewhere.is_file():
                shutil.copyfile(elsewhere, link)
            else:
                link.touch()


def _unpack_linked(lists, listed, folder):
    """Unpack the scripts and fonts; what the archive lacks is named in one line."""
    downloads = paths.CACHE / "packages"
    lacking = []
    for package, suite in LINKED:
        try:
            file = lists.download(package, suite, downloads) if listed else None
        except archive.Missing:
            file = None
        if file:
            archive.unpack(file, folder)
            file.unlink()
        else:
            lacking.append(package)
    if lacking:
        say(f"  not to be had, so some fonts or scripts will be missing: {', '.join(lacking)}")
