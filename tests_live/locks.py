"""Rows and turns that somebody else holds, and sessions that wait for them."""

import runpy
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from dev.lib import paths

ADVISORY = runpy.run_path(str(paths.ROOT / "esign_crm" / "models" / "advisory_lock.py"))
LONG = 60  # seconds that a row is held at most


def until(stack, condition):
    """Wait until some session of the database is where `condition` says."""
    for _try in range(300):
        found = stack.query(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            f" AND pid <> pg_backend_pid() AND {condition}"
        )
        if int(found or 0):
            return
        time.sleep(0.1)
    raise AssertionError(f"no session came to {condition}")


@contextmanager
def held(stack, table, record, seconds=LONG):
    """Hold a row, as somebody does who changes it, until the block ends or for so many seconds."""
    with _kept(stack, f"SELECT id FROM {table} WHERE id = {record} FOR UPDATE", seconds):
        yield


@contextmanager
def turn_taken(stack, space, key):
    """Hold an advisory lock as another process of the server does, until the block ends."""
    numbers = f"{ADVISORY['Space'][space].value}, {ADVISORY['_number'](key)}"
    with _kept(stack, f"SELECT pg_advisory_xact_lock({numbers})", LONG):
        yield


@contextmanager
def _kept(stack, query, seconds):
    with ThreadPoolExecutor(1) as pool:
        pool.submit(stack.query, f"{query}; SELECT pg_sleep({seconds})")
        try:
            until(stack, "wait_event = 'PgSleep'")
            yield
        finally:
            stack.query(
                "SELECT pg_cancel_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND wait_event = 'PgSleep'"
            )
