"""Odoo's own command line with this checkout's settings: `dev/odoo -d NAME -i esign_crm …`."""

import os
import sys

from dev.lib import odoo, paths


def main(*arguments):
    """Become Odoo; a first word that is no option is one of Odoo's own commands."""
    installation = odoo.find()
    named = arguments[:1] if arguments and not arguments[0].startswith("-") else ()
    rest = arguments[len(named) :]
    command = [str(part) for part in installation.command(*named, "-c", paths.CONFIG, *rest)]
    os.execve(command[0], command, installation.environment())


if __name__ == "__main__":
    main(*sys.argv[1:])
