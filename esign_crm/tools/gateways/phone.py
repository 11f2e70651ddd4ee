"""Phone numbers: international form, and which of them may be sent a text message."""

from collections.abc import Collection

import phonenumbers
from phonenumbers import PhoneNumberType

from ..errors import GatewayError

# Whoever owns such a number earns from each message to it.
COSTLY = frozenset(
    {
        PhoneNumberType.PREMIUM_RATE,
        PhoneNumberType.SHARED_COST,
        PhoneNumberType.UAN,
        PhoneNumberType.PAGER,
        PhoneNumberType.VOICEMAIL,
    }
)


def sms_number(text: str, home: str, regions: Collection[str] | None) -> str:
    """Return ``text`` in E.164 when a message may go there.

    :param home: region (ISO country code) of numbers written without a country, or ``""``
    :param regions: the regions that may be written to; None: all
    :raises GatewayError: permanent: ``bad_number``, ``costly_number``, ``foreign_number`` (region)
    """
    number = _possible_number(text, home)
    if number is None:
        raise GatewayError("bad_number", is_permanent=True)
    if phonenumbers.number_type(number) in COSTLY:
        raise GatewayError("costly_number", is_permanent=True)
    if regions is not None:
        _check_region(number, regions)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def e164(text: str, home: str) -> str:
    """Return ``text`` in E.164, or ``""`` when it cannot be a phone number.

    Possible is enough: lists of given-out ranges are always behind (refusing a right number is worse).
    """
    number = _possible_number(text, home)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if number else ""


def _possible_number(text: str, home: str) -> phonenumbers.PhoneNumber | None:
    try:
        number = phonenumbers.parse(text, home or None)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_possible_number(number) else None


def _check_region(number: phonenumbers.PhoneNumber, regions: Collection[str]) -> None:
    """Refuse other countries; a number too new for the library's lists goes by its calling code."""
    region = phonenumbers.region_code_for_number(number)
    if region in regions:
        return
    sharing = phonenumbers.region_codes_for_country_code(number.country_code)
    if region is None and any(each in regions for each in sharing):
        return
    shown = region or f"+{number.country_code}"
    raise GatewayError("foreign_number", region=shown, is_permanent=True)
