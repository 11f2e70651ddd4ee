"""Short transactions of their own, beside the one that a request runs in."""

import logging
import random
import time
from contextlib import contextmanager

from psycopg2.errors import LockNotAvailable

from odoo import api
from odoo.exceptions import UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.sql_db import Cursor

_logger = logging.getLogger(__name__)

MAX_TRIES = 8
LOCK_PATIENCE = "3s"


@contextmanager
def own_environment(env, *, is_repeatable_read=False):
    """Yield an environment on a cursor of its own in READ COMMITTED; commit when the block ends well.

    Waiting locks are safe there: the statement after the wait sees what the other side committed, where REPEATABLE
    READ would fail with a serialisation error. The caller must hold no row lock that the block waits for.

    :param is_repeatable_read: keep Odoo's own level, for code that was written for it
    """
    with env.registry.cursor() as cr:
        if (
            isinstance(cr, Cursor) and not is_repeatable_read
        ):  # Odoo's tests share one transaction, whose level is fixed
            cr.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
        yield api.Environment(cr, env.uid, env.context, env.su)


def run_alone(env, function, *, is_repeatable_read=False, tries=MAX_TRIES):
    """Return ``function(environment)`` run in a transaction of its own, repeated when another one got in its way.

    ``function`` must not talk to the network: it may run several times, up to ``tries``.
    """
    for attempt in range(1, tries + 1):
        try:
            with own_environment(env, is_repeatable_read=is_repeatable_read) as own_env:
                return function(own_env)
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            if attempt == tries:
                raise
            _logger.info("concurrent change, try %s of %s", attempt, tries)
            time.sleep(random.uniform(0, 0.05 * attempt))  # noqa: S311 (spreads retries, no secret)
    raise AssertionError("unreachable")


@contextmanager
def patient(cr, refusal, patience=LOCK_PATIENCE):
    """Yield a cursor whose statement waits a moment, and no longer, for whoever holds a row.

    :param str refusal: what to say when he holds it for longer
    :param str patience: the moment, as PostgreSQL writes it
    :raises UserError: that
    """
    cr.execute("SELECT current_setting('lock_timeout')")
    (usual,) = cr.fetchone()
    try:
        with cr.savepoint():
            cr.execute("SELECT set_config('lock_timeout', %s, true)", [patience])
            yield cr
            cr.execute("SELECT set_config('lock_timeout', %s, true)", [usual])
    except LockNotAvailable as error:
        raise UserError(refusal) from error
