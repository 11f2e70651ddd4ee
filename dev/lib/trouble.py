"""What goes wrong ends in one plain sentence; what takes long says so."""

import contextlib
import signal
import sys
import threading
import time


class Trouble(Exception):
    """Something the reader can act on; its text is the one sentence to print."""


def say(text):
    """Print one line at once."""
    print(text, flush=True)


@contextlib.contextmanager
def progress(label, every=10):
    """Say `label`, then again while it lasts, then how long it took."""
    done = threading.Event()
    started = time.monotonic()

    def tick():
        while not done.wait(every):
            say(f"  … {label}, {time.monotonic() - started:.0f} s so far")

    say(f"• {label}")
    ticker = threading.Thread(target=tick, daemon=True)
    ticker.start()
    try:
        yield
    finally:
        done.set()
        ticker.join()


def _interrupt(*_):
    """Let every way of asking us to end clean up like Ctrl-C."""
    raise KeyboardInterrupt


def ends_plainly(main):
    """Wrap a command's `main`: Trouble and Ctrl-C end in one sentence and status 1."""

    def guarded(*args):
        for how in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(how, _interrupt)
        try:
            return main(*args) or 0
        except Trouble as trouble:
            print(f"dev: {trouble}", file=sys.stderr, flush=True)
        except KeyboardInterrupt:
            print(
                "dev: interrupted; the next start goes on from here.", file=sys.stderr, flush=True
            )
        return 1

    return guarded
