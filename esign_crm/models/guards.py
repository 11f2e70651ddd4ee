"""Keeps what opens secrets away from code that administrators type into the database."""

import functools
import sys

from odoo.exceptions import AccessError

# Whose input comes from the keyboard of somebody who owns the server anyway.
_CONSOLES = ("odoo.cli.shell", "code")


def not_from_typed_code(method):
    """Refuse a private method to server actions, templates and the ORM's own callbacks.

    Python refuses none of these a call of a private method, and they run with all rights. Code of an
    installed module may call it; who installs modules owns the server.

    :raises AccessError: when called by typed code
    """

    @functools.wraps(method)
    def guarded(self, *args, **kwargs):
        if not _is_module_code(sys._getframe(1)):
            raise AccessError(self.env._("This is not for server actions, templates or formulas."))
        return method(self, *args, **kwargs)

    return guarded


def _is_module_code(frame):
    """Tell whether a frame is of a file: typed code runs without a module name."""
    name = frame.f_globals.get("__name__")
    if name:
        # `records.filtered(record._secret)` makes the ORM the caller
        return not name.startswith("odoo.orm.")
    while frame and not frame.f_globals.get("__name__"):
        frame = frame.f_back
    return bool(frame) and frame.f_globals["__name__"] in _CONSOLES
