"""`dev/verify FILE…`: examines sealed files offline and says in plain words what is wrong.

Ends with 0 only if the seal of every file is whole.
"""

import argparse
import sys
from pathlib import Path

from dev.lib import paths
from dev.lib.trouble import Trouble, ends_plainly, say

sys.path.insert(0, str(paths.ADDON))  # `tools` without Odoo, as the jail's child has it

from tools.errors import EsignError
from tools.sealing import report, verify

HEX_DIGITS = 64


def _parse(arguments):
    parser = argparse.ArgumentParser(prog="dev/verify", description=__doc__)
    parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
    parser.add_argument(
        "--fingerprint",
        type=_fingerprint,
        metavar="SHA256",
        help="the sealing key that must have been used, as certificate page and company state it",
    )
    return parser.parse_args(arguments)


def _fingerprint(text):
    """Return 64 small hexadecimal digits; blanks and colons between them are allowed."""
    digits = "".join(text.lower().replace(":", "").split())
    if len(digits) != HEX_DIGITS or set(digits) - set("0123456789abcdef"):
        raise argparse.ArgumentTypeError("a fingerprint has 64 hexadecimal digits")
    return digits


@ends_plainly
def main(*arguments):
    """Examine each file; return 1 when one is not whole."""
    chosen = _parse(arguments)
    verdicts = [_examine(path, chosen.fingerprint) for path in chosen.files]
    return 0 if all(verdict == "valid" for verdict in verdicts) else 1


def _examine(path, fingerprint):
    """Print the findings on one file and return the verdict."""
    try:
        found = verify.verify_offline_in_jail(path.read_bytes(), fingerprint)
    except OSError as error:
        raise Trouble(f"cannot read {path}: {error.strerror}.") from error
    except EsignError as error:
        raise Trouble(f"{path}: {error}") from error
    say(f"{path}: {report.headline(found)}")
    for line in [*report.sentences(found), *report.facts(found), *report.limits(found)]:
        say(f"  {line}")
    return found.verdict


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
