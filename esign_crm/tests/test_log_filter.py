"""Links stay out of the logs."""

import io
import logging

from odoo.tests import BaseCase

from .. import log_filter

TOKEN = "Tok-" + "A" * 39
PATH = f"/esign/s/{TOKEN}/page/1"


class TestLogFilter(BaseCase):
    """A handler with the filter, as the root logger's handlers have it."""

    def setUp(self):
        """Log into a string."""
        super().setUp()
        self.stream = io.StringIO()
        self.logger = logging.Logger("test")  # noqa: LOG001 - apart from the tree
        handler = logging.StreamHandler(self.stream)
        handler.addFilter(log_filter.LinkFilter())
        self.logger.addHandler(handler)

    def test_message_arguments_and_traceback_are_masked(self):
        self.logger.info("GET %s HTTP/1.1", PATH)
        self.logger.info(f"GET {PATH}")  # noqa: G004
        try:
            int(PATH)
        except ValueError:
            self.logger.exception("oops %s", PATH)
        written = self.stream.getvalue()
        self.assertNotIn(TOKEN, written)
        self.assertEqual(written.count("/esign/s/***"), 4)

    def test_other_records_keep_their_arguments(self):
        record = logging.makeLogRecord({"msg": "%s of %s", "args": (1, 2)})
        self.assertTrue(log_filter.LinkFilter().filter(record))
        self.assertEqual(record.args, (1, 2))

    def test_broken_record_is_not_lost(self):
        record = logging.makeLogRecord({"msg": "%d", "args": ("x",)})
        self.assertTrue(log_filter.LinkFilter().filter(record))

    def test_every_root_handler_is_covered_once(self):
        log_filter.install()
        log_filter.install()
        for handler in logging.getLogger().handlers:
            kinds = [type(each).__name__ for each in handler.filters]
            self.assertEqual(kinds.count("LinkFilter"), 1, handler)
