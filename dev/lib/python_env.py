"""Virtual environments with locked packages; one folder for each lock, so that runs never clash."""

import os
import sys

from dev.lib import archive, paths
from dev.lib.process import run_logged
from dev.lib.steps import fingerprint, point, remove, write_whole
from dev.lib.trouble import Trouble, progress

OFFLINE = ("Failed to establish a new connection", "NameResolutionError", "Temporary failure")


def ensure(link, lock_name):
    """Make `link` name a virtual environment that holds the locked packages.

    :param link: where the environment is reached, e.g. `.dev/venv`
    :param lock_name: the lock file in `dev/`
    :return: the path of its Python
    """
    lock = paths.ROOT / "dev" / lock_name
    version = ".".join(str(part) for part in sys.version_info[:2])
    folder = paths.VENVS / f"{link.name}-{fingerprint(lock, version, sys.executable)}"
    if not (folder / "ready").is_file():
        with progress(f"installing the Python packages of dev/{lock_name}"):
            _build(folder, lock)
    point(link, folder)
    return link / "bin/python"


def _build(folder, lock):
    """Build the environment in place (it cannot be moved) and stamp it when it is whole."""
    remove(folder)
    paths.VENVS.mkdir(parents=True, exist_ok=True)
    run_logged([sys.executable, "-m", "venv", folder], "venv", "Python cannot make a venv")
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    pip = [folder / "bin/python", "-m", "pip", "--disable-pip-version-check", "--no-input"]
    run_logged(
        [*pip, "install", "--no-deps", "--no-compile", "--retries", "2", "-r", lock],
        "pip",
        "the Python packages could not be installed",
        explain=_explain,
        env=environment,
    )
    run_logged([*pip, "check"], "pip-check", f"{lock.name} does not fit together")
    write_whole(folder / "ready", "")


def _explain(text):
    if archive.looks_offline(text) or any(words in text for words in OFFLINE):
        return "no network: the Python package index cannot be reached."
    complaints = [line for line in text.splitlines() if line.startswith("ERROR: ")]
    return complaints and f"pip says: {complaints[-1].removeprefix('ERROR: ')}."


def check_python():
    """Raise Trouble unless this Python can run Odoo 19."""
    if not (3, 10) <= sys.version_info[:2] <= (3, 13):
        have = ".".join(str(part) for part in sys.version_info[:2])
        raise Trouble(f"Python {have} cannot run Odoo 19; Python 3.10 to 3.13 can.")
