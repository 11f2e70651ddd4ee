"""What rules and their runs say of themselves, and how a run ends without having done anything."""

import psycopg2

from odoo.exceptions import UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..tools import masking

MAX_WORDS = 500


class RuleSkip(Exception):  # noqa: N818 - an outcome, no error
    """There is nothing to do, and that is right; ``code`` is a key of :func:`skip_words`."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


class RuleError(UserError):
    """The rule cannot run as it is; trying again would not help."""


def skip_words(env, code):
    """Return the sentence of why a run did nothing."""
    return {
        "deleted": env._("The rule was deleted in the meantime."),
        "inactive": env._("The rule was switched off in the meantime."),
        "changed": env._("The rule starts with something else by now."),
        "company": env._("The rule is for another company."),
        "side": env._("The rule is for the other side's signers."),
        "template": env._("The rule is for requests made from other templates."),
        "team": env._("The rule is for other sales teams."),
        "stage": env._("The rule is for deals in other stages."),
        "amount": env._("The rule is for deals of another amount."),
        "no_deal": env._("The request has no deal."),
        "won": env._("The deal is won already: rules leave it as it is."),
        "lost": env._("The deal is lost or archived: rules do not revive it."),
        "there_already": env._("The deal is in this stage already."),
        "assigned_already": env._("The deal is assigned to this person already."),
        "back": env._("The deal is further on already: rules move no deal back."),
        "foreign_stage": env._("The stage belongs to other sales teams than the deal's."),
        "over": env._("It is no longer waited for."),
    }[code]


def error_words(env, error):
    """Return what went wrong, for people: without links, a traceback, code, or values out of the database."""
    if isinstance(error, UserError):
        words = str(error)
    elif isinstance(error, PG_CONCURRENCY_EXCEPTIONS_TO_RETRY):
        words = env._("Others were changing the same record all the time.")
    elif isinstance(error, psycopg2.Error):
        words = env._("The database refused it (%(kind)s).", kind=type(error).__name__)
    else:
        # Odoo adds the whole code of a server action, which only administrators may read
        told = str(error).partition(" while evaluating\n")[0]
        words = env._(
            "An unexpected error (%(kind)s): %(words)s", kind=type(error).__name__, words=told
        )
    return masking.mask_links(" ".join(words.split()))[:MAX_WORDS]


def stop_words(env, code, rule, chain):
    """Return the sentence that names a stopped rule and the rules that led to it.

    :param chain: the rules that led here, first cause first
    """
    names = " → ".join(f"“{each.display_name}”" for each in [*chain, rule])
    if code == "loop":
        return env._("Stopped, as it would go round for ever: %(rules)s.", rules=names)
    return env._("Stopped, as too many rules set each other off: %(rules)s.", rules=names)
