"""Verifies a sealed file: the verdict, and the reason for each thing that is wrong.

Two opinions must agree. Ours goes by raw bytes and knows exactly how a seal of ours is built, so it
can name what was changed; pyHanko's reads the file as a PDF. Neither fetches anything.
"""

import hashlib
from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from typing import Any

from ..errors import JailError, VerificationError
from . import cms, key, locate

Facts = dict[str, Any]


@dataclass(frozen=True)
class SealRecord:
    """What the registry knows of one sealed file; hashes and fingerprint in hexadecimal."""

    sha256: str
    frozen_sha256: str
    frozen_size: int
    fingerprint: str
    is_withdrawn: bool = False


@dataclass(frozen=True)
class Report:
    """The verdict, the codes of its reasons (see `report.REASONS`), and what was found.

    :ivar verdict: ``valid``, ``invalid``, ``revoked`` (right, but withdrawn) or ``unknown`` (not
        in the registry)
    """

    verdict: str
    reasons: tuple[str, ...] = ()
    facts: Facts = field(default_factory=dict)


def verify(pdf: bytes, record: SealRecord | None, *, known_keys: Collection[str] = ()) -> Report:
    """Judge a file of which the registry was asked.

    :param record: what the registry holds under the file's number or hash; None: nothing
    :param known_keys: fingerprints of all our sealing keys, ever. A file that is not in the
        registry but carries one of them is ``invalid`` when it was changed, not just ``unknown``
    """
    reasons, facts = _examine(pdf)
    facts["is_registry_asked"] = True
    if record is None:
        return _unregistered(reasons, facts, known_keys)
    reasons += _against(pdf, record, facts)
    if record.is_withdrawn:
        reasons.append("withdrawn")
    if not reasons:
        return Report("valid", (), facts)
    verdict = "revoked" if reasons == ["withdrawn"] else "invalid"
    return Report(verdict, tuple(reasons), facts)


def verify_offline(pdf: bytes, fingerprint: str | None = None) -> Report:
    """Judge a file by itself, under the key of `fingerprint` when one is given.

    Says nothing about withdrawal, and without a fingerprint nothing about who sealed it.
    """
    reasons, facts = _examine(pdf)
    facts |= {"is_registry_asked": False, "is_key_pinned": fingerprint is not None}
    if fingerprint and _is_other_key(facts, fingerprint):
        reasons.append("wrong_key")
    return Report("invalid" if reasons else "valid", tuple(reasons), facts)


def verify_in_jail(
    pdf: bytes, record: SealRecord | None, *, known_keys: Collection[str] = ()
) -> Report:
    """Do as `verify` in a child process: for every file that comes from outside.

    :raise VerificationError: ``busy``; the file was not examined
    """
    arguments = {"record": record and asdict(record), "known_keys": sorted(known_keys)}
    return _jailed(pdf, arguments, record and record.sha256)


def verify_offline_in_jail(pdf: bytes, fingerprint: str | None = None) -> Report:
    """Do as `verify_offline` in a child process; raises as `verify_in_jail` does."""
    return _jailed(pdf, {"is_offline": True, "fingerprint": fingerprint})


def _jailed(pdf: bytes, arguments: Facts, genuine_sha256: str | None = None) -> Report:
    from ..pdf import jail  # noqa: PLC0415 - the child itself has no use for it

    limits = jail.Limits(seconds=15, cpu_seconds=10)
    facts = _plain_facts(pdf) | {"is_registry_asked": not arguments.get("is_offline")}
    try:
        answer = jail.call("sealing.verify", files={"pdf": pdf}, arguments=arguments, limits=limits)
    except JailError as error:
        if error.code == "unavailable" or facts["sha256"] == genuine_sha256:
            raise VerificationError("busy") from error  # our fault, not the file's
        return Report("invalid", ("unreadable",), facts)
    value = answer.value
    return Report(value["verdict"], tuple(value["reasons"]), value["facts"])


def _plain_facts(pdf: bytes) -> Facts:
    return {"sha256": hashlib.sha256(pdf).hexdigest(), "size": len(pdf)}


def _unregistered(reasons: list[str], facts: Facts, known_keys: Collection[str]) -> Report:
    """Judge a file that the registry does not hold."""
    is_ours = facts.get("fingerprint") in known_keys
    is_foreign = "fingerprint" in facts and bool(known_keys) and not is_ours
    found = [*reasons, *(["wrong_key"] if is_foreign else []), "not_in_registry"]
    return Report("invalid" if is_ours and reasons else "unknown", tuple(found), facts)


def _against(pdf: bytes, record: SealRecord, facts: Facts) -> list[str]:
    """Compare with the registry; the hash alone would do, the others say what is wrong."""
    wrong = []
    if _is_other_key(facts, record.fingerprint):
        wrong.append("wrong_key")
    frozen = memoryview(pdf)[: record.frozen_size]
    if hashlib.sha256(frozen).hexdigest() != record.frozen_sha256:
        wrong.append("prefix_differs")
    if facts["sha256"] != record.sha256:
        wrong.append("hash_differs")
    return wrong


def _is_other_key(facts: Facts, fingerprint: str) -> bool:
    """Tell whether a sound seal was made with another key; an unsound one has its own reason."""
    return "fingerprint" in facts and facts["fingerprint"] != fingerprint.lower()


def _examine(pdf: bytes) -> tuple[list[str], Facts]:
    """Judge the file by itself; never raises, whatever the bytes are."""
    facts = _plain_facts(pdf)
    if b"%PDF-" not in pdf[:1024] and not locate.has_traces(pdf):
        return ["not_pdf" if pdf else "empty"], facts
    try:
        found = locate.places(pdf)
        reasons = _placed(pdf, found, facts) if found else [_placeless(pdf)]
    except Exception:  # noqa: BLE001 - foreign bytes: whatever it is, the file is not valid
        reasons = ["unreadable"]
    return reasons, facts


def _placeless(pdf: bytes) -> str:
    """Say why a file has no seal that could be checked."""
    from . import second_opinion  # noqa: PLC0415 - costs 0.3 s to load

    if locate.is_cut_short(pdf):
        return "not_whole_file"
    if locate.has_traces(pdf):
        return "seal_broken"
    second_opinion.count_signatures(pdf)  # raises on what is no PDF
    return "no_seal"


def _placed(pdf: bytes, found: list[locate.Place], facts: Facts) -> list[str]:
    """Judge the first seal over its own part of the file, then what lies behind that."""
    place = found[0]
    facts["sealed_size"] = place.end
    reasons = _sealed_part(pdf[: place.end], place, facts)
    if len(found) > 1:
        reasons.append("extra_signature")
    if rest := pdf[place.end :]:
        facts["sealed_part_sha256"] = hashlib.sha256(pdf[: place.end]).hexdigest()
        reasons.append("appended" if locate.is_revision(rest) else "trailing_bytes")
    return reasons


def _sealed_part(sealed: bytes, place: locate.Place, facts: Facts) -> list[str]:
    digits = place.digits(sealed)
    try:
        signature, padding = _split(digits)
        opened = cms.open_checked(signature)
    except Exception:  # noqa: BLE001 - a parser on foreign bytes
        return ["seal_broken"]
    facts["fingerprint"] = key.fingerprint(opened.certificate_der)
    reasons = []
    if opened.document_digest != place.digest(sealed):
        reasons.append("content_changed")
    if padding.strip(b"0"):
        reasons.append("padding_changed")
    if reasons:
        return reasons
    from . import second_opinion  # noqa: PLC0415 - costs 0.3 s to load

    return second_opinion.judge(sealed, place, opened.token, facts)


def _split(digits: bytes) -> tuple[bytes, bytes]:
    """Return the DER value that the digits write, and the digits left over after it."""
    head = bytes.fromhex(digits[:8].decode("ascii"))
    if head[:2] != b"\x30\x82":  # X.690, 8.1.3: a sequence whose length takes two bytes
        raise ValueError("not a CMS signature of this size")
    length = 2 * (4 + int.from_bytes(head[2:], "big"))
    value = bytes.fromhex(digits[:length].decode("ascii"))
    if value.hex().upper().encode() != digits[:length]:
        raise ValueError("written otherwise than a seal, or cut short")
    return value, digits[length:]
