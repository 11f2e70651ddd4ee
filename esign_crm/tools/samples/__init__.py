"""The sample texts of a new company, in six languages: a contract, a promise of secrecy, the agreement on e-signature."""

from dataclasses import dataclass

from . import agreement, confidentiality, contract
from .texts import Text
from .words import WORDS, Words


@dataclass(frozen=True)
class Kind:
    """One sample document in all languages.

    `is_agreement` tells that signing it is agreeing to sign electronically; `asks_client` and `asks_own` tell who fills
    in the line that the text's `entry` names.
    """

    key: str
    texts: dict[str, Text]
    is_agreement: bool = False
    asks_own: bool = False
    asks_client: bool = False


@dataclass(frozen=True)
class Sample:
    """One sample in one language."""

    kind: Kind
    text: Text
    words: Words


KINDS = (
    Kind("contract", contract.TEXTS, asks_client=True),
    Kind("agreement", agreement.TEXTS, is_agreement=True, asks_own=True, asks_client=True),
    Kind("confidentiality", confidentiality.TEXTS),
)


def of_kind(kind: Kind) -> dict[str, Sample]:
    """Return the samples of one kind by language."""
    return {lang: Sample(kind, text, WORDS[lang]) for lang, text in kind.texts.items()}
