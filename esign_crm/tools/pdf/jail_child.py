"""The child of the jail: reads one request, locks itself in, runs one task, leaves one answer.

Started by `jail` as a program, with the request as standard input and the answer as standard
output. Whatever the task prints goes nowhere.
"""

import json
import os
import struct
import sys
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Any, BinaryIO

HEAD = struct.Struct(">I")
EXIT_MEMORY, EXIT_TOO_LARGE = 77, 78


def main() -> None:
    """Answer the request; leave without any clean-up, which foreign bytes might have spoilt."""
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # both to nowhere
    request = sys.stdin.buffer
    head = json.loads(request.read(*HEAD.unpack(request.read(HEAD.size))))
    try:
        _write(answer, *_run(request, head))
    except MemoryError:
        os._exit(EXIT_MEMORY)
    except OSError:
        os._exit(EXIT_TOO_LARGE)
    os._exit(0)


def _run(request: BinaryIO, head: dict[str, Any]) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return the answer's head and its files."""
    folders = [*head["readable"], *head["path"][1:]]
    sys.path[:0] = head["path"]
    errors = import_module("tools.errors")
    try:
        task = _task(head["entry"])
        import_module("tools.pdf.jail_lock").lock(head["limits"], folders)
        files = {key: request.read(size) for key, size in head["files"].items()}
        value, found = task(files, head["arguments"])
    except Exception as error:  # noqa: BLE001 - the parent is told; there is nobody else
        return {"error": _as_error(error, errors).pack()}, {}
    return {"value": value, "files": {key: len(content) for key, content in found.items()}}, found


def _task(entry: str) -> Callable:
    """Return the task's function; its module loads what it needs before the lock falls."""
    module, name = entry.split(":")
    return getattr(import_module(module), name)


def _as_error(error: Exception, errors: ModuleType) -> Exception:
    if isinstance(error, errors.EsignError):
        return error
    if isinstance(error, MemoryError):
        return errors.JailError("memory")
    if isinstance(error, ImportError):
        return errors.JailError("unavailable", detail=str(error.name))
    return errors.JailError("crashed", detail=_trace(error))


def _trace(error: Exception) -> str:
    """Return what went wrong and where, without any words from the file that was read."""
    places, step = [], error.__traceback__
    while step:
        code = step.tb_frame.f_code
        places.append(f"{os.path.basename(code.co_filename)}:{step.tb_lineno}")
        step = step.tb_next
    return f"{type(error).__name__} at {' '.join(places[-4:])}"


def _write(answer: BinaryIO, head: dict[str, Any], files: dict[str, bytes]) -> None:
    packed = json.dumps(head).encode()
    answer.write(HEAD.pack(len(packed)) + packed)
    for content in files.values():
        answer.write(content)
    answer.flush()


if __name__ == "__main__":
    main()
