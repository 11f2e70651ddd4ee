"""Keys, sealed files and a timestamp authority in memory, and what forgers do to sealed files."""

import hashlib
import os
from datetime import datetime, timedelta, timezone
from functools import cache
from io import BytesIO

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from ..tools.sealing import key
from ..tools.sealing.seal import SealedPdf, seal
from ..tools.sealing.verify import SealRecord
from .pdf_samples import plain_pdf

NOW = datetime(2026, 11, 22, 4, 5, 6)
REASON = "ES00012 https://sign.example.com/esign/verify/K7QJ2M4X9TBDZW3RPL6AUY5C2Q"
COMPANY = ("Northwind", "Northwind Traders Ltd")


@cache
def identity(name: str = "ours") -> key.SealingIdentity:
    """Return a sealing key; each `name` has its own, all state the same company."""
    return key.generate(*COMPANY, NOW, 1 + int.from_bytes(name.encode(), "big"))


def sealed(frozen: bytes | None = None, **more) -> SealedPdf:
    """Return a sealed document, one page of text unless `frozen` is given; `more` goes to `seal`."""
    values = {
        "marks": (),
        "certificate_pages": b"",
        "identity": identity(),
        "now": NOW,
        "reason": REASON,
        "location": "Berlin",
        "random_bytes": os.urandom,
        **more,
    }
    return seal(frozen or plain_pdf(), **values)


def record(of: SealedPdf, frozen: bytes | None = None, *, is_withdrawn: bool = False) -> SealRecord:
    """Return what the registry would hold of a file sealed with our key."""
    frozen = frozen or plain_pdf()
    return SealRecord(
        sha256=of.sha256,
        frozen_sha256=hashlib.sha256(frozen).hexdigest(),
        frozen_size=len(frozen),
        fingerprint=key.fingerprint(identity().certificate_der),
        is_withdrawn=is_withdrawn,
    )


@cache
def authority() -> DummyTimeStamper:
    """Return a timestamp authority of our own (pyHanko's needs an RSA key)."""
    private_key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test time")])
    start = NOW.replace(tzinfo=timezone.utc)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .serial_number(5)
        .public_key(private_key.public_key())
        .not_valid_before(start - timedelta(days=1))
        .not_valid_after(start + timedelta(days=900))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(private_key, hashes.SHA256())
    )
    packed = private_key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return DummyTimeStamper(
        asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
        keys.PrivateKeyInfo.load(packed),
        fixed_dt=start,
    )


def timestamper(request: bytes) -> bytes:
    """Answer a timestamp request as an authority does."""
    return authority().request_tsa_response(tsp.TimeStampReq.load(request)).dump()


def flipped(pdf: bytes, place: int, bit: int = 0) -> bytes:
    """Return the file with one bit changed."""
    changed = bytearray(pdf)
    changed[place] ^= 1 << bit
    return bytes(changed)


def with_overlay(pdf: bytes) -> bytes:
    """Return the file with other content on page 1, as one more revision."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=False)
    page = writer.root["/Pages"]["/Kids"][0]
    drawing = generic.StreamObject(stream_data=b"1 g 0 0 595 842 re f")
    page["/Contents"] = writer.add_object(drawing)
    writer.mark_update(writer.root["/Pages"]["/Kids"].raw_get(0).reference)
    return _written(writer)


def without_form(pdf: bytes) -> bytes:
    """Return the file without its signature field, as one more revision."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=False)
    del writer.root["/AcroForm"]
    writer.update_root()
    return _written(writer)


def with_title(pdf: bytes) -> bytes:
    """Return the file with another title in its information dictionary."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=False)
    title = generic.DictionaryObject({generic.pdf_name("/Title"): generic.pdf_string("Paid")})
    writer.set_info(writer.add_object(title))
    return _written(writer)


def _written(writer: IncrementalPdfFileWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
