"""A verification in plain English words; the models hold the same in the reader's language."""

from types import MappingProxyType

from .verify import Report

HEADLINES = MappingProxyType(
    {
        "valid": "The seal is whole.",
        "invalid": "This file must not be relied on.",
        "revoked": "This file is genuine, but it has been withdrawn.",
        "unknown": "This file was not issued here.",
    }
)

REASONS = MappingProxyType(
    {
        "empty": "The file is empty.",
        "not_pdf": "The file is not a PDF.",
        "unreadable": "The file is damaged and cannot be examined.",
        "no_seal": "The file carries no seal.",
        "seal_broken": "The seal itself is damaged or was altered.",
        "padding_changed": "The unused room after the seal was altered.",
        "content_changed": "The content was changed after it was sealed.",
        "prefix_differs": "It does not begin with the document that was signed.",
        "hash_differs": "It is not byte for byte the file that was sealed.",
        "appended": "Something was added to the document after it was sealed.",
        "trailing_bytes": "There are foreign bytes behind the end of the document.",
        "not_whole_file": "The seal does not cover exactly this file: part of it is missing or outside.",
        "not_certified": "The seal does not forbid later changes, as a seal of ours does.",
        "extra_signature": "It carries other signatures than the one seal.",
        "wrong_key": "It was sealed with another key, whatever name that key states.",
        "key_not_in_force": "The seal was made at a time when its key was not in force.",
        "timestamp_broken": "The timestamp on the seal is damaged or was altered.",
        "withdrawn": "The company has withdrawn this document.",
        "not_in_registry": "The registry does not know this file.",
    }
)


def headline(report: Report) -> str:
    """Return the verdict in one sentence."""
    return HEADLINES[report.verdict]


def sentences(report: Report) -> list[str]:
    """Return one sentence for each reason, the most telling first."""
    return [REASONS[reason] for reason in report.reasons]


def facts(report: Report) -> list[str]:
    """Return what is known of the seal, one line each."""
    found = report.facts
    lines = [f"SHA-256 of this file: {found['sha256']}"]
    if "fingerprint" in found:
        lines.append(f"Fingerprint of the sealing key: {found['fingerprint']}")
    if "sealed_at" in found:
        by = ", ".join(filter(None, (found["sealed_by"], found["organisation"])))
        lines.append(
            f"Sealed {found['sealed_at']} as “{by}”; pages: {found['pages']}; {found['reason']}"
        )
        lines.append(_time_words(found))
    if "sealed_part_sha256" in found:
        lines.append(
            f"Its first {found['sealed_size']} bytes are what was sealed; their SHA-256: "
            f"{found['sealed_part_sha256']}"
        )
    return lines


def limits(report: Report) -> list[str]:
    """Return what this verification could not tell."""
    found = report.facts
    lines = []
    if not found.get("is_registry_asked"):
        lines.append("The registry was not asked: whether the document was withdrawn is not known.")
    if "fingerprint" in found and found.get("is_key_pinned") is False:
        lines.append(
            "Whose key this is was not checked: anybody can make a key in any name. Compare the "
            "fingerprint with the company's own, or give it with --fingerprint."
        )
    return lines


def _time_words(found: dict) -> str:
    if stamp := found.get("timestamp"):
        return f"Timestamp {stamp['at']} by {stamp['by']} (key {stamp['fingerprint']})"
    return "The time is the sealing server's own; no timestamp authority confirms it."
