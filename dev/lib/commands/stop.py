"""`dev/stop`: ends what this checkout left running, its PostgreSQL and servers of killed runs."""

import sys

from dev.lib import postgres, server
from dev.lib.trouble import ends_plainly


@ends_plainly
def main():
    """Stop; databases and everything else stay."""
    server.sweep()
    postgres.existing().stop()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
