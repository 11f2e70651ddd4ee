"""The CMS signature inside a seal: CAdES-detached as PAdES asks for it (ETSI EN 319 142-1, 6.3).

Built here rather than by pyHanko's signer, which needs an asyncio loop and the machine's clock:
a seal is made in threads, in greenlets and beside other loops. There is one way to write a seal,
so that a reader can demand exactly that.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from . import der, key
from .der import OBJECT, OCTETS, SEQUENCE, SET, build

Stamp = Callable[[bytes], bytes]
"""Takes the signature's bytes, returns a timestamp token over them."""


def _oid(hexadecimal: str) -> bytes:
    return build(OBJECT, bytes.fromhex(hexadecimal))


# RFC 5652: 5.1, 4, 11.1, 11.2; RFC 5035: 3; RFC 6211: 2; RFC 3161: appendix A; RFC 5754: 2.2, 3.3
_SIGNED_DATA = _oid("2a864886f70d010702")
_DATA = _oid("2a864886f70d010701")
_CONTENT_TYPE = _oid("2a864886f70d010903")
_MESSAGE_DIGEST = _oid("2a864886f70d010904")
_SIGNING_CERTIFICATE_V2 = _oid("2a864886f70d010910022f")
_ALGORITHM_PROTECTION = _oid("2a864886f70d010934")
_TIMESTAMP_TOKEN = _oid("2a864886f70d010910020e")
_SHA256 = build(SEQUENCE, _oid("608648016503040201"))
_ECDSA_SHA256 = build(SEQUENCE, _oid("2a8648ce3d040302"))
_VERSION = der.integer(1)
_EXPLICIT_0, _IMPLICIT_0, _IMPLICIT_1, _DIRECTORY_NAME = 0xA0, 0xA0, 0xA1, 0xA4


def sign(document_digest: bytes, identity: key.SealingIdentity, stamp: Stamp | None) -> bytes:
    """Return the DER of a CMS signature over a SHA-256 `document_digest`.

    :raise SealError: ``key``
    """
    private_key = key.load_private_key(identity)
    attributes = _signed_attributes(document_digest, identity.certificate_der)
    # RFC 5652, 5.4: signed as SET OF, stored under an implicit tag
    signature = private_key.sign(attributes, ec.ECDSA(hashes.SHA256()))
    token = stamp(signature) if stamp else None
    return _assembled(identity.certificate_der, attributes, signature, token)


def room(identity: key.SealingIdentity) -> int:
    """Return how many bytes `sign` needs at most without a stamp.

    That is the certificate, its issuer and serial number twice, and some 330. A certificate that its own key signed
    holds the issuer twice and some 300 bytes more.
    """
    return 2 * len(identity.certificate_der) + 256


def _signed_attributes(document_digest: bytes, certificate_der: bytes) -> bytes:
    """Return what is signed; PAdES forbids a signing time here, it is in the dictionary's /M."""
    protection = build(SEQUENCE, _SHA256, der.retagged(_ECDSA_SHA256, _IMPLICIT_1))
    return der.set_of(
        _attribute(_CONTENT_TYPE, _DATA),
        _attribute(_MESSAGE_DIGEST, build(OCTETS, document_digest)),
        _attribute(_SIGNING_CERTIFICATE_V2, _signing_certificate(certificate_der)),
        _attribute(_ALGORITHM_PROTECTION, protection),
    )


def _attribute(kind: bytes, value: bytes) -> bytes:
    return build(SEQUENCE, kind, build(SET, value))


def _signing_certificate(certificate_der: bytes) -> bytes:
    """Bind the certificate, so that none can be put in its place (ETSI EN 319 122-1, 5.2.2.3)."""
    issuer, serial = _issuer_and_serial(certificate_der)
    names = build(SEQUENCE, build(_DIRECTORY_NAME, issuer))
    digest = build(OCTETS, hashlib.sha256(certificate_der).digest())  # SHA-256 is the default
    return build(SEQUENCE, build(SEQUENCE, build(SEQUENCE, digest, build(SEQUENCE, names, serial))))


def _issuer_and_serial(certificate_der: bytes) -> tuple[bytes, bytes]:
    """Return both as the certificate writes them (RFC 5280, 4.1)."""
    (certificate,) = der.read(certificate_der)
    to_be_signed = der.inside(certificate)[0]
    _version, serial, _algorithm, issuer, *_rest = der.inside(to_be_signed)
    return issuer.whole, serial.whole


def _assembled(
    certificate_der: bytes, attributes: bytes, signature: bytes, token: bytes | None
) -> bytes:
    """Return the whole signature from its parts."""
    unsigned = _attribute(_TIMESTAMP_TOKEN, token) if token else b""
    signer = build(
        SEQUENCE,
        _VERSION,
        build(SEQUENCE, *_issuer_and_serial(certificate_der)),
        _SHA256,
        der.retagged(attributes, _IMPLICIT_0),
        _ECDSA_SHA256,
        build(OCTETS, signature),
        build(_IMPLICIT_1, unsigned) if unsigned else b"",
    )
    signed_data = build(
        SEQUENCE,
        _VERSION,
        build(SET, _SHA256),
        build(SEQUENCE, _DATA),
        build(_IMPLICIT_0, certificate_der),
        build(SET, signer),
    )
    return build(SEQUENCE, _SIGNED_DATA, build(_EXPLICIT_0, signed_data))


@dataclass(frozen=True)
class Opened:
    """A CMS signature that is sound in itself: who made it and which document digest it signs.

    :ivar token: the timestamp token in it, not yet checked
    """

    certificate_der: bytes
    document_digest: bytes
    token: bytes | None


def open_checked(signature_der: bytes) -> Opened:
    """Read a signature made by `sign` and check all of it but the document and the timestamp.

    Most of a CMS is covered by no signature (versions, lists of algorithms, the frame of the
    unsigned attributes): built anew from its parts, it must come out the same.

    :raise ValueError: it is damaged or not of our making
    """
    (info,) = der.read(signature_der)
    (signed_data,) = der.inside(der.inside(info, 2)[1], 1)
    *_head, certificates, signers = der.inside(signed_data, 5)
    (certificate,) = der.inside(certificates, 1)
    (signer,) = der.inside(signers, 1)
    _version, _sid, _digest, attributes, _algorithm, signature, *unsigned = der.inside(signer)
    token = _token(unsigned[0]) if unsigned else None
    signed = der.retagged(attributes.whole, SET)
    opened = Opened(certificate.whole, _signed_digest(signed, certificate.whole), token)
    if _assembled(certificate.whole, signed, signature.content, token) != signature_der:
        raise ValueError("not built as a seal is")
    _check_signature(certificate.whole, signed, signature.content)
    return opened


def _token(unsigned: der.Element) -> bytes:
    (attribute,) = der.inside(unsigned, 1)
    _kind, values = der.inside(attribute, 2)
    (token,) = der.inside(values, 1)
    return token.whole


def _signed_digest(signed: bytes, certificate_der: bytes) -> bytes:
    """Return the document digest; all other signed attributes are as `sign` writes them."""
    (attributes,) = der.read(signed)
    for attribute in der.inside(attributes):
        kind, values = der.inside(attribute, 2)
        if kind.whole == _MESSAGE_DIGEST:
            (digest,) = der.inside(values, 1)
            if _signed_attributes(digest.content, certificate_der) == signed:
                return digest.content
    raise ValueError("signed attributes of another certificate or kind")


def _check_signature(certificate_der: bytes, signed: bytes, signature: bytes) -> None:
    public_key = x509.load_der_x509_certificate(certificate_der).public_key()
    if not isinstance(public_key, ec.EllipticCurvePublicKey):
        raise ValueError("not an elliptic curve key")  # noqa: TRY004 - it is the data that is wrong
    try:
        public_key.verify(signature, signed, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature as error:
        raise ValueError("the signature does not fit") from error
