"""`dev/messages`: writes docs/text-messages.md anew, what each text message costs in each language."""

import os
import sys

from dev.lib.commands import test


def main():
    """Run the test that compares the page, and let it write the page first."""
    os.environ["ESIGN_WRITE_TABLE"] = "1"
    return test.main("/esign_crm:TestTextLengths.test_table_in_the_guide_is_true")


if __name__ == "__main__":
    sys.exit(main())
