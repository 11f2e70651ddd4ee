"""A secret in a file that only its owner reads: made once, complete from its first moment."""

import contextlib
import os
import stat
from pathlib import Path

from .errors import MasterKeyError

_FOLDER_MODE = 0o700
_FILE_MODE = 0o600


def create(path: Path, text: str) -> bool:
    """Write the text to a new file, and tell whether it was this call that made the file.

    Of several processes at once one wins; the file never exists half-written. What stands there
    already is left alone.
    """
    path.parent.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    _write_new(draft, text)
    try:
        os.link(draft, path)  # fails when the name is taken, unlike a rename
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    _sync(path.parent)
    return True


def read(path: Path) -> str:
    """Return the file's text.

    :raise MasterKeyError: ``missing``, ``unreadable``, ``open_to_others``
    """
    try:
        with path.open(encoding="ascii", errors="replace") as file:
            mode = os.fstat(file.fileno()).st_mode
            text = file.read(1024)
    except FileNotFoundError as error:
        raise MasterKeyError("missing", path=str(path)) from error
    except OSError as error:
        raise MasterKeyError("unreadable", path=str(path)) from error
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise MasterKeyError("open_to_others", path=str(path))
    return text


def _write_new(path: Path, text: str) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(path, flags, _FILE_MODE)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Make the new name survive a power cut, where the file system can."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
