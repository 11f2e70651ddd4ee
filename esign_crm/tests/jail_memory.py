"""The jail's answers to what was asked before in the same run: one start of a child for each question, not for each test."""

import copy
import hashlib
from unittest.mock import patch

from ..tools.pdf import jail

KEPT_BYTES = 64_000_000
ask_jail = jail.call
_answers = {}


def remembering_jail():
    """Return a patch of ``jail.call``: the same task on the same bytes is done by the real jail once, and copied after.

    Most tests are about what follows a reading of the same one-page PDF. Those of the jail itself do without this.
    """
    return patch.object(jail, "call", _call)


def _call(task, *, files=None, arguments=None, limits=None):
    prints = sorted((name, hashlib.sha256(each).digest()) for name, each in (files or {}).items())
    question = repr((task, prints, sorted((arguments or {}).items()), limits))
    if question not in _answers:
        answer = ask_jail(task, files=files, arguments=arguments, limits=limits)
        if not _room_for(answer):
            return answer
        _answers[question] = answer
    return copy.deepcopy(_answers[question])


def _room_for(answer):
    """Tell whether the answer may be kept beside the others."""
    return sum(map(_size, [answer, *_answers.values()])) <= KEPT_BYTES


def _size(answer):
    return sum(map(len, answer.files.values()))
