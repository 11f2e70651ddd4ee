"""What the signing page offers to whoever has signed: a copy by mail, the next document."""


def afterwards_texts(env):
    """Return key → sentence, in the language of ``env``."""
    return {
        "copy_title": env._("A copy by e-mail?"),
        "copy_now": env._("We send the signed document once, to one address."),
        "copy_later": env._(
            "We send the signed document once, to one address, as soon as everybody has signed."
        ),
        "copy_label": env._("Your e-mail address"),
        "copy_hint": env._(
            "Please check it: whoever has this address gets the document. Links and codes go on coming to your phone."
        ),
        "copy_needed": env._("Please enter one e-mail address."),
        "copy_send": env._("Send me one copy"),
        "copy_change": env._("Send it to this address instead"),
        "copy_asked": env._("A copy will go to {address} as soon as everybody has signed."),
        "copy_sent": env._(
            "A copy is on its way to {address}. If it does not arrive, please look into the spam folder, or download the "
            "document here."
        ),
        "copy_failed": env._(
            "The copy could not be delivered to {address}. Please check the address and try once more."
        ),
        "next_document": env._("Next document to sign: {title}"),
        "next_document_more": env._("Next document to sign: {title} ({count} more)"),
        "next_open": env._("Open the next document"),
    }
