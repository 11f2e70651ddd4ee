"""The types of fields: who may fill each, and which are pictures."""

SYSTEM = frozenset({"date_signed", "document_number", "requisites", "crm_value"})
FROM_SIGNATURE = frozenset({"signature", "initials"})  # drawn from what the signer gives once
PICTURES = FROM_SIGNATURE | {"stamp"}  # nobody else sees them before completion
DATES = frozenset(
    {"date", "date_signed"}
)  # stored as ISO 8601, drawn as the document's language writes them
AT_SENDING = SYSTEM - {"date_signed"}  # what the system knows when the document is sent
ALWAYS_THERE = SYSTEM - {"crm_value"}  # when the document is sent or signed
LINES = frozenset({"multiline", "requisites"})
MAX_OPTIONS, MAX_OPTION = 50, 200
MAX_INITIALS = 4


def may_fill(kind: str) -> tuple[str, ...]:
    """Return who may fill a field of this type, whoever does so by default first."""
    if kind in SYSTEM:
        return ("system",)
    return ("signer",) if kind in PICTURES else ("signer", "sender")


def may_require(kind: str) -> bool:
    """Tell whether a field of this type can be empty at all, so that it may be called required."""
    return kind not in ALWAYS_THERE


def options(text: str) -> list[str]:
    """Return the answers that a choice offers: one a line, each once, without empty ones."""
    lines = (" ".join(line.split()) for line in (text or "").splitlines())
    return list(dict.fromkeys(filter(None, lines)))


def initials(name: str) -> str:
    """Return the first letters of a name's words, hyphenated ones too; the name itself without letters."""
    words = name.replace("-", " ").replace("\u2019", " ").split()
    letters = [
        next((each for each in word if each.isalpha()), "").upper()
        for word in words
        if any(map(str.isalpha, word))
    ]
    return "".join(letters[:MAX_INITIALS]) or name
