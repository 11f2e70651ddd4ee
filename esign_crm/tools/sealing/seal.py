"""Seals a finished document: one appended revision that certifies every byte before it."""

import contextlib
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import partial
from io import BytesIO

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import (
    PdfCMSEmbedder,
    SigIOSetup,
    SigMDPSetup,
    SigObjSetup,
)
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko.sign.signers.pdf_byterange import SignatureObject

from ..errors import EsignError, SealError, TimestampError
from ..pdf import overlay
from ..pdf.revision import Revision
from . import cms, timestamp
from .key import SealingIdentity

# Hexadecimal digits kept free for a timestamp: the token of a public authority with its chain needs up to
# 16 thousand. Stated, so that nothing is signed twice. Readers of PDF take them digit by digit: no more than needed.
_RESERVED_FOR_TOKEN = 30720


@dataclass(frozen=True)
class SealedPdf:
    """A sealed document and its SHA-256 in hexadecimal, as the registry keeps it."""

    content: bytes
    sha256: str


def seal(  # noqa: PLR0913 - the one place where everything about a seal comes together
    frozen: bytes,
    marks: Iterable[overlay.Mark],
    certificate_pages: bytes,
    identity: SealingIdentity,
    *,
    now: datetime,
    reason: str,
    location: str,
    random_bytes: timestamp.RandomBytes,
    timestamper: timestamp.Timestamper | None = None,
) -> SealedPdf:
    """Return `frozen` with marks, certificate pages and seal in one appended revision.

    The seal is a PAdES certification signature that allows no changes, baseline B-B, or B-T when a
    `timestamper` is given. Needs no event loop. Does not verify its own work: see `verify.verify`.

    :param now: the time of sealing, naive means UTC
    :raise SealError: the document or the key cannot be used, or its bytes would change
    :raise TimestampError: a timestamp was asked for and did not come
    """
    reserved = 2 * cms.room(identity) + (_RESERVED_FOR_TOKEN if timestamper else 0)
    placeholder = SignatureObject(
        timestamp=_utc(now),
        subfilter=SigSeedSubFilter.PADES,
        reason=reason,
        location=location,
        bytes_reserved=reserved,
    )
    try:
        writer = Revision(BytesIO(frozen), strict=False)
        overlay.add_marks(writer, marks, random_bytes)
        if certificate_pages:
            overlay.append_pages(writer, certificate_pages)
        steps = _prepare(writer, placeholder, f"Seal-{random_bytes(8).hex()}")
        prepared, output = steps.send(SigIOSetup(md_algorithm="sha256", in_place=True))
    except EsignError:
        raise
    except Exception as error:  # pyHanko and its parts raise all kinds on a foreign document
        raise SealError("unreadable") from error
    stamp = timestamper and partial(
        timestamp.token, timestamper=timestamper, random_bytes=random_bytes
    )
    signature = cms.sign(prepared.document_digest, identity, stamp)
    if 2 * len(signature) > reserved:
        raise TimestampError("invalid")  # only a token can be larger than all that was kept free
    steps.send(signature)
    return _finished(frozen, output.getvalue())


def _prepare(writer: Revision, placeholder: SignatureObject, name: str):  # noqa: ANN202 - pyHanko's generator
    """Add the field and the certification; return pyHanko's steps, ready to write and hash."""
    # ISO 32000-1, 12.8.2.2: P = 1 permits no change at all. The field has no box: the certificate
    # pages show what there is to see.
    mdp = SigMDPSetup(md_algorithm="sha256", certify=True, docmdp_perms=MDPPerm.NO_CHANGES)
    with contextlib.suppress(PdfError):  # a malformed list of extensions stays as it is
        writer.register_extension(ESIC_EXTENSION_1)  # ETSI EN 319 142-1, 5.5
    steps = PdfCMSEmbedder(SigFieldSpec(name)).write_cms(name, writer)
    next(steps)
    steps.send(SigObjSetup(placeholder, mdp))
    return steps


def _finished(frozen: bytes, content: bytes) -> SealedPdf:
    """Make sure that what was signed is still there, byte by byte."""
    if not content.startswith(frozen):
        raise SealError("prefix_changed")
    return SealedPdf(content, hashlib.sha256(content).hexdigest())


def _utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
