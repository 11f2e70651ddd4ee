"""Which run of a rule a transaction belongs to, so that what it sets off knows its cause.

Bound to the cursor and not to the context: code of a server action may leave the context behind, its transaction it may not.
"""

import weakref
from contextlib import contextmanager

_RUN_OF = weakref.WeakKeyDictionary()


@contextmanager
def running(cr, run_id):
    """Make ``run_id`` the cause of whatever happens on this cursor until the block ends."""
    _RUN_OF[cr] = run_id
    try:
        yield
    finally:
        del _RUN_OF[cr]


def cause(cr):
    """Return the id of the run that works on this cursor, ``False`` when people do."""
    return _RUN_OF.get(cr, False)
