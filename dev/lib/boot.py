"""Brings what a command needs, then runs the command in the virtual environment."""

import os
import secrets
import sys

from dev.lib import needs, odoo, paths, postgres, python_env
from dev.lib.steps import fingerprint, only_one, write_whole
from dev.lib.trouble import ends_plainly

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


def set_up(name):
    """Bring everything that a command needs; whatever is there already stays."""
    command = needs.COMMANDS[name]
    python_env.check_python()
    with only_one():
        _make_key()
        needs.ensure_programs(name)
        installation = odoo.ensure() if command.with_odoo else None
        if command.venv:
            python_env.ensure(command.venv, command.lock)
        if installation:
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
def main(name, *arguments):
    """Set up, then become the command."""
    set_up(name)
    command = needs.COMMANDS[name]
    python = str(command.venv / "bin/python") if command.venv else sys.executable
    os.execv(python, [python, "-m", command.module, *arguments])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
