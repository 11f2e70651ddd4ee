"""What the signing page says around the ways to sign: the hands of a typed name, the pad on the whole screen."""


def signature_ways_texts(env):
    """Return the sentences around the ways to sign, in the language of ``env``."""
    return {
        "hand_legend": env._("Handwriting"),
        "hand_simple": env._("Simple handwriting"),
        "hand_flowing": env._("Flowing handwriting"),
        "hand_other": env._("Use the other handwriting"),
        "initials_label": env._("Your initials"),
        "initials_hint": env._(
            "Up to 4 letters, put where the document asks for initials. Without them your signature stands there, very "
            "small."
        ),
        "initials_note": env._(
            "Your initials are made of your signature and put where the document asks for them."
        ),
        "pad_full": env._("Draw on the full screen"),
        "pad_full_title": env._("Draw your signature"),
        "pad_done": env._("Done"),
        "pad_cancel": env._("Cancel"),
    }
