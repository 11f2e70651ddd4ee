"""Run the first reading of foreign bytes in a child process that can do nothing else.

The child (`jail_child`) gets its input in one anonymous file and leaves its answer in another.
It has limits on memory, CPU, files and wall clock, an empty environment, none of our open files,
and, where the kernel allows it, neither sockets nor processes nor any file but Python's own
(`jail_lock`). Whatever happens to it, the caller sees a result or an `EsignError`.
"""

import json
import os
import select
import signal
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO

from ..errors import EsignError, JailError, unpack

TASKS = {
    "intake.inspect": "tools.pdf.intake_child:run",
    "render.pages": "tools.pdf.render_child:run",
    "repair.mend": "tools.pdf.repair_child:run",
    "images.prepare": "tools.pdf.images_child:run",
    "overlay.free_margins": "tools.pdf.margins:run",
    "sealing.verify": "tools.sealing.verify_child:run",
    "claim.codes": "tools.pdf.claim:run",
    "paper.print": "tools.pdf.paper_child:run",
}
LIBRARIES = (
    "pyhanko",
    "asn1crypto",
    "cryptography",
    "lxml",
    "pypdfium2",
    "PIL",
    "reportlab",
    "pypdf",
    "weasyprint",
    "cffi",
    "pikepdf",
)
ADDON = Path(__file__).resolve().parents[2]
CHILD = Path(__file__).with_name("jail_child.py")
HEAD = struct.Struct(">I")
MAX_HEAD_BYTES = 8_000_000
EXITS = {77: "memory", 78: "too_large"}  # when the child cannot even write its answer
TIMEOUT_SIGNALS = (signal.SIGXCPU, signal.SIGALRM)


@dataclass(frozen=True)
class Limits:
    """What a child may use up."""

    seconds: float = 30
    cpu_seconds: int = 20
    memory_mb: int = 1024
    output_mb: int = 64
    open_files: int = 64
    may_thread: bool = False  # threads of its own, never a process


@dataclass(frozen=True)
class JailResult:
    """What a task answered: a JSON value and named bytes."""

    value: Any
    files: Mapping[str, bytes] = field(default_factory=dict)


def call(
    task: str,
    *,
    files: Mapping[str, bytes] | None = None,
    arguments: Mapping[str, Any] | None = None,
    limits: Limits | None = None,
) -> JailResult:
    """Run a task of `TASKS` in a child and return what it answered.

    :param files: bytes that the task reads
    :param arguments: further values, JSON types
    :raise EsignError: the one that the task raised
    :raise JailError: the child died, took too long or answered rubbish
    """
    limits = limits or Limits()
    files = files or {}
    head = {
        "entry": TASKS[task],
        "path": [str(ADDON), *library_folders()],
        "readable": [str(ADDON / "tools"), str(ADDON / "static" / "fonts")],
        "limits": asdict(limits),
        "files": {name: len(content) for name, content in files.items()},
        "arguments": dict(arguments or {}),
    }
    with _anonymous_file() as request, _anonymous_file() as answer:
        _write(request, head, files)
        _run_child(request, answer, limits)
        return _read(answer, limits)


@cache
def library_folders() -> tuple[str, ...]:
    """Return the folders with the libraries that tasks use, in the order of Python's path.

    Not the whole path: it may hold a project's root, with its keys and data.
    """
    specs = [spec for name in LIBRARIES if (spec := find_spec(name)) and spec.origin]
    holding = {str(Path(spec.origin).parents[1]) for spec in specs}
    return tuple(path for path in dict.fromkeys(sys.path) if path in holding)


@contextmanager
def _anonymous_file() -> Iterator[BinaryIO]:
    """Yield a file without a name, in memory where the system has such files."""
    if hasattr(os, "memfd_create"):
        with os.fdopen(os.memfd_create("esign"), "w+b") as file:
            yield file
    else:
        with tempfile.TemporaryFile() as file:
            yield file


def _write(request: BinaryIO, head: Mapping[str, Any], files: Mapping[str, bytes]) -> None:
    packed = json.dumps(head).encode()
    request.write(HEAD.pack(len(packed)) + packed)
    for content in files.values():
        request.write(content)
    request.flush()
    request.seek(0)


def _run_child(request: BinaryIO, answer: BinaryIO, limits: Limits) -> None:
    """Start the child, wait for it and raise unless it ended well in time."""
    try:
        process = subprocess.Popen(  # noqa: S603 - our own program, no shell
            [sys.executable, "-I", "-S", str(CHILD)],
            stdin=request,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
            close_fds=True,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        raise JailError("unavailable", detail=type(error).__name__) from error
    try:
        _wait(process, limits.seconds)
    except subprocess.TimeoutExpired as error:
        raise JailError("timeout") from error
    finally:
        if process.returncode is None:
            process.kill()
            process.wait()
    _check_exit(process.returncode)


def _wait(process: subprocess.Popen, seconds: float) -> None:
    """Wait for the child's end; by its descriptor, since `Popen.wait` polls ever more slowly."""
    descriptor = _process_descriptor(process.pid)
    if descriptor is not None:
        waiter = select.poll()  # not `select.select`, which knows only the first 1024 descriptors
        waiter.register(descriptor, select.POLLIN)
        try:
            if not waiter.poll(seconds * 1000):
                raise subprocess.TimeoutExpired(process.args, seconds)
        finally:
            os.close(descriptor)
    process.wait(seconds)


def _process_descriptor(process_id: int) -> int | None:
    """Return a descriptor that can be read once the process has ended, None on old systems."""
    if not hasattr(os, "pidfd_open"):
        return None
    try:
        return os.pidfd_open(process_id)
    except OSError:
        return None


def _check_exit(code: int) -> None:
    if code in EXITS:
        raise JailError(EXITS[code])
    if -code in TIMEOUT_SIGNALS:
        raise JailError("timeout")
    if code:
        raise JailError("crashed", detail=f"exit {code}")


def _read(answer: BinaryIO, limits: Limits) -> JailResult:
    """Return the child's answer, of which nothing is taken on trust."""
    try:
        return _parse(answer, limits)
    except EsignError:
        raise
    except Exception as error:  # a child gone wrong may write anything
        raise JailError("crashed", detail=f"answer: {type(error).__name__}") from error


def _parse(answer: BinaryIO, limits: Limits) -> JailResult:
    size = answer.seek(0, os.SEEK_END)
    answer.seek(0)
    (head_size,) = HEAD.unpack(answer.read(HEAD.size))
    if size > limits.output_mb << 20 or head_size > MAX_HEAD_BYTES:
        raise JailError("too_large")
    head = json.loads(answer.read(head_size))
    if "error" in head:
        raise unpack(head["error"])
    files = {str(name): answer.read(int(length)) for name, length in head["files"].items()}
    return JailResult(head["value"], files)
