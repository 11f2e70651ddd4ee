"""The project's corpus of awkward files, where it is at hand; the tests then cover it too."""

import os
from pathlib import Path

_BESIDE = Path(__file__).resolve().parents[3] / "shared" / "corpus"


def corpus(kind: str) -> dict[str, bytes]:
    """Return the files of `pdf` or `img` by name; none where the corpus is not.

    It is looked for in the folder that `ESIGN_CORPUS` names, else beside the checkout.
    """
    folder = Path(os.environ.get("ESIGN_CORPUS") or _BESIDE) / kind
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*")) if path.is_file()}
