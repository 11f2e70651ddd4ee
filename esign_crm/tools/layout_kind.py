"""Which documents are of one kind, told from where they come from and from their titles."""

import re

_WORD = re.compile(r"[^\W\d_]+")
_NUMBERED = re.compile(r"\S*\d\S*")
_NUMBER_WORDS = frozenset(
    ("n", "no", "nr", "num", "number", "numéro", "numero", "numer", "nummer", "номер")
)
_MONTHS_BY_LANGUAGE = (
    "january february march april may june july august september october november december",
    "januar februar märz mai juni juli oktober dezember",
    "janvier février mars avril juin juillet août septembre octobre novembre décembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
)
_MONTHS = frozenset(word for line in _MONTHS_BY_LANGUAGE for word in line.split())


def kind_of(title: str) -> str:
    """Return what titles of one kind of document have in common: “Act no. 12, May 2026” and “Act no. 13” are of one.

    Words with digits, “no.” and names of months are left out, letter case and punctuation too. Empty for a title that says
    nothing else.
    """
    words = _WORD.findall(_NUMBERED.sub(" ", title.casefold().replace("_", " ")))
    return " ".join(word for word in words if word not in _MONTHS | _NUMBER_WORDS)[:200]


def layout_kind(title: str, *, template_id: int = 0, source: str = "") -> str:
    """Return the kind of documents that lie alike: those of one template, those that the product prints, those titled alike.

    A document of numbers only (“2026-05.pdf”) is of no kind, unless it is known where it comes from: empty.

    :param source: what printed it, e.g. ``act``
    """
    if template_id:
        return f"template:{template_id}"
    if source:
        return f"{source}:"
    words = kind_of(title)
    return words and f"title:{words}"


def is_of_kind(title: str, kind: str) -> bool:
    """Tell whether the words of ``kind`` stand in ``title`` one after the other: “Bank guarantee” in “Bank guarantee no. 7”."""
    words = kind_of(kind)
    return bool(words) and f" {words} " in f" {kind_of(title)} "
