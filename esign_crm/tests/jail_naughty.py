"""Tasks that misbehave inside the jail, and one that looks around; for the tests of the jail.

Imported in the jail's child as a top-level module, where there is neither Odoo nor this package.
"""

import ctypes
import gc
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

_libc = ctypes.CDLL(None, use_errno=True)


def _outcome(act: Callable) -> str:
    """Return the name of the error that `act` raises, or what it returned."""
    try:
        return str(act())
    except Exception as error:  # noqa: BLE001 - any refusal is good
        return type(error).__name__


def _native(name: str, *arguments: Any) -> str:
    """Return what a C function answers when it is called round Python's own guard."""
    result = getattr(_libc, name)(*arguments)
    if name == "fork" and result == 0:
        os._exit(0)
    return "refused" if result == -1 else str(result)


def look_around(files: Mapping[str, bytes], arguments: Mapping[str, Any]) -> tuple:
    """Say what can be reached from here."""
    secret = arguments.get("secret", "/etc/passwd")
    seen = {
        "socket": _outcome(socket.socket),
        "fork": _outcome(os.fork),
        "exec": _outcome(lambda: os.execv("/bin/true", ["true"])),
        "spawn": _outcome(lambda: subprocess.run(["/bin/true"], check=True)),
        "kill": _outcome(lambda: os.kill(os.getppid(), 0)),
        "write": _outcome(lambda: Path("/tmp/esign_jail_was_here").write_text("x")),
        "read": _outcome(lambda: Path(secret).read_bytes()[:1]),
        "environment": dict(os.environ),
        "inherited": [number for number in range(3, 200) if _is_open(number)],
        "names": sorted(files),
    }
    return seen, dict(files)


def go_round_python(files: Mapping[str, bytes], arguments: Mapping[str, Any]) -> tuple:
    """Say what C functions can reach, which Python's audit hook does not see."""
    secret = arguments.get("secret", "/etc/passwd").encode()
    seen = {
        "socket": _native("socket", 2, 1, 0),
        "fork": _native("fork"),
        "exec": _native("execv", b"/bin/true", None),
        "kill": _native("kill", os.getppid(), 0),
        "write": _native("open", b"/tmp/esign_jail_was_here", os.O_WRONLY | os.O_CREAT, 0o600),
        "read": _native("open", secret, os.O_RDONLY),
        "locks": import_module("tools.pdf.jail_lock").held,
    }
    return seen, {}


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def eat_memory(files: Mapping[str, bytes], arguments: Mapping[str, Any]) -> tuple:
    """Take more memory than there is."""
    hoard = []
    while True:
        hoard.append(bytearray(16 << 20))


def spin(files: Mapping[str, bytes], arguments: Mapping[str, Any]) -> tuple:
    """Never come back."""
    while True:
        gc.isenabled()


def sleep(files: Mapping[str, bytes], arguments: Mapping[str, Any]) -> tuple:
    """Never come back, at rest."""
    signal.pthread_sigmask(signal.SIG_BLOCK, set(signal.Signals))
    while True:
        time.sleep(60)


def die(files: Mapping[str, bytes], arguments: Mapping[str, Any]) -> tuple:
    """Die as native code does when it writes to a wrong address."""
    ctypes.string_at(0)
    return None, {}


def leave(files: Mapping[str, bytes], arguments: Mapping[str, Any]) -> tuple:
    """Leave as if all were well, without any answer."""
    os._exit(0)


def print_garbage(files: Mapping[str, bytes], arguments: Mapping[str, Any]) -> tuple:
    """Print to both standard channels, which is no answer."""
    sys.stdout.write("rubbish" * 1000)
    os.write(1, b"rubbish")
    sys.stderr.write("rubbish")
    return "said nothing", {}


def answer_garbage(files: Mapping[str, bytes], arguments: Mapping[str, Any]) -> tuple:
    """Write rubbish where the answer goes."""
    for number in range(3, 64):
        if _is_open(number):
            os.pwrite(number, arguments["bytes"].encode("latin-1"), 0)
    os._exit(0)


def answer_too_much(files: Mapping[str, bytes], arguments: Mapping[str, Any]) -> tuple:
    """Answer more than may be written."""
    return None, {"much": bytes(80 << 20)}


def go_wrong(files: Mapping[str, bytes], arguments: Mapping[str, Any]) -> tuple:
    """Raise an error that is not of the family."""
    raise ValueError("private words of a document")
