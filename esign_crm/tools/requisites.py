"""Tax and registration numbers of parties: cleaned, checked, and which of them a country knows.

Refusing a right number is worse than taking a wrong one: where no check exists, only the form is looked at.
"""

import re
from types import MappingProxyType

from stdnum import get_cc_module
from stdnum.by import unp
from stdnum.de import stnr
from stdnum.eu import vat as eu_vat
from stdnum.exceptions import ValidationError
from stdnum.fr import siren, siret
from stdnum.it import codicefiscale, iva
from stdnum.pl import nip, regon
from stdnum.ru import inn

from .errors import RequisiteError

VAT = "vat"
# In the order in which documents list them.
KINDS = (
    VAT,
    "inn",
    "kpp",
    "ogrn",
    "unp",
    "nip",
    "regon",
    "piva",
    "codice_fiscale",
    "siren",
    "siret",
    "steuernummer",
)
# The country whose number it is; a VAT number has its country's letters.
COUNTRIES = MappingProxyType(
    {
        "inn": "RU",
        "kpp": "RU",
        "ogrn": "RU",
        "unp": "BY",
        "nip": "PL",
        "regon": "PL",
        "piva": "IT",
        "codice_fiscale": "IT",
        "siren": "FR",
        "siret": "FR",
        "steuernummer": "DE",
    }
)
# Where the number that contacts keep as their tax number is one of its own.
TAX_NUMBERS = MappingProxyType({"RU": "inn", "BY": "unp", "PL": "nip"})
# By which name its readers know the tax number that a contact keeps, where not simply as the VAT number.
CALLED = MappingProxyType({**TAX_NUMBERS, "IT": "piva"})
# What names one party; a KPP is shared by all firms of a tax office.
IDENTIFYING = tuple(kind for kind in KINDS if kind != "kpp")

_KPP = re.compile(r"[0-9]{4}[0-9A-Z]{2}[0-9]{3}")
_BLANKS = re.compile(r"[\s.\u00a0-]")
_MODULES = MappingProxyType(
    {
        "inn": inn,
        "unp": unp,
        "nip": nip,
        "regon": regon,
        "piva": iva,
        "codice_fiscale": codicefiscale,
        "siren": siren,
        "siret": siret,
        "steuernummer": stnr,
    }
)


def normalise(kind: str, text: str, country: str = "") -> str:
    """Return the number as it is stored and compared, ``""`` for none.

    :param kind: one of :data:`KINDS`
    :param country: code of the party's country; says how to read a VAT number without letters
    :raise RequisiteError: ``wrong_form`` or ``wrong_digits`` (its check digit), with ``kind`` and ``text``
    """
    if not text.strip():
        return ""
    try:
        return _checked(kind, text.strip().upper(), country.upper())
    except ValidationError as error:
        code = "wrong_digits" if type(error).__name__ == "InvalidChecksum" else "wrong_form"
        raise RequisiteError(code, kind=kind, text=text.strip()) from error


def kinds_of(country: str) -> tuple[str, ...]:
    """Return the kinds that parties of a country have, VAT first; all of them for no country."""
    home = country.upper()
    return tuple(kind for kind in KINDS if not home or COUNTRIES.get(kind, home) == home)


def from_tax_number(text: str, country: str) -> dict[str, str]:
    """Return kind → number for the one tax number that a contact keeps; nothing when it is none.

    Contacts are not checked the way parties are: what does not pass is left for a person to type.
    """
    kind = TAX_NUMBERS.get(country.upper(), VAT)
    for each in (kind, VAT):
        try:
            number = normalise(each, text, country)
        except RequisiteError:
            continue
        return {each: number} if number else {}
    return {}


def called(number: str, country: str) -> str:
    """Return the kind by whose name readers know the tax number of a contact, ``""`` outside of the countries known here.

    A right VAT number is of the country whose letters it bears, wherever the contact is.
    """
    text = _BLANKS.sub("", number.upper())
    home = text[:2] if eu_vat.is_valid(text) else country.upper()
    home = "GR" if home == "EL" else home
    is_in_union = home == "GR" or home.lower() in eu_vat.MEMBER_STATES
    return CALLED.get(home) or (VAT if is_in_union else "")


def _checked(kind: str, text: str, country: str) -> str:
    if kind == VAT:
        return _vat(text, country)
    if kind == "kpp":
        return _kpp(text)
    if kind == "ogrn":
        return _ogrn(text)
    module = _MODULES[kind]
    module.validate(text)
    # stdnum's own validate drops the letters of a country, e.g. "PL" before a NIP
    return module.compact(text)


def _vat(text: str, country: str) -> str:
    """Check by the rules of the country whose letters it bears, else of the party's."""
    number = _BLANKS.sub("", text)
    home = "EL" if country == "GR" else country
    if eu_vat.is_valid(number):
        return eu_vat.compact(number)
    if home.lower() in eu_vat.MEMBER_STATES or home == "EL":
        full = number if number.startswith(home) else f"{home}{number}"
        eu_vat.validate(full)
        return eu_vat.compact(full)
    module = get_cc_module(country.lower(), VAT) if country else None
    if module:
        module.validate(text)
        return module.compact(text)
    return number


def _kpp(text: str) -> str:
    number = _BLANKS.sub("", text)
    if not _KPP.fullmatch(number):
        raise ValidationError
    return number


def _ogrn(text: str) -> str:
    """OGRN (13 digits) or OGRNIP (15): the rest of all before the last, by 11 or 13, ends in the last."""
    number = _BLANKS.sub("", text)
    if not number.isascii() or not number.isdigit() or len(number) not in (13, 15):
        raise ValidationError
    if int(number[:-1]) % (len(number) - 2) % 10 != int(number[-1]):
        raise RequisiteError("wrong_digits", kind="ogrn", text=text)
    return number
