"""What each command needs from the system besides Python."""

import shutil

from dev.lib import archive

MODULES = {  # command: the Python module that it becomes
    "run": "dev.lib.commands.run",
    "test": "dev.lib.commands.test",
    "lint": "dev.lib.commands.lint",
    "shell": "dev.lib.commands.shell",
    "bench": "dev.lib.commands.bench",
    "odoo": "dev.lib.commands.odoo",
    "stop": "dev.lib.commands.stop",
    "verify": "dev.lib.verify",
}
WITH_ODOO = {"run", "test", "lint", "shell", "bench", "odoo"}

PROGRAMS = {  # program: the Debian package that has it
    "chromium": "chromium",
    "pdfsig": "poppler-utils",
    "pdftoppm": "poppler-utils",
    "node": "nodejs",
    "npm": "npm",
}
WANTED = {
    "test": ("chromium", "pdfsig", "pdftoppm"),
    "bench": ("chromium", "pdftoppm"),
    "lint": ("node", "npm"),
}


def ensure_programs(command):
    """Install the system packages of the programs that `command` calls and that are missing."""
    missing = [name for name in WANTED.get(command, ()) if not shutil.which(name)]
    if missing:
        packages = sorted({PROGRAMS[name] for name in missing})
        archive.install(packages, f"dev/{command}")
