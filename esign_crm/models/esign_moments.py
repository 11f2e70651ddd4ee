"""Moments as public pages and papers write them: in the reader's language, the time zone named."""

from datetime import timezone

from odoo.tools import format_date

from ..tools.languages import day_words
from ..tools.zones import zone as zone_of


def moment_words(env, moment, zone="UTC"):
    """Return a moment (naive UTC) as day, time and zone in the language of ``env``, or an empty text."""
    if not moment:
        return ""
    local = _local(moment, zone)
    day = format_date(env, local.date(), lang_code=env.lang, date_format="medium")
    return f"{day}, {local:%H:%M} {local:%Z}"


def paper_moment(moment, zone, lang, *, is_exact=False):
    """Return a moment (naive UTC) as a sealed document writes it, or an empty text; no setting of the database changes it.

    :param str lang: the document's language
    :param bool is_exact: to the second
    """
    if not moment:
        return ""
    local = _local(moment, zone)
    time = f"{local:%H:%M:%S}" if is_exact else f"{local:%H:%M}"
    return f"{day_words(local.date(), lang)}, {time} {local:%Z}"


def _local(moment, zone):
    return moment.replace(tzinfo=timezone.utc).astimezone(zone_of(zone))
