"""The sealing key and its certificate."""

from datetime import datetime, timezone

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from odoo.tests import BaseCase

from ..tools.errors import SealError
from ..tools.sealing import key
from ..tools.sealing.verify import verify_offline
from .sealing_samples import sealed

NOW = datetime(2026, 11, 22, 4, 5, 6)


class TestSealingKey(BaseCase):
    """What a new sealing key states of itself."""

    def setUp(self):
        super().setUp()
        self.identity = key.generate("Northwind", "Northwind Traders Ltd", NOW, 4711)
        self.certificate = x509.load_der_x509_certificate(self.identity.certificate_der)

    def test_certificate_names_company_and_serial(self):
        subject = self.certificate.subject
        self.assertEqual(subject, self.certificate.issuer)
        (name,) = subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        (organisation,) = subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
        self.assertEqual((name.value, organisation.value), ("Northwind", "Northwind Traders Ltd"))
        self.assertEqual(self.certificate.serial_number, 4711)

    def test_key_is_p256_for_signatures_only(self):
        self.assertIsInstance(self.certificate.public_key().curve, ec.SECP256R1)
        usage = self.certificate.extensions.get_extension_for_class(x509.KeyUsage)
        self.assertTrue(usage.critical)
        self.assertTrue(usage.value.digital_signature)
        self.assertTrue(usage.value.content_commitment)
        self.assertFalse(usage.value.key_cert_sign)
        basic = self.certificate.extensions.get_extension_for_class(x509.BasicConstraints)
        self.assertFalse(basic.value.ca)

    def test_validity_covers_four_years_from_now(self):
        moment = NOW.replace(tzinfo=timezone.utc)
        self.assertLess(self.certificate.not_valid_before_utc, moment)
        self.assertEqual((self.certificate.not_valid_after_utc - moment).days, 1461)

    def test_long_company_name_is_cut_to_what_a_certificate_may_hold(self):
        name = "Открытое акционерное общество " * 5
        identity = key.generate(name, name, NOW, 1)
        subject = x509.load_der_x509_certificate(identity.certificate_der).subject
        self.assertLessEqual(max(len(part.value.encode()) for part in subject), 64)
        self.assertTrue(all(part.value.startswith("Открытое") for part in subject))

    def test_missing_organisation_is_left_out(self):
        identity = key.generate("Anna Kowalska", "", NOW, 1)
        subject = x509.load_der_x509_certificate(identity.certificate_der).subject
        self.assertEqual([attribute.oid for attribute in subject], [NameOID.COMMON_NAME])

    def test_of_a_name_what_validators_can_compare_is_kept(self):
        for name, kept in (
            ("Straße & Söhne № 5", "Straße & Söhne № 5"),
            ("🏗 Bau 🏗", "Bau"),
            ("חברה 5", "חברה"),
            ("ABC Holding שלום", "ABC Holding"),
            ("א" * 31 + '"' + "א" * 5, "א" * 32),  # cut after the sign, it would end in it
            ("🏗\ufe0f Bau", "Bau"),
            ("🏗\ufe0f", "Electronic seal"),
            ("a\ufffdb\ue000", "ab"),
            ("🏗", "Electronic seal"),
            ("\ud83d", "Electronic seal"),
            ("", "Electronic seal"),
        ):
            with self.subTest(name=ascii(name)):
                identity = key.generate(name, "", NOW, 1)
                subject = x509.load_der_x509_certificate(identity.certificate_der).subject
                self.assertEqual([part.value for part in subject], [kept])
                self.assertEqual(verify_offline(sealed(identity=identity).content).verdict, "valid")

    def test_identity_does_not_show_its_key(self):
        shown = f"{self.identity!r} {self.identity}"
        self.assertIn(key.fingerprint(self.identity.certificate_der), shown)
        self.assertNotIn(repr(self.identity.private_key_der)[2:20], shown)

    def test_key_of_another_certificate_is_refused(self):
        other = key.generate("Northwind", "", NOW, 1)
        mixed = key.SealingIdentity(self.identity.certificate_der, other.private_key_der)
        for identity in (mixed, key.SealingIdentity(other.certificate_der, b"rubbish")):
            with self.assertRaises(SealError) as caught:
                key.load_private_key(identity)
            self.assertEqual(caught.exception.code, "key")
