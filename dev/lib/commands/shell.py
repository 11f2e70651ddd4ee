"""`dev/shell`: an Odoo shell on the demo database; `--fresh` makes the database anew."""

import argparse
import os
import sys

from dev.lib import paths, stack
from dev.lib.trouble import ends_plainly


@ends_plainly
def main(*arguments):
    """Become the shell."""
    parser = argparse.ArgumentParser(prog="dev/shell", description=__doc__)
    parser.add_argument("--fresh", action="store_true", help="make the demo database anew")
    chosen = parser.parse_args(arguments)
    databases, name = stack.standing_demo(fresh=chosen.fresh)
    command = databases.odoo.command("shell", "-c", paths.CONFIG, "-d", name, "--no-http")
    words = [str(part) for part in command]
    os.execve(words[0], words, databases.odoo.environment())


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
