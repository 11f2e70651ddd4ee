"""Moments as the public pages write them: in the reader's language, the time zone named."""

from datetime import timezone

from odoo.tools import format_date

from ..tools.zones import zone as zone_of


def moment_words(env, moment, zone="UTC"):
    """Return a moment (naive UTC) as day, time and zone in the language of ``env``, or an empty text."""
    if not moment:
        return ""
    local = moment.replace(tzinfo=timezone.utc).astimezone(zone_of(zone))
    day = format_date(env, local.date(), lang_code=env.lang, date_format="medium")
    return f"{day}, {local:%H:%M} {local:%Z}"
