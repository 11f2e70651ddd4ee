"""What the signing page says when it cannot work as usual: no connection, no server, no scripts."""


def line_texts(env):
    """Return key → sentence about the connection, for the page of a signer whose language ``env`` has."""
    return {
        "line_network": env._(
            "No connection. What you entered is kept, and saved as soon as you are online again."
        ),
        "line_unavailable": env._(
            "Our server does not answer just now. What you entered is kept, and saved as soon as it does: usually within "
            "a minute."
        ),
        "error_unavailable": env._(
            "Our server does not answer just now. Nothing you entered is lost: please try again."
        ),
    }


def plain_texts(env):
    """Return key → sentence for who sees the page without its scripts."""
    return {
        "why": env._(
            "This window cannot show the page as it is meant: JavaScript is switched off, or has not started yet."
        ),
        "how": env._("How to go on"),
        "how_reload": env._("Reload this page, or touch the link in the message once more."),
        "how_browser": env._(
            "If that does not help, copy the link and open it in another browser, such as the one that your phone or "
            "computer came with, or allow JavaScript in the settings of this one."
        ),
        "how_ask": env._("Or ask {name}, who can also send you the document on paper:"),
        "how_ask_company": env._("Or ask {name}, who can also send you the document on paper."),
        "read_pdf": env._("Read the document (PDF)"),
    }
