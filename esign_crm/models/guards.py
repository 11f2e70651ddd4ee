"""Keeps what opens secrets away from code that administrators type into the database."""

import functools
import sys
import threading

from odoo.exceptions import AccessError, UserError
from odoo.http import request
from odoo.tools.misc import Callbacks

# Whose input comes from the keyboard of somebody who owns the server anyway.
_CONSOLES = ("odoo.cli.shell", "code")
# What runs the hooks of a commit, which typed code fills with any method that it likes.
_HOOKS = Callbacks.run.__code__


def not_from_typed_code(method):
    """Refuse a private method to server actions, templates and the ORM's own callbacks.

    Python refuses none of these a call of a private method, and they run with all rights. Code of an
    installed module may call it; who installs modules owns the server.

    :raises AccessError: when called by typed code
    """

    @functools.wraps(method)
    def guarded(self, *args, **kwargs):
        if not _is_module_code(sys._getframe(1)):
            raise _refusal(self.env)
        return method(self, *args, **kwargs)

    return guarded


def refuse_typed_code(env):
    """Refuse what typed code has set off, by whatever detours.

    :raises AccessError: see :func:`is_typed_code_at_work`
    """
    if is_typed_code_at_work():
        raise _refusal(env)


def _refusal(env):
    return AccessError(env._("This is not for server actions, templates or formulas."))


class Door:
    """Lets one write past the refusals of a model, and no second one.

    It travels in the context, which automation rules that the write sets off inherit: they find it shut.
    """

    __slots__ = ("_is_open",)

    def __init__(self):
        self._is_open = True

    def _pass(self):
        """Tell whether it was open, and shut it."""
        was_open, self._is_open = self._is_open, False
        return was_open


def through_door(records):
    """Return ``records`` whose next write passes."""
    return records.with_context(esign_door=Door())


def passes_door(records):
    """Tell whether this write came through a door; nothing that RPC brings along is one."""
    door = records.env.context.get("esign_door")
    return isinstance(door, Door) and door._pass()


def refuse_system_fields(records, names, vals):
    """Refuse a write of fields that the signing process alone writes.

    :param names: those fields
    :raises AccessError: ``vals`` holds one of them
    """
    refused = sorted(names & vals.keys())
    if refused:
        raise AccessError(
            records.env._(
                "%(fields)s: only the signing process itself writes this.",
                fields=", ".join(refused),
            )
        )


def check_move(records, state, moves):
    """Check that the state machine leads each of ``records`` to ``state``.

    :param dict moves: state → set of the states that may follow
    :raises UserError: it does not; says from where to where
    """
    labels = dict(records._fields["state"]._description_selection(records.env))
    for record in records:
        if state not in moves.get(record.state, ()):
            raise UserError(
                records.env._(
                    "%(name)s cannot go from “%(old)s” to “%(new)s”.",
                    name=record.name,
                    old=labels[record.state],
                    new=labels[state],
                )
            )


def without_defaults(records, names=None):
    """Return ``records`` without the ``default_…`` of these fields (all when left out) in their context.

    Whoever calls over RPC chooses the context, and the ORM fills from it what a new record is not given.
    """
    refused = None if names is None else {f"default_{name}" for name in names}
    context = {
        key: value
        for key, value in records.env.context.items()
        if not (key.startswith("default_") if refused is None else key in refused)
    }
    return records.with_env(records.env(context=context))


def with_defaults(records, vals):
    """Return ``vals`` with what the ORM would fill in from the ``default_…`` of the context, so that it is checked too."""
    given = {
        key.removeprefix("default_"): value
        for key, value in records.env.context.items()
        if key.startswith("default_")
    }
    return {name: value for name, value in given.items() if name in records._fields} | vals


def is_person_at_work(env):
    """Tell whether somebody does by hand what happens now: on the screen or over RPC, as himself.

    Neither a job, nor typed code, nor somebody in another one's name does.
    """
    return is_served(env) and not is_typed_code_at_work()


def is_served(env):
    """Tell whether the HTTP request that is being served came from the user of ``env``."""
    if request:
        return env.uid == request.env.uid
    # XML-RPC puts the request aside; the thread bears whose password was checked, and no job's thread bears anybody
    return env.uid == getattr(threading.current_thread(), "uid", None)


def is_typed_code_at_work():
    """Tell whether a server action, a template or a formula has set off what happens now, by whatever detours.

    What runs as a hook of a commit counts as such: who put it there can no longer be told.
    """
    frame = sys._getframe(1)
    while frame:
        if frame.f_code is _HOOKS:
            return True
        if not frame.f_globals.get("__name__"):
            return not _is_module_code(frame)
        frame = frame.f_back
    return False


def _is_module_code(frame):
    """Tell whether a frame is of a file: typed code runs without a module name."""
    name = frame.f_globals.get("__name__")
    if name:
        # `records.filtered(record._secret)` makes the ORM the caller, `env.cr.precommit.add(record._secret)` the commit
        return not name.startswith("odoo.orm.") and frame.f_code is not _HOOKS
    while frame and not frame.f_globals.get("__name__"):
        frame = frame.f_back
    return bool(frame) and frame.f_globals["__name__"] in _CONSOLES
