"""Why an entry on the signing page, or a signature, is not taken, in the signer's language."""

import re

from odoo.tools import format_date

_BLANK = re.compile(r"\{(\w+)\}")


def reason_words(env, answer):
    """Return the sentence for the ``reason`` of a refusal, None without a known one.

    :param dict answer: ``error``, ``reason``, and what completes the sentence: ``limit``, ``characters``, or ``name``,
        ``until``, ``ask``
    """
    table = {
        "field_invalid": _value_reasons,
        "image_refused": _image_reasons,
        "closed": _closed_reasons,
    }.get(answer["error"])
    sentence = table(env).get(answer.get("reason")) if table else None
    if sentence is None:
        return None
    given = {"limit": 0, "characters": ""} | answer
    if "until" in given:
        given["until"] = format_date(env, given["until"], date_format="medium")
    return _BLANK.sub(lambda blank: str(given.get(blank[1], blank[0])), sentence)


def picture_reasons(env):
    """Return the sentences that the page itself says of a picture before it is sent."""
    reasons = _image_reasons(env)
    return {f"image_{code}": reasons[code] for code in ("unsupported", "too_large", "unreadable")}


def _closed_reasons(env):
    return {
        "authority_ended": env._(
            "The authority of {name} ended on {until}: this document can no longer be signed by it. Please ask {ask}. "
            "It can still be declined."
        ),
    }


def _value_reasons(env):
    too_long = env._("This is too long for its place on the page: at most {limit} characters fit.")
    return {
        "does_not_fit": too_long,
        "too_long": too_long,
        "missing_glyph": env._("These characters cannot be printed: {characters}"),
        "missing_in_hand": env._(
            "This handwriting has no letter for: {characters}. The other handwriting has them all."
        ),
        "initials": env._("Initials are one to four letters."),
        "number": env._("Please enter a number, such as 1250.50."),
        "date": env._("Please enter a date."),
        "choice": env._("Please choose one of the answers."),
    } | _address_reasons(env)


def _address_reasons(env):
    return {
        "no_address": env._(
            "This is no e-mail address and no phone number. Write a number with its country code, such as +33 6 12 34 56 78."
        ),
        "address_refused": env._(
            "This address or number cannot be used here. Please enter another one, or phone the sender."
        ),
        "nobody_decides": env._(
            "Nobody else can decide about this at the moment. Please sign yourself, or decline."
        ),
        "no_email": env._("Please enter one e-mail address."),
        "too_many_copies": env._(
            "Several addresses were entered today. Please download the document, or try again tomorrow."
        ),
        "too_many_people": env._(
            "You have asked for somebody else several times today. Please phone the sender, or try again tomorrow."
        ),
    }


def _image_reasons(env):
    return {
        "not_an_image": env._("This file is no picture. Please choose a PNG, JPEG or WebP file."),
        "unsupported": env._("Please choose a PNG, JPEG or WebP file."),
        "too_large": env._("This picture is larger than 5 MB. Please choose a smaller one."),
        "too_many_pixels": env._("This picture has too many pixels. Please choose a smaller one."),
        "blank": env._("Nothing can be seen on this picture. Please choose another one."),
        "unreadable": env._("This picture is damaged. Please choose another one."),
        "too_many": env._(
            "Too many pictures were chosen within an hour. Another one can be chosen in {minutes} min; what you entered so "
            "far is kept."
        ),
    }
