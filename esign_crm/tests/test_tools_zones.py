"""Time zones by name."""

from odoo.tests import BaseCase

from ..tools.zones import zone


class TestToolsZones(BaseCase):
    """Known, old and wrong names."""

    def test_known_name_is_that_zone(self):
        self.assertEqual(zone("Europe/Paris").key, "Europe/Paris")

    def test_unknown_name_is_utc_and_the_log_says_so(self):
        with self.assertLogs("odoo.addons.esign_crm.tools.zones", "WARNING") as log:
            self.assertEqual(zone("Europe/Atlantis").key, "UTC")
        self.assertIn("Europe/Atlantis", log.output[0])

    def test_no_name_is_utc(self):
        with self.assertLogs("odoo.addons.esign_crm.tools.zones", "WARNING"):
            self.assertEqual(zone("").key, "UTC")
