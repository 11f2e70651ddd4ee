"""The hash chain."""

import hashlib
from datetime import datetime, timezone

from odoo.tests import BaseCase

from ..tools import event_chain
from ..tools.errors import ChainError
from ..tools.event_chain import GENESIS, ChainRow

MOMENT = datetime(2026, 3, 1, 9, 5, 7)
SALT = "5a" * 16


def make_rows(count):
    """Return a trail of so many entries."""
    rows, previous = [], GENESIS
    for sequence in range(1, count + 1):
        details = f'{{"n":{sequence}}}'
        digest = event_chain.details_digest(SALT, details)
        head = event_chain.row_hash(previous, sequence, "sent", MOMENT, digest)
        rows.append(ChainRow(sequence, "sent", MOMENT, details, SALT, digest, previous, head))
        previous = head
    return rows


class TestEventChain(BaseCase):
    """A trail verifies as it was written and in no other way."""

    def assertBroken(self, code, sequence, rows, head=None):  # noqa: N802
        with self.assertRaises(ChainError) as caught:
            event_chain.verify(rows, head)
        self.assertEqual(
            (caught.exception.code, caught.exception.params["sequence"]), (code, sequence)
        )

    def test_row_hash_is_what_the_design_says(self):
        digest = hashlib.sha256((SALT + "{}").encode()).hexdigest()
        self.assertEqual(event_chain.details_digest(SALT, "{}"), digest)
        text = GENESIS + "1" + "sent" + "2026-03-01T09:05:07Z" + digest
        self.assertEqual(
            event_chain.row_hash(GENESIS, 1, "sent", MOMENT, digest),
            hashlib.sha256(text.encode()).hexdigest(),
        )

    def test_aware_and_naive_moments_are_the_same(self):
        aware = MOMENT.replace(tzinfo=timezone.utc)
        self.assertEqual(event_chain.moment_text(aware), event_chain.moment_text(MOMENT))

    def test_untouched_trail_verifies(self):
        rows = make_rows(3)
        self.assertEqual(event_chain.verify(rows), rows[-1].hash)
        self.assertEqual(event_chain.verify(rows, rows[-1].hash), rows[-1].hash)
        self.assertEqual(event_chain.verify([]), GENESIS)

    def test_erased_details_still_verify(self):
        rows = make_rows(3)
        rows[1] = rows[1]._replace(details=None, salt=None)
        self.assertEqual(event_chain.verify(rows), rows[2].hash)

    def test_half_erased_details_are_found(self):
        rows = make_rows(2)
        rows[1] = rows[1]._replace(salt=None)
        self.assertBroken("half_erased", 2, rows)

    def test_missing_and_moved_entries_are_found(self):
        rows = make_rows(3)
        self.assertBroken("gap", 2, [rows[0], rows[2]])
        self.assertBroken("gap", 1, rows[1:])
        self.assertBroken("gap", 1, [rows[1], rows[0], rows[2]])

    def test_cut_end_is_found_by_the_head(self):
        rows = make_rows(3)
        self.assertBroken("head_differs", 2, rows[:2], rows[2].hash)
        self.assertBroken("head_differs", 0, [], rows[2].hash)

    def test_every_altered_part_is_found(self):
        for code, change in (
            ("details_differ", {"details": '{"n":9}'}),
            ("details_differ", {"salt": "00" * 16}),
            ("details_differ", {"salt": "odd"}),
            ("details_differ", {"details_digest": "00" * 32}),
            ("hash_differs", {"kind": "signed"}),
            ("hash_differs", {"kind": "Not a kind"}),
            ("hash_differs", {"moment": datetime(2026, 3, 2)}),
            ("hash_differs", {"hash": "00" * 32}),
            ("previous_differs", {"previous": "00" * 32}),
        ):
            rows = make_rows(3)
            rows[1] = rows[1]._replace(**change)
            self.assertBroken(code, 2, rows)

    def test_erased_and_altered_entry_is_found(self):
        rows = make_rows(2)
        rows[1] = rows[1]._replace(details=None, salt=None, details_digest="00" * 32)
        self.assertBroken("hash_differs", 2, rows)

    def test_malformed_parts_are_refused(self):
        with self.assertRaises(ValueError):
            event_chain.row_hash(GENESIS, 1, "2sent", MOMENT, GENESIS)
        with self.assertRaises(ValueError):
            event_chain.details_digest("", "{}")
