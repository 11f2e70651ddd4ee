"""Why an entry on the signing page is not taken, in the signer's language."""


def reason_words(env, answer):
    """Return the sentence for the ``reason`` of a refusal of a value or an image, None without a known one.

    :param dict answer: ``error``, ``reason``, and what completes the sentence: ``limit``, ``characters``
    """
    table = {"field_invalid": _value_reasons, "image_refused": _image_reasons}.get(answer["error"])
    sentence = table(env).get(answer.get("reason")) if table else None
    if sentence is None:
        return None
    limit, characters = answer.get("limit", 0), answer.get("characters", "")
    return sentence.replace("{limit}", str(limit)).replace("{characters}", characters)


def picture_texts(env):
    """Return the sentences that the page itself says of a picture before it is sent."""
    reasons = _image_reasons(env)
    return {f"image_{code}": reasons[code] for code in ("unsupported", "too_large")}


def _value_reasons(env):
    too_long = env._("This is too long for its place on the page: at most {limit} characters fit.")
    return {
        "does_not_fit": too_long,
        "too_long": too_long,
        "missing_glyph": env._("These characters cannot be printed: {characters}"),
        "number": env._("Please enter a number, such as 1250.50."),
        "date": env._("Please enter a date."),
        "choice": env._("Please choose one of the answers."),
    }


def _image_reasons(env):
    return {
        "not_an_image": env._("This file is no picture. Please choose a PNG, JPEG or WebP file."),
        "unsupported": env._("Please choose a PNG, JPEG or WebP file."),
        "too_large": env._("This picture is larger than 5 MB. Please choose a smaller one."),
        "too_many_pixels": env._("This picture has too many pixels. Please choose a smaller one."),
        "blank": env._("Nothing can be seen on this picture. Please choose another one."),
        "unreadable": env._("This picture is damaged. Please choose another one."),
    }
