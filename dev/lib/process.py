"""Runs other programs: output to a log file, children ended with us, failures in words."""

import contextlib
import os
import shutil
import signal
import subprocess

from dev.lib import paths
from dev.lib.trouble import Trouble


def run_logged(command, log_name, sentence, *, explain=None, **options):
    """Run `command` with its output in a log file; raise Trouble when it fails.

    :param sentence: what to say on failure; the log's path is added.
    :param explain: called with the output, may return a better sentence.
    :return: the output
    """
    paths.LOGS.mkdir(parents=True, exist_ok=True)
    log = paths.LOGS / f"{log_name}.log"
    with log.open("wb") as output:
        status = _run_to_end(command, stdout=output, stderr=subprocess.STDOUT, **options)
    text = log.read_text(errors="replace")
    if status != 0:
        better = explain and explain(text)
        raise Trouble(better or f"{sentence} (details: {log}).")
    return text


def _run_to_end(command, **options):
    """Run in a process group of its own and end it whole when we are interrupted."""
    dies_with_us = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
    with subprocess.Popen(
        [*dies_with_us, *(str(part) for part in command)],
        start_new_session=True,
        **{"stdin": subprocess.DEVNULL} | options,
    ) as child:
        try:
            return child.wait()
        except BaseException:
            end_group(child)
            raise


def end_group(child, patience=10):
    """End a child's process group: ask first, then kill."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, how)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(timeout=patience)
            return


def output_of(command, **options):
    """Return a short command's output, or None when it fails or is missing."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            capture_output=True,
            text=True,
            check=True,
            **options,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout
