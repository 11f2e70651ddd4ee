"""What each command is and what it needs besides Python."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from dev.lib import archive, paths


@dataclass(frozen=True)
class Command:
    """One command: its module, whether it needs Odoo and PostgreSQL, the programs it calls."""

    module: str
    with_odoo: bool = True
    programs: tuple = ()
    venv: Path | None = paths.VENV
    lock: str = "requirements.txt"


COMMANDS = {
    "run": Command("dev.lib.commands.run", programs=("pdfsig",)),
    "test": Command("dev.lib.commands.test", programs=("chromium", "pdfsig", "pdftoppm")),
    "bench": Command("dev.lib.commands.bench", programs=("chromium", "pdftoppm")),
    "screens": Command("dev.lib.commands.screens", programs=("chromium",)),
    "messages": Command("dev.lib.commands.messages"),
    "i18n": Command("dev.lib.commands.i18n", programs=("msgfmt",)),
    "shell": Command("dev.lib.commands.shell"),
    "odoo": Command("dev.lib.commands.odoo"),
    "stop": Command("dev.lib.commands.stop", with_odoo=False, venv=None),
    "verify": Command("dev.lib.verify", with_odoo=False),
    "lint": Command(
        "dev.lib.commands.lint",
        with_odoo=False,
        programs=("git", "node", "npm"),
        venv=paths.LINT_VENV,
        lock="requirements-lint.txt",
    ),
}

PACKAGES = {  # program: the Debian package that has it, where the names differ
    "msgfmt": "gettext",
    "pdfsig": "poppler-utils",
    "pdftoppm": "poppler-utils",
    "node": "nodejs",
}


def ensure_programs(name):
    """Install the system packages of the programs that a command calls and that are missing."""
    missing = [each for each in COMMANDS[name].programs if not shutil.which(each)]
    if missing:
        packages = sorted({PACKAGES.get(each, each) for each in missing})
        archive.install(packages, f"dev/{name}")
