"""The company's sealing key: a P-256 pair and its self-signed X.509 certificate."""

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import asn1crypto.x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from ..errors import SealError

_NAME_BYTES = 64  # RFC 5280, appendix A: ub-common-name; `cryptography` counts bytes, not letters
_NAMELESS = "Electronic seal"  # of a company whose name no certificate may hold
_CLOCK_SLACK = timedelta(hours=1)  # a server whose clock is a little behind may seal at once


@dataclass(frozen=True)
class SealingIdentity:
    """What seals: the certificate, and its private key as unencrypted PKCS#8 (never stored so)."""

    certificate_der: bytes
    private_key_der: bytes

    def __repr__(self) -> str:  # a key must not reach a log by way of a traceback
        return f"SealingIdentity({fingerprint(self.certificate_der)})"


def generate(
    common_name: str, organisation: str, now: datetime, serial: int, years: int = 4
) -> SealingIdentity:
    """Make a new sealing key, valid for `years` from `now` (naive means UTC).

    :param serial: random positive number of at most 20 bytes (RFC 5280, 4.1.2.2)
    """
    private_key = ec.generate_private_key(ec.SECP256R1())
    name = _name(common_name, organisation)
    start = _utc(now).replace(microsecond=0)
    certificate = (
        _builder(private_key.public_key())
        .subject_name(name)
        .issuer_name(name)
        .serial_number(serial)
        .not_valid_before(start - _CLOCK_SLACK)
        .not_valid_after(start + timedelta(days=round(365.25 * years)))
        .sign(private_key, hashes.SHA256())
    )
    return SealingIdentity(
        certificate.public_bytes(serialization.Encoding.DER),
        private_key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
    )


def fingerprint(certificate_der: bytes) -> str:
    """Return the certificate's SHA-256 in hexadecimal, by which a sealing key is known."""
    return hashlib.sha256(certificate_der).hexdigest()


def load_private_key(identity: SealingIdentity) -> ec.EllipticCurvePrivateKey:
    """Return the key of `identity`, checked to be the one that its certificate names.

    :raise SealError: ``key``
    """
    try:
        private_key = serialization.load_der_private_key(identity.private_key_der, password=None)
        certificate = x509.load_der_x509_certificate(identity.certificate_der)
    except (ValueError, TypeError) as error:
        raise SealError("key") from error
    if (
        not isinstance(private_key, ec.EllipticCurvePrivateKey)
        or private_key.public_key() != certificate.public_key()
    ):
        raise SealError("key")
    return private_key


def _builder(public_key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    """Return the extensions of a seal that is no authority (ETSI EN 319 412-3)."""
    builder = x509.CertificateBuilder().public_key(public_key)
    usage = dict.fromkeys(_USAGES, False) | {"digital_signature": True, "content_commitment": True}
    identifier = x509.SubjectKeyIdentifier.from_public_key(public_key)
    return (
        builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(identifier, critical=False)
    )


_USAGES = (
    "digital_signature",
    "content_commitment",  # X.509's newer name of nonRepudiation
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


def _name(common_name: str, organisation: str) -> x509.Name:
    parts = ((NameOID.ORGANIZATION_NAME, organisation), (NameOID.COMMON_NAME, common_name))
    named = [(oid, _comparable(text)) for oid, text in parts]
    known = [(oid, text) for oid, text in named if text] or [(NameOID.COMMON_NAME, _NAMELESS)]
    return x509.Name([x509.NameAttribute(oid, text) for oid, text in known])


def _comparable(text: str) -> str:
    """Return the text, cut to what a certificate may have, or of its letters so many that names with it can be compared.

    Validators find a certificate by its name and refuse one with letters unknown to Unicode 3.2 (pictures, rare
    scripts), for private use, or of both directions (RFC 5280, 7.1; RFC 4518, 2.4).
    """
    known = "".join(letter for letter in text if letter.isspace() or _can_be_compared(letter))
    leftward = "".join(letter for letter in known if letter.isspace() or _is_leftward(letter))
    rightward = "".join(letter for letter in known if not _is_leftward(letter))
    choices = (_cut(" ".join(each.split())) for each in (known, leftward, rightward))
    return max(filter(_can_be_compared, choices), key=len, default="")


def _can_be_compared(text: str) -> bool:
    """Tell whether anything is left of the text when it is prepared for that: what cannot be seen is not."""
    try:
        ((part,),) = asn1crypto.x509.Name.build({"common_name": text}).chosen
        return bool(part.prepped_value.strip())
    except ValueError:
        return False


def _is_leftward(letter: str) -> bool:
    """Tell whether it is written from right to left (Unicode's directions R and AL)."""
    return unicodedata.bidirectional(letter) in {"R", "AL"}


def _cut(text: str) -> str:
    """Return as many whole letters as a name in a certificate may have."""
    return text.encode()[:_NAME_BYTES].decode(errors="ignore").strip()


def _utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
