"""The file behind the master key."""

import tempfile
import threading
from pathlib import Path

from odoo.tests import BaseCase

from ..tools import key_file
from ..tools.errors import MasterKeyError


class TestKeyFile(BaseCase):
    """Made once, complete, private."""

    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "sub" / "x.key"

    def test_of_many_at_once_one_wins_and_all_read_it(self):
        start = threading.Barrier(8)
        won, read = [], []

        def work(number):
            start.wait()
            won.append(key_file.create(self.path, f"secret {number}"))
            read.append(key_file.read(self.path))

        threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sorted(won), [False] * 7 + [True])
        self.assertEqual(len(set(read)), 1)
        self.assertEqual(list(self.path.parent.iterdir()), [self.path])

    def test_missing_file_says_which(self):
        with self.assertRaises(MasterKeyError) as caught:
            key_file.read(self.path)
        self.assertEqual(caught.exception.code, "missing")
        self.assertIn(str(self.path), str(caught.exception))
