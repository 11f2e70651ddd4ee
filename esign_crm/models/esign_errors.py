"""Words for the errors of ``tools/``, in the language of whoever reads them."""

from odoo.exceptions import UserError

from ..tools.errors import SealError


def as_user_error(env, error, **params):
    """Return a ``UserError`` that says ``error`` (an ``EsignError``) in one translated sentence."""
    return UserError(error_words(env, error, **params))


def error_words(env, error, **params):
    """Return the sentence of an ``EsignError``; ``params`` join those that the error carries."""
    values = {"name": "", **error.params, **params}
    sentences = _seal_sentences(env) if isinstance(error, SealError) else _sentences(env)
    template = sentences.get(error.code)
    return template % values if template else str(error)


def _seal_sentences(env):
    """Return code → sentence for what keeps a finished document from being sealed."""
    return {
        "prefix_changed": env._("Sealing would have changed the bytes that were signed."),
        "unreadable": env._("The frozen document could not be read for sealing."),
        "no_timestamp": env._("The seal has no timestamp."),
        "self_check": env._("The sealed document did not pass its own verification."),
        "key": env._("The sealing key cannot be used."),
        "too_large": env._("The sealed document would be too large."),
    }


def _sentences(env):
    """Return code → sentence, as the sender or signer reads it."""
    return {
        "not_pdf": env._("“%(name)s” is not a PDF file."),
        "empty": env._("“%(name)s” is empty."),
        "too_large": env._("“%(name)s” is too large: at most 25 MB can be signed."),
        "encrypted": env._(
            "“%(name)s” is protected by a password or by restrictions: save a copy without protection and upload that."
        ),
        "already_signed": env._(
            "“%(name)s” already carries a digital signature, which signing here would break."
        ),
        "xfa": env._(
            "“%(name)s” is a dynamic form (XFA) without real pages: print it to a PDF and upload that."
        ),
        "no_pages": env._("“%(name)s” has no pages."),
        "bad_page_count": env._(
            "“%(name)s” is damaged: it counts its pages wrongly. Print it to a new PDF."
        ),
        "page_size": env._(
            "“%(name)s” has a page smaller than 2.5 cm or larger than 5 m, which cannot be signed."
        ),
        "repeated_page": env._(
            "“%(name)s” lists the same page twice: print it to a new PDF and upload that."
        ),
        "unreadable": env._(
            "“%(name)s” is damaged and cannot be read: open it, print it to a new PDF and upload that."
        ),
        "truncated": env._(
            "“%(name)s” is cut off: the upload may have been interrupted. Try it again."
        ),
        "too_many_pages": env._("“%(name)s” has too many pages: at most 2000 can be signed."),
        "missing_glyph": env._(
            "“%(name)s” cannot be sent: these characters cannot be printed: %(characters)s"
        ),
        "too_long": env._(
            "“%(name)s” cannot be sent: a box is too small for what must stand in it. Make it larger."
        ),
        "does_not_fit": env._(
            "“%(name)s” cannot be sent: a box is too small for what must stand in it. Make it larger."
        ),
        "no_printer": env._(
            "Acts cannot be printed on this server: ask your administrator to install WeasyPrint and Pango."
        ),
        "timeout": env._("“%(name)s” took too long to read and was refused."),
        "memory": env._("“%(name)s” needs too much memory to read and was refused."),
        "crashed": env._("“%(name)s” could not be read safely and was refused."),
    }
