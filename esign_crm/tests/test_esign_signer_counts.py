"""How many times within a window: a signer's namings, copies and pictures."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from ..models.esign_signer_counts import DAY, HOUR
from ..tools.delegation_policy import ASKED_PER_DAY
from ..tools.mail_copy_policy import COPIES_PER_DAY
from ..tools.picture_policy import PICTURES_PER_HOUR
from .common import EsignCommon

COUNTS = (
    ("delegations_at", ASKED_PER_DAY, 5, DAY),
    ("copies_at", COPIES_PER_DAY, 3, DAY),
    ("pictures_at", PICTURES_PER_HOUR, 60, HOUR),
)


@tagged("post_install", "-at_install")
@freeze_time("2026-06-01 08:00:00")
class TestEsignSignerCounts(EsignCommon):
    """The last that is allowed, the next one, and what is forgotten."""

    def setUp(self):
        super().setUp()
        self.signer = self.make_request(send=False).signer_ids[0]

    def _count(self, name, limit, window, ages):
        """Count one more after those of the given ages in seconds; return the seconds to wait."""
        now = fields.Datetime.now()
        moments = [fields.Datetime.to_string(now - timedelta(seconds=age)) for age in ages]
        self.signer._set_system_sudo(**{name: moments})
        return self.signer._count_within_sudo(name, limit, window)

    def test_one_too_many_waits_until_the_first_has_left_the_window(self):
        for name, limit, most, window in COUNTS:
            with self.subTest(name=name):
                self.assertEqual(limit, most)
                ages = [window - 600 - each for each in range(limit)]
                self.assertEqual(self._count(name, limit, window, ages[1:]), 0)
                for order in (ages, ages[::-1]):
                    self.assertEqual(
                        self._count(name, limit, window, order), 600, "the oldest leaves in 600 s"
                    )
                self.assertEqual(
                    len(self.signer.sudo()[name]), limit, "what is refused is not counted"
                )
                aged = [age + 600 for age in ages]
                self.assertEqual(self._count(name, limit, window, aged), 0)

    def test_what_has_left_the_window_is_forgotten(self):
        for name, limit, _most, window in COUNTS:
            with self.subTest(name=name):
                self.assertEqual(self._count(name, limit, window, [window, window - 60]), 0)
                now = fields.Datetime.now()
                kept = [now - timedelta(seconds=window - 60), now]
                self.assertEqual(
                    self.signer.sudo()[name], list(map(fields.Datetime.to_string, kept))
                )
