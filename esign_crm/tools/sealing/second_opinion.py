"""pyHanko's judgement of a seal, with the seal's own certificate as its only root.

Driven by hand: without network its coroutines never wait, and the jail allows no event loop.
"""

from collections.abc import Coroutine
from datetime import datetime
from io import BytesIO
from typing import Any

from asn1crypto import cms, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, read_certification_data
from pyhanko.sign.validation.status import (
    PdfSignatureStatus,
    SignatureCoverageLevel,
    TimestampSignatureStatus,
)
from pyhanko_certvalidator import ValidationContext

from .locate import Place


def count_signatures(pdf: bytes) -> int:
    """Return how many signatures a PDF reader sees; raises pyHanko's errors on what is no PDF."""
    return len(PdfFileReader(BytesIO(pdf), strict=False).embedded_signatures)


def judge(sealed: bytes, place: Place, token: bytes | None, facts: dict[str, Any]) -> list[str]:
    """Return what is wrong with a file that ends where its seal ends; add to `facts`.

    :param token: the timestamp token in the seal

    Raises whatever pyHanko raises: the caller takes that for "not valid".
    """
    reader = PdfFileReader(BytesIO(sealed), strict=False)
    signatures = list(reader.embedded_signatures)
    if len(signatures) != 1:
        return ["extra_signature" if signatures else "no_seal"]
    (signature,) = signatures
    if [int(number) for number in signature.byte_range] != _numbers(place):
        return ["not_whole_file"]  # the reader sees another seal than the bytes show
    facts |= _facts(reader, signature) | {"level": "B-T" if token else "B-B"}
    if not _is_in_time(signature):
        return ["key_not_in_force"]
    try:
        status = _status(signature, token)
    except Exception:
        if token:  # of all that is checked by now, only the token has not been read yet
            return ["timestamp_broken"]
        raise
    return _wrong(reader, signature, status, facts)


def _numbers(place: Place) -> list[int]:
    return [0, place.start, place.stop, place.end - place.stop]


def _wrong(
    reader: PdfFileReader,
    signature: EmbeddedPdfSignature,
    status: PdfSignatureStatus,
    facts: dict[str, Any],
) -> list[str]:
    reasons = []
    if status.coverage != SignatureCoverageLevel.ENTIRE_FILE:
        reasons.append("not_whole_file")
    if not _is_certified(reader, signature):
        reasons.append("not_certified")
    if stamp := status.timestamp_validity:
        facts["timestamp"] = _timestamp_facts(stamp)
        if not (stamp.intact and stamp.valid and stamp.trusted):
            reasons.append("timestamp_broken")
    if not status.bottom_line and not reasons:
        reasons.append("seal_broken")
    return reasons


def _status(signature: EmbeddedPdfSignature, token: bytes | None) -> PdfSignatureStatus:
    """Validate at the moment of sealing: a seal outlives its key's validity."""
    seal_context = _context([signature.signer_cert], signature.self_reported_timestamp)
    stamp_context = seal_context
    if token:
        # No authority is trusted by itself here: whose timestamp it is, the facts say.
        stamped = cms.ContentInfo.load(token, strict=True)["content"]
        roots = [each.chosen.untag() for each in stamped["certificates"]]
        info = stamped["encap_content_info"]["content"].parsed
        stamp_context = _context(roots, info["gen_time"].native)
    return _finish(async_validate_pdf_signature(signature, seal_context, stamp_context))


def _context(roots: list[x509.Certificate], moment: datetime) -> ValidationContext:
    return ValidationContext(trust_roots=roots, moment=moment, allow_fetching=False)


def _finish(coroutine: Coroutine) -> PdfSignatureStatus:
    try:
        coroutine.send(None)
    except StopIteration as end:
        return end.value
    coroutine.close()
    raise RuntimeError("the validation wanted to wait for something")


def _is_in_time(signature: EmbeddedPdfSignature) -> bool:
    """Tell whether the key was in force when the seal says that it was made."""
    validity = signature.signer_cert["tbs_certificate"]["validity"]
    moment = signature.self_reported_timestamp
    start, end = validity["not_before"].native, validity["not_after"].native
    return moment is not None and start <= moment <= end


def _is_certified(reader: PdfFileReader, signature: EmbeddedPdfSignature) -> bool:
    """Tell whether the seal is the document's certification and allows no change."""
    data = read_certification_data(reader)
    return bool(
        data
        and data.permission == signature.docmdp_level == MDPPerm.NO_CHANGES
        and data.author_sig.get_object() is signature.sig_object
    )


def _facts(reader: PdfFileReader, signature: EmbeddedPdfSignature) -> dict[str, Any]:
    """Return what the seal says of itself, as JSON types."""
    moment = signature.self_reported_timestamp
    subject = signature.signer_cert.subject.native
    return {
        "sealed_by": subject.get("common_name") or "",
        "organisation": subject.get("organization_name") or "",
        "sealed_at": moment and moment.isoformat(),
        "reason": str(signature.sig_object.get("/Reason", "")),
        "location": str(signature.sig_object.get("/Location", "")),
        "field": str(signature.field_name),
        "pages": int(reader.root["/Pages"]["/Count"]),
    }


def _timestamp_facts(stamp: TimestampSignatureStatus) -> dict[str, Any]:
    certificate = stamp.signing_cert
    return {
        "at": stamp.timestamp.isoformat(),
        "by": certificate.subject.human_friendly,
        "fingerprint": certificate.sha256.hex(),
    }
