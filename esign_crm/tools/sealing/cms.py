"""The CMS signature inside a seal: CAdES-detached as PAdES asks for it (ETSI EN 319 142-1, 6.3).

Built here rather than by pyHanko's signer, which needs an asyncio loop and the machine's clock:
a seal is made in threads, in greenlets and beside other loops.
"""

from collections.abc import Callable
from dataclasses import dataclass

from asn1crypto import algos, cms, x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509 import load_der_x509_certificate
from pyhanko.sign.general import as_signing_certificate_v2, simple_cms_attribute

from . import key

_DIGEST = {"algorithm": "sha256"}
_SIGNATURE = {"algorithm": "sha256_ecdsa"}
_TIMESTAMP = "signature_time_stamp_token"  # RFC 3161, appendix A

Stamp = Callable[[bytes], bytes]
"""Takes the signature's bytes, returns a timestamp token over them."""


def sign(document_digest: bytes, identity: key.SealingIdentity, stamp: Stamp | None) -> bytes:
    """Return the DER of a CMS signature over a SHA-256 `document_digest`.

    :raise SealError: ``key``
    """
    private_key = key.load_private_key(identity)
    certificate = x509.Certificate.load(identity.certificate_der)
    attributes = _signed_attributes(document_digest, certificate)
    # RFC 5652, 5.4: signed as SET OF, stored under an implicit tag
    signature = private_key.sign(attributes.dump(), ec.ECDSA(hashes.SHA256()))
    signer = _signer_info(certificate, attributes, signature)
    if stamp:
        token = cms.ContentInfo.load(stamp(signature))
        signer["unsigned_attrs"] = [simple_cms_attribute(_TIMESTAMP, token)]
    return _content_info(certificate, signer).dump()


def _signed_attributes(digest: bytes, certificate: x509.Certificate) -> cms.CMSAttributes:
    """Return what is signed; PAdES forbids a signing time here, it is in the dictionary's /M."""
    protection = cms.CMSAlgorithmProtection(
        {
            "digest_algorithm": algos.DigestAlgorithm(_DIGEST),
            "signature_algorithm": algos.SignedDigestAlgorithm(_SIGNATURE),
        }
    )
    return cms.CMSAttributes(
        [
            simple_cms_attribute("content_type", "data"),
            simple_cms_attribute("message_digest", digest),
            # ETSI EN 319 122-1, 5.2.2.3: binds the certificate, so that none can be put in its place
            simple_cms_attribute("signing_certificate_v2", as_signing_certificate_v2(certificate)),
            simple_cms_attribute("cms_algorithm_protection", protection),  # RFC 6211
        ]
    )


def _signer_info(
    certificate: x509.Certificate, attributes: cms.CMSAttributes, signature: bytes
) -> cms.SignerInfo:
    issuer = cms.IssuerAndSerialNumber(
        {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
    )
    return cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier({"issuer_and_serial_number": issuer}),
            "digest_algorithm": algos.DigestAlgorithm(_DIGEST),
            "signed_attrs": attributes,
            "signature_algorithm": algos.SignedDigestAlgorithm(_SIGNATURE),
            "signature": signature,
        }
    )


def _content_info(certificate: x509.Certificate, signer: cms.SignerInfo) -> cms.ContentInfo:
    signed = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [algos.DigestAlgorithm(_DIGEST)],
            "encap_content_info": {"content_type": "data"},
            "certificates": [certificate],
            "signer_infos": [signer],
        }
    )
    return cms.ContentInfo({"content_type": "signed_data", "content": signed})


@dataclass(frozen=True)
class Opened:
    """A CMS signature that is sound in itself: who made it and which document digest it signs.

    :ivar token: the timestamp token in it, not yet checked
    """

    certificate_der: bytes
    document_digest: bytes
    token: bytes | None


def open_checked(der: bytes) -> Opened:
    """Read a signature made by `sign` and check all of it but the document and the timestamp.

    Most of a CMS is covered by no signature (versions, lists of algorithms, the frame of the
    unsigned attributes): built anew from its signed parts, it must come out the same.

    :raise ValueError: it is damaged or not of our making; other errors of the parser too
    """
    parsed = cms.ContentInfo.load(der, strict=True)
    (wrapped,) = parsed["content"]["certificates"]
    (found,) = parsed["content"]["signer_infos"]
    certificate_der = wrapped.chosen.untag().dump()
    certificate = x509.Certificate.load(certificate_der, strict=True)
    attributes = cms.CMSAttributes.load(found["signed_attrs"].untag().dump(), strict=True)
    signature = found["signature"].native
    signer = _signer_info(certificate, attributes, signature)
    token = _token(found["unsigned_attrs"]) if len(found["unsigned_attrs"]) else None
    if token:
        signer["unsigned_attrs"] = [simple_cms_attribute(_TIMESTAMP, token)]
    if _content_info(certificate, signer).dump() != der:
        raise ValueError("not built as a seal is")
    digest = _signed_digest(attributes, certificate)
    _check_signature(certificate_der, attributes.dump(), signature)
    return Opened(certificate_der, digest, token and token.dump())


def _token(attributes: cms.CMSAttributes) -> cms.ContentInfo:
    (stamp,) = attributes
    (token,) = stamp["values"]
    if stamp["type"].native != _TIMESTAMP:
        raise ValueError("unsigned attribute that is no timestamp")
    return token


def _signed_digest(attributes: cms.CMSAttributes, certificate: x509.Certificate) -> bytes:
    """Return the document digest; all other signed attributes are as `sign` writes them."""
    (digest,) = [a["values"][0].native for a in attributes if a["type"].native == "message_digest"]
    if _signed_attributes(digest, certificate).dump() != attributes.dump():
        raise ValueError("signed attributes of another certificate or kind")
    return digest


def _check_signature(certificate_der: bytes, signed: bytes, signature: bytes) -> None:
    public_key = load_der_x509_certificate(certificate_der).public_key()
    if not isinstance(public_key, ec.EllipticCurvePublicKey):
        raise ValueError("not an elliptic curve key")  # noqa: TRY004 - it is the data that is wrong
    try:
        public_key.verify(signature, signed, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature as error:
        raise ValueError("the signature does not fit") from error
