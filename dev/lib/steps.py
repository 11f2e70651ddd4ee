"""Idempotent, atomic setup steps: a lock against two at once, stamps, folders that appear whole."""

import contextlib
import fcntl
import hashlib
import os
import shutil

from dev.lib import paths
from dev.lib.trouble import Trouble, say


@contextlib.contextmanager
def only_one(name="setup"):
    """Hold a file lock; a second start waits and says so. The system frees it if we die."""
    _make_home()
    with (paths.HOME / f"{name}.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"• waiting for another start that is busy in {paths.HOME}")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _make_home():
    try:
        paths.HOME.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Trouble(f"cannot make the folder {paths.HOME}: {error.strerror}.") from error
    if not os.access(paths.HOME, os.W_OK):
        raise Trouble(f"the folder {paths.HOME} belongs to somebody else; set ESIGN_DEV_HOME.")


@contextlib.contextmanager
def whole_folder(target):
    """Give a temporary folder that becomes `target` only when the block ends well."""
    making = target.with_name(f"{target.name}.making")
    remove(making)
    making.mkdir(parents=True)
    yield making
    remove(target)
    making.rename(target)


def write_whole(target, text, mode=0o644):
    """Write a small file so that it is there whole or not at all."""
    making = target.with_name(f"{target.name}.making")
    making.unlink(missing_ok=True)
    with os.fdopen(os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w") as handle:
        handle.write(text)
    making.rename(target)


def remove(path):
    """Remove a file, a link or a whole folder, if it is there."""
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)


def point(link, target):
    """Make the symbolic link `link` name `target`, atomically."""
    making = link.with_name(f"{link.name}.making")
    remove(making)
    making.symlink_to(target)
    if link.exists() and not link.is_symlink():
        remove(link)
    making.rename(link)


def fingerprint(*parts):
    """Return a short hash of strings, bytes and files' contents."""
    digest = hashlib.sha256()
    for part in parts:
        content = part.read_bytes() if hasattr(part, "read_bytes") else str(part).encode()
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()[:12]
