"""Brings what a command needs, then runs the command in the virtual environment."""

import os
import secrets
import sys

from dev.lib import needs, odoo, paths, postgres, python_env
from dev.lib.steps import fingerprint, only_one, write_whole
from dev.lib.trouble import Trouble, ends_plainly

CONFIG = """\
[options]
addons_path = {addons}
data_dir = {data}
db_host = {socket}
db_user = {role}
http_interface = 127.0.0.1
list_db = False
admin_passwd = {password}
limit_time_cpu = 600
limit_time_real = 1200
"""


def set_up(command):
    """Bring everything that `command` needs; whatever is there already stays."""
    python_env.check_python()
    with only_one():
        _make_key()
        if command in needs.WITH_ODOO:
            installation = odoo.ensure()
        python_env.ensure(paths.VENV, "requirements.txt")
        needs.ensure_programs(command)
        if command in needs.WITH_ODOO:
            _write_config(installation, postgres.ensure())


def _make_key():
    """Make the master key once: clones of a database must be able to read their secrets."""
    if not paths.MASTER_KEY.exists():
        write_whole(paths.MASTER_KEY, f"{secrets.token_hex(32)}\n", mode=0o600)


def _write_config(installation, cluster):
    """Write the settings that every Odoo process of this checkout starts from."""
    addons = [paths.ROOT, *(path for path in installation.addons if path.is_dir())]
    paths.FILESTORE.mkdir(parents=True, exist_ok=True)
    text = CONFIG.format(
        addons=",".join(str(path) for path in addons),
        data=paths.DATA,
        socket=cluster.socket,
        role=postgres.ROLE,
        password=fingerprint("admin_passwd", paths.MASTER_KEY),
    )
    if not paths.CONFIG.exists() or paths.CONFIG.read_text() != text:
        write_whole(paths.CONFIG, text, mode=0o600)


@ends_plainly
def main(command, *arguments):
    """Set up, then become the command."""
    if command not in needs.MODULES:
        raise Trouble(f"there is no command {command}.")
    set_up(command)
    python = paths.VENV / "bin/python"
    os.execv(python, [str(python), "-m", needs.MODULES[command], *arguments])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
