"""Take from the running process everything that reading a file does not need.

Each measure stands alone; those that the system does not offer are left out, and `held` says
which hold. After it the process opens no socket, starts no process, signals none, writes no
file, and reads none outside the given folders.
"""

import contextlib
import ctypes
import os
import resource
import signal
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from . import kernel_lock

PR_SET_PDEATHSIG = 1
FORBIDDEN_EVENTS = (
    "socket.",
    "subprocess.",
    "pty.",
    "ftplib.",
    "http.",
    "urllib.",
    "smtplib.",
    "webbrowser.",
    "shutil.",
    "tempfile.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "os.startfile",
    "os.kill",
    "os.killpg",
    "os.chmod",
    "os.chown",
    "os.link",
    "os.symlink",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.truncate",
    "os.utime",
    "signal.pthread_kill",
)
RANDOM = "/dev/urandom"  # qpdf opens no protected file without it
SHARED_LIBRARIES = ("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/etc/ld.so.cache")
WRITE_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


held: dict[str, bool] = {}  # which of the kernel's locks hold, once `lock` was called


def lock(limits: Mapping[str, Any], readable: Sequence[str]) -> None:
    """Lock this process in for good.

    :param limits: the fields of `jail.Limits`
    :param readable: folders from which files may still be read
    """
    _limit_resources(limits)
    sys.addaudithook(_refuse_event)
    libc = ctypes.CDLL(None, use_errno=True)
    with contextlib.suppress(AttributeError):
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    python = (os.path.dirname(os.__file__), os.path.join(sys.base_prefix, "lib"))
    folders = (*readable, *python, *SHARED_LIBRARIES, RANDOM)
    held["landlock"] = kernel_lock.forbid_files(libc, folders)
    held["seccomp"] = kernel_lock.forbid_calls(libc, may_thread=limits["may_thread"])


def _limit_resources(limits: Mapping[str, Any]) -> None:
    memory = limits["memory_mb"] << 20
    _set_limit(resource.RLIMIT_AS, memory)
    _set_limit(resource.RLIMIT_CPU, limits["cpu_seconds"], spare=1)  # SIGXCPU before SIGKILL
    _set_limit(resource.RLIMIT_FSIZE, limits["output_mb"] << 20)
    _set_limit(resource.RLIMIT_NOFILE, limits["open_files"])
    _set_limit(resource.RLIMIT_CORE, 0)
    if hasattr(resource, "RLIMIT_NPROC") and not limits["may_thread"]:  # it counts threads too
        _set_limit(resource.RLIMIT_NPROC, 0)
    signal.setitimer(signal.ITIMER_REAL, limits["seconds"] + 1)  # should the parent be gone


def _set_limit(kind: int, value: int, spare: int = 0) -> None:
    """Set a limit unless a stricter one was inherited; no return to the old one."""
    hard = resource.getrlimit(kind)[1]
    wanted = value + spare if hard == resource.RLIM_INFINITY else min(value + spare, hard)
    with contextlib.suppress(OSError, ValueError):  # macOS refuses some of them
        resource.setrlimit(kind, (min(value, wanted), wanted))


def _refuse_event(event: str, details: tuple) -> None:
    """Refuse what Python is about to do; the kernel's locks catch what goes round Python."""
    if event == "open":
        mode, flags = details[1], details[2]
        if isinstance(mode, str) and set(mode) & set("wax+"):
            raise PermissionError("writing is forbidden here")
        if isinstance(flags, int) and flags & WRITE_FLAGS:
            raise PermissionError("writing is forbidden here")
    elif event.startswith(FORBIDDEN_EVENTS):
        raise PermissionError(f"{event} is forbidden here")
