"""`dev/run`: one document from a demo deal to a verified sealed PDF, then the product to look at."""

import argparse
import signal
import sys
from pathlib import Path

from dev.lib import paths, ports
from dev.lib.stack import Stack
from dev.lib.trouble import Trouble, ends_plainly, say

LIKED_PORT = 8069


def _parse(arguments):
    parser = argparse.ArgumentParser(prog="dev/run", description=__doc__)
    parser.add_argument("--exit", action="store_true", help="end after the story")
    parser.add_argument("--document", type=Path, metavar="FILE.pdf", help="sign this document")
    parser.add_argument("--out", type=Path, metavar="DIR", default=paths.ROOT / "out")
    parser.add_argument("--port", type=int, help="serve on this port")
    chosen = parser.parse_args(arguments)
    if chosen.document and not chosen.document.is_file():
        raise Trouble(f"there is no file {chosen.document}.")
    return chosen


@ends_plainly
def main(*arguments):
    """Start everything, tell the story, serve until Ctrl-C; return the story's status."""
    from dev.lib import story  # noqa: PLC0415 - the story may need what the stack brings

    chosen = _parse(arguments)
    chosen.out.mkdir(parents=True, exist_ok=True)
    port = ports.choose(chosen.port, LIKED_PORT)
    with Stack(chosen.out, port=port) as stack:
        status = story.tell(stack, chosen.document, chosen.out)
        if not chosen.exit:
            _serve(stack)
    return status


def _serve(stack):
    """Print where to look and wait for Ctrl-C."""
    say(f"\nOdoo: {stack.url}/odoo  log-ins: admin / admin, demo / demo")
    say(f"mails: {stack.mail.folder}  messages: {stack.sms.folder}  log: {stack.server.log}")
    say("Ctrl-C ends it.")
    try:
        signal.pause()
    except KeyboardInterrupt:
        say("")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
