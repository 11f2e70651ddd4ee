"""`dev/test`: Odoo's tests with and without demo data, then the checks on real servers.

    dev/test                       everything; a short third pass of Odoo's tests has Sales installed too
    dev/test /esign_crm:TestSend   Odoo's tests with these tags only (Odoo's own syntax)
    dev/test live -k kill          tests_live only; what follows goes to pytest

What makes all it looks at and takes long is run in one of the two passes only, so that both end together: tools and delegation in the
one without demo data (`WITHOUT_DEMO`), pages of strangers and printed acts in the one with it (`WITH_DEMO`).
`--extra-addons DIR` installs DIR's addons too and runs their tests.
"""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from dev.lib import live_tests, odoo_tests, paths
from dev.lib.database import addons_in
from dev.lib.odoo_tests import Outcome
from dev.lib.stack import databases
from dev.lib.trouble import Trouble, ends_plainly, say

WITHOUT_DEMO = (
    "test_tools_*.py",
    "test_flow_corpus.py",
    "test_esign_delegation.py",
    "test_esign_signer_delegation.py",
)
WITH_DEMO = (
    "test_portal_*.py",
    "test_esign_act_paper.py",
    "test_esign_act_printing.py",
    "test_esign_act_sealed.py",
    "test_esign_request_agreement.py",
    "test_esign_signer_mail_copy.py",
    "test_esign_signer_next.py",
)
BESIDE = paths.ROOT / "dev/beside"  # addons that install others beside ours, with the tests of both
BESIDE_TOO = ("/esign_crm:TestFlowDealToSeal", "/esign_crm:TestEsignActSend")


@ends_plainly
def main(*arguments):
    """Run what was asked for; the closing line sums it up."""
    extra, rest = _parse(list(arguments))
    if rest[:1] == ["live"]:
        outcome = live_tests.run(rest[1:], extra)
    elif rest:
        outcome = _odoo(databases(extra), ",".join(rest), demo=True)
    else:
        outcome = _everything(extra)
    say(str(outcome))
    return 1 if outcome.failed or not outcome.passed else 0


def _parse(arguments):
    """Return the folder of further addons, or None, and the rest."""
    if {"-h", "--help"} & set(arguments[:1]):
        say(__doc__)
        raise SystemExit(0)
    if arguments[:1] != ["--extra-addons"]:
        return None, arguments
    folder = Path(arguments[1]).resolve() if len(arguments) > 1 else None
    if not folder or not addons_in(folder):
        raise Trouble("--extra-addons wants a folder with addons in it.")
    return folder, arguments[2:]


def _everything(extra):
    """Run all passes, those of Odoo two at a time (the short one before a long one: none runs alone), each although another failed."""
    known = databases(extra)
    tags = ",".join(f"/{module}" for module in known.modules())
    beside = ",".join([*(f"/{module}" for module in addons_in(BESIDE)), *BESIDE_TOO])
    with ThreadPoolExecutor(2) as pool:
        passes = [
            pool.submit(_odoo, known, f"{tags},{_without(WITHOUT_DEMO)}", demo=True),
            pool.submit(_odoo, databases(BESIDE), beside, demo=False, label="beside other modules"),
            pool.submit(_odoo, known, f"{tags},{_without(WITH_DEMO)}", demo=False),
        ]
        outcome = sum((each.result() for each in passes), Outcome())
    return outcome + live_tests.run(extra=extra)


def _without(patterns):
    """Return the tags that leave out the files of our tests that are run in the other pass only."""
    files = {file for pattern in patterns for file in (paths.ADDON / "tests").glob(pattern)}
    return ",".join(f"-/esign_crm/tests/{file.name}" for file in sorted(files))


def _odoo(known, tags, *, demo, label=None):
    """Run Odoo's tests on a database of their own."""
    label = label or ("with demo data" if demo else "without demo data")
    name = f"esign_test_{label.split()[0]}_{os.getpid()}"
    known.clone(known.product(demo), name)
    try:
        return odoo_tests.run(known, name, tags=tags, label=label.replace(" ", "-"))
    finally:
        known.drop(name)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
